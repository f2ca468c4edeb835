/** Operators that read one text as something else: dates, ranges of them, numbers, lists, ids. */
import { RashomonError } from '../../errors.js'
import { fieldOf, show } from '../../index.js'
import { after, type Civil, cutTo, GRANULES, type Granule, printCivil } from './civil.js'
import { readDate } from './dates.js'
import { compileFormats } from './formats.js'
import { idOf } from './ids.js'
import type { Expression } from './language.js'
import {
  compileText,
  type Node,
  type Row,
  refuse,
  type Scope,
  union,
  type Value,
  wholeNode,
} from './node.js'

type Record_ = { readonly [key: string]: Expression }
type Compile = (expression: Expression, scope: Scope) => Node

/** Distinct texts whose reading is kept; files say the same dates over and over. */
const KEPT = 20_000

/** Keeps what a pure function answered, up to a bound. */
function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined || known.has(text)) return found as T
    const made = read(text)
    if (known.size >= KEPT) known.clear()
    known.set(text, made)
    return made
  }
}

/** Precision of a time that is left out altogether. */
const NONE = 'none'

export function dateNode(given: Record_, scope: Scope, compile: Compile): Node {
  const text = compileText(given.date as string, scope)
  const said = (given.formats as readonly string[] | undefined) ?? ['ISO']
  const formats = compileFormats(said)
  const century = given.century as number | undefined
  const precision = given.precision === undefined ? null : compile(given.precision, scope)
  const zone = given.zone === undefined ? null : compileText(given.zone as string, scope)
  const unreadable = (given.unreadable as string | undefined) ?? 'refuse'
  if (unreadable === 'wording' && !scope.inRange)
    throw new RashomonError(
      'invalid-mapping',
      `${fieldOf(scope.path)}: "wording" stands outside of a range, and words need bounds beside them; { "from": { "date": … }, "to": … } would be right`,
      { place: { field: fieldOf(scope.path) } },
    )
  const read = remembered((cell: string) => readDate(cell, formats, century))
  const columns = union(text.columns, precision?.columnsAt([]) ?? [], zone?.columns ?? [])

  const evaluate = (row: Row): Value => {
    const granule = precision?.evaluate(row)
    if (granule === NONE) return undefined
    const cell = text.evaluate(row)
    if (cell === undefined || cell.trim() === '') return undefined
    const civil = read(cell)
    if (civil !== null) {
      const where = zone?.evaluate(row) ?? ''
      if (granule === undefined) return printed(civil, civil.granule, where)
      if (isGranule(granule)) return printed(civil, granule, where)
      throw refuse(
        scope,
        precision?.columnsAt([]) ?? [],
        `${show(granule)} is no precision; ${GRANULES.join(', ')} or ${NONE} would be right`,
      )
    }
    if (unreadable === 'absent') return undefined
    if (unreadable === 'wording') return { words: cell.trim() }
    const right = said.length === 1 && said[0] === 'ISO' ? 'YYYY-MM-DD' : said.join(' or ')
    throw refuse(scope, text.columns, `${show(cell)} is no date; one as in ${right} would be right`)
  }
  return wholeNode(columns, evaluate)
}

function isGranule(value: Value): value is Granule {
  return GRANULES.includes(value as Granule)
}

/** ISO 8601 of a time at a precision; hours, minutes and seconds as the window from one to the next. */
function printed(civil: Civil, asked: Granule, zone: string): string {
  const granule = GRANULES[Math.min(GRANULES.indexOf(asked), GRANULES.indexOf(civil.granule))]!
  const cut = cutTo(civil, granule)
  const dated = granule === 'year' || granule === 'month' || granule === 'day'
  const offset = civil.offset === 'Z' ? 'UTC' : civil.offset
  const place = dated && offset !== '' ? offset : civil.offset === '' ? zone : ''
  const suffix = place === '' ? '' : `[${place}]`
  const from = `${printCivil(cut)}${suffix}`
  return granule === 'hour' || granule === 'minute' || granule === 'second'
    ? `${from}/${printCivil(after(cut, granule))}${suffix}`
    : from
}

