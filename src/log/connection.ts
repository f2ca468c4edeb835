/**
 * One connection to a log's file: recognised before it is touched, set as the promises want it,
 * read back, and refused when it is not so. The settings are per connection: every open sets
 * them.
 */

import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import Database from 'better-sqlite3'
import { RashomonError } from '../errors.js'
import { failure } from './failure.js'
import './native.js'
import { makeFile, missing, recognise, refuseForeign } from './recognise.js'
import { APPLICATION_ID, OBJECTS, SCHEMA, type SchemaObject, schemaFaults } from './schema.js'

export type Connection = Database.Database
export type Settings = Readonly<Record<string, string | number>>

/** The oldest SQLite without the race in the WAL that loses data. */
const OLDEST = '3.51.3'

/** Milliseconds that a statement may wait for a lock; longer waits are the writer's, on timers. */
const BUSY_TIMEOUT = 20

/** What is set on every open, in this order, and what must be read back. */
const REQUIRED = [
  ['busy_timeout', String(BUSY_TIMEOUT), BUSY_TIMEOUT],
  ['synchronous', 'FULL', 2],
  ['journal_mode', 'WAL', 'wal'],
  ['fullfsync', 'ON', 1],
  ['foreign_keys', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['recursive_triggers', 'ON', 1],
  // The log makes its own checkpoints, so that one that fails is noticed.
  ['wal_autocheckpoint', '0', 0],
] as const

/** Settings that a connection which only reads cannot make and does not need. */
const FOR_WRITING: ReadonlySet<string> = new Set(['journal_mode', 'wal_autocheckpoint'])

const WORDS: Readonly<Record<string, readonly string[]>> = {
  synchronous: ['off', 'normal', 'full', 'extra'],
  fullfsync: ['off', 'on'],
  foreign_keys: ['off', 'on'],
  trusted_schema: ['off', 'on'],
  cell_size_check: ['off', 'on'],
  recursive_triggers: ['off', 'on'],
}

export interface ConnectionOptions {
  readonly file: string
  readonly readonly: boolean
  readonly create: boolean
  /** Makes the id of a log that is created. */
  readonly newId: () => string
}

/**
 * Opens a log's file. Errors: `log-missing`, `log-foreign` (untouched), `log-unsafe`,
 * `log-damaged`, `log-busy`, `log-full`, `log-failed`; `usage` for a name that is no file.
 */
export function openConnection({ file, readonly, create, newId }: ConnectionOptions): Connection {
  if (file === '' || file === ':memory:') {
    throw new RashomonError('usage', `file: ${JSON.stringify(file)} names no file; give a path`)
  }
  const path = resolve(file)
  if (recognise(path) !== 'log') {
    if (readonly || !create) throw missing(file)
    makeFile(path)
  }
  const connection = connect(path, readonly)
  try {
    patiently(() => {
      connection.pragma('synchronous = FULL')
      if (!isLog(connection, file)) {
        if (readonly || !create) throw missing(file)
        build(connection, newId(), file)
      }
      set(connection, readonly)
    })
    refuseUnsafe(connection, file, readonly)
    return connection
  } catch (error) {
    connection.close()
    throw failure(error, file)
  }
}

function connect(path: string, readonly: boolean): Connection {
  try {
    return new Database(path, { readonly, fileMustExist: true, timeout: BUSY_TIMEOUT })
  } catch (error) {
    throw failure(error, path)
  }
}

/** Whether the opened file holds a log; a creation that was cut short leaves none. */
function isLog(connection: Connection, file: string): boolean {
  const application = pragma(connection, 'application_id') as number
  if (application === 0 && objects(connection).length === 0) return false
  refuseForeign(file, application, pragma(connection, 'user_version') as number)
  return true
}

/** Makes the schema before the file is switched to WAL, so that its header tells what it is. */
function build(connection: Connection, id: string, file: string): void {
  connection
    .transaction(() => {
      if (isLog(connection, file)) return
      for (const sql of Object.values(OBJECTS)) connection.exec(sql)
      connection.prepare('INSERT INTO meta (name, value) VALUES (?, ?)').run('id', id)
      connection.pragma(`application_id = ${APPLICATION_ID}`)
      connection.pragma(`user_version = ${SCHEMA}`)
    })
    .immediate()
}

function set(connection: Connection, readonly: boolean): void {
  for (const [name, value] of REQUIRED) {
    if (!readonly || !FOR_WRITING.has(name)) connection.pragma(`${name} = ${value}`)
  }
}

/** Repeats what found the log locked, for about a second: another process may be making it. */
function patiently(action: () => void): void {
  for (let left = 25; ; left--) {
    try {
      action()
      return
    } catch (error) {
      const busy = String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')
      if (!busy || left === 0) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_TIMEOUT)
    }
  }
}

function refuseUnsafe(connection: Connection, file: string, readonly: boolean): void {
  const faults: string[] = []
  const library = version(connection)
  if (older(library, OLDEST)) faults.push(`SQLite is ${library}, at least ${OLDEST} is needed`)
  for (const [name, , wanted] of REQUIRED) {
    const found = pragma(connection, name)
    if (found === wanted || (readonly && FOR_WRITING.has(name))) continue
    faults.push(`${name} reads back as ${word(name, found)}, must be ${word(name, wanted)}`)
  }
  if (!readonly) faults.push(...schemaFaults(objects(connection)))
  if (faults.length === 0) return
  throw new RashomonError('log-unsafe', `${file}: ${faults.join('; ')}`, {
    place: { file },
    data: { faults },
  })
}

/** Every setting and size of the store as read back from it, in words where it has words. */
export function readSettings(connection: Connection): Settings {
  const settings: Record<string, string | number> = { sqlite: version(connection) }
  for (const [name] of REQUIRED) settings[name] = word(name, pragma(connection, name))
  settings.application_id = pragma(connection, 'application_id')
  settings.schema = pragma(connection, 'user_version')
  for (const name of ['page_size', 'page_count', 'freelist_count']) {
    settings[name] = pragma(connection, name)
  }
  settings.wal_frames = connection.readonly ? 'not asked' : walFrames(connection)
  settings.wal_bytes = statSync(`${connection.name}-wal`, { throwIfNoEntry: false })?.size ?? 0
  return settings
}

/** What tells one file from another at the same path; empty when none is there. */
export function identity(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? '' : `${found.dev}:${found.ino}`
}

/** How many frames the WAL holds that a checkpoint has not yet started over. */
function walFrames(connection: Connection): number {
  const [row] = connection.pragma('wal_checkpoint(NOOP)') as [{ log: number }]
  return row.log
}

/** The objects of the schema as they stand in the file. */
export function objects(connection: Connection): SchemaObject[] {
  return connection
    .prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name')
    .all() as SchemaObject[]
}

function pragma(connection: Connection, name: string): string | number {
  return connection.pragma(name, { simple: true }) as string | number
}

function word(name: string, value: string | number): string | number {
  return WORDS[name]?.[Number(value)] ?? value
}

function version(connection: Connection): string {
  return connection.prepare('SELECT sqlite_version()').pluck().get() as string
}

/** Whether dotted number `a` comes before `b`. */
export function older(a: string, b: string): boolean {
  const theirs = b.split('.').map(Number)
  for (const [index, part] of a.split('.').map(Number).entries()) {
    const other = theirs[index] ?? 0
    if (part !== other) return part < other
  }
  return false
}
