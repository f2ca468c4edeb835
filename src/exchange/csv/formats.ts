/**
 * Formats of dates, as `D-MMM-YY`, compiled to steps once. No regular expression is made of what a
 * mapping says.
 */
import type { Field } from './civil.js'

export type DateFormat = readonly Step[]

export type Step =
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
  ['SSS', digits('millisecond', 1, 9)],
  ['ss', digits('second', 2, 2)],
  ['s', digits('second', 1, 2)],
  ['A', { type: 'noon' }],
  ['a', { type: 'noon' }],
  ['Z', { type: 'offset' }],
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
