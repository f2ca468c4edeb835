/**
 * The instants of a panel: every day, week, month or year of a stretch of the calendar, each read at
 * its last instant, or instants a fixed time apart.
 */
import { RashomonError } from '../errors.js'

export const STEPS = ['hour', 'day', 'week', 'month', 'year'] as const
export type Step = (typeof STEPS)[number]

export interface Span {
  /** A date, month or year, which means its beginning; or an instant. */
  readonly from: string
  /** A date, month or year, which means its end; or an instant. The last step lies at or before it. */
  readonly to: string
  readonly step: Step
}

/** Milliseconds of the instant that a reading takes a text for: a date, month or year is its last. */
export type InstantOf = (text: string) => number

const HOUR = 3_600_000
const APART: Readonly<Record<string, number>> = { hour: HOUR, day: 24 * HOUR, week: 168 * HOUR }

/**
 * The steps in order, as a reading takes them: `2022-09-10`, `2022-09`, `2022`, or an instant in UTC.
 *
 * @throws `usage` for a stretch without a step in it, or a step that does not go with its beginning.
 */
export function* stepsOf(span: Span, instantOf: InstantOf): Generator<string, void, undefined> {
  // What is no date at all is refused before the calendar goes on from it.
  instantOf(span.from)
  const end = instantOf(span.to)
  let any = false
  for (const step of endless(span, instantOf)) {
    if (instantOf(step) > end) break
    any = true
    yield step
  }
  if (!any)
    throw new RashomonError(
      'usage',
      `--to: no ${span.step} that begins at ${span.from} has ended by ${span.to}; a later one would be right`,
      { place: { field: '--to' } },
    )
}

function* endless({ from, step }: Span, instantOf: InstantOf): Iterable<string> {
  const first = dateIn(from)
  const apart = APART[step]
  if (first === null || step === 'hour') {
    if (apart === undefined)
      throw new RashomonError(
        'usage',
        `--from: ${from} begins no ${step}; a date, a month or a year would be right with --step ${step}`,
        { place: { field: '--from' } },
      )
    const begin = first === null ? instantOf(from) : instantOf(printDate(first, -1)) + 1
    for (let k = 0; ; k++) yield new Date(begin + k * apart).toISOString()
  }
  const { year, month } = first
  for (let k = 0; ; k++) {
    if (step === 'year') yield printYear(year + k)
    else if (step === 'month') yield printMonth(year, month + k)
    else yield printDate(first, step === 'week' ? 7 * k : k)
  }
}

interface CivilDate {
  readonly year: number
  /** From 0. */
  readonly month: number
  readonly day: number
}

/** The first day of a date, month or year; `null` for anything else. */
function dateIn(text: string): CivilDate | null {
  const found = text.match(/^(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/)
  if (found === null) return null
  const [, year, month = '01', day = '01'] = found
  return { year: Number(year), month: Number(month) - 1, day: Number(day) }
}

/** The date so many days later. */
function printDate({ year, month, day }: CivilDate, later: number): string {
  const date = civil(year, month, day + later)
  const [y, m] = [date.getUTCFullYear(), date.getUTCMonth()]
  return `${printMonth(y, m)}-${two(date.getUTCDate())}`
}

function printMonth(year: number, month: number): string {
  const date = civil(year, month, 1)
  return `${printYear(date.getUTCFullYear())}-${two(date.getUTCMonth() + 1)}`
}

function printYear(year: number): string {
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`
}

/** Years below 100 are those years. */
function civil(year: number, month: number, day: number): Date {
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  return date
}

const two = (number: number): string => String(number).padStart(2, '0')