export function rangeNode(given: Record_, scope: Scope, compile: Compile): Node {
  const within = { ...scope, inRange: true }
  const side = (name: 'from' | 'to') =>
    given[name] === undefined ? null : compile(given[name], within)
  const [from, to] = [side('from'), side('to')]
  const words = given.words === undefined ? null : compile(given.words, scope)
  const columns = union(...[from, to, words].map((node) => node?.columnsAt([]) ?? []))

  const evaluate = (row: Row): Value => {
    let said = words?.evaluate(row)
    const text = (node: Node | null, last: boolean): string | undefined => {
      const value = node?.evaluate(row)
      if (value === undefined) return undefined
      if (typeof value === 'string') return last ? sides(value).at(-1) : sides(value)[0]
      const wording = (value as { words?: Expression } | null)?.words
      if (wording === undefined)
        throw refuse(scope, columns, `${show(value)} is no side of a range; a time would be right`)
      said ??= wording
      return undefined
    }
    const [a, b] = [text(from, false), text(to, true)]
    if (a === undefined && b === undefined) return undefined
    const bounds = a === b ? a! : `${a ?? '..'}/${b ?? '..'}`
    return said === undefined ? bounds : { words: said, bounds }
  }
  return wholeNode(columns, evaluate)
}

/** The parts of `A/B` between slashes, those in the brackets of a zone aside. */
function sides(text: string): string[] {
  if (!text.includes('/')) return [text]
  const parts: string[] = ['']
  let bracket = false
  for (const letter of text) {
    if (letter === '[') bracket = true
    if (letter === ']') bracket = false
    if (letter === '/' && !bracket) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts
}

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/

export function numberNode(given: Record_, scope: Scope): Node {
  const text = compileText(given.number as string, scope)
  const { thousands, decimal = '.' } = given as { thousands?: string; decimal?: string }
  const lenient = given.unreadable === 'absent'
  const read = (cell: string): number | null => {
    let plain = cell.trim()
    if (thousands !== undefined) plain = plain.replaceAll(thousands, '')
    if (decimal !== '.') plain = plain.replace(decimal, '.')
    if (!NUMBER.test(plain)) return null
    const value = Number(plain)
    const kept = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
    return kept ? value : null
  }
  return wholeNode(text.columns, (row) => {
    const cell = text.evaluate(row)
    if (cell === undefined || cell.trim() === '') return undefined
    const value = read(cell)
    if (value !== null) return value
    if (lenient) return undefined
    throw refuse(
      scope,
      text.columns,
      `${show(cell)} is no number; one such as 12 or 3.5 would be right`,
    )
  })
}

export function listNode(given: Record_, scope: Scope, compile: Compile): Node {
  const text = compileText(given.list as string, scope)
  const separator = (given.separator as string | undefined) ?? ','
  const each = compile(given.each ?? '{item}', { ...scope, inList: true })
  const unique = given.unique === true
  const columns = union(text.columns, each.columnsAt([]))
  return wholeNode(columns, (row) => {
    const cell = text.evaluate(row)
    if (cell === undefined) return undefined
    const outer = row.item
    const made: Expression[] = []
    for (const item of cell.split(separator)) {
      row.item = item.trim()
      if (row.item === '') continue
      const value = each.evaluate(row)
      if (value !== undefined && !(unique && made.includes(value))) made.push(value)
    }
    row.item = outer
    return made.length === 0 ? undefined : made
  })
}

export function idNode(given: Record_, scope: Scope): Node {
  const text = compileText(given.id as string, scope)
  const prefix = (given.prefix as string | undefined)?.normalize('NFC') ?? ''
  const read = remembered((cell: string) => idOf(cell, prefix))
  return wholeNode(text.columns, (row) => {
    const cell = text.evaluate(row)
    return cell === undefined ? undefined : read(cell)
  })
}
