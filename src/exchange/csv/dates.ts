/**
 * Dates in the spellings of files, read into ISO 8601 as the door takes it: the formats are tried in
 * order, and the first that fits whole, with a date that exists, wins.
 */
import { type Civil, civilOf, type Field } from './civil.js'
import type { DateFormat, Step } from './formats.js'

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

function readBy(text: string, format: DateFormat, century: number | undefined): Civil | null {
  const found: Partial<Record<Field, number>> = {}
  let at = 0
  let late: boolean | null = null
  let twelve = false
  let offset = ''
  for (const [index, step] of format.entries()) {
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
        const digits = text.slice(at, end)
        const isFraction = step.type === 'digits' && step.field === 'millisecond'
        const value = Number(isFraction ? digits.padEnd(3, '0').slice(0, 3) : digits)
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
        at = text[end] === '.' && !isDot(format[index + 1]) ? end + 1 : end
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

function isDot(step: Step | undefined): boolean {
  return step?.type === 'literal' && step.text.startsWith('.')
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
