/**
 * The grammar of times that are taken: ISO 8601 in its extended form (years of four digits, of
 * six with a sign, or of five and more after `Y`), an IANA zone in brackets, EDTF's `~` at the
 * end, and `A/B` of two such or `..`. It reads wording alone: no zone is consulted here, but
 * dates and clock times that exist nowhere are refused.
 */
import {
  type CivilDate,
  DAY,
  dateOf,
  daysInMonth,
  localStart,
  printDate,
  printMonth,
  printYear,
} from './civil.js'
import { nameForm } from './forms.js'
import { type Asked, type Reason, refuse } from './refusal.js'

/** One time as worded: a date, month, year, or a clock time on a date. */
export interface Moment {
  readonly text: string
  readonly kind: 'clock' | 'day' | 'month' | 'year'
  readonly date: CivilDate
  /** Milliseconds into the day; 0 for all but clock times. */
  readonly clock: number
  /** `~`. */
  readonly about: boolean
  /** `Z`, or an offset, on clock times alone. */
  readonly offset?: string
  /** What stands in brackets. */
  readonly zone?: string
}

export type Wording =
  | { readonly form: 'moment'; readonly moment: Moment }
  /** `null` is `..`. */
  | { readonly form: 'range'; readonly a: Moment | null; readonly b: Moment | null }

export const LONGEST = 256

const MOMENT =
  /^([+-]\d{6}|-?\d{4}|Y-?\d{5,})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(Z|[+-]\d\d(?::\d\d)?)?)?)?)?(?:\[([^[\]]{1,64})\])?(~)?$/

/** Years beyond these reach no instant that can be kept (8.64e15 ms on either side of 1970). */
const FURTHEST_YEAR = 275_761

/**
 * Reads a wording.
 *
 * @throws the code of `asked`, naming the form or what does not exist.
 */
export function parseWording(text: string, asked: Asked): Wording {
  const sides = splitRange(text)
  if (sides.length === 1) return { form: 'moment', moment: parseMoment(text, asked) }
  const [a = '', b = ''] = sides
  if (sides.length > 2 || /^\d{1,2}\/\d{4}$/.test(text)) refuseForm(text, asked)
  if ((a === '..' || a === '') && (b === '..' || b === ''))
    refuse(asked, text, {
      reason: 'unbounded',
      because: 'says nothing of when; leave it out, or give one side',
    })
  if (a === '' || b === '')
    refuse(asked, text, {
      reason: 'unknown',
      because: 'leaves a side unknown; write ".." for a side that is open',
      ...(isMoment(a || b) && { suggest: { bounds: `${a || '..'}/${b || '..'}` } }),
    })
  const from = a === '..' ? null : parseMoment(a, asked)
  if (b === '..') return { form: 'range', a: from, b: null }
  const full = from && completed(from, b)
  if (full)
    refuse(asked, text, {
      reason: 'spelling',
      because: `shortens its second side; written in full it is "${a}/${full}"`,
      suggest: { bounds: `${a}/${full}` },
    })
  return { form: 'range', a: from, b: parseMoment(b, asked) }
}

/** The parts between slashes, those inside brackets aside. */
function splitRange(text: string): string[] {
  if (!text.includes('/')) return [text]
  const parts: string[] = []
  let from = 0
  let inside = false
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (letter === '[') inside = true
    else if (letter === ']') inside = false
    else if (letter === '/' && !inside) {
      parts.push(text.slice(from, i))
      from = i + 1
    }
  }
  parts.push(text.slice(from))
  return parts
}

const SHORTENED = /^\d\d(?::\d\d|(?:-\d\d)?(?:T|$))/

/** What a shortened second side (`20:00`, `15`, `12-01`) stands for after the first, if it is one. */
function completed(a: Moment, b: string): string | null {
  if (a.kind === 'year' || !SHORTENED.test(b)) return null
  const date = printDate(a.date)
  const kept = a.kind === 'month' || b[2] === '-' ? -5 : -2
  const full = b[2] === ':' ? `${date}T${b}` : date.slice(0, kept) + b
  const zoned = `${full}${a.offset ?? ''}${a.zone === undefined ? '' : `[${a.zone}]`}`
  return [zoned, full].find(isMoment) ?? null
}

/** Refuses a text by the name of its form; a reading takes no span, so none is suggested to it. */
function refuseForm(text: string, asked: Asked): never {
  const form = nameForm(text, isMoment)
  const lone = form.suggest && !/[/<]/.test(form.suggest.bounds) && !form.suggest.words
  if (asked.code === 'invalid-time' || form.reason === 'unrecognised' || lone)
    refuse(asked, text, form)
  const what = form.because.slice(0, form.because.indexOf(';'))
  refuse(asked, text, {
    reason: form.reason,
    because: `${what}; a reading is of one instant, or of a date, month or year at its end`,
  })
}

const NOBODY: Asked = { field: '', code: 'invalid-time' }

