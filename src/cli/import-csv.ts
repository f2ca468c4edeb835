/** `import csv`: appends what a mapping makes of the rows of tables. */
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { RashomonError } from '../errors.js'
import type { BadRow, Checked, ImportOptions, Summary } from '../exchange/csv/append.js'
import type { Found, Source } from '../exchange/csv/import.js'
import type { Progress } from '../exchange/csv/pass.js'
import { unreadable } from '../exchange/unreadable.js'
import type { Timeline } from '../index.js'
import { barFor, printed } from './progress.js'
import { again, answer, note, type Session, withLog } from './session.js'
import { INTERRUPTED, stoppable, write } from './terminal.js'

export interface Asked {
  readonly files: readonly string[]
  readonly dryRun: boolean
  readonly map?: string | undefined
  readonly register?: true | undefined
  readonly changes?: true | undefined
  readonly skipBad?: true | undefined
  readonly lookup?: readonly string[] | undefined
  readonly commit?: string | undefined
}

/** Prints the JSON Schema of mapping files. */
export async function printSchema(): Promise<void> {
  const { mappingSchema } = await import('../exchange/csv/schema.js')
  await write(`${JSON.stringify(mappingSchema(), null, 2)}\n`)
}

export async function importCsvFiles(session: Session, asked: Asked): Promise<void> {
  const { files, map } = asked
  if (map === undefined)
    throw new RashomonError(
      'usage',
      '--map: is missing; a mapping file that says what the columns mean would be right (`import csv --schema` prints its form)',
    )
  const commit = commitOf(asked.commit)
  const { readMapping } = await import('../exchange/csv/schema.js')
  const { loadTables } = await import('../exchange/csv/lookup.js')
  const { refusePassing, sourceOf } = await import('../exchange/csv/import.js')
  const mapping = readMapping(await textOf(map), map)
  if (asked.skipBad === true) refusePassing(mapping)
  const tables = await loadTables(mapping, lookupsOf(asked.lookup ?? []))
  const changes = asked.changes === true
  const done = await stoppable((signal) =>
    run(session, {
      sourceOn: (timeline) => sourceOf(timeline, { files, mapping, tables, changes, signal }),
      options: {
        register: asked.register === true,
        skipBad: asked.skipBad === true,
        dryRun: asked.dryRun,
        commit,
        signal,
      },
      bytes: files.reduce((sum, file) => sum + sizeOf(file), 0),
    }),
  )
  if (done.interrupted) process.exitCode = INTERRUPTED
  await answer(session, { format: 'csv', files, mapping: map, ...done }, () => told(session, done))
}

type Done = Summary & Found

interface Work {
  readonly sourceOn: (timeline: Timeline) => Source
  readonly options: ImportOptions
  /** Of all files, as they lie there. */
  readonly bytes: number
}

/**
 * Checks and appends. Where there is no log yet the check is made on an empty one in memory, so that
 * what is refused leaves no file behind.
 */
async function run(session: Session, { sourceOn, options, bytes }: Work): Promise<Done> {
  const { appendRows, checkRows } = await import('../exchange/csv/append.js')
  const shown = progress(session, bytes)
  const told = { ...options, onProgress: shown.onProgress }
  const check = async (timeline: Timeline): Promise<{ source: Source; checked: Checked }> => {
    const source = sourceOn(timeline)
    const asked = { ...told, thoughts: source.thoughts, compared: source.compared }
    return { source, checked: await checkRows(timeline, source.open, asked) }
  }
  const append = async (
    timeline: Timeline,
    { source, checked }: Awaited<ReturnType<typeof check>>,
  ): Promise<Done> => ({
    ...(await appendRows(timeline, source.open, checked, told)),
    ...source.found(),
  })
  const writing = { write: true, create: true }
  try {
    if (existsSync(session.log))
      return await withLog(
        session,
        async (timeline) => append(timeline, await check(timeline)),
        writing,
      )
    const nowhere = { ...session, log: ':memory:' }
    if (options.dryRun === true)
      return await withLog(
        nowhere,
        async (timeline) => append(timeline, await check(timeline)),
        writing,
      )
    const found = await withLog(nowhere, check, writing)
    if (found.checked.interrupted)
      return await withLog(nowhere, (timeline) => append(timeline, found), writing)
    shown.end()
    note(session, `there was no log at ${session.log}; making one`)
    return await withLog(session, (timeline) => append(timeline, found), writing)
  } finally {
    shown.end()
  }
}

const DOING = { check: 'checking', append: 'appending' } as const

