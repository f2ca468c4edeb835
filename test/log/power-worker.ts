/**
 * A process whose disk is recorded: `power-worker FILE SEED ROUNDS SYNCHRONOUS`. It prints
 * `opened ID` when a new log is open, and the line of every entry when its append is acknowledged.
 *
 * Checkpoints are made as the log makes them, but every fourth commit; a small cache makes large
 * commits write to the WAL ahead of COMMIT; some work fails; a reader keeps some checkpoints from
 * being complete; and the log is closed and opened again half way. Any SYNCHRONOUS but FULL is
 * forced on the open connection: what no log may do.
 */
import { writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Log, Sealed } from '../../src/log/contract.js'
import { openSqliteLog } from '../../src/log/sqlite.js'
import { instant } from '../../src/time/instant.js'
import { chance, idOf, leafHash, lineOf, pick, sha256 } from './power-words.js'

const [, , file = '', seed = '0', rounds = '0', synchronous = 'FULL'] = process.argv

const print = (line: string) => writeSync(1, `${line}\n`)
const random = chance(Number(seed))

/** The connection that the log has opened last. */
let connection: Database.Database | undefined
const { pragma } = Database.prototype
Database.prototype.pragma = function (this: Database.Database, source, options) {
  connection = this
  return pragma.call(this, source, options)
}

function set(what: string): void {
  if (connection === undefined) throw new Error('the connection of the log is not known')
  connection.pragma(what)
}

function open(): Log {
  const log = openSqliteLog({ file, leafHash, newId: () => `log-${seed}` })
  set('cache_size = 12')
  if (synchronous !== 'FULL') set(`synchronous = ${synchronous}`)
  return log
}

function reportsOf(round: number): Sealed[] {
  const size = pick(random, [1, 1, 2, 3, 6])
  return Array.from({ length: size }, (_, index) => {
    const id = idOf(round, index, size)
    const text = id.repeat(pick(random, [1, 20, 200, 1500]))
    const bytes = Buffer.from(JSON.stringify({ id, text }))
    const parts = random() < 0.5 ? [] : [{ name: 'citation', salt: sha256(id), bytes }]
    return { id, bytes, hash: sha256(bytes), parts }
  })
}

class Change extends Error {}

function appendRound(log: Log, round: number): void {
  const fails = round % 8 === 6
  try {
    const made = log.transact((own) => {
      const entries = own.append(reportsOf(round), instant(round))
      if (fails) throw new Change()
      return entries
    })
    for (const entry of made) print(lineOf(entry, log.parts(entry.position)))
  } catch (error) {
    if (!(error instanceof Change)) throw error
  }
}

/** Keeps what another connection reads from moving on, and lets it. */
function createReader() {
  const reader = new Database(file, { readonly: true })
  return {
    hold: () => reader.exec('BEGIN; SELECT max(position) FROM entries'),
    release: () => reader.exec('COMMIT'),
    close: () => reader.close(),
  }
}

function appendRounds(log: Log, from: number, to: number): void {
  const reader = createReader()
  for (let round = from; round < to; round++) {
    if (round % 10 === 4) reader.hold()
    appendRound(log, round)
    if (round % 4 === 3) set('wal_checkpoint(PASSIVE)')
    if (round % 10 === 9 && round - from > 5) reader.release()
  }
  reader.close()
}

const half = Math.floor(Number(rounds) / 20) * 10
let log = open()
print(`opened ${log.id}`)
appendRounds(log, 0, half)
log.close()
log = open()
appendRounds(log, half, Number(rounds))
process.exit(0)
