/**
 * Times as they come in, read once: wording and zone kept, bounds derived (DESIGN 3, RULINGS
 * 3-6). Everything refused is refused with the field, the value and what would be right.
 *
 * A date, month or year is the interval from its first instant to its last in its zone; a clock
 * time is one millisecond. Where clocks were put back, what they showed twice is covered whole.
 */
import { DAY, MINUTE, printClock, printLocal } from './civil.js'
import { LONGEST, localSpan, type Moment, OUT_OF_RANGE, parseWording } from './grammar.js'
import { type Instant, instant } from './instant.js'
import { type Asked, quote, refuse } from './refusal.js'
import type { Granule, SaidEnd, SaidTime } from './said.js'
import { besideSkipped, hull, instantsAt, offsetZone, UTC, type Zone, zoneOf } from './zone.js'

export interface TimeContext {
  /** What local times and dates are read in; without one they are refused. */
  readonly zone?: string | undefined
  /** Edition of the zone rules in use, kept where a named zone was. */
  readonly rules: string
  /** The field that errors name. */
  readonly field: string
}

const ABOUT = 15 * MINUTE
const FURTHEST = 8_640_000_000_000_000

/**
 * Reads the start of a report, or the instant observed: a string, or `{ words, bounds }`.
 *
 * @throws `invalid-time`
 */
export function readTime(input: unknown, context: TimeContext): SaidTime {
  const asked: Asked = { field: context.field, code: 'invalid-time' }
  if (typeof input !== 'object' || input === null) return readWording(input, asked, context)
  const { words, bounds } = wordsBeside(input, asked)
  const inside = { ...asked, field: `${asked.field}.bounds` }
  return { ...readWording(bounds, inside, context), words }
}

/**
 * Reads an end: `..` is open, `unknown` (or EDTF's empty end) is unknown, all else a time.
 *
 * @throws `invalid-time`
 */
export function readEnd(input: unknown, context: TimeContext): SaidEnd {
  if (input === '..') return { end: 'open', wording: input }
  if (input === 'unknown' || input === '') return { end: 'unknown', wording: input }
  return { end: 'at', ...readTime(input, context) }
}

/**
 * Reads a date of publication: a time with both bounds.
 *
 * @throws `invalid-time`
 */
export function readPublished(input: unknown, context: TimeContext): SaidTime {
  const said = readTime(input, context)
  if (said.from === null || said.to === null)
    refuse({ field: context.field, code: 'invalid-time' }, said.wording, {
      reason: 'open',
      because: 'is open; a publication has a date, or a range with two sides',
    })
  return said
}

/**
 * Reads an instant of a reading: exact, or the last of a date, month or year in the zone (UTC
 * unless given). A local date-time needs the zone.
 *
 * @throws `invalid-reading`
 */
export function readMoment(text: string, zone?: string, field = 'instant'): Instant {
  const asked: Asked = { field, code: 'invalid-reading' }
  const wording = parseWording(checkText(text, asked), asked)
  if (wording.form === 'range')
    refuse(asked, text, {
      reason: 'range',
      because: 'is a range; a reading is of one instant, or of a date at its end',
    })
  const { moment } = wording
  if (moment.about)
    refuse(asked, text, {
      reason: 'about',
      because: `is about a time; a reading is of one instant: leave out "~"`,
      suggest: { bounds: text.slice(0, -1) },
    })
  const given = zone === undefined ? undefined : zoneOf(zone, asked)
  if (moment.kind !== 'clock') {
    const { to } = dateIn(zoneFor(moment, given ?? UTC, asked), moment, 0, asked)
    return within(instant(to - 1), moment, asked)
  }
  const [at, again] = clockTime(moment, zoneFor(moment, given, asked), asked)
  if (again !== undefined)
    refuse(asked, text, {
      reason: 'twice',
      because: `was shown twice, when clocks were put back; write which: ${[at!, again].map((u) => quote(new Date(u).toISOString())).join(' or ')}`,
      suggest: { bounds: new Date(at!).toISOString() },
    })
  return within(at!, moment, asked)
}

