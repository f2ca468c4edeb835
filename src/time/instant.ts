/**
 * An instant: a point on the UTC line in integer milliseconds since 1970-01-01T00:00:00Z,
 * negatives legal. `BEGIN` and `END` are the open ends of the line.
 */
declare const brand: unique symbol
export type Instant = number & { readonly [brand]: 'Instant' }

export const BEGIN = Number.NEGATIVE_INFINITY as Instant
export const END = Number.POSITIVE_INFINITY as Instant

/** The last instant that has a date; readings at the end of time are read here. */
export const MAX_INSTANT = 8.64e15 as Instant

/** Brands a number that is already known to be whole milliseconds (or an open end). */
export function instant(milliseconds: number): Instant {
  return milliseconds as Instant
}

/** ISO 8601 in UTC with milliseconds, e.g. `2015-11-12T18:00:00.000Z`; open ends are `..`. */
export function printInstant(at: Instant): string {
  return Number.isFinite(at) ? new Date(at).toISOString() : '..'
}

/** The instant that `printInstant` printed. */
export function parseInstant(text: string): Instant {
  if (text === '..') throw new RangeError('an open end is one of two instants')
  return Date.parse(text) as Instant
}
