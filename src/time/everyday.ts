/**
 * Times as they are written every day, read without a grammar: a year, month or date, a clock time
 * with `Z`, an offset or neither, any of them with a zone in brackets, and `A/B` of two such. Nearly
 * all reports have these alone, and one or two each.
 *
 *   wording ─▶ everydayTime ──▶ SaidTime, the one that `readTime` would give
 *                          └──▶ null, where anything is unusual: `readTime` reads or refuses it
 */
import { DAY, daysInMonth, localStart, MINUTE } from './civil.js'
import { type Instant, instant } from './instant.js'
import type { Granule, SaidTime } from './said.js'
import { knownZone, UTC, type Zone } from './zone.js'

/** What a time is read in. */
export interface Given {
  /** Name of the zone of what names none; asked for by that alone. */
  readonly zone: string | undefined
  /** Edition of the zone rules, kept where a named zone was used. */
  readonly rules: string
}

/** Reads a wording; `null` where it is not surely an everyday one. */
export function everydayTime(text: string, given: Given): SaidTime | null {
  const { rules } = given
  const slash = text.indexOf('/')
  // A slash may belong to the zone of a single time, and then stands behind its bracket.
  if (slash < 0 || (text.indexOf('[') >= 0 && text.indexOf('[') < slash))
    return readMoment(text, 0, text.length, given)
      ? said(text, MOMENT.granule, MOMENT, MOMENT.from, MOMENT.to, rules)
      : null
  if (!readMoment(text, 0, slash, given)) return null
  const { from, zone: name, named } = MOMENT
  if (!readMoment(text, slash + 1, text.length, given)) return null
  const close = MOMENT.granule === 'millisecond' ? MOMENT.from : MOMENT.to
  // What is empty or runs backwards is for `readTime` to refuse.
  if (from >= close) return null
  const kept = named || !MOMENT.named ? { zone: name, named } : MOMENT
  return said(text, 'range', kept, from, close, rules)
}

function said(
  wording: string,
  granule: Granule,
  { zone, named }: { readonly zone: string; readonly named: boolean },
  from: Instant,
  to: Instant,
  rules: string,
): SaidTime {
  return named ? { from, granule, rules, to, wording, zone } : { from, granule, to, wording, zone }
}

/** What was read last: one for all, so that nothing is made for each. */
const MOMENT = {
  granule: 'day' as Granule,
  from: 0 as Instant,
  to: 0 as Instant,
  zone: '',
  named: false,
}

const [DASH, COLON, DOT, PLUS, LETTER_T, LETTER_Z, BRACKET, CLOSING] = [
  0x2d, 0x3a, 0x2e, 0x2b, 0x54, 0x5a, 0x5b, 0x5d,
]

/** Reads the moment worded in `[start, end)` into `MOMENT`; answers whether it is an everyday one. */
function readMoment(text: string, start: number, end: number, given: Given): boolean {
  let at = start + 4
  const year = two(text, start) * 100 + two(text, start + 2)
  let month = 0
  let day = 0
  let clock = -1
  if (at < end && text.charCodeAt(at) === DASH) {
    month = two(text, at + 1)
    at += 3
    if (!(month >= 1 && month <= 12)) return false
    if (at < end && text.charCodeAt(at) === DASH) {
      day = two(text, at + 1)
      at += 3
      if (!(day >= 1) || (day > 28 && !(day <= daysInMonth(year, month)))) return false
      if (at < end && text.charCodeAt(at) === LETTER_T) {
        clock = readClock(text, at + 1)
        at += clockLength(text, at + 1) + 1
        if (!(clock >= 0)) return false
      }
    }
  }
  if (!(year >= 0) || at > end) return false
  const local = localStart({ year, month: month || 1, day: day || 1 })
  if (clock >= 0 && at < end && text.charCodeAt(at) !== BRACKET)
    return withOffset(text, at, end, local + clock)
  const zone = at === end ? knownZone(given.zone ?? '') : bracketed(text, at, end)
  if (zone === undefined) return false
  return inZone(zone, local, { year, month, day, clock })
}

/** Two digits, `NaN` where there is anything else. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30
  const ones = text.charCodeAt(at + 1) - 0x30
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** `HH:MM`, `HH:MM:SS` or `HH:MM:SS.mmm`. */
function clockLength(text: string, at: number): number {
  if (text.charCodeAt(at + 5) !== COLON) return 5
  return text.charCodeAt(at + 8) === DOT ? 12 : 8
}

/** Milliseconds into the day, `NaN` where it is no everyday clock time. */
function readClock(text: string, at: number): number {
  const hour = two(text, at)
  const minute = two(text, at + 3)
  if (!(hour <= 23 && minute <= 59) || text.charCodeAt(at + 2) !== COLON) return Number.NaN
  const length = clockLength(text, at)
  const second = length > 5 ? two(text, at + 6) : 0
  if (!(second <= 59)) return Number.NaN
  const fraction = length > 8 ? two(text, at + 9) * 10 + (two(text, at + 10) % 10) : 0
  return hour * 3_600_000 + minute * MINUTE + second * 1000 + fraction
}

/** A clock time that ends with `Z` or an offset. */
function withOffset(text: string, at: number, end: number, local: number): boolean {
  const sign = text.charCodeAt(at)
  if (sign === LETTER_Z) {
    if (at + 1 !== end) return false
    return set('millisecond', local, local + 1, UTC)
  }
  if ((sign !== PLUS && sign !== DASH) || at + 6 !== end || text.charCodeAt(at + 3) !== COLON)
    return false
  const size = two(text, at + 1) * 60 + two(text, at + 4)
  if (!(size < 16 * 60) || !(two(text, at + 4) <= 59) || (size === 0 && sign === DASH)) return false
  const instant = local - (sign === DASH ? -size : size) * MINUTE
  return set('millisecond', instant, instant + 1, { name: text.slice(at, end), named: false })
}

function bracketed(text: string, at: number, end: number): Zone | undefined {
  if (text.charCodeAt(at) !== BRACKET || text.charCodeAt(end - 1) !== CLOSING) return undefined
  return knownZone(text.slice(at + 1, end - 1))
}

interface Local {
  readonly year: number
  /** 0 for none, as of the day. */
  readonly month: number
  readonly day: number
  /** -1 for none. */
  readonly clock: number
}

/** Where no clocks are put back or forward nearby, local time is off by as much throughout. */
function inZone(zone: Zone, local: number, { year, month, day, clock }: Local): boolean {
  const offset = offsetNear(zone, local)
  if (clock >= 0) {
    const instant = local + clock - offset
    return set('millisecond', instant, instant + 1, zone)
  }
  if (day > 0) return set('day', local - offset, local + DAY - offset, zone)
  const next =
    month > 0
      ? localStart({ year, month: month + 1, day: 1 })
      : localStart({ year: year + 1, month: 1, day: 1 })
  const later = offsetNear(zone, next - 1)
  return set(month > 0 ? 'month' : 'year', local - offset, next - later, zone)
}

/** Milliseconds, `NaN` where clocks change near the day of a local time. */
function offsetNear(zone: Zone, local: number): number {
  const stretches = zone.stretches(Math.floor(local / DAY))
  return stretches.length === 1 ? stretches[0]!.offset : Number.NaN
}

function set(
  granule: Granule,
  from: number,
  to: number,
  { name, named }: Pick<Zone, 'name' | 'named'>,
): boolean {
  MOMENT.granule = granule
  MOMENT.from = instant(from)
  MOMENT.to = instant(to)
  MOMENT.zone = name
  MOMENT.named = named
  return from < to
}