/** A text that is short enough to be looked at. */
function checkText(input: unknown, asked: Asked): string {
  if (typeof input !== 'string')
    refuse(asked, input, {
      reason: 'not-text',
      because: 'is no time; a string such as "2015-11-12T12:00+02:00" or "2015-11-12" would be',
    })
  if (input.length > LONGEST)
    refuse(asked, input, {
      reason: 'too-long',
      because: `has ${input.length} characters; a time has at most ${LONGEST}, and a text belongs in the citation`,
    })
  return input
}

function wordsBeside(input: object, asked: Asked): { words: string; bounds: unknown } {
  const { words, bounds, ...others } = input as { words?: unknown; bounds?: unknown }
  const strange = Array.isArray(input) ? undefined : Object.keys(others)[0]
  if (strange !== undefined || bounds === undefined || Array.isArray(input))
    refuse(asked, strange ?? input, {
      reason: 'not-text',
      because: 'is no part of a time; write a string, or { "words": …, "bounds": … }',
    })
  const inside = { ...asked, field: `${asked.field}.words` }
  if (typeof words !== 'string' || words.trim() === '')
    refuse(inside, words, {
      reason: 'blank',
      because: 'is no wording; write the words that stand beside the bounds, as in "evening"',
    })
  return { words: checkText(words, inside), bounds }
}

/** What a wording reaches over, alone and as a side of `A/B`. */
interface Reach {
  readonly from: Instant
  readonly to: Instant
  /** The end of a range that it closes: a clock time itself, a date with the whole of it. */
  readonly close: Instant
  /** Its first and last instant before any widening. */
  readonly first: Instant
  readonly last: Instant
  readonly granule: Granule
  readonly zone: Zone
}

function readWording(input: unknown, asked: Asked, context: TimeContext): SaidTime {
  const text = checkText(input, asked)
  const wording = parseWording(text, asked)
  const given = context.zone === undefined ? undefined : zoneOf(context.zone, asked)
  const read = (moment: Moment) => reach(moment, zoneFor(moment, given, asked), asked)
  if (wording.form === 'moment') {
    const { zone, granule, from, to } = read(wording.moment)
    return {
      wording: text,
      zone: zone.name,
      granule,
      ...(wording.moment.about && { about: true }),
      from,
      to,
      ...(zone.named && { rules: context.rules }),
    }
  }
  const a = wording.a && read(wording.a)
  const b = wording.b && read(wording.b)
  checkOrder(text, a, b, asked)
  const named = [a, b].find((side) => side?.zone.named)
  const zone = (named ?? a ?? b)!.zone
  return {
    wording: text,
    zone: zone.name,
    granule: 'range',
    ...((wording.a?.about || wording.b?.about) && { about: true }),
    from: a?.from ?? null,
    to: b?.close ?? null,
    ...(named && { rules: context.rules }),
  }
}

function checkOrder(text: string, a: Reach | null, b: Reach | null, asked: Asked): void {
  if (a === null || b === null) return
  const [from, to] = text.split('/')
  if (a.first > b.last)
    refuse(asked, text, {
      reason: 'backwards',
      because: 'ends before it begins; in `A/B`, A comes first',
      ...(text.includes('[') ? {} : { suggest: { bounds: `${to}/${from}` } }),
    })
  if (a.from >= b.close)
    refuse(asked, text, {
      reason: 'empty-window',
      because: `is empty, for a clock time as B is the instant before which it was; "${from}" alone is the instant`,
      ...(text.includes('[') ? {} : { suggest: { bounds: from! } }),
    })
}