/** A bar for each phase, one after the other. */
function progress(session: Session, whole: number) {
  let phase: Progress['phase'] | undefined
  let bar = barFor({ json: true }, { doing: '', counts: '', whole })
  return {
    onProgress: (at: Progress): void => {
      if (at.phase !== phase) {
        bar.end()
        phase = at.phase
        bar = barFor(session, { doing: DOING[phase], counts: 'rows', whole })
      }
      bar.show(at.bytes, at.rows)
    },
    end: () => {
      bar.end()
      phase = undefined
    },
  }
}

async function textOf(file: string): Promise<string> {
  let bytes: Buffer
  try {
    bytes = await readFile(file)
  } catch (error) {
    throw unreadable(file, error)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new RashomonError('invalid-json', 'bytes that are no UTF-8; UTF-8 would be right', {
      place: { file },
    })
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

const MOST = 100_000

function commitOf(said: string | undefined): number {
  if (said === undefined) return 2000
  const size = Number(said)
  if (/^\d+$/.test(said) && size >= 1 && size <= MOST) return size
  throw new RashomonError(
    'usage',
    `--commit: ${JSON.stringify(said)} is no size of a commit; a whole number from 1 to ${MOST} would be right`,
  )
}

function lookupsOf(said: readonly string[]): Map<string, string> {
  const files = new Map<string, string>()
  for (const one of said) {
    const at = one.indexOf('=')
    if (at < 1 || at === one.length - 1 || files.has(one.slice(0, at)))
      throw new RashomonError(
        'usage',
        `--lookup: ${JSON.stringify(one)} is no NAME=FILE, or a second one of its name; a file for each name would be right`,
      )
    files.set(one.slice(0, at), one.slice(at + 1))
  }
  return files
}

/** Names that are listed; more are counted. */
const LISTED = 10

function told(session: Session, done: Done): string[] {
  const { rows, appended, duplicates, registered, commits, dryRun, head } = done
  const lines = [
    `read ${printed(rows)} rows, which make ${counted(done.reports, 'report')}`,
    dryRun
      ? `would append ${entries(appended)}; ${printed(duplicates)} held already; the head is ${head}`
      : `appended ${entries(appended)} in ${counted(commits, 'commit')}; ${printed(duplicates)} held already; the head is ${head}`,
    ...foundLines(done),
  ]
  if (registered.length > 0) {
    const would = dryRun ? 'would be entered' : 'entered'
    const shown = registered.slice(0, LISTED).map(({ kind, id }) => `  ${kind.padEnd(6)}  ${id}`)
    const more = registered.length - shown.length
    lines.push(
      '',
      `${printed(registered.length)} of them ${would} as bare entries, since the log did not know them:`,
      ...shown,
      ...(more > 0 ? [`  and ${printed(more)} more (--json lists them all)`] : []),
    )
  }
  if (done.skipped.length > 0)
    lines.push(
      '',
      `passed over ${counted(done.skipped.length, 'bad row')}:`,
      ...badLines(done.skipped),
    )
  if (done.interrupted)
    lines.push(
      '',
      `stopped before the end: ${appended === 0 ? 'nothing was appended' : 'what is said above is appended and durable'}; the same command again completes it`,
    )
  else if (dryRun) lines.push('', 'nothing was appended: this was a dry run')
  else if (appended > 0) lines.push('', `next: ${again(session, 'places')}`)
  return lines
}

function foundLines({ changes, editions }: Done): string[] {
  const lines = (editions ?? []).map(
    ({ published, reports, added, corrected, withdrawn, returned }) =>
      `edition of ${published}: ${counted(reports, 'report')}, ${printed(added)} new, ${printed(corrected)} corrected, ${printed(withdrawn)} withdrawn, ${printed(returned)} back`,
  )
  if (changes === undefined) return lines
  const { maps, sweeps, restored, narrowed, voided } = changes
  const late =
    restored + narrowed === 0
      ? ''
      : `, ${printed(restored)} said again and ${printed(narrowed)} narrowed round a map that came in between`
  return [
    ...lines,
    `${counted(maps, 'map')}: ${counted(changes.changes, 'change')}, ${counted(sweeps, 'sweep')}${late}`,
    ...(voided.length === 0 ? [] : [`voided, and so passed over: ${voided.join(', ')}`]),
  ]
}

function badLines(skipped: readonly BadRow[]): string[] {
  return skipped.map(({ file, row, column, reason }) => {
    const where = column === undefined ? '' : `, column ${column}`
    return `  ${file}, row ${row}${where}: ${reason}`
  })
}

function entries(count: number): string {
  return `${printed(count)} ${count === 1 ? 'entry' : 'entries'}`
}

function counted(count: number, what: string): string {
  return `${printed(count)} ${what}${count === 1 ? '' : 's'}`
}
