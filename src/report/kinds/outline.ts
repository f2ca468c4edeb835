/** The outline of a place: a line or area as GeoJSON (RFC 7946) draws it, lon before lat. */
import { z } from 'zod'

const position = z.tuple(
  [z.number().check(z.gte(-180), z.lte(180)), z.number().check(z.gte(-90), z.lte(90))],
  { error: 'is no position; [longitude, latitude] in degrees would be right' },
)

const line = z
  .array(position)
  .check(z.minLength(2, { error: 'is no line; at least two positions would be right' }))

const ring = z
  .array(position)
  .check(z.minLength(4, { error: 'is no ring; at least four positions would be right' }))
  .refine(
    (points) => {
      const [first, last] = [points[0], points.at(-1)]
      return first?.[0] === last?.[0] && first?.[1] === last?.[1]
    },
    { error: 'is not closed; the first position again at the end would be right' },
  )

const area = z.array(ring).check(z.minLength(1, { error: 'has no ring; one would be right' }))

type Shape =
  | { type: 'Polygon'; coordinates: z.output<typeof area> }
  | { type: 'MultiPolygon'; coordinates: z.output<typeof area>[] }
  | { type: 'LineString'; coordinates: z.output<typeof line> }
  | { type: 'MultiLineString'; coordinates: z.output<typeof line>[] }

const geometry = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('Polygon'), coordinates: area }),
    z.strictObject({ type: z.literal('MultiPolygon'), coordinates: z.array(area) }),
    z.strictObject({ type: z.literal('LineString'), coordinates: line }),
    z.strictObject({ type: z.literal('MultiLineString'), coordinates: z.array(line) }),
  ],
  { error: 'is no outline; a Polygon, MultiPolygon, LineString or MultiLineString would be right' },
)

/** Rings alone are a polygon. How many vertices it may have is the door's to know. */
export const outline = z.union(
  [area.transform((coordinates): Shape => ({ type: 'Polygon', coordinates })), geometry],
  { error: 'is no outline; rings of [longitude, latitude], or a GeoJSON geometry, would be right' },
)
