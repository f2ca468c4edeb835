/**
 * How saved states lie in SQLite. The file is disposable: it is written without waiting for the
 * disk, as checksums tell what a loss of power left, and its journal goes back on a killed process.
 */

import { closeSync, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import Database from 'better-sqlite3'
import { identity, objects } from './connection.js'
import './native.js'

/** `RSMS`, at byte 68 of the file: what a snapshot is recognised by. */
const APPLICATION_ID = 0x52534d53

/** Milliseconds to wait for another process that is writing, which takes a few hundred. */
const PATIENCE = 1000

const OBJECTS: Readonly<Record<string, string>> = {
  arrays: `CREATE TABLE arrays (
  state INTEGER NOT NULL,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (state, number)
) STRICT`,
  states: `CREATE TABLE states (
  state INTEGER PRIMARY KEY,
  head BLOB NOT NULL,
  sum INTEGER NOT NULL
) STRICT`,
}

export interface SnapshotFile {
  /** Whether the path still names the file that was opened. */
  isCurrent(): boolean
  /** Runs work that sees one moment of the file. */
  reading<T>(work: () => T): T
  /** Runs work that writes, wholly or not at all. */
  transact<T>(work: () => T): T
  nextState(): number
  heads(): readonly { readonly state: number; readonly head: Buffer; readonly sum: unknown }[]
  array(state: number, number: number): Buffer | undefined
  insertArray(state: number, number: number, bytes: Buffer): void
  insertHead(state: number, head: Buffer, sum: number): void
  remove(state: number): void
  close(): void
}

/** The schema of a file is not that of a snapshot of this release. */
class Unfit extends Error {}

/**
 * Opens the file; `null` where there is none (and `create` is false) or another's has its name.
 * Throws what `faultOf` understands.
 */
export function openSnapshotFile(options: {
  readonly file: string
  readonly create: boolean
  readonly pageSize: number
}): SnapshotFile | null {
  const path = resolve(options.file)
  const found = recognise(path)
  if (found === 'foreign') return null
  if (found !== 'snapshot') {
    if (!options.create) return null
    // For its owner alone, as the log is.
    closeSync(openSync(path, 'a', 0o600))
  }
  const connection = new Database(path, { fileMustExist: true, timeout: PATIENCE })
  try {
    connection.pragma(`page_size = ${options.pageSize}`)
    for (const setting of ['synchronous = OFF', 'trusted_schema = OFF', 'cell_size_check = ON'])
      connection.pragma(setting)
    if (options.create) build(connection)
    if (!isBuilt(connection)) throw new Unfit('its schema is not as it was made')
    return faceOf(connection, identity(path))
  } catch (error) {
    connection.close()
    throw error
  }
}

function build(connection: Database.Database): void {
  connection
    .transaction(() => {
      if (objects(connection).length > 0) return
      for (const sql of Object.values(OBJECTS)) connection.exec(sql)
      connection.pragma(`application_id = ${APPLICATION_ID}`)
    })
    .immediate()
}

function isBuilt(connection: Database.Database): boolean {
  const found = objects(connection).filter(({ sql }) => sql !== null)
  return (
    found.length === Object.keys(OBJECTS).length &&
    found.every(({ name, sql }) => OBJECTS[name] === sql)
  )
}

function faceOf(connection: Database.Database, opened: string): SnapshotFile {
  const sql = (text: string) => connection.prepare<unknown[], unknown>(text)
  const begin = sql('BEGIN')
  const beginToWrite = sql('BEGIN IMMEDIATE')
  const commit = sql('COMMIT')
  const rollback = sql('ROLLBACK')
  const next = sql('SELECT coalesce(max(state), 0) + 1 FROM states').pluck()
  const heads = sql('SELECT state, head, sum FROM states ORDER BY state DESC')
  const array = sql('SELECT bytes FROM arrays WHERE state = ? AND number = ?').pluck()
  const insertArray = sql('INSERT INTO arrays (state, number, bytes) VALUES (?, ?, ?)')
  const insertHead = sql('INSERT INTO states (state, head, sum) VALUES (?, ?, ?)')
  const removals = [
    sql('DELETE FROM states WHERE state = ?'),
    sql('DELETE FROM arrays WHERE state = ?'),
  ]
  const within = <T>(start: typeof begin, work: () => T): T => {
    start.run()
    try {
      const result = work()
      commit.run()
      return result
    } catch (error) {
      if (connection.inTransaction) rollback.run()
      throw error
    }
  }
  return {
    isCurrent: () => identity(connection.name) === opened,
    reading: (work) => within(begin, work),
    transact: (work) => within(beginToWrite, work),
    nextState: () => next.get() as number,
    // What is read may be of any type: a damaged file keeps to no schema.
    heads: () =>
      (heads.all() as { state: number; head: unknown; sum: unknown }[]).map((row) => ({
        state: row.state,
        head: bytesIn(row.head) ?? Buffer.alloc(0),
        sum: row.sum,
      })),
    array: (state, number) => bytesIn(array.get(state, number)),
    insertArray: (state, number, bytes) => insertArray.run(state, number, bytes),
    insertHead: (state, head, sum) => insertHead.run(state, head, sum),
    remove: (state) => {
      for (const removal of removals) removal.run(state)
    },
    close: () => connection.close(),
  }
}

const bytesIn = (value: unknown): Buffer | undefined => (Buffer.isBuffer(value) ? value : undefined)

/** Bytes of the file, `null` where there is none. */
export function sizeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.size ?? null
}

/** Removes the file of a snapshot and its journal; whether one was there. */
export function forgetFile(file: string): boolean {
  const path = resolve(file)
  const found = recognise(path)
  if (found === 'missing' || found === 'foreign') return false
  try {
    // The journal goes first: beside no file, or another, it would be taken for that one's.
    for (const each of [`${path}-journal`, path]) rmSync(each, { force: true })
  } catch {
    return false
  }
  return !existsSync(path)
}

/**
 * What lies at a path, by its first bytes: `blank` is what was left by a process killed, or a power
 * lost, in its making.
 */
function recognise(path: string): 'missing' | 'blank' | 'snapshot' | 'foreign' {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return 'missing'
  if (!found.isFile()) return 'foreign'
  const header = Buffer.alloc(100)
  const descriptor = openSync(path, 'r')
  try {
    readSync(descriptor, header, 0, header.length, 0)
  } finally {
    closeSync(descriptor)
  }
  if (header.every((byte) => byte === 0)) return 'blank'
  return header.readInt32BE(68) === APPLICATION_ID ? 'snapshot' : 'foreign'
}

/** Why a file could not be used. */
export interface Fault {
  readonly why: string
  /** The file itself is at fault, and will be the next time. */
  readonly damaged: boolean
}

const DAMAGE = /^SQLITE_(CORRUPT|NOTADB|READONLY|ERROR|CONSTRAINT|MISMATCH)/

/** What a failure of the store or of the file system means; `undefined` for any other. */
export function faultOf(error: unknown): Fault | undefined {
  if (error instanceof Unfit) return { why: error.message, damaged: true }
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const code = String(error.code)
  if (!/^(SQLITE_|E[A-Z]+$)/.test(code)) return undefined
  return { why: `${error.message} (${code})`, damaged: DAMAGE.test(code) }
}
