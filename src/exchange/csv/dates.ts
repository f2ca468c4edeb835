/**
 * Dates in the spellings of files, read into ISO 8601 as the door takes it. A format is compiled to
 * steps once; reading tries the formats in order and the first that fits whole, with a date that
 * exists, wins. No regular expression is made of what a mapping says.
 */

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

export type DateFormat = readonly Step[]

type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond'

type Step =
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'space' }
  | {
      readonly type: 'digits'
      readonly field: Field
      readonly least: number
      readonly most: number
    }
  | { readonly type: 'short-year' }
  | { readonly type: 'twelve'; readonly least: number }
  | { readonly type: 'noon' }
  | { readonly type: 'month-name' }
  | { readonly type: 'offset' }

const digits = (field: Field, least: number, most: number): Step => ({
  type: 'digits',
  field,
  least,
  most,
})

/** Longer tokens before those that begin them. */
const TOKENS: readonly (readonly [string, Step])[] = [
  ['YYYY', digits('year', 4, 4)],
  ['YY', { type: 'short-year' }],
  ['MMMM', { type: 'month-name' }],
  ['MMM', { type: 'month-name' }],
  ['MM', digits('month', 2, 2)],
  ['M', digits('month', 1, 2)],
  ['DD', digits('day', 2, 2)],
  ['D', digits('day', 1, 2)],
  ['HH', digits('hour', 2, 2)],
  ['H', digits('hour', 1, 2)],
  ['hh', { type: 'twelve', least: 2 }],
  ['h', { type: 'twelve', least: 1 }],
  ['mm', digits('minute', 2, 2)],
  ['m', digits('minute', 1, 2)],
  ['SSS', digits('millisecond', 3, 3)],
  ['ss', digits('second', 2, 2)],
  ['s', digits('second', 1, 2)],
  ['A', { type: 'noon' }],
  ['a', { type: 'noon' }],
  ['Z', { type: 'offset' }],
]

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** Spellings of ISO 8601, from a year to a millisecond, with an offset or none. */
const ISO = [
  'YYYY-MM-DD',
  ...['T', ' '].flatMap((between) =>
    ['HH:mm', 'HH:mm:ss', 'HH:mm:ss.SSS'].flatMap((clock) =>
      ['', 'Z'].map((zone) => `YYYY-MM-DD[${between}]${clock}${zone}`),
    ),
  ),
  'YYYY-MM',
  'YYYY',
]

/** What is wrong with a format, or `null`: the sentence goes on from the format itself. */
export function formatFault(format: string): string | null {
  if (format === 'ISO') return null
  const steps = stepsOf(format)
  if (typeof steps === 'string') return steps
  const fields = steps.flatMap(fieldOf)
  if (!fields.includes('year')) return 'reads no year; YYYY or YY would be right'
  const again = fields.find((field, at) => fields.indexOf(field) < at)
  if (again !== undefined) return `reads the ${again} twice; once would be right`
  const order: readonly Field[] = [
    'year',
    'month',
    'day',
    'hour',
    'minute',
    'second',
    'millisecond',
  ]
  const gap = order.findIndex(
    (field, at) => fields.includes(field) && at > 0 && !fields.includes(order[at - 1]!),
  )
  if (gap > 0)
    return `reads the ${order[gap]} and no ${order[gap - 1]}; a format with both would be right`
  const types = steps.map(({ type }) => type)
  if (types.includes('twelve') !== types.includes('noon'))
    return 'has a clock of twelve hours without its AM or PM, or the other way; "h:mm A" or "H:mm" would be right'
  return null
}

/** The formats that a mapping names, ready to read with. Formats without fault only. */
export function compileFormats(formats: readonly string[]): readonly DateFormat[] {
  return formats
    .flatMap((format) => (format === 'ISO' ? ISO : [format]))
    .map((format) => stepsOf(format) as DateFormat)
}

/**
 * Reads a cell by the first format that fits all of it, spaces round it aside.
 *
 * @param century first year of the hundred that a year of two digits lies in; unless given, 69 to
 *   99 are of 1900 and the others of 2000
 */
export function readDate(
  text: string,
  formats: readonly DateFormat[],
  century?: number,
): Civil | null {
  const trimmed = text.trim()
  for (const format of formats) {
    const read = readBy(trimmed, format, century)
    if (read !== null) return read
  }
  return null
}

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

function fieldOf(step: Step): Field[] {
  switch (step.type) {
    case 'digits':
      return [step.field]
    case 'short-year':
      return ['year']
    case 'twelve':
      return ['hour']
    case 'month-name':
      return ['month']
    default:
      return []
  }
}

