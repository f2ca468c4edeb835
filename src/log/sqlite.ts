/**
 * The log in a SQLite file: what is acknowledged has been synced to the disk. Positions are
 * given inside BEGIN IMMEDIATE, so any number of processes may write one file.
 */

import { RashomonError } from '../errors.js'
import type { Part } from '../report/types.js'
import type { Instant } from '../time/instant.js'
import { type Position, position } from '../time/position.js'
import { type Connection, identity, openConnection, readSettings } from './connection.js'
import type { Entry, LeafHash, Log, Sealed, Transaction } from './contract.js'
import { failure } from './failure.js'
import { COLUMNS, plain, type Row, toEntry } from './row.js'
import { admit, refusePromise, stamp } from './stamp.js'

export interface SqliteLogOptions {
  readonly file: string
  /** Opens for reading alone; appends are refused. */
  readonly readonly?: boolean
  /** Whether a missing file is made; `true` unless said. */
  readonly create?: boolean
  readonly leafHash: LeafHash
  /** Makes the id of a log that is created. */
  readonly newId: () => string
}

/** Entries read at a time. */
const PAGE = 256

/** Frames of the WAL from which a commit is followed by a checkpoint. */
const CHECKPOINT = 1000

/**
 * Opens the log of a file, making it where `create` allows. Errors: `log-missing`,
 * `log-foreign`, `log-unsafe`, `log-damaged`, `log-busy`, `log-full`, `log-failed`.
 */
export function openSqliteLog(options: SqliteLogOptions): Log {
  const { file, readonly = false, create = true, leafHash, newId } = options
  const connection = openConnection({ file, readonly, create, newId })
  let statements: Statements
  let id: string
  try {
    statements = prepare(connection)
    id = statements.id.get() as string
  } catch (error) {
    connection.close()
    throw failure(error, file)
  }
  /** The failure after which nothing more is written. */
  let broken: RashomonError | undefined
  let busy = false
  /** The failure of the store that keeps the running transaction from being committed. */
  let spoilt: unknown
  /** Ids that the running transaction has looked for and not found; nobody else writes meanwhile. */
  const absent = new Set<string>()
  const opened = identity(connection.name)

  /** Asks the store, and types what it fails with. */
  const ask = <T>(action: () => T): T => {
    if (!connection.open) throw new RashomonError('log-closed', `${file}: closed; open it again`)
    try {
      return action()
    } catch (error) {
      const typed = failure(error, file)
      if (typed instanceof RashomonError && ENDS_WRITING.has(typed.code)) broken ??= typed
      if (busy) spoilt ??= typed
      throw typed
    }
  }
  const head = () => ask(() => position((statements.head.get() as number | null) ?? 0))
  const find = (wanted: string) => ask(() => entryOf(statements.find.get(wanted)))

  function* walk(after: Position, upTo: Position, check: () => void): Iterable<Entry> {
    let from: number = after
    while (from < upTo) {
      check()
      const rows = ask(() => statements.read.all(from, upTo, PAGE)) as Row[]
      for (const row of rows) {
        check()
        yield toEntry(row)
      }
      if (rows.length < PAGE) return
      from = (rows.at(-1) as Row).position
    }
  }

  /** Where an id is held, as the running transaction sees it. */
  const where = (wanted: string): Position | undefined =>
    absent.has(wanted) ? undefined : ask(() => statements.where.get(wanted) as Position | undefined)
  const findWithin = (wanted: string): Entry | undefined => {
    if (absent.has(wanted)) return undefined
    const entry = find(wanted)
    if (entry === undefined) absent.add(wanted)
    return entry
  }
  const append = (sealed: readonly Sealed[], now: Instant): Entry[] => {
    admit(sealed, now, where)
    const newest = ask(() => statements.newest.get()) as Instant | undefined
    const made = stamp(sealed, now, { head: head(), newest }, leafHash)
    ask(() => {
      for (let i = 0; i < made.length; i++) {
        const entry = made[i] as Entry
        insert(statements, entry, (sealed[i] as Sealed).parts)
        absent.delete(entry.id)
      }
    })
    return made
  }

  const begin = (): void => {
    if (busy) throw new RashomonError('usage', 'transact: already inside a transaction')
    if (broken !== undefined) throw broken
    if (readonly) throw new RashomonError('log-readonly', `${file}: opened for reading alone`)
    if (identity(connection.name) !== opened) {
      broken = new RashomonError('log-failed', `${file}: moved or replaced; open it again`)
      throw broken
    }
    ask(() => statements.begin.run())
  }
  /** What fails here must not hide what came before it; `ask` has noted it. */
  const quietly = (action: () => void): void => {
    try {
      ask(action)
    } catch (error) {
      if (!(error instanceof RashomonError)) throw error
    }
  }
  const rollback = () => {
    quietly(() => {
      if (connection.inTransaction) statements.rollback.run()
    })
  }
  /** A checkpoint that fails costs no entry, but what broke ends writing as anywhere else. */
  const checkpoint = () => {
    quietly(() => {
      const wal = statements.wal.get() as { readonly log: number }
      if (wal.log >= CHECKPOINT) statements.checkpoint.all()
    })
  }

  const transact = <T>(work: (transaction: Transaction) => T): T => {
    begin()
    busy = true
    spoilt = undefined
    let live = true
    const check = () => {
      if (!live) throw new RashomonError('usage', 'transaction: its work has ended')
      if (spoilt !== undefined) throw spoilt
    }
    const within = <R>(action: () => R): R => {
      check()
      return action()
    }
    const transaction: Transaction = {
      head: () => within(head),
      find: (wanted) => within(() => findWithin(wanted)),
      read: (after) => within(() => walk(after, head(), check)),
      append: (sealed, now) => within(() => append(sealed, now)),
    }
    try {
      const result = work(transaction)
      refusePromise(result)
      if (spoilt !== undefined) throw spoilt
      ask(() => statements.commit.run())
      return result
    } catch (error) {
      rollback()
      throw error
    } finally {
      live = false
      busy = false
      absent.clear()
    }
  }

  return {
    id,
    readonly,
    durability: 'full',
    head,
    find,
    at: (where) => ask(() => entryOf(statements.at.get(where))),
    idAt: (where) => ask(() => statements.idAt.get(where) as string | undefined),
    read: (after, upTo) => {
      const last = head()
      return walk(after, position(Math.min(upTo ?? last, last)), () => {})
    },
    parts: (where) =>
      ask(() => statements.parts.all(where) as PartRow[]).map(({ name, salt, bytes }) => ({
        name,
        salt: plain(salt),
        bytes: plain(bytes),
      })),
    transact: (work) => {
      const result = transact(work)
      checkpoint()
      return result
    },
    settings: () => ask(() => readSettings(connection)),
    close: () => {
      if (busy) throw new RashomonError('usage', 'close: inside a transaction; end it first')
      connection.close()
    },
  }
}

