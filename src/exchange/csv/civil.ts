/** Times as cells say them: fields of a calendar and a clock, how fine they are, and how they are printed. */

/** How fine a reading is: the finest field that was read. */
export const GRANULES = ['year', 'month', 'day', 'hour', 'minute', 'second', 'exact'] as const
export type Granule = (typeof GRANULES)[number]

/** A time as a cell says it: fields of a calendar and a clock, without a zone unless it names one. */
export interface Civil {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
  readonly granule: Granule
  /** `Z` or an offset such as `+02:00`; empty where none is stated. */
  readonly offset: string
}

/** A field of a calendar or a clock. */
export type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond'

/** ISO 8601 of a time, no finer than its granule; `exact` and clocks as one instant. */
export function printCivil(civil: Civil): string {
  const { granule } = civil
  const year = pad(civil.year, 4)
  if (granule === 'year') return year
  const month = `${year}-${pad(civil.month, 2)}`
  if (granule === 'month') return month
  const day = `${month}-${pad(civil.day, 2)}`
  if (granule === 'day') return day
  const minutes = `${day}T${pad(civil.hour, 2)}:${pad(civil.minute, 2)}`
  const { second, millisecond } = civil
  const fraction = millisecond === 0 ? '' : `.${pad(millisecond, 3)}`
  return `${minutes}:${pad(second, 2)}${fraction}${civil.offset}`
}

/** A time cut to a granule that is no finer than its own. */
export function cutTo(civil: Civil, granule: Granule): Civil {
  const depth = GRANULES.indexOf(granule)
  const kept = <T>(from: number, value: number, least: T) => (depth >= from ? value : least)
  return {
    ...civil,
    granule,
    hour: kept(3, civil.hour, 0),
    minute: kept(4, civil.minute, 0),
    second: kept(5, civil.second, 0),
    millisecond: kept(6, civil.millisecond, 0),
  }
}

/** The time one hour, minute or second later. */
export function after(civil: Civil, granule: 'hour' | 'minute' | 'second'): Civil {
  const step = { hour: 3_600_000, minute: 60_000, second: 1000 }[granule]
  const { year, month, day, hour, minute, second, millisecond } = civil
  let days = dayNumber(year, month, day)
  let clock = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond + step
  if (clock >= 86_400_000) {
    clock -= 86_400_000
    days++
  }
  return {
    ...civil,
    ...dateOfDay(days),
    hour: Math.floor(clock / 3_600_000),
    minute: Math.floor(clock / 60_000) % 60,
    second: Math.floor(clock / 1000) % 60,
    millisecond: clock % 1000,
  }
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

/** The fields as a time, or `null` where there is no such date or clock. */
export function civilOf(found: Partial<Record<Field, number>>, offset: string): Civil | null {
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0 } = found
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  const granule: Granule =
    found.hour !== undefined
      ? 'exact'
      : found.day !== undefined
        ? 'day'
        : found.month !== undefined
          ? 'month'
          : 'year'
  return { year, month, day, hour, minute, second, millisecond, granule, offset }
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Days from 1 March of year 0 of the proleptic Gregorian calendar, as in Hinnant's `days_from_civil`. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + ofYear
}

/** The date of such a number of days. */
function dateOfDay(days: number): { year: number; month: number; day: number } {
  const era = Math.floor(days / 146_097)
  const of = days - era * 146_097
  const y = Math.floor(
    (of - Math.floor(of / 1460) + Math.floor(of / 36_524) - Math.floor(of / 146_096)) / 365,
  )
  const ofYear = of - (365 * y + Math.floor(y / 4) - Math.floor(y / 100))
  const m = Math.floor((5 * ofYear + 2) / 153)
  const month = m < 10 ? m + 3 : m - 9
  return {
    year: y + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * m + 2) / 5) + 1,
  }
}