function isMoment(text: string): boolean {
  try {
    parseMoment(text, NOBODY, 'plainly')
    return true
  } catch {
    return false
  }
}

/** Reads one side; `plainly` without naming what is wrong, for those who only try. */
function parseMoment(text: string, asked: Asked, how: 'plainly' | 'naming' = 'naming'): Moment {
  const found = MOMENT.exec(text)
  if (found === null) {
    if (how === 'plainly') refuse(asked, text, { reason: 'unrecognised', because: '' })
    refuseForm(text, asked)
  }
  const [, years = '', month, day, hour, minute, second, fraction, offset, zone, about] = found
  const no = (reason: Reason, because: string, bounds?: string): never =>
    refuse(asked, text, { reason, because, ...(bounds && { suggest: { bounds } }) })
  const year = readYear(years, no)
  const kind =
    hour !== undefined
      ? 'clock'
      : day !== undefined
        ? 'day'
        : month !== undefined
          ? 'month'
          : 'year'
  if (kind !== 'year' && years.startsWith('Y'))
    no('no-such-date', 'gives more than a year after Y; write the year as "+012345" or "-012345"')
  const code = Number(month ?? 1)
  if (kind === 'month' && code >= 21 && code <= 41 && how === 'naming') refuseForm(text, asked)
  if (code < 1 || code > 12) no('no-such-date', `has a month ${month}; months run from 01 to 12`)
  const date = { year, month: code, day: Number(day ?? 1) }
  checkDay(date, no)
  return {
    text,
    kind,
    date,
    clock: hour === undefined ? 0 : readClock({ hour, minute, second, fraction }, date, no),
    about: about !== undefined,
    ...(offset !== undefined && { offset }),
    ...(zone !== undefined && { zone }),
  }
}

type No = (reason: Reason, because: string, bounds?: string) => never

function readYear(text: string, no: No): number {
  const digits = text.replace('Y', '')
  const year = Number(digits)
  if (year === 0 && digits.startsWith('-'))
    no('no-such-date', 'has a year -0; the year 0 (1 BC) is "0000"', '0000')
  if (text.startsWith('Y') && Math.abs(year) < 10_000)
    no('spelling', `pads a year after Y; write "${printYear(year)}"`, printYear(year))
  if (Math.abs(year) > FURTHEST_YEAR) no('out-of-range', OUT_OF_RANGE)
  return year
}

export const OUT_OF_RANGE =
  'is out of range; instants run from -271821-04-20 to +275760-09-13 (8.64e15 ms on either side of 1970)'

function checkDay(date: CivilDate, no: No): void {
  const days = daysInMonth(date.year, date.month)
  if (date.day >= 1 && date.day <= days) return
  const nearest = date.day < 1 ? printDate({ ...date, day: 1 }) : printDate({ ...date, day: days })
  no(
    'no-such-date',
    `is no date; ${printMonth(date)} runs from 01 to ${days}, so the nearest is "${nearest}"`,
    nearest,
  )
}

type ClockParts = Record<'hour' | 'minute' | 'second' | 'fraction', string | undefined>

/** Milliseconds into the day. */
function readClock(parts: ClockParts, date: CivilDate, no: No): number {
  const { hour, minute, second = '0', fraction = '' } = parts
  if (hour === '24' && minute === '00') {
    const next = `${printDate(dateOf(localStart(date) + DAY))}T00:00`
    no('no-such-clock-time', `has an hour 24; the end of the day is "${next}"`, next)
  }
  if (Number(hour) > 23) no('no-such-clock-time', `has an hour ${hour}; hours run from 00 to 23`)
  if (Number(minute) > 59)
    no('no-such-clock-time', `has a minute ${minute}; minutes run from 00 to 59`)
  if (Number(second) > 59)
    no(
      'no-such-clock-time',
      second === '60'
        ? 'has a leap second, which instants do not count; write second 59'
        : `has a second ${second}; seconds run from 00 to 59`,
    )
  if (fraction.length > 3)
    no('too-fine', 'is finer than a millisecond; give at most three digits of the second')
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second)
  return seconds * 1000 + Number(fraction.padEnd(3, '0'))
}

/** Local milliseconds `[from, to)` that a wording covers, `by` days, months or years more on either side. */
export function localSpan({ kind, date, clock }: Moment, by = 0): { from: number; to: number } {
  const { year, month, day } = date
  const start = localStart(date)
  switch (kind) {
    case 'clock':
      return { from: start + clock, to: start + clock + 1 }
    case 'day':
      return { from: start - by * DAY, to: start + (by + 1) * DAY }
    case 'month':
      return {
        from: localStart({ year, month: month - by, day }),
        to: localStart({ year, month: month + by + 1, day }),
      }
    case 'year':
      return {
        from: localStart({ year: year - by, month, day }),
        to: localStart({ year: year + by + 1, month, day }),
      }
  }
}
