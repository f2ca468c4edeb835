/**
 * A process that works on a log's file: `worker MODE FILE NAME COUNT`. It prints
 * `ack ID POSITION COMMIT` for an entry when its append is acknowledged.
 */
import { createHash } from 'node:crypto'
import { writeSync } from 'node:fs'
import { isRashomonError } from '../../src/errors.js'
import type { Entry, LeafHash, Log, Sealed } from '../../src/log/contract.js'
import { openSqliteLog } from '../../src/log/sqlite.js'
import { createWriter } from '../../src/log/writer.js'
import { instant } from '../../src/time/instant.js'
import { NOWHERE } from '../../src/time/position.js'

const [, , mode = '', file = '', name = '', count = '0'] = process.argv

const print = (line: string) => writeSync(1, `${line}\n`)
const sha256 = (bytes: string | Uint8Array): Uint8Array =>
  createHash('sha256').update(bytes).digest()
const leafHash: LeafHash = ({ position, recorded, hash, from }) =>
  sha256(JSON.stringify([position, recorded, Buffer.from(hash).toString('hex'), from]))

function sealed(id: string, size: number): Sealed {
  const bytes = Buffer.from(JSON.stringify({ id, text: 'x'.repeat(size) }))
  return { id, bytes, hash: sha256(bytes), parts: [{ name: 'citation', salt: bytes, bytes }] }
}

const commitOf = (round: number, entries: number, size = 40) =>
  Array.from({ length: entries }, (_, index) => sealed(`${name}/${round}/${index}`, size))

const acknowledge = (entries: readonly Entry[]) => {
  for (const entry of entries) print(`ack ${entry.id} ${entry.position} ${entry.commit}`)
}

const sleep = (milliseconds: number) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)

const codeOf = (error: unknown) => (isRashomonError(error) ? error.code : String(error))

function open(): Log {
  try {
    return openSqliteLog({ file, leafHash, newId: () => name })
  } catch (error) {
    print(`unopened ${codeOf(error)}`)
    process.exit(0)
  }
}

const MODES: Readonly<Record<string, (log: Log) => void | Promise<void>>> = {
  /** Appends COUNT commits of one to three entries, waiting for the lock where it must. */
  async append(log) {
    const writer = createWriter(log)
    for (let round = 0; round < Number(count); round++) {
      const reports = commitOf(round, 1 + (round % 3))
      acknowledge(await writer.run((own) => own.append(reports, instant(round))))
    }
    await writer.close()
    log.close()
  },
  /** Appends without end. */
  endless(log) {
    for (let round = 0; ; round++)
      acknowledge(log.transact((own) => own.append(commitOf(round, 3), instant(round))))
  },
  /** Acknowledges before COMMIT: what no log may do. */
  early(log) {
    for (let round = 0; ; round++)
      log.transact((own) => {
        acknowledge(own.append(commitOf(round, 3), instant(round)))
        sleep(round < 3 ? 0 : 2000)
      })
  },
  /** Holds the write lock for COUNT milliseconds. */
  hold(log) {
    log.transact(() => {
      print('held')
      sleep(Number(count))
    })
    print('released')
    log.close()
  },
  /** Appends COUNT large commits, goes on after a failure, and ends without closing. */
  large: (log) => largeCommits(log, () => {}),
  /** The same, but takes a failed append for an acknowledged one. */
  heedless: (log) =>
    largeCommits(log, (reports) => {
      for (const { id } of reports) print(`ack ${id} 0 0`)
    }),
}

function largeCommits(log: Log, onFailure: (reports: readonly Sealed[]) => void): never {
  for (let round = 0; round < Number(count); round++) {
    const reports = commitOf(round, 50, 10_000)
    try {
      acknowledge(log.transact((own) => own.append(reports, instant(round))))
    } catch (error) {
      print(`failed ${codeOf(error)}`)
      onFailure(reports)
    }
  }
  print(`read ${[...log.read(NOWHERE)].length}`)
  process.exit(0)
}

const log = open()
print(`opened ${log.id}`)
await MODES[mode]?.(log)
