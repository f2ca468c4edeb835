/**
 * A log as JSON lines, and back, without loss: a line for each report, which holds the report's
 * canonical form byte for byte (what was hashed is what is in the file), its parts with their salts,
 * and where it stood in the log it came from.
 *
 *   {"rashomon":1,"report":{…},"parts":{"citation":{"salt":hex,"bytes":base64}},
 *    "position":12,"commit":14,"recorded":"2015-11-12T19:00:00.000Z"}
 */
import { type ErrorPlace, isRashomonError, RashomonError } from '../errors.js'
import { LIMITS, type Limits, readJson, type Stored } from '../index.js'
import { LINE, type LineOptions, tooLong } from './lines.js'
import { membersOf } from './members.js'

/** Revision of the form of a line. */
const REVISION = 1
const FIELDS = ['rashomon', 'report', 'parts', 'position', 'commit', 'recorded']
/** How much deeper than a report of its own one lies in a line. */
const DEEPER = 1

type Part = Stored['parts'][number]

/** What is exported of an entry of a log. */
export interface Exported {
  readonly position: number
  /** Position of the last entry of its commit. */
  readonly commit: number
  /** ISO 8601. */
  readonly recorded: string
  /** Canonical form, as stored. */
  readonly bytes: Uint8Array
  readonly parts: readonly Part[]
}

/** An entry as it was read back: what it needs to be stored anew. */
export interface Imported extends Exported, Stored {
  /** Its line, from 1. */
  readonly row: number
}

/** One line for each entry, in their order, without line feeds. */
export function* exportJsonl(entries: Iterable<Exported>): Generator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  for (const { position, commit, recorded, bytes, parts } of entries) {
    const beside = Object.fromEntries(
      parts.map(({ name, salt, bytes }) => [
        name,
        { salt: Buffer.from(salt).toString('hex'), bytes: Buffer.from(bytes).toString('base64') },
      ]),
    )
    const what = `"report":${decoder.decode(bytes)},"parts":${JSON.stringify(beside)}`
    const where = `"position":${position},"commit":${commit},"recorded":${JSON.stringify(recorded)}`
    yield `{"rashomon":${REVISION},${what},${where}}`
  }
}

export interface ReadOptions extends LineOptions {
  /** How deep and wide a report may be. */
  readonly limits?: Limits
}

/**
 * The entries that lines hold, in order; empty lines are passed over. `bytes` are the report's as
 * they stand in the line. What the report says is the door's to check, and that the parts are what
 * it commits to.
 *
 * @throws `invalid-json` for what is no JSON that can be kept, `invalid-report` for a line that is
 *   not of this form or a commit that is not whole, `too-large` beyond a limit; each with its row.
 */
export async function* readJsonl(
  lines: Iterable<string> | AsyncIterable<string>,
  { file, line: most = LINE, limits = LIMITS }: ReadOptions = {},
): AsyncGenerator<Imported, void, undefined> {
  // Parts lie in a line as long strings; what a report's own may be is asked by the door.
  const inLine = { ...limits, depth: limits.depth + DEEPER, string: most, body: most }
  let row = 0
  let last: Imported | undefined
  for await (const line of lines) {
    row++
    if (line.trim() === '') continue
    if (Buffer.byteLength(line) > most) throw tooLong(most, file, row)
    const reader = new Reader(file, row)
    const entry = reader.entry(line, inLine)
    const cut = last !== undefined && last.commit !== last.position ? last : undefined
    if (cut && (entry.commit !== cut.commit || entry.position !== cut.position + 1))
      throw reader.refuse('position', ...halfCommit(cut))
    yield entry
    last = entry
  }
  if (last !== undefined && last.commit !== last.position)
    throw new Reader(file, last.row).refuse('commit', ...halfCommit(last))
}

function halfCommit({ position, commit }: Imported): [string, string] {
  return [
    `entry ${position} belongs to a commit that ends at ${commit}, and entry ${position + 1} does not follow`,
    'all entries of a commit, in order,',
  ]
}

/** Reads one line; knows where it stands. */
class Reader {
  readonly #place: ErrorPlace & { readonly row: number }

