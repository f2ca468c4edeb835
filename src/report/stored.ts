/** Strict schemas of what is stored beside a claim: times as said, chains, commitments. */
import { z } from 'zod'
import type { Instant } from '../time/instant.js'
import type { SaidEnd, SaidTime } from '../time/said.js'
import { batchId, mark, maybe, reportId, sourceId } from './fields.js'

const text = z.string({ error: 'is no text; text would be right' })
const moment = z
  .int({ error: 'is no instant; whole milliseconds since 1970, or null, would be right' })
  .transform((at) => at as Instant)

const said = z.strictObject({
  wording: text,
  words: maybe(text),
  zone: text,
  granule: z.enum(['millisecond', 'about', 'day', 'month', 'year', 'range'], {
    error: 'is no granule; millisecond, about, day, month, year or range would be right',
  }),
  about: maybe(mark),
  from: moment.nullable(),
  to: moment.nullable(),
  rules: maybe(text),
})

const EMPTY = 'is an empty window; from before to would be right'

function isWindow(time: { from: number | null; to: number | null }): boolean {
  return time.from === null || time.to === null || time.from < time.to
}

/** The window of a start, or of a publication. */
export const saidTime = said.refine(isWindow, { error: EMPTY }) satisfies z.ZodType<SaidTime>

export const saidEnd = z.discriminatedUnion('end', [
  z.strictObject({ end: z.literal('open'), wording: text }),
  z.strictObject({ end: z.literal('unknown'), wording: text }),
  said.extend({ end: z.literal('at') }).refine(isWindow, { error: EMPTY }),
]) satisfies z.ZodType<SaidEnd>

export const published = saidTime.refine((time) => time.to !== null, {
  error: 'is open towards the future; a publication with a last instant would be right',
})

export const hops = z.array(
  z.strictObject({
    source: sourceId,
    stance: maybe(
      z.enum(['corroborate', 'doubt', 'deny'], {
        error: 'is no stance; corroborate, doubt or deny would be right, or none',
      }),
    ),
  }),
)

const record = z.record(z.string(), z.json())

/** A report as it is stored; its claim is checked by its kind. */
export const storedReport = z.strictObject({
  id: reportId,
  revision: z
    .int({ error: 'is no revision; a whole number from 1 would be right' })
    .check(z.positive({ error: 'is no revision; a whole number from 1 would be right' })),
  attribution: hops,
  claim: record,
  start: maybe(saidTime),
  end: maybe(saidEnd),
  published: maybe(published),
  batch: maybe(batchId),
  parts: maybe(
    z.record(
      z.string(),
      z
        .string()
        .check(
          z.regex(/^[0-9a-f]{64}$/, { error: 'is no commitment; 64 digits of hex would be right' }),
        ),
    ),
  ),
})

/** What a correction replaces: whole fields; `null` removes one. */
export const correctionFields = z.strictObject({
  start: maybe(saidTime.nullable()),
  end: maybe(saidEnd.nullable()),
  published: maybe(published.nullable()),
  attribution: maybe(hops),
  claim: maybe(record),
})
