/**
 * A table from its file, row by row: gzip or plain, in UTF-8, streamed. What cannot be told apart
 * from there on (a quote that does not close, damage of the gzip) ends the reading; a row that is
 * wrong by itself is told as such, and the next is read.
 */
import { statSync } from 'node:fs'
import { parse } from 'csv-parse'
import { isRashomonError, RashomonError } from '../../errors.js'
import { unreadable } from '../unreadable.js'
import { bytesOf, textOf } from './bytes.js'

/** Bytes of a row. */
export const ROW = 64 * 1024
/** Bytes within which a row must end at all, so that a quote that does not close fills no memory. */
const FURTHEST = 1024 * 1024

export interface TableOptions {
  readonly separator?: string | undefined
  /** Names of the columns where the file has no header row. */
  readonly header?: readonly string[] | undefined
  /** Whether spaces round cells are left out. */
  readonly trim?: boolean | undefined
  /** Told the bytes that were read of the file as it lies there. */
  readonly onBytes?: ((bytes: number) => void) | undefined
}

/** A row as it stands, in NFC; or what is wrong with it. */
export interface TableRow {
  /** From 1; the header is row 1. */
  readonly row: number
  readonly cells: readonly string[]
  readonly fault?: RashomonError
}

export interface Table {
  readonly header: readonly string[]
  readonly rows: AsyncIterable<readonly TableRow[]>
}

/**
 * Opens a table: reads its header, then rows in batches as they come in.
 *
 * @throws `usage` for a file that cannot be read twice, `invalid-csv` with the row for what is no
 *   table.
 */
export async function openTable(file: string, options: TableOptions = {}): Promise<Table> {
  checkFile(file)
  const batches = batchesOf(file, options)
  const reader = new RowReader(options)
  let first: readonly TableRow[] = []
  try {
    while (reader.header === undefined) {
      const { value, done } = await batches.next()
      if (done) break
      first = reader.read(value)
    }
  } catch (error) {
    throw placed(error, file)
  }
  if (reader.header === undefined)
    throw new RashomonError('invalid-csv', 'is empty; a header row and rows would be right', {
      place: { file },
    })
  return { header: reader.header, rows: rest(first, batches, reader, file) }
}

async function* rest(
  first: readonly TableRow[],
  batches: AsyncGenerator<readonly Batch[]>,
  reader: RowReader,
  file: string,
): AsyncGenerator<readonly TableRow[], void, undefined> {
  try {
    if (first.length > 0) yield first
    for await (const batch of batches) yield reader.read(batch)
  } catch (error) {
    throw placed(error, file)
  }
}

function placed(error: unknown, file: string): unknown {
  return isRashomonError(error) ? error.at({ file }) : error
}

/** Files are read twice: once to check, once to append. */
function checkFile(file: string): void {
  if (file === '-')
    throw new RashomonError(
      'usage',
      'standard input can be read once, and a table is checked whole before anything is appended; the name of a file would be right',
    )
  let stats: ReturnType<typeof statSync>
  try {
    stats = statSync(file)
  } catch (error) {
    throw unreadable(file, error)
  }
  if (!stats.isFile() && !stats.isDirectory())
    throw new RashomonError(
      'usage',
      `${file}: can be read once only, and a table is checked whole before anything is appended; a regular file would be right`,
      { place: { file } },
    )
}

/** Cells of a record; `broken` where bytes before its end were no UTF-8. */
interface Batch {
  readonly cells: readonly string[]
  readonly broken: boolean
}

/** Records of the file, some at a time. */
async function* batchesOf(
  file: string,
  { separator = ',', onBytes }: TableOptions,
): AsyncGenerator<readonly Batch[], void, undefined> {
  const parser = parse({
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: FURTHEST,
  })
  let failure: unknown
  parser.on('error', (error) => {
    failure ??= error
  })
  let broken = false
  const drained = (): Batch[] => {
    const batch: Batch[] = []
    for (let cells = parser.read(); cells !== null; cells = parser.read())
      batch.push({ cells: cells as string[], broken })
    return batch
  }
  for await (const { bytes, sound } of textOf(bytesOf(file, onBytes))) {
    broken ||= !sound
    parser.write(bytes)
    const batch = drained()
    if (batch.length > 0) yield batch
    if (failure !== undefined || parser.errored) throw malformed(failure ?? parser.errored)
  }
  parser.end()
  const last: Batch[] = []
  try {
    for await (const cells of parser) last.push({ cells: cells as string[], broken })
  } catch (error) {
    throw malformed(error)
  }
  if (last.length > 0) yield last
}