  constructor(file: string | undefined, row: number) {
    this.#place = file === undefined ? { row } : { file, row }
  }

  entry(text: string, limits: Limits): Imported {
    this.#json(text, limits)
    const members = membersOf(text)
    for (const name of members.keys())
      if (!FIELDS.includes(name))
        throw this.refuse(name, 'is no field of a line', FIELDS.join(', '))
    const raw = (name: string): string => {
      const value = members.get(name)
      if (value === undefined)
        throw this.refuse(name, 'is missing', `a line with ${FIELDS.join(', ')}`)
      return value
    }
    if (raw('rashomon') !== `${REVISION}`)
      throw this.refuse(
        'rashomon',
        `${shown(raw('rashomon'))} is not a form of line known here`,
        `${REVISION}`,
      )
    const report = raw('report')
    if (report[0] !== '{') throw this.refuse('report', `${shown(report)} is no report`, 'an object')
    const position = this.#count('position', raw('position'))
    const commit = this.#count('commit', raw('commit'))
    if (commit < position)
      throw this.refuse('commit', `${commit} lies before the entry itself`, `${position} or more`)
    return {
      row: this.#place.row,
      position,
      commit,
      recorded: this.#instant('recorded', raw('recorded')),
      bytes: new TextEncoder().encode(report),
      report: JSON.parse(report) as unknown,
      parts: this.#parts(raw('parts')),
    }
  }

  /** `field: what is wrong; what would be right`. */
  refuse(field: string, wrong: string, right: string): RashomonError {
    return new RashomonError('invalid-report', `${field}: ${wrong}; ${right} would be right`, {
      place: { ...this.#place, field },
    })
  }

  /** Refuses what is no object of JSON, or none that can be kept. */
  #json(text: string, limits: Limits): void {
    const value = placed(this.#place, () => readJson(text, { limits, row: this.#place.row }))
    if (!isRecord(value))
      throw new RashomonError(
        'invalid-report',
        `${shown(text)} is no object; a line as \`export jsonl\` writes it would be right`,
        { place: this.#place },
      )
  }

  #count(field: string, text: string): number {
    const count = Number(text)
    if (!/^[1-9]\d*$/.test(text) || !Number.isSafeInteger(count))
      throw this.refuse(field, `${shown(text)} is no position`, 'a whole number from 1')
    return count
  }

  #instant(field: string, text: string): string {
    const said: unknown = JSON.parse(text)
    if (typeof said !== 'string' || !INSTANT.test(said))
      throw this.refuse(
        field,
        `${shown(text)} is no instant`,
        'one as in "2015-11-12T19:00:00.000Z"',
      )
    return said
  }

  #parts(text: string): Part[] {
    const parts: unknown = JSON.parse(text)
    if (!isRecord(parts))
      throw this.refuse('parts', `${shown(text)} is no set of parts`, 'an object, `{}` for none,')
    return Object.entries(parts).map(([name, value]) => {
      const part = typeof value === 'object' && value !== null ? value : {}
      const { salt, bytes, ...more } = part as Record<string, unknown>
      const field = `parts.${name}`
      if (Object.keys(more).length > 0 || Array.isArray(value))
        throw this.refuse(
          field,
          `${shown(JSON.stringify(value))} is no part`,
          '{"salt":…,"bytes":…}',
        )
      return {
        name,
        salt: this.#bytes(`${field}.salt`, salt, 'hex'),
        bytes: this.#bytes(`${field}.bytes`, bytes, 'base64'),
      }
    })
  }

  #bytes(field: string, text: unknown, encoding: 'hex' | 'base64'): Uint8Array {
    const bytes = typeof text === 'string' ? Buffer.from(text, encoding) : null
    if (bytes === null || bytes.toString(encoding) !== text)
      throw this.refuse(
        field,
        `${shown(JSON.stringify(text) ?? 'nothing')} is no ${encoding}`,
        `${encoding}, as exported,`,
      )
    return new Uint8Array(bytes)
  }
}

const INSTANT = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Runs a step; what it refuses says its place. */
function placed<T>(place: ErrorPlace, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw isRashomonError(error) ? error.at(place) : error
  }
}

/** Text as it may stand in a message: short, on one line. */
function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
