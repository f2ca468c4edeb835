/**
 * JSON text from outside, read strictly (RFC 8259) and in linear time. What `JSON.parse` lets
 * pass is refused here: a key given twice, a name that reaches a prototype, half a surrogate
 * pair, text not in NFC, a number that is not kept exactly, depth and size beyond the limits.
 */
import { type ErrorCode, RashomonError } from '../errors.js'
import { fieldOf, type Path, show } from './show.js'
import { decodeText, type JsonOptions, type Spot, spotIn, tooLong } from './text.js'
import type { Json } from './types.js'
import { byteLength, longerThan } from './utf8.js'
import { itemLimit, keyFault, numberFault, textFault } from './value.js'

/** No limit that is set lets the reader's own stack run out. */
const DEEPEST = 512

/**
 * Reads one JSON document. A list at the top is one of reports and may have `limits.reports`
 * items; a mark of byte order before the text is passed over.
 *
 * @throws `invalid-json` or `too-large`, with row, column and, inside a document, the field; a
 *   fault inside a list at the top names the index of the report.
 */
export function readJson(text: string | Uint8Array, options: JsonOptions): Json {
  return new Reader(decodeText(text, options), options).document()
}

/**
 * Where in a document that was read the value of a field stands; the parent's place where the
 * field is missing.
 */