const ENDS_WRITING: ReadonlySet<string> = new Set(['log-failed', 'log-damaged'])

type Statements = ReturnType<typeof prepare>

function prepare(connection: Connection) {
  const sql = (text: string) => connection.prepare<unknown[], unknown>(text)
  return {
    id: sql("SELECT value FROM meta WHERE name = 'id'").pluck(),
    head: sql('SELECT max(position) FROM entries').pluck(),
    newest: sql('SELECT recorded FROM entries ORDER BY position DESC LIMIT 1').pluck(),
    where: sql('SELECT position FROM entries WHERE id = ?').pluck(),
    find: sql(`SELECT ${COLUMNS} FROM entries WHERE id = ?`),
    at: sql(`SELECT ${COLUMNS} FROM entries WHERE position = ?`),
    idAt: sql('SELECT id FROM entries WHERE position = ?').pluck(),
    read: sql(`SELECT ${COLUMNS} FROM entries WHERE position > ? AND position <= ?
      ORDER BY position LIMIT ?`),
    parts: sql('SELECT name, salt, bytes FROM parts WHERE position = ? ORDER BY name'),
    insert: sql(`INSERT INTO entries (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    insertPart: sql('INSERT INTO parts (position, name, salt, bytes) VALUES (?, ?, ?, ?)'),
    begin: sql('BEGIN IMMEDIATE'),
    commit: sql('COMMIT'),
    rollback: sql('ROLLBACK'),
    /** Changes nothing, and says in `log` how many frames the WAL holds since it was started over. */
    wal: sql('PRAGMA wal_checkpoint(NOOP)'),
    checkpoint: sql('PRAGMA wal_checkpoint(PASSIVE)'),
  }
}

function insert(statements: Statements, entry: Entry, parts: readonly Part[]): void {
  const { from } = entry
  statements.insert.run(
    entry.position,
    entry.commit,
    entry.id,
    entry.recorded,
    entry.bytes,
    entry.hash,
    entry.leaf,
    entry.behind,
    from?.log ?? null,
    from?.position ?? null,
    from?.recorded ?? null,
  )
  for (const { name, salt, bytes } of parts) {
    statements.insertPart.run(entry.position, name, salt, bytes)
  }
}

interface PartRow {
  readonly name: string
  readonly salt: Buffer
  readonly bytes: Buffer
}

function entryOf(row: unknown): Entry | undefined {
  return row === undefined ? undefined : toEntry(row as Row)
}
