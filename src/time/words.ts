/**
 * Words that tell a time ("evening", "early 2015", "12 November"): they are kept as words, and
 * the error that refuses them as a time suggests bounds to put beside them (RULINGS 5).
 */
import {
  type CivilDate,
  dateOf,
  daysInMonth,
  localStart,
  printClock,
  printDate,
  printMonth,
  printYear,
} from './civil.js'
import type { Refused } from './refusal.js'

const HOUR = 3_600_000

/** Hours of the day `[from, to)`; beyond 24 on the next day. */
const PARTS_OF_DAY = new Map<string, readonly [number, number]>([
  ['dawn', [4, 6]],
  ['daybreak', [4, 6]],
  ['sunrise', [5, 7]],
  ['morning', [6, 12]],
  ['forenoon', [9, 12]],
  ['noon', [11, 13]],
  ['midday', [11, 13]],
  ['daytime', [6, 18]],
  ['afternoon', [12, 18]],
  ['sunset', [17, 19]],
  ['dusk', [17, 20]],
  ['twilight', [17, 20]],
  ['evening', [18, 22]],
  ['night', [20, 29]],
  ['overnight', [20, 29]],
  ['midnight', [23, 25]],
  ['am', [0, 12]],
  ['pm', [12, 24]],
])

/** Months of the year, both included, in the northern half; beyond 12 in the next year. */
const SEASONS = new Map<string, readonly [number, number]>([
  ['spring', [3, 5]],
  ['summer', [6, 8]],
  ['autumn', [9, 11]],
  ['fall', [9, 11]],
  ['winter', [12, 14]],
])

const MONTHS =
  'january february march april may june july august september october november december'.split(' ')

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
const RELATIVE = words(
  'today yesterday tomorrow tonight now recently lately ago last next later earlier soon',
)
const ABOUT = words('about around approximately approx circa ca roughly')
const BEFORE = words('before until till')
const AFTER = words('after since')
const BC = words('bc bce')
/** Which third of a stretch. */
const THIRDS = new Map([
  ['early', 0],
  ['mid', 1],
  ['late', 2],
])

/** As much of a date as a text gives. */
interface Given {
  readonly year: number
  readonly month?: number
  readonly day?: number
  readonly clock?: string | undefined
}

const monthNamed = (word: string): number =>
  word.length < 3 ? 0 : MONTHS.findIndex((name) => name === word || name.slice(0, 3) === word) + 1

function printGiven({ year, month, day, clock }: Given): string {
  if (month === undefined) return printYear(year)
  if (day === undefined) return printMonth({ year, month })
  return `${printDate({ year, month, day })}${clock === undefined ? '' : `T${clock}`}`
}

function exists({ year, month = 1, day = 1 }: Given): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

const ISO = /(?<![\w-])(-?\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d))?)?)?(?!\d)/g

/** The dates in a text that are written in digits. */
function datesIn(text: string): Given[] {
  return [...text.matchAll(ISO)]
    .map(([, year, month, day, clock]) => ({
      year: Number(year),
      ...(month !== undefined && { month: Number(month) }),
      ...(day !== undefined && { day: Number(day) }),
      ...(clock !== undefined && { clock }),
    }))
    .filter(exists)
}

/** The date in a text that is written with a month's name, or counted before Christ. */
function dateNamed(tokens: readonly string[]): Given | null {
  const number = (digits: RegExp) => {
    const token = tokens.find((word) => digits.test(word))
    return token === undefined ? undefined : Number(token)
  }
  if (tokens.some((token) => BC.has(token))) {
    const year = number(/^\d{1,4}$/)
    return year ? { year: 1 - year } : null
  }
  const month = tokens.map(monthNamed).find((found) => found > 0)
  const year = number(/^\d{4}$/)
  if (month === undefined || year === undefined) return null
  const day = number(/^\d{1,2}$/)
  const found = { year, month, ...(day !== undefined && { day }) }
  return exists(found) ? found : null
}

function partOfDay([from, to]: readonly [number, number], day: CivilDate | null): string {
  if (day === null) {
    const clock = (hour: number) => `T${printClock((hour % 24) * HOUR)}`
    return `<day>${clock(from)}/${to >= 24 ? '<next day>' : '<day>'}${clock(to)}`
  }
  const local = (hour: number) => {
    const at = localStart(day) + hour * HOUR
    return `${printDate(dateOf(at))}T${printClock(at)}`
  }
  return `${local(from)}/${local(to)}`
}