export function locate(text: string, field: string, options: JsonOptions): Spot {
  const reader = new Reader(text, options, field)
  reader.document()
  return reader.spot(reader.found)
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const FIRST_PRINTED = 0x20
const SPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const HEX = /[0-9a-fA-F]{4}/y
const WORD = /[A-Za-z0-9_+.-]+/y
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
const LITERALS: Readonly<Record<string, Json>> = { true: true, false: false, null: null }
/** Words that other notations have for what JSON lacks, with what to write. */
const NEARLY: Readonly<Record<string, string>> = {
  NaN: 'null',
  Infinity: 'a finite number',
  undefined: 'null',
  None: 'null',
  True: 'true',
  False: 'false',
}

class Reader {
  /** Offset of the value sought, or of the innermost value round it that there is. */
  found = 0
  private at = 0
  private readonly path: (string | number)[] = []
  private readonly depth: number

  constructor(
    private readonly text: string,
    private readonly options: JsonOptions,
    private readonly sought?: string,
  ) {
    this.depth = Math.min(options.limits.depth, DEEPEST)
  }

  document(): Json {
    if (longerThan(this.text, this.options.limits.body))
      throw tooLong(byteLength(this.text), this.options)
    if (this.text.startsWith('\ufeff')) this.at = 1
    this.space()
    if (this.at === this.text.length) throw this.wrong('nothing here; a report would be right')
    const value = this.value(0)
    this.space()
    if (this.at < this.text.length)
      throw this.wrong(`${this.here()} after the end of the document; nothing more would be right`)
    return value
  }

  spot(offset: number): Spot {
    return spotIn(this.text, offset, this.options.row)
  }

  private value(depth: number): Json {
    if (this.sought !== undefined && leadsTo(fieldOf(this.path), this.sought)) this.found = this.at
    switch (this.text[this.at]) {
      case '{':
        return this.record(depth + 1)
      case '[':
        return this.list(depth + 1)
      case '"':
        return this.string()
      default:
        return this.scalar()
    }
  }

  private record(depth: number): Json {
    this.descend(depth)
    const value: Record<string, Json> = {}
    let count = 0
    for (let more = !this.ends('}'); more; more = this.goesOn('}')) {
      const start = this.at
      if (this.text[start] !== '"')
        throw this.wrong(
          `${this.here()} where a name should be; a name in double quotes would be right`,
        )
      const key = this.string()
      this.path.push(key)
      if (Object.hasOwn(value, key)) throw this.wrong('is given twice; once would be right', start)
      const fault = keyFault(key)
      if (fault !== null) throw this.wrong(`${show(key)} ${fault}`, start)
      if (++count > this.options.limits.keys)
        throw this.large(`more than ${this.options.limits.keys} fields in one object`, start)
      this.space()
      if (this.text[this.at] !== ':')
        throw this.wrong(`${this.here()} after a name; a colon would be right`)
      this.at++
      this.space()
      value[key] = this.value(depth)
      this.path.pop()
    }
    return value
  }

  private list(depth: number): Json {
    this.descend(depth)
    const top = this.path.length === 0
    const most = top ? this.options.limits.reports : itemLimit(this.path, this.options.limits)
    const value: Json[] = []
    for (let more = !this.ends(']'); more; more = this.goesOn(']')) {
      if (value.length === most)
        throw this.large(`more than ${most} ${top ? 'reports together' : 'items in one list'}`)
      this.path.push(value.length)
      value.push(this.value(depth))
      this.path.pop()
    }
    return value
  }

  /** A list of reports at the top takes a level of its own. */
  private descend(depth: number): void {
    const most = this.depth + (typeof this.path[0] === 'number' ? 1 : 0)
    if (depth > Math.max(most, 1)) throw this.large(`deeper than ${this.depth} levels`)
    this.at++
  }

  /** Whether an object or list that has just begun ends here, which is passed. */
  private ends(close: '}' | ']'): boolean {
    this.space()
    if (this.text[this.at] !== close) return false
    this.at++
    return true
  }

  /** Whether another item follows; passes the comma before it or the end. */
  private goesOn(close: '}' | ']'): boolean {
    this.space()
    const next = this.text[this.at]
    if (next !== ',' && next !== close)
      throw this.wrong(`${this.here()} after a value; a comma or ${close} would be right`)
    this.at++
    if (next === close) return false
    this.space()
    if (this.text[this.at] === close)
      throw this.wrong('a comma before the end; no comma would be right', this.at - 1)
    return true
  }

  private string(): string {
    const start = this.at++
    let value = ''
    for (;;) {
      value += this.unescaped()
      if (value.length > this.options.limits.string) break
      const next = this.text[this.at]
      if (next === '"') break
      if (next !== '\\')
        throw this.wrong(
          next === undefined
            ? 'the text ends inside quotes; the closing quote would be right'
            : `${this.here()} inside quotes; an escape such as \\n would be right`,
        )
      value += this.escape()
    }
    this.at++
    if (longerThan(value, this.options.limits.string))
      throw this.large(`text of more than ${this.options.limits.string} bytes`, start)
    const fault = textFault(value)
    if (fault !== null) throw this.wrong(`${show(value)} ${fault}`, start)
    return value
  }

  private unescaped(): string {
    const start = this.at
    for (;;) {
      const unit = this.text.charCodeAt(this.at)
      if (!(unit >= FIRST_PRINTED) || unit === QUOTE || unit === BACKSLASH)
        return this.text.slice(start, this.at)
      this.at++
    }
  }

  private escape(): string {
    const start = this.at
    const letter = this.text[start + 1] ?? ''
    this.at += 2
    if (letter === 'u') {
      const digits = this.match(HEX)
      if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16))
    } else if (Object.hasOwn(ESCAPES, letter)) return ESCAPES[letter] as string
    throw this.wrong(
      `${show(`\\${letter}`)} is no escape; one such as \\n, \\" or \\u00e9 would be right`,
      start,
    )
  }

  private scalar(): Json {
    const start = this.at
    const digits = this.match(NUMBER)
    if (digits !== undefined) {
      const more = this.match(WORD)
      const value = Number(digits)
      const fault = more === undefined ? numberFault(value) : null
      if (more !== undefined)
        throw this.wrong(
          `${show(digits + more)} is no number of JSON; one such as -1, 0.5 or 2e3, or text in quotes, would be right`,
          start,
        )
      if (fault !== null) throw this.wrong(`${show(digits)} ${fault}`, start)
      return value === 0 ? 0 : value
    }
    const word = this.match(WORD)
    if (word !== undefined && Object.hasOwn(LITERALS, word)) return LITERALS[word] as Json
    if (word === undefined) throw this.wrong(`${this.here()}; a value would be right`)
    const right = Object.hasOwn(NEARLY, word) ? NEARLY[word] : 'text in double quotes'
    throw this.wrong(`${show(word)} is no JSON; ${right} would be right`, start)
  }

  private space(): void {
    this.match(SPACE)
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    if (found !== undefined) this.at += found.length
    return found
  }

  /** What stands at the reader's place, for messages. */
  private here(): string {
    const code = this.text.codePointAt(this.at)
    return code === undefined ? 'the text ends' : show(String.fromCodePoint(code))
  }

  private wrong(message: string, offset = this.at): RashomonError {
    return this.fault('invalid-json', message, offset)
  }

  private large(what: string, offset = this.at): RashomonError {
    return this.fault('too-large', `${what}; fewer would be right`, offset)
  }

  private fault(code: ErrorCode, message: string, offset: number): RashomonError {
    const [first] = this.path
    const within: Path = typeof first === 'number' ? this.path.slice(1) : this.path
    const field = fieldOf(within)
    const spot = this.spot(offset)
    const where = `row ${spot.row}, column ${spot.column}`
    return new RashomonError(code, `${where}: ${field === '' ? '' : `${field}: `}${message}`, {
      place: {
        ...(typeof first === 'number' ? { report: first } : {}),
        ...(field === '' ? {} : { field }),
        ...spot,
      },
    })
  }
}

/** Whether the value at a path is the one sought, or holds it. */
function leadsTo(path: string, sought: string): boolean {
  if (path === '' || path === sought) return true
  const next = sought[path.length]
  return sought.startsWith(path) && (next === '.' || next === '[')
}
