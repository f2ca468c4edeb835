/** Times for people to read: windows in UTC, ages in words, what was said beside its bounds. */
import { DAY, dateOf, printClock, printDate, printMonth, printYear } from './civil.js'
import { BEGIN, END, type Instant } from './instant.js'
import type { SaidTime } from './said.js'
import type { Window } from './window.js'

type Grain = 'year' | 'month' | 'day' | 'clock'

/** The coarsest unit of the calendar in UTC that begins at an instant. */
function grainAt(at: Instant): Grain {
  if (at % DAY !== 0) return 'clock'
  const { month, day } = dateOf(at)
  if (day > 1) return 'day'
  return month > 1 ? 'month' : 'year'
}

function coarser(a: Grain, b: Grain): Grain {
  const grains: readonly Grain[] = ['clock', 'day', 'month', 'year']
  return grains[Math.min(grains.indexOf(a), grains.indexOf(b))]!
}

function printUnit(at: number, grain: Exclude<Grain, 'clock'>): string {
  const date = dateOf(at)
  if (grain === 'year') return printYear(date.year)
  return grain === 'month' ? printMonth(date) : printDate(date)
}

const printPoint = (at: number): string => `${printDate(dateOf(at))} ${printClock(at)}`

/**
 * A window in UTC, as `2015-11-12 09:15 to 09:45 UTC`; whole days, months and years by their
 * names, the last of them included, and a window of one millisecond as the instant. Windows that
 * differ print differently.
 */
export function printWindow({ from, to }: Window): string {
  if (from === BEGIN && to === END) return 'at any time'
  if (from === BEGIN) return `before ${printPoint(to)} UTC`
  if (to === END) return `${printPoint(from)} UTC or later`
  if (to - from === 1) return `${printPoint(from)} UTC`
  const grain = coarser(grainAt(from), grainAt(to))
  if (grain !== 'clock') {
    const [first, last] = [printUnit(from, grain), printUnit(to - 1, grain)]
    return first === last ? `${first} UTC` : `${first} to ${last} UTC`
  }
  const day = Math.floor(from / DAY)
  if (Math.floor(to / DAY) === day) return `${printPoint(from)} to ${printClock(to)} UTC`
  const end = to === (day + 1) * DAY ? '24:00' : printPoint(to)
  return `${printPoint(from)} to ${end} UTC`
}

const UNITS: readonly (readonly [string, number])[] = [
  ['year', 365.25 * DAY],
  ['day', DAY],
  ['hour', DAY / 24],
  ['minute', 60_000],
  ['second', 1000],
]

/**
 * How long a stretch of milliseconds is, in whole units of the largest of which it holds one (of
 * years, two): `3 days`, `2 hours`. Rounded down; below a second `less than a second`.
 */
export function printAge(milliseconds: number): string {
  if (milliseconds === Number.POSITIVE_INFINITY) return 'for ever'
  if (milliseconds < 0) return `${printAge(-milliseconds)} ahead`
  for (const [unit, size] of UNITS) {
    const count = Math.floor(milliseconds / size)
    if (count >= (unit === 'year' ? 2 : 1)) return `${count} ${unit}${count === 1 ? '' : 's'}`
  }
  return 'less than a second'
}

/** The wording of a time, its words and zone where they are not in it, and its bounds. */
export function printSaid(said: SaidTime): string {
  const { wording, words, zone } = said
  const told = words === undefined ? wording : `${words}, ${wording}`
  const read = wording.includes(zone) || (zone === 'UTC' && wording.includes('Z'))
  const bounds = printWindow({ from: said.from ?? BEGIN, to: said.to ?? END })
  return `${told}${read ? '' : ` in ${zone}`}: ${bounds}`
}
