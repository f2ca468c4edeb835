/**
 * What clocks show, computed by `Intl.DateTimeFormat` alone and so apart from the code under
 * test, and arbitraries of zones and of the instants at which clocks are put forward or back.
 */
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'

export interface Shown {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Milliseconds into the day. */
  readonly clock: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (format === undefined) {
    const number = 'numeric'
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: number,
      month: number,
      day: number,
      hour: number,
      minute: number,
      second: number,
    })
    formats.set(zone, format)
  }
  return format
}

/** What the clocks of a zone show at an instant; years before Christ count down from 0. */
export function shownAt(zone: string, instant: number): Shown {
  const parts: Record<string, string> = {}
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = value
  const year = Number(parts.year)
  const seconds = Number(parts.hour) * 3600 + Number(parts.minute) * 60 + Number(parts.second)
  return {
    year: parts.era?.startsWith('B') ? 1 - year : year,
    month: Number(parts.month),
    day: Number(parts.day),
    clock: seconds * 1000 + (((instant % 1000) + 1000) % 1000),
  }
}

/** The same in local milliseconds, as if the clocks showed UTC. */
export function localAt(zone: string, instant: number): number {
  const { year, month, day, clock } = shownAt(zone, instant)
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getTime() + clock
}

export function offsetAt(zone: string, instant: number): number {
  return localAt(zone, instant) - instant
}

const pad = (number: number, digits: number) => String(number).padStart(digits, '0')

export function isoYear(year: number): string {
  if (Math.abs(year) > 9999) return `${year < 0 ? '-' : '+'}${pad(Math.abs(year), 6)}`
  return `${year < 0 ? '-' : ''}${pad(Math.abs(year), 4)}`
}

export function isoMonth({ year, month }: Pick<Shown, 'year' | 'month'>): string {
  return `${isoYear(year)}-${pad(month, 2)}`
}

export function isoDay(shown: Pick<Shown, 'year' | 'month' | 'day'>): string {
  return `${isoMonth(shown)}-${pad(shown.day, 2)}`
}

export type Unit = 'day' | 'month' | 'year'
export const units = fc.constantFrom<Unit>('day', 'month', 'year')

/** How a date, month or year is written. */
export function wordingOf(unit: Unit, shown: Shown): string {
  return { day: isoDay(shown), month: isoMonth(shown), year: isoYear(shown.year) }[unit]
}

/** A local date-time to the millisecond. */
export function isoLocal(shown: Shown): string {
  const { clock } = shown
  const [hour, minute] = [Math.floor(clock / 3_600_000), Math.floor(clock / 60_000) % 60]
  const second = Math.floor(clock / 1000) % 60
  return `${isoDay(shown)}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(clock % 1000, 3)}`
}

/** Zones whose clocks have done what clocks rarely do, beside all others. */
const STRANGE = [
  'Asia/Damascus', // put back at midnight, into the day before
  'America/St_Johns', // put back at 00:01
  'Pacific/Apia', // left out a day
  'Pacific/Kwajalein',
  'Australia/Lord_Howe', // half an hour
  'Antarctica/Troll', // two hours
  'Africa/Monrovia', // seconds
  'Africa/Casablanca', // twice a year beside Ramadan
  'Africa/Cairo',
  'America/Havana',
  'America/Sao_Paulo', // put forward at midnight
  'Europe/Dublin',
  'Europe/Kyiv',
  'America/New_York',
  'UTC',
  '+05:45',
]

export const zones: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...STRANGE.filter((zone) => !zone.startsWith('+'))),
  fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
)

const year = (of: number) => Date.UTC(2000, 0, 1) + (of - 2000) * 31_556_952_000

/** Instants of every age: recent ones, of the age of telegraphs, before Christ, and far ones. */
export const instants: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: year(1970), max: year(2037) }) },
  { weight: 2, arbitrary: fc.integer({ min: year(1840), max: year(1970) }) },
  { weight: 1, arbitrary: fc.integer({ min: year(-800), max: year(100) }) },
  { weight: 1, arbitrary: fc.integer({ min: year(-200_000), max: year(200_000) }) },
)

export interface Clocked {
  readonly zone: string
  readonly instant: number
}

const HOUR = 3_600_000

/** Instants in zones, half of them within hours of clocks being put forward or back. */
export const clocked: fc.Arbitrary<Clocked> = fc
  .record({
    zone: zones,
    instant: instants,
    near: fc.option(fc.integer({ min: -30 * HOUR, max: 30 * HOUR })),
  })
  .map(({ zone, instant, near }) => {
    if (near === null) return { zone, instant }
    const here = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
    const change = here.getTimeZoneTransition('previous') ?? here.getTimeZoneTransition('next')
    return { zone, instant: (change?.epochMilliseconds ?? instant) + near }
  })