const monthOf = (year: number, month: number): string =>
  printMonth(dateOf(localStart({ year, month, day: 1 })))

/** Four months of a year, or ten days or so of a month. */
function third(of: Given, which: number): string | null {
  if (of.day !== undefined) return null
  if (of.month === undefined)
    return `${monthOf(of.year, 4 * which + 1)}/${monthOf(of.year, 4 * which + 4)}`
  const { year, month } = of
  const last = which === 2 ? daysInMonth(year, month) : 10 * which + 10
  return `${printDate({ year, month, day: 10 * which + 1 })}/${printDate({ year, month, day: last })}`
}

const CLOCK = /(?<![\d:])(\d{1,2}):(\d\d)(?::\d\d)?(?: ?([ap])\.?m\b)?/i
const OFFSET = /:\d\d ?(?:(Z|GMT|UTC)\b|([+-]\d\d):?(\d\d))/

/** A clock time in a text, as it stands after `T`. */
function clockIn(text: string): string | null {
  const [found, hour, minute, half] = CLOCK.exec(text) ?? []
  if (found === undefined || Number(hour) > 23 || Number(minute) > 59) return null
  const twelve = Number(hour) % 12
  const shown =
    half === undefined ? Number(hour) : half.toLowerCase() === 'p' ? twelve + 12 : twelve
  const [, utc, hours, minutes] = OFFSET.exec(text) ?? []
  const offset = utc !== undefined ? 'Z' : hours !== undefined ? `${hours}:${minutes}` : ''
  return `${String(shown).padStart(2, '0')}:${minute}${offset}`
}

const startOf = ({ year, month = 1, day = 1, clock = '' }: Given): string =>
  `${String(localStart({ year, month, day }) + 1e16)}T${clock}`

/** What the words between dates and clock times make of a time: about, before or after it. */
function qualified(time: string, tokens: readonly string[]): string {
  const has = (set: ReadonlySet<string>) => tokens.some((token) => set.has(token))
  if (has(ABOUT)) return `${time}~`
  if (has(BEFORE)) return `../${time}`
  return has(AFTER) ? `${time}/..` : time
}

interface Reading {
  readonly tokens: readonly string[]
  readonly dates: readonly Given[]
  readonly clock: string | null
}

function boundsFor({ tokens, dates, clock }: Reading): string | null {
  const first = <T>(of: ReadonlyMap<string, T>) =>
    tokens.map((token) => of.get(token)).find((found) => found !== undefined)
  const [date, second] = dates
  if (date !== undefined && second !== undefined) {
    const [a, b] = [printGiven(date), printGiven(second)]
    return startOf(date) < startOf(second) ? `${a}/${b}` : `${b}/${a}`
  }
  const { year, month, day } = date ?? {}
  const whole = year !== undefined && month !== undefined && day !== undefined
  if (clock !== null && (whole || date === undefined))
    return qualified(`${whole ? printDate({ year, month, day }) : '<day>'}T${clock}`, tokens)
  const hours = first(PARTS_OF_DAY)
  if (hours !== undefined) return partOfDay(hours, whole ? { year, month, day } : null)
  if (date === undefined) return null
  const months = first(SEASONS)
  if (months !== undefined && month === undefined)
    return `${monthOf(date.year, months[0])}/${monthOf(date.year, months[1])}`
  const which = first(THIRDS)
  const part = which === undefined ? null : third(date, which)
  return part ?? qualified(printGiven({ ...date, clock: undefined }), tokens)
}

/** How a text in words is refused: with bounds for what it says, or for a day left to fill in. */
export function nameWords(text: string): Refused {
  const tokens =
    text
      .replace(CLOCK, ' ')
      .toLowerCase()
      .match(/\p{L}+|\d+/gu) ?? []
  const named = dateNamed(tokens)
  const dates = named === null ? datesIn(text) : [named]
  const bounds = boundsFor({ tokens, dates, clock: clockIn(text) })
  if (bounds === null && tokens.some((token) => RELATIVE.has(token)))
    return {
      reason: 'words',
      because: 'depends on when it was said; write the date that is meant, as in "2015-11-12"',
    }
  const suggest = { words: text, bounds: bounds ?? '<from>/<to>' }
  return {
    reason: 'words',
    because: `is told in words; keep them beside bounds of your choice, as in ${JSON.stringify(suggest)}`,
    suggest,
  }
}