/** The zone of a wording: its own, else the one given. */
function zoneFor(moment: Moment, given: Zone | undefined, asked: Asked): Zone {
  if (moment.zone !== undefined) return zoneOf(moment.zone, asked)
  if (moment.offset !== undefined) return offsetZone(moment.offset, asked)
  if (given !== undefined) return given
  const local = moment.kind === 'clock'
  const plain = moment.about ? moment.text.slice(0, -1) : moment.text
  refuse(asked, moment.text, {
    reason: 'no-zone',
    because: local
      ? `is a local time and no zone is given; give \`zone\` ("Asia/Damascus"), or the offset, as in "${plain}+02:00"`
      : `is a ${moment.kind} and no zone is given, and days begin elsewhere at other times; give \`zone\` ("Asia/Damascus"), or write "${plain}[UTC]"`,
  })
}

function reach(moment: Moment, zone: Zone, asked: Asked): Reach {
  const { kind, about } = moment
  if (kind !== 'clock') {
    const core = dateIn(zone, moment, 0, asked)
    const { from, to } = about ? dateIn(zone, moment, 1, asked) : core
    within(from, moment, asked)
    within(to, moment, asked)
    return {
      from,
      to,
      close: to,
      first: core.from,
      last: instant(core.to - 1),
      granule: kind,
      zone,
    }
  }
  const times = clockTime(moment, zone, asked)
  const [first, last] = [times[0]!, times.at(-1)!]
  const widened = about ? ABOUT : 0
  const from = within(instant(first - widened), moment, asked)
  const close = within(instant(last + widened), moment, asked)
  const to = within(about ? close : instant(last + 1), moment, asked)
  const granule = about ? 'about' : times.length > 1 ? 'range' : 'millisecond'
  return { from, to, close, first, last, granule, zone }
}

function within(at: Instant, moment: Moment, asked: Asked): Instant {
  if (Math.abs(at) > FURTHEST)
    refuse(asked, moment.text, { reason: 'out-of-range', because: OUT_OF_RANGE })
  return at
}

/** The interval of a date, month or year, `by` of its kind more on either side. */
function dateIn(zone: Zone, moment: Moment, by: number, asked: Asked) {
  const found = hull(zone, localSpan(moment, by))
  if (found !== null) return found
  const { from } = localSpan(moment)
  refuse(asked, moment.text, {
    reason: 'skipped',
    because: `was left out in ${zone.name}; the nearest dates there are "${printLocal(from - DAY).slice(0, -6)}" and "${printLocal(from + DAY).slice(0, -6)}"`,
    suggest: { bounds: printLocal(from + DAY).slice(0, -6) },
  })
}

/** The instants of a clock time: one, or two where clocks were put back. */
function clockTime(moment: Moment, zone: Zone, asked: Asked): Instant[] {
  const { from: local } = localSpan(moment)
  if (moment.offset === 'Z') return [instant(local)]
  const found = instantsAt(zone, local)
  if (found.length === 0) refuseSkipped(moment, zone, local, asked)
  if (moment.offset === undefined || moment.zone === undefined) return found
  const stated = instantsAt(offsetZone(moment.offset, asked), local)[0]!
  if (found.includes(stated)) return [stated]
  const right = found.map((at) => printOffset(local - at)).join(' or ')
  refuse(asked, moment.text, {
    reason: 'offset',
    because: `has an offset that ${zone.name} did not have then; it had ${right}`,
  })
}

function refuseSkipped(moment: Moment, zone: Zone, local: number, asked: Asked): never {
  const { before, after } = besideSkipped(zone, local)
  refuse(asked, moment.text, {
    reason: 'skipped',
    because: `does not exist in ${zone.name}, where clocks went from ${printClock(before + 1)} to ${printClock(after)}; the nearest that exist are "${printLocal(before)}" and "${printLocal(after)}"`,
    suggest: { bounds: printLocal(after) },
  })
}

function printOffset(milliseconds: number): string {
  return `${milliseconds < 0 ? '-' : '+'}${printClock(Math.abs(milliseconds))}`
}
