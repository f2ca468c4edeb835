/**
 * What an import of tables appends: their rows as they are mapped, or, as the mapping and the caller
 * say, repeated maps as changes and sweeps, or editions of one list as second thoughts.
 */
import { statSync } from 'node:fs'
import { RashomonError } from '../../errors.js'
import type { Timeline } from '../../index.js'
import { type ChangesFound, changesOf } from '../changes.js'
import type { EditionTally } from '../editions/plan.js'
import { type Editions, readEditions } from '../editions/rows.js'
import { type ImportOptions, importRows, type Summary } from './append.js'
import type { Tables } from './node.js'
import { mappedRows, type RowSource } from './rows.js'
import type { Mapping } from './schema.js'

export interface CsvOptions {
  readonly files: readonly string[]
  readonly mapping: Mapping
  readonly tables?: Tables | undefined
  /** Reads repeated maps as changes and sweeps. */
  readonly changes?: boolean | undefined
  /** Stops the comparing of maps. */
  readonly signal?: AbortSignal | undefined
}

/** What is found besides reports, once the source was opened. */
export interface Found {
  readonly changes?: ChangesFound
  readonly editions?: readonly EditionTally[]
}

export interface Source {
  readonly open: RowSource
  /** Whether second thoughts may come of reports of the same files. */
  readonly thoughts: boolean
  /** Whether the rows are what the files say otherwise than the log. */
  readonly compared: boolean
  readonly found: () => Found
}

/** Imports tables into a log; see `importRows`. */
export async function importCsv(
  timeline: Timeline,
  {
    files,
    mapping,
    tables,
    changes,
    ...options
  }: CsvOptions & Omit<ImportOptions, 'thoughts' | 'compared'>,
): Promise<Summary & Found> {
  if (options.skipBad === true) refusePassing(mapping)
  const { signal } = options
  const source = sourceOf(timeline, { files, mapping, tables, changes, signal })
  const { open, thoughts, compared, found } = source
  const summary = await importRows(timeline, open, { ...options, thoughts, compared })
  return { ...summary, ...found() }
}

/**
 * The rows to append. Opened first on the log as it stands, it gives the same at every opening.
 *
 * @throws `usage` for what the mapping does not take
 */
export function sourceOf(timeline: Timeline, options: CsvOptions): Source {
  const { files, mapping, changes = false } = options
  if (changes && mapping.editions !== undefined)
    throw new RashomonError(
      'usage',
      '--changes: the mapping says `editions`, and files are either editions of a list or repeated maps; one of the two would be right',
    )
  const source = changes
    ? mapsOf(timeline, options)
    : mapping.editions === undefined
      ? rowsOf(options)
      : editionsOf(timeline, options)
  return { ...source, open: unchanged(files, source.open) }
}

/** @throws `usage` where a bad row cannot be passed over. */
export function refusePassing(mapping: Mapping): void {
  if (mapping.editions !== undefined)
    throw new RashomonError(
      'usage',
      '--skip-bad: a row that an edition lacks is withdrawn by it, so that none can be passed over; mending the row would be right',
    )
}

function rowsOf({ files, mapping, tables }: CsvOptions): Source {
  return {
    open: (hooks) => mappedRows({ files, mapping, tables, ...hooks }),
    thoughts: mayThink(mapping),
    compared: false,
    found: () => ({}),
  }
}

function mapsOf(timeline: Timeline, { files, mapping, tables, signal }: CsvOptions): Source {
  const { open, found } = changesOf(timeline, { files, mapping, tables, signal })
  return {
    open,
    thoughts: true,
    compared: true,
    found: () => {
      const changes = found()
      return changes === null ? {} : { changes }
    },
  }
}

function editionsOf(timeline: Timeline, { files, mapping, tables }: CsvOptions): Source {
  let read: Editions | undefined
  return {
    async *open({ onBytes, onRows }) {
      if (read === undefined) {
        read = await readEditions(timeline, { files, mapping, tables, ...(onBytes && { onBytes }) })
        yield* read.open({ onRows })
      } else yield* read.open({ onBytes, onRows })
    },
    thoughts: true,
    compared: true,
    found: () => (read === undefined ? {} : { editions: read.editions }),
  }
}

const ABOUT_REPORTS = ['withdrawal', 'correction', 'entry-correction', 'void', 'stance', 'rating']

/** Whether a template may make what names other reports: not where its claim's kind is text that says otherwise. */
function mayThink(mapping: Mapping): boolean {
  return mapping.reports.some(({ claim, with: more }) => {
    const kind =
      typeof claim === 'object' && claim !== null && 'kind' in claim ? claim.kind : undefined
    const certain = typeof kind === 'string' && !kind.includes('{') && more === undefined
    return !certain || ABOUT_REPORTS.includes(kind)
  })
}

/** A source that refuses files which are not what they were when it was opened first. */
function unchanged(files: readonly string[], open: RowSource): RowSource {
  let first: readonly string[] | undefined
  return (hooks) => {
    const now = files.map(stateOf)
    first ??= now
    const at = now.findIndex((state, i) => state !== first?.[i])
    if (at >= 0)
      throw new RashomonError(
        'invalid-csv',
        'changed while it was read; the same import again would be right',
        { place: { file: files[at]! } },
      )
    return open(hooks)
  }
}

/** What tells a file from another in its place, as far as the system says. */
function stateOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats === undefined ? '' : `${stats.ino} ${stats.size} ${stats.mtimeMs}`
}
