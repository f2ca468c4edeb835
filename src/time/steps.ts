/**
 * Steps through a stretch of time: every day, week, month or year of the calendar, each standing for
 * its last instant, or instants a fixed time apart.
 */
import { RashomonError } from '../errors.js'
import {
  type CivilDate,
  DAY,
  dateOf,
  localStart,
  printDate,
  printMonth,
  printYear,
} from './civil.js'
import { type Instant, instant, printInstant } from './instant.js'

export type Step = 'hour' | 'day' | 'week' | 'month' | 'year'

export interface StepsAsked {
  /** A date, month or year, which means its beginning; or an instant. */
  readonly from: string
  /** A date, month or year, which means its end; or an instant. The last step lies at or before it. */
  readonly to: string
  readonly step: Step
}

/** The instant that a reading takes a text for: a date, month or year is its last. */
export type InstantOf = (text: string) => Instant

const APART: Readonly<Record<string, number>> = { hour: DAY / 24, day: DAY, week: 7 * DAY }

/**
 * The steps in order, as a reading takes them: `2022-09-10`, `2022-09`, `2022`, or an instant in UTC.
 *
 * @throws `usage` for a stretch without a step in it, or a step that does not go with its beginning.
 */
export function* stepsOf(
  span: StepsAsked,
  instantOf: InstantOf,
): Generator<string, void, undefined> {
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

/** The half-open stretch from the first instant of a date, month or year to the last of another; instants are its bounds. */
export function stretchOf(
  { from, to }: Pick<StepsAsked, 'from' | 'to'>,
  instantOf: InstantOf,
): { readonly from: Instant; readonly to: Instant } {
  const end = instantOf(to)
  return {
    from: beginningOf(from, instantOf),
    to: dateIn(to) === null ? end : instant(end + 1),
  }
}

/** The first instant of a date, month or year; an instant itself. */
function beginningOf(text: string, instantOf: InstantOf): Instant {
  const at = instantOf(text)
  const first = dateIn(text)
  return first === null ? at : instant(instantOf(later(first, -1)) + 1)
}

function* endless({ from, step }: StepsAsked, instantOf: InstantOf): Iterable<string> {
  const first = dateIn(from)
  const apart = APART[step]
  if (first === null || step === 'hour') {
    if (apart === undefined)
      throw new RashomonError(
        'usage',
        `--from: ${from} begins no ${step}; a date, a month or a year would be right with --step ${step}`,
        { place: { field: '--from' } },
      )
    const begin = beginningOf(from, instantOf)
    for (let k = 0; ; k++) yield printInstant(instant(begin + k * apart))
  }
  const { year, month } = first
  for (let k = 0; ; k++) {
    if (step === 'year') yield printYear(year + k)
    else if (step === 'month')
      yield printMonth(dateOf(localStart({ year, month: month + k, day: 1 })))
    else yield later(first, step === 'week' ? 7 * k : k)
  }
}

/** The first day of a date, month or year; `null` for anything else. */
function dateIn(text: string): CivilDate | null {
  const found = text.match(/^(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/)
  if (found === null) return null
  const [, year, month = '01', day = '01'] = found
  return { year: Number(year), month: Number(month), day: Number(day) }
}

/** The date so many days later. */
function later(date: CivilDate, days: number): string {
  return printDate(dateOf(localStart(date) + days * DAY))
}
