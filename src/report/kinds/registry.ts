/**
 * The registry as reports of the desk: places, actors and sources, with names and relations
 * over valid time. An entry sets the fields it names (DESIGN 4, RULINGS 28).
 */
import { z } from 'zod'
import { isRashomonError } from '../../errors.js'
import { checkZone } from '../../time/zone.js'
import { namedUnder } from '../account.js'
import {
  actorId,
  actors,
  mark,
  maybe,
  placeId,
  places,
  prose,
  sort,
  sourceId,
  sources,
  typed,
  words,
} from '../fields.js'
import { defineClaim } from '../kind.js'
import { outline } from './outline.js'

const ITSELF = 'names the entry itself; others would be right'

const desk = { by: 'desk', timed: false } as const

const otherName = z.union(
  [
    words.transform((name): { name: string; lang?: string } => ({ name })),
    z.strictObject({
      name: words,
      lang: maybe(
        z.string().check(
          z.regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}$/, {
            error: 'is no language tag; one such as "ar" or "uk-Latn" would be right',
          }),
        ),
      ),
    }),
  ],
  { error: 'is no name; text or { name, lang } would be right' },
)
export type OtherName = z.output<typeof otherName>

const named = {
  name: maybe(words),
  names: maybe(z.array(otherName, { error: 'is no list of names; a list would be right' })),
}

const zone = z
  .string({ error: 'is no zone; a name such as "Asia/Damascus" would be right' })
  .transform((name, context) => {
    try {
      return checkZone(name)
    } catch (error) {
      const nearest = isRashomonError(error) ? error.data.nearest : undefined
      const right = Array.isArray(nearest) && nearest.length > 0 ? nearest : ['Asia/Damascus']
      context.addIssue({
        code: 'custom',
        message: `is no zone; one such as ${right.join(', ')}, UTC or an offset such as +02:00 would be right`,
      })
      return z.NEVER
    }
  })

const degrees = (most: number) =>
  z
    .number({ error: `is no number; degrees from -${most} to ${most} would be right` })
    .check(
      z.gte(-most, { error: `is beyond the globe; degrees from -${most} would be right` }),
      z.lte(most, { error: `is beyond the globe; degrees up to ${most} would be right` }),
    )

const point = z.strictObject(
  { lat: degrees(90), lon: degrees(180) },
  { error: typed('is no point; { lat, lon } in degrees would be right') },
)

const coverage = z.strictObject(
  { places },
  { error: typed('is no coverage; { places } would be right') },
)

const placeEntry = z
  .strictObject({
    place: placeId,
    ...named,
    type: maybe(sort),
    point: maybe(point),
    outline: maybe(outline),
    vague: maybe(prose),
    zone: maybe(zone),
    partOf: maybe(places),
  })
  .superRefine((entry, context) => {
    if (entry.partOf?.includes(entry.place))
      context.addIssue({ code: 'custom', path: ['partOf'], message: ITSELF })
  })
export type PlaceClaim = { kind: 'place' } & Omit<z.output<typeof placeEntry>, 'outline'>

export const place = defineClaim({
  kind: 'place',
  ...desk,
  schema: placeEntry,
  hidden: ['outline'],
  references: (entry) => ({ places: entry.partOf ?? [] }),
})

const actorEntry = z
  .strictObject({
    actor: actorId,
    ...named,
    level: maybe(
      z.enum(['unit', 'force', 'coalition'], {
        error: 'is no level; unit, force or coalition would be right',
      }),
    ),
    memberOf: maybe(actors),
    alliedWith: maybe(actors),
  })
  .superRefine((entry, context) => {
    if (entry.actor === 'civilians')
      context.addIssue({
        code: 'custom',
        path: ['actor'],
        message: 'is how losses name those who are no party; another id would be right',
      })
    for (const field of ['memberOf', 'alliedWith'] as const)
      if (entry[field]?.includes(entry.actor))
        context.addIssue({ code: 'custom', path: [field], message: ITSELF })
  })
export type ActorClaim = { kind: 'actor' } & z.output<typeof actorEntry>

export const actor = defineClaim({
  kind: 'actor',
  ...desk,
  schema: actorEntry,
  references: (entry) => ({ actors: [...(entry.memberOf ?? []), ...(entry.alliedWith ?? [])] }),
})

const sourceEntry = z
  .strictObject({
    source: sourceId,
    ...named,
    type: maybe(sort),
    alignment: maybe(actorId),
    coverage: maybe(coverage),
    licence: maybe(words),
    credit: maybe(prose),
    copies: maybe(sources),
    unnamed: maybe(mark),
  })
  .superRefine((entry, context) => {
    if (entry.copies?.includes(entry.source))
      context.addIssue({ code: 'custom', path: ['copies'], message: ITSELF })
    if (entry.unnamed && namedUnder(entry.source) === null)
      context.addIssue({
        code: 'custom',
        path: ['source'],
        message:
          'is unnamed and stands under nobody; an id under its publisher would be right, as in "al-masdar/activists"',
      })
  })
export type SourceClaim = { kind: 'source' } & z.output<typeof sourceEntry>

export const source = defineClaim({
  kind: 'source',
  ...desk,
  schema: sourceEntry,
  references: (entry) => ({
    sources: entry.copies ?? [],
    actors: entry.alignment === undefined ? [] : [entry.alignment],
    places: entry.coverage?.places ?? [],
  }),
})