/** What the reader of CSV could not go on from, in our words. */
function malformed(error: unknown): unknown {
  const { code, records, lines, column } = error as {
    code?: string
    records?: number
    lines?: number
    column?: unknown
  }
  if (typeof code !== 'string' || typeof records !== 'number') return error
  const [wrong, right] = WORDS[code] ?? ['cannot be read as CSV', 'cells in the form of RFC 4180']
  const where = {
    row: records + 1,
    ...(typeof column === 'number' ? { column: column + 1 } : {}),
  }
  return new RashomonError(
    'invalid-csv',
    `${wrong} (line ${lines}), so that where the next row begins cannot be told; ${right} would be right`,
    { place: where },
  )
}

const WORDS: Readonly<Record<string, readonly [string, string]>> = {
  CSV_INVALID_CLOSING_QUOTE: [
    'a quoted cell goes on after its closing quote',
    'each quote within a quoted cell written twice',
  ],
  INVALID_OPENING_QUOTE: [
    'a quote stands inside a cell that is not quoted',
    'the whole cell in quotes, each quote within it written twice,',
  ],
  CSV_QUOTE_NOT_CLOSED: ['a quoted cell does not close before the file ends', 'a closing quote'],
  CSV_MAX_RECORD_SIZE: [
    `a row has more than ${FURTHEST} bytes`,
    `a closing quote, and rows of at most ${ROW} bytes,`,
  ],
}

/** All text below U+0300 is in NFC. */
const ABOVE = /[\u0300-\uffff]/

/** From records to rows under a header. */
class RowReader {
  header: readonly string[] | undefined
  #row = 0
  readonly #trim: boolean

  constructor({ header, trim = false }: TableOptions) {
    this.header = header?.map((name) => name.normalize('NFC'))
    this.#trim = trim
  }

  read(batch: readonly Batch[]): TableRow[] {
    const rows: TableRow[] = []
    for (const { cells, broken } of batch) {
      this.#row++
      if (this.header === undefined) this.header = this.#headerOf(cells, broken)
      else if (cells.length > 1 || cells[0] !== '' || this.header.length === 1)
        rows.push(this.#rowOf(cells, broken))
    }
    return rows
  }

  #headerOf(cells: readonly string[], broken: boolean): readonly string[] {
    const { fault, cells: names } = this.#rowOf(cells, broken, cells.length)
    if (fault !== undefined) throw fault
    return names.map((name) => name.trim())
  }

  #rowOf(cells: readonly string[], broken: boolean, width = this.header!.length): TableRow {
    const row = this.#row
    const fault = (message: string, column?: number): TableRow => ({
      row,
      cells,
      fault: new RashomonError('invalid-csv', message, {
        place: {
          row,
          ...(column === undefined ? {} : { column: this.header?.[column] ?? column + 1 }),
        },
      }),
    })
    if (cells.length !== width)
      return fault(`has ${cells.length} cells; ${width}, as in the header, would be right`)
    if (broken) {
      const at = cells.findIndex((cell) => cell.includes('\ufffd'))
      if (at >= 0) return fault('bytes that are no UTF-8; text in UTF-8 would be right', at)
    }
    let units = 0
    for (const cell of cells) units += cell.length
    if (units * 3 > ROW && cells.reduce((sum, cell) => sum + Buffer.byteLength(cell), 0) > ROW)
      return fault(`has more than ${ROW} bytes; at most that would be right`)
    return { row, cells: this.#normal(cells) }
  }

  #normal(cells: readonly string[]): readonly string[] {
    const changed = this.#trim || cells.some((cell) => ABOVE.test(cell))
    if (!changed) return cells
    return cells.map((cell) => {
      const whole = this.#trim ? cell.trim() : cell
      return ABOVE.test(whole) ? whole.normalize('NFC') : whole
    })
  }
}