function stepsOf(format: string): DateFormat | string {
  const steps: Step[] = []
  let at = 0
  while (at < format.length) {
    if (format[at] === '[') {
      const end = format.indexOf(']', at)
      if (end < 0) return 'opens a bracket and does not close it; "[text]" would be right'
      steps.push({ type: 'literal', text: format.slice(at + 1, end) })
      at = end + 1
      continue
    }
    const token = TOKENS.find(([name]) => format.startsWith(name, at))
    if (token !== undefined) {
      steps.push(token[1])
      at += token[0].length
    } else if (format[at] === ' ') {
      steps.push({ type: 'space' })
      while (format[at] === ' ') at++
    } else if (/[A-Za-z]/.test(format[at]!)) {
      return `has a letter that is no part of a format: ${JSON.stringify(format[at])}; YYYY YY M MM MMM MMMM D DD H HH h hh m mm s ss SSS A Z, or text in brackets, would be right`
    } else {
      steps.push({ type: 'literal', text: format[at]! })
      at++
    }
  }
  return steps
}

function readBy(text: string, format: DateFormat, century: number | undefined): Civil | null {
  const found: Partial<Record<Field, number>> = {}
  let at = 0
  let late: boolean | null = null
  let twelve = false
  let offset = ''
  for (const step of format) {
    switch (step.type) {
      case 'literal':
        if (!text.startsWith(step.text, at)) return null
        at += step.text.length
        break
      case 'space': {
        const from = at
        while (text[at] === ' ' || text[at] === '\u00a0' || text[at] === '\t') at++
        if (at === from) return null
        break
      }
      case 'digits':
      case 'twelve':
      case 'short-year': {
        const [least, most] =
          step.type === 'digits'
            ? [step.least, step.most]
            : [step.type === 'twelve' ? step.least : 2, 2]
        const end = digitsFrom(text, at, most)
        if (end - at < least) return null
        const value = Number(text.slice(at, end))
        at = end
        if (step.type === 'digits') found[step.field] = value
        else if (step.type === 'short-year') found.year = value + centuryOf(value, century)
        else {
          if (value < 1 || value > 12) return null
          twelve = true
          found.hour = value % 12
        }
        break
      }
      case 'noon': {
        const said = text.slice(at, at + 2).toLowerCase()
        if (said !== 'am' && said !== 'pm') return null
        late = said === 'pm'
        at += 2
        break
      }
      case 'month-name': {
        let end = at
        while (end < text.length && text[end]!.toLowerCase() !== text[end]!.toUpperCase()) end++
        const name = text.slice(at, end).toLowerCase()
        const month = name.length < 3 ? -1 : MONTHS.findIndex((whole) => fits(name, whole))
        if (month < 0) return null
        found.month = month + 1
        at = text[end] === '.' && name.length < MONTHS[month]!.length ? end + 1 : end
        break
      }
      case 'offset': {
        const end = offsetFrom(text, at)
        if (end === null) return null
        offset = offsetText(text.slice(at, end))
        at = end
        break
      }
    }
  }
  if (at !== text.length) return null
  if (twelve && late) found.hour = (found.hour ?? 0) + 12
  return civilOf(found, offset)
}

/** `sept` is how many write it; else a name or what begins it. */
function fits(name: string, whole: string): boolean {
  return whole.startsWith(name) || (name === 'sept' && whole === 'september')
}

function centuryOf(year: number, century: number | undefined): number {
  return century ?? (year >= 69 ? 1900 : 2000)
}

function digitsFrom(text: string, from: number, most: number): number {
  let at = from
  while (at < from + most && text[at]! >= '0' && text[at]! <= '9') at++
  return at
}

/** Where an offset (`Z`, `+02`, `+02:00`, `+0200`) ends, or `null`. */
function offsetFrom(text: string, at: number): number | null {
  if (text[at] === 'Z') return at + 1
  if (text[at] !== '+' && text[at] !== '-') return null
  const hours = digitsFrom(text, at + 1, 2)
  if (hours !== at + 3) return null
  const colon = text[hours] === ':' ? hours + 1 : hours
  const minutes = digitsFrom(text, colon, 2)
  return minutes === colon + 2 ? minutes : colon === hours && minutes === hours ? hours : null
}

function offsetText(said: string): string {
  return said.length === 5 ? `${said.slice(0, 3)}:${said.slice(3)}` : said
}

/** The fields as a time, or `null` where there is no such date or clock. */
function civilOf(found: Partial<Record<Field, number>>, offset: string): Civil | null {
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
