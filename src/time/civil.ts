/**
 * The proleptic Gregorian calendar in astronomical years (0 is 1 BC), on a line of local
 * milliseconds: what a clock shows, counted as if it showed UTC.
 */

export const MINUTE = 60_000
export const DAY = 86_400_000
const DAYS_IN_CYCLE = 146_097

export interface CivilDate {
  readonly year: number
  /** From 1; one below or above carries into the year beside it. */
  readonly month: number
  readonly day: number
}

/** Local milliseconds at which a date begins; months and days out of range carry. */
export function localStart({ year, month, day }: CivilDate): number {
  const cycle = Math.floor(year / 400)
  // Date.UTC reads the years 0 to 99 as 1900 to 1999, so the cycle that begins in 2000 stands in.
  return Date.UTC(2000 + year - cycle * 400, month - 1, day) + (cycle - 5) * DAYS_IN_CYCLE * DAY
}

export function daysInMonth(year: number, month: number): number {
  return (
    (localStart({ year, month: month + 1, day: 1 }) - localStart({ year, month, day: 1 })) / DAY
  )
}

/** The date that local milliseconds fall on. */
export function dateOf(local: number): CivilDate {
  const at = new Date(local)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() }
}

/** A year in four digits, `-0043` before year 0, and `+012345` beyond four. */
export function printYear(year: number): string {
  const digits = String(Math.abs(year))
  if (digits.length > 4) return `${year < 0 ? '-' : '+'}${digits.padStart(6, '0')}`
  return `${year < 0 ? '-' : ''}${digits.padStart(4, '0')}`
}

export function printMonth(date: Pick<CivilDate, 'year' | 'month'>): string {
  return `${printYear(date.year)}-${String(date.month).padStart(2, '0')}`
}

export function printDate(date: CivilDate): string {
  return `${printMonth(date)}-${String(date.day).padStart(2, '0')}`
}

/** A clock time such as `11:30`, with seconds and milliseconds only where there are any. */
export function printClock(local: number): string {
  const clock = new Date(local).toISOString().slice(-13, -1)
  if (clock.endsWith(':00.000')) return clock.slice(0, 5)
  return clock.endsWith('.000') ? clock.slice(0, 8) : clock
}

/** Local milliseconds as a date-time such as `2015-11-12T11:30`. */
export function printLocal(local: number): string {
  return `${printDate(dateOf(local))}T${printClock(local)}`
}
