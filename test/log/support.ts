/** What the tests of logs share: hashes, sealed reports, folders, and broken logs. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { LeafHash, Log, Sealed, Transaction } from '../../src/log/contract.js'
import { openSqliteLog, type SqliteLogOptions } from '../../src/log/sqlite.js'
import { type Instant, instant } from '../../src/time/instant.js'

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest())

export const leafHash: LeafHash = ({ position, recorded, hash, from }) =>
  sha256(Buffer.from(JSON.stringify([position, recorded, Buffer.from(hash).toString('hex'), from])))

/** A sealed report whose bytes say its id. */
export function sealed(id: string, more: Partial<Sealed> = {}): Sealed {
  const bytes = more.bytes ?? new TextEncoder().encode(`{"id":${JSON.stringify(id)}}`)
  return { id, bytes, hash: sha256(bytes), parts: [], ...more }
}

/** Appends one commit of fresh reports. */
export function commit(log: Log, ids: readonly string[], now: Instant = instant(0)) {
  return log.transact((transaction) =>
    transaction.append(
      ids.map((id) => sealed(id)),
      now,
    ),
  )
}

/** A folder that goes when the test has ended. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rashomon-log-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Opens a log of a file, closed when the test has ended. */
export function openLog(file: string, more: Partial<SqliteLogOptions> = {}): Log {
  const log = openSqliteLog({ file, leafHash, newId: () => 'made', ...more })
  onTestFinished(() => log.close())
  return log
}

/** The same log with some of its ways replaced: what a broken log is made of. */
export function alter(log: Log, change: (log: Log) => Partial<Log>): Log {
  const own: Log = {
    id: log.id,
    readonly: log.readonly,
    durability: log.durability,
    head: () => log.head(),
    find: (id) => log.find(id),
    at: (position) => log.at(position),
    idAt: (position) => log.idAt(position),
    read: (after, upTo) => log.read(after, upTo),
    parts: (position) => log.parts(position),
    transact: (work) => log.transact(work),
    settings: () => log.settings(),
    close: () => log.close(),
  }
  return { ...own, ...change(log) }
}

/** The same log, its transactions altered. */
export function alterTransaction(
  log: Log,
  change: (transaction: Transaction) => Partial<Transaction>,
): Log {
  return alter(log, () => ({
    transact: (work) =>
      log.transact((transaction) =>
        work({
          head: () => transaction.head(),
          find: (id) => transaction.find(id),
          read: (after) => transaction.read(after),
          append: (reports, now) => transaction.append(reports, now),
          ...change(transaction),
        }),
      ),
  }))
}

/** Whether the long form of the fault tests was asked for. */
export const LONG = process.env.RASHOMON_LONG === '1'

/** Why processes cannot be traced here, if they cannot. */
export function withoutStrace(): string | undefined {
  const { error, status, stderr } = spawnSync('strace', ['-qq', '-e', 'trace=none', 'true'], {
    encoding: 'utf8',
  })
  if (error !== undefined) return `strace cannot be run: ${error.message}`
  return status === 0 ? undefined : `strace cannot trace here: ${stderr.trim()}`
}
