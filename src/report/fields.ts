/**
 * Pieces that claim kinds' schemas are made of. A message here goes on from the value it
 * refuses: "… is no actor; its id would be right".
 */
import { z } from 'zod'
import { idFault, sourceIdFault } from './id.js'
import { compareUtf8 } from './utf8.js'

/** The id of one thing, as in `id('place', 'al-eiss')`. */
export function id(what: string, example: string) {
  return named(what, example, idFault)
}

export const placeId = id('place', 'al-eiss')
export const actorId = id('actor', 'hezbollah')
export const reportId = id('report', 'masdar-2015-11-12/7a')
export const engagementId = id('engagement', 'assault-on-al-hadher')
export const batchId = id('batch', 'map-2022-09-10')
export const sourceId = named('source', 'al-masdar', sourceIdFault)

/** A set of ids, written as one or as a list; stored as a list in the order of UTF-8 bytes. */
export function idSet(one: typeof placeId, what: string) {
  return z
    .union([one, z.array(one)], {
      error: `is no ${what}; an id or a list of ids would be right, [] for none`,
    })
    .transform((value, context) => sortedSet(typeof value === 'string' ? [value] : value, context))
}

export const places = idSet(placeId, 'set of places')
export const actors = idSet(actorId, 'set of actors')
export const sources = idSet(sourceId, 'set of sources')

/** A message for a value of another type; what lies within has messages of its own. */
export function typed(message: string) {
  return (issue: { readonly code: string }) => (issue.code === 'invalid_type' ? message : undefined)
}

/** A field that may be absent; no value that comes in is undefined (value.ts), and this is fast. */
export function maybe<S extends z.ZodType>(schema: S): z.ZodExactOptional<S> {
  return schema.optional() as unknown as z.ZodExactOptional<S>
}

/** Refuses a set that is too small. */
export function atLeast(least: number, what: string) {
  return (context: { value: readonly unknown[]; issues: unknown[] }) => {
    if (context.value.length < least)
      context.issues.push({
        code: 'custom',
        input: context.value,
        message: `names too few; at least ${least} ${what} would be right`,
      })
  }
}

/** Controls other than ends of lines and tabs. */
const UNPRINTED = /[^\P{Cc}\n\r\t]/u
const BROKEN = /[\n\r\t\p{Zl}\p{Zp}]/u

/** Text of one or more lines. */
export const prose = z.string({ error: 'is no text; text would be right' }).check((context) => {
  const text = context.value
  const message =
    text.trim() === ''
      ? 'is empty; some words, or no such field, would be right'
      : UNPRINTED.test(text)
        ? 'has a control character; text without would be right'
        : null
  if (message !== null) context.issues.push({ code: 'custom', input: text, message })
})

/** Text of one line. */
export const words = prose.check((context) => {
  if (BROKEN.test(context.value))
    context.issues.push({
      code: 'custom',
      input: context.value,
      message: 'goes over several lines; one line would be right',
    })
})

/** A lower-case word or two for what something is, as in `air strike`. */
export const sort = z.string({ error: 'is no word; lower-case words would be right' }).check(
  z.regex(/^[a-z][a-z0-9 -]{0,63}$/, {
    error: 'is no word for a type; lower-case letters, digits, dashes and spaces would be right',
  }),
)

/** A mark that is there or not: `true`, and nothing else. */
export const mark = z.literal(true, { error: 'is no mark; true, or no such field, would be right' })

function named(what: string, example: string, fault: (id: string) => string | null) {
  return z
    .string({ error: `is no ${what}; its id would be right, as in "${example}"` })
    .check((context) => {
      const message = fault(context.value)
      if (message !== null) context.issues.push({ code: 'custom', input: context.value, message })
    })
}

function sortedSet(ids: readonly string[], context: z.core.$RefinementCtx): string[] {
  const sorted = [...ids].sort(compareUtf8)
  for (let i = 1; i < sorted.length; i++)
    if (sorted[i] === sorted[i - 1]) {
      context.addIssue({
        code: 'custom',
        path: [ids.lastIndexOf(sorted[i] as string)],
        message: 'is named twice; once would be right',
      })
      break
    }
  return sorted
}
