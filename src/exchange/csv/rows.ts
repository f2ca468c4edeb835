/**
 * Mapped rows: what files of a table say, as reports. The seam between reading and appending: an
 * import appends them as they are, and readings of repeated maps and of editions make other rows
 * of them.
 *
 *   file ─ table ▶ rows ─ templates ▶ MappedRow[] ─ (changes | editions) ▶ append
 */
import { isRashomonError, RashomonError } from '../../errors.js'
import type { Row, Tables } from './node.js'
import { readVariables } from './pattern.js'
import type { Mapping } from './schema.js'
import { openTable } from './table.js'
import { type Bound, bindTemplates } from './template.js'

/** A report, and the row it was made of. */
export interface MappedRow {
  readonly file: string
  /** From 1; the header is row 1. */
  readonly row: number
  /** Which template made it, from 1. */
  readonly template: number
  /** As a person writes it. */
  readonly report: Readonly<Record<string, unknown>>
  /** The row as it stands in the file, in NFC. */
  readonly cells: readonly string[]
  /** Whether the id was derived, so that it is no other's in its file. */
  readonly derived?: true
  /** The date of the map that the row is of, where the template says one. */
  readonly map?: { readonly at: string }
  /** Columns that what is refused was made of. */
  readonly columnsOf?: (error: RashomonError) => string | undefined
}

/** What a reading of rows tells as it goes. */
export interface Hooks {
  /** Told of bad rows, which are passed over; without it the first is thrown. */
  readonly onBad?: ((bad: RashomonError) => void) | undefined
  /** Told the bytes that were read of the files as they lie there. */
  readonly onBytes?: ((bytes: number) => void) | undefined
  /** Told how many rows were read. */
  readonly onRows?: ((rows: number) => void) | undefined
}

/** Opened once for the check and once for the append; what it gives must be the same both times. */
export type RowSource = (hooks: Hooks) => AsyncIterable<readonly MappedRow[]>

export interface RowsOptions extends Hooks {
  readonly files: readonly string[]
  readonly mapping: Mapping
  readonly tables?: Tables | undefined
  /** Whether reports without an id get one of their row's content; they do unless this is false. */
  readonly ids?: boolean
}

/**
 * Reports of the rows of files, in their order, in batches as they were read. All reports of a row
 * are in one batch, or none where one of them is bad.
 *
 * @throws `usage`, `invalid-csv`, `invalid-mapping`, `invalid-report` with file, row and column.
 */
export async function* mappedRows(
  options: RowsOptions,
): AsyncGenerator<readonly MappedRow[], void, undefined> {
  for (const file of options.files) yield* rowsOf(file, options)
}

async function* rowsOf(
  file: string,
  { mapping, tables = new Map(), ids = true, onBad, onBytes, onRows }: RowsOptions,
): AsyncGenerator<readonly MappedRow[], void, undefined> {
  const variables = readVariables(mapping.file, file)
  const { separator, header: named, trim } = mapping
  const { header, rows } = await openTable(file, { separator, header: named, trim, onBytes })
  let templates: Bound[]
  try {
    templates = bindTemplates({ mapping, header, variables, tables, ids })
  } catch (error) {
    throw isRashomonError(error) ? error.at({ file }) : error
  }
  for await (const batch of rows) {
    const mapped: MappedRow[] = []
    for (const { row, cells, fault } of batch) {
      try {
        if (fault !== undefined) throw fault
        mapped.push(...mapRow({ cells, item: '' }, templates, { file, row }))
      } catch (error) {
        if (!isRashomonError(error)) throw error
        const bad = error.at({ file, row })
        if (onBad === undefined) throw bad
        onBad(bad)
      }
    }
    onRows?.(batch.length)
    if (mapped.length > 0) yield mapped
  }
}

function mapRow(
  row: Row,
  templates: readonly Bound[],
  place: { readonly file: string; readonly row: number },
): MappedRow[] {
  const mapped: MappedRow[] = []
  for (const template of templates) {
    for (const item of template.items(row)) {
      const made = template.make(item === '' ? row : { ...row, item })
      if (made === null) continue
      const { report } = made
      mapped.push({
        ...place,
        template: template.number,
        report,
        cells: row.cells,
        ...(made.derived && { derived: true }),
        ...(made.map && { map: made.map }),
        columnsOf: (error) => template.columnsOf(error, report),
      })
    }
  }
  return mapped
}

/** A refusal with what is known of the row it is of, in place of where among others it stood. */
export function placedAt(
  error: RashomonError,
  row: Pick<MappedRow, 'file' | 'row' | 'columnsOf'>,
): RashomonError {
  const { report: _, ...place } = error.place
  const column = place.column ?? row.columnsOf?.(error)
  return new RashomonError(error.code, error.message, {
    place: { file: row.file, row: row.row, ...(column === undefined ? {} : { column }), ...place },
    data: error.data,
    cause: error.cause,
  })
}
