/**
 * Looks a log's file through for `doctor`: how it is set, what SQLite finds in it, and whether
 * every entry is what its hashes and its neighbours say. Changes no entry.
 */

import { RashomonError } from '../errors.js'
import {
  type Connection,
  objects,
  openConnection,
  readSettings,
  type Settings,
} from './connection.js'
import type { LeafHash } from './contract.js'
import { failure } from './failure.js'
import { COLUMNS, type Row, toEntry } from './row.js'
import { schemaFaults } from './schema.js'

export interface Examination {
  /** As read back from the store; empty where the file could not be opened. */
  readonly settings: Settings
  readonly ok: boolean
  /** What is wrong, each with its position where it has one. */
  readonly findings: readonly string[]
}

export interface ExamineOptions {
  readonly file: string
  /** The hash of a report's stored bytes. */
  readonly reportHash: (bytes: Uint8Array) => Uint8Array
  readonly leafHash: LeafHash
}

/** Findings listed by name; more are counted. */
const MOST = 100

const PAGE = 256

/**
 * Examines a log that may be in use. Damage is a finding, no error; errors: `log-missing`,
 * `log-foreign`, `log-busy`.
 */
export function examineSqliteLog(options: ExamineOptions): Examination {
  const { file } = options
  const findings: string[] = []
  let more = 0
  const find = (what: string) => {
    if (findings.length < MOST) findings.push(what)
    else more++
  }
  let settings: Settings = {}
  let connection: Connection | undefined
  try {
    connection = openConnection({ file, readonly: true, create: false, newId: () => '' })
    settings = readSettings(connection)
    examineStore(connection, find)
    examineEntries(connection, options, find)
  } catch (error) {
    const typed = failure(error, file)
    if (!(typed instanceof RashomonError)) throw typed
    if (['log-missing', 'log-foreign', 'log-busy'].some((code) => typed.code === code)) throw typed
    find(typed.message)
  } finally {
    connection?.close()
  }
  if (more > 0) findings.push(`and ${more} more`)
  return { settings, ok: findings.length === 0, findings }
}

function examineStore(connection: Connection, find: (what: string) => void): void {
  for (const fault of schemaFaults(objects(connection))) find(`schema: ${fault}`)
  const mode = connection.pragma('journal_mode', { simple: true })
  if (mode !== 'wal') find(`journal_mode is ${mode}, must be wal`)
  for (const row of connection.pragma(`integrity_check(${MOST})`, { simple: false }) as {
    integrity_check: string
  }[]) {
    if (row.integrity_check !== 'ok') find(`SQLite: ${row.integrity_check}`)
  }
  const strays = connection
    .prepare(
      `SELECT DISTINCT position FROM parts
        WHERE position NOT IN (SELECT position FROM entries) ORDER BY position`,
    )
    .pluck()
    .iterate()
  for (const position of strays) find(`position ${position}: has parts but no entry`)
}

function examineEntries(
  connection: Connection,
  { reportHash, leafHash }: ExamineOptions,
  find: (what: string) => void,
): void {
  let last = 0
  let commit = 0
  let newest = Number.NEGATIVE_INFINITY
  for (const row of rows(connection)) {
    const entry = toEntry(row)
    const at = `position ${entry.position}`
    if (entry.position !== last + 1) find(`${at}: follows ${last}; positions are not dense`)
    if (commit <= last) commit = Math.max(entry.commit, entry.position)
    if (entry.commit !== commit) find(`${at}: is of commit ${entry.commit}, expected ${commit}`)
    // SQLite passes over CHECK constraints on a connection that only reads.
    if (entry.behind < 0) find(`${at}: its clock stood ${entry.behind} ms behind, at least 0`)
    if (entry.recorded < newest) find(`${at}: is stamped before the entry ahead of it`)
    if (!same(reportHash(entry.bytes), entry.hash)) find(`${at}: bytes do not match their hash`)
    const { position, recorded, hash, from } = entry
    const leaf = leafHash({ position, recorded, hash, ...(from === undefined ? {} : { from }) })
    if (!same(leaf, entry.leaf)) find(`${at}: leaf does not match the entry`)
    last = entry.position
    newest = Math.max(newest, entry.recorded)
  }
  if (commit > last) find(`position ${last}: its commit ends at ${commit}, the log at ${last}`)
}

function* rows(connection: Connection): Iterable<Row> {
  const page = connection.prepare<[number, number], Row>(
    `SELECT ${COLUMNS} FROM entries WHERE position > ? ORDER BY position LIMIT ?`,
  )
  for (let from = Number.MIN_SAFE_INTEGER; ; ) {
    const found = page.all(from, PAGE)
    yield* found
    const end = found.at(-1)
    if (end === undefined) return
    from = end.position
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
