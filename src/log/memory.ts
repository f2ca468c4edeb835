/** A log that is gone with the process: for tests, trials and drafts. */

import { RashomonError } from '../errors.js'
import type { Part } from '../report/types.js'
import type { Instant } from '../time/instant.js'
import { type Position, position } from '../time/position.js'
import type { Entry, LeafHash, Log, Sealed, Transaction } from './contract.js'
import { admit, refusePromise, stamp } from './stamp.js'

export interface MemoryLogOptions {
  /** The log's id; `memory` unless said. */
  readonly id?: string
  readonly leafHash: LeafHash
}

/** Makes an empty log in memory. */
export function createMemoryLog({ id = 'memory', leafHash }: MemoryLogOptions): Log {
  const entries: Entry[] = []
  const parts: (readonly Part[])[] = []
  const byId = new Map<string, Position>()
  let closed = false
  let busy = false

  const open = () => {
    if (closed) throw new RashomonError('log-closed', 'the log is closed; open it again')
  }
  const head = () => position(entries.length)
  const at = (where: number): Entry | undefined => {
    const entry = entries[where - 1]
    return entry === undefined ? undefined : copyEntry(entry)
  }
  const find = (wanted: string): Entry | undefined => {
    const where = byId.get(wanted)
    return where === undefined ? undefined : at(where)
  }
  function* walk(after: Position, upTo: Position, check: () => void): Iterable<Entry> {
    for (let where = Math.max(after, 0) + 1; where <= upTo; where++) {
      check()
      const entry = at(where)
      if (entry === undefined) return
      yield entry
    }
  }
  const append = (sealed: readonly Sealed[], now: Instant): Entry[] => {
    admit(sealed, now, (wanted) => byId.get(wanted))
    const made = stamp(sealed, now, { head: head(), newest: entries.at(-1)?.recorded }, leafHash)
    made.forEach((entry, index) => {
      entries.push(copyEntry(entry))
      parts.push(inOrder(sealed[index] as Sealed))
      byId.set(entry.id, entry.position)
    })
    return made
  }
  const takeBack = (to: Position) => {
    for (const entry of entries.splice(to)) byId.delete(entry.id)
    parts.length = to
  }

  return {
    id,
    readonly: false,
    durability: 'memory',
    head() {
      open()
      return head()
    },
    find(wanted) {
      open()
      return find(wanted)
    },
    at(where) {
      open()
      return at(where)
    },
    idAt(where) {
      open()
      return at(where)?.id
    },
    read(after, upTo) {
      open()
      return walk(after, position(Math.min(upTo ?? head(), head())), open)
    },
    parts(where) {
      open()
      return (parts[where - 1] ?? []).map(copyPart)
    },
    transact<T>(work: (transaction: Transaction) => T): T {
      open()
      if (busy) throw new RashomonError('usage', 'transact: already inside a transaction')
      let live = true
      const check = () => {
        if (!live) throw new RashomonError('usage', 'transaction: its work has ended')
      }
      const transaction: Transaction = {
        head() {
          check()
          return head()
        },
        find(wanted) {
          check()
          return find(wanted)
        },
        read(after) {
          check()
          return walk(after, head(), check)
        },
        append(sealed, now) {
          check()
          return append(sealed, now)
        },
      }
      const before = head()
      busy = true
      try {
        const result = work(transaction)
        refusePromise(result)
        return result
      } catch (error) {
        takeBack(before)
        throw error
      } finally {
        live = false
        busy = false
      }
    },
    settings() {
      open()
      return { store: 'memory', entries: entries.length }
    },
    close() {
      if (busy) throw new RashomonError('usage', 'close: inside a transaction; end it first')
      closed = true
    },
  }
}

const copyEntry = (entry: Entry): Entry => ({
  ...entry,
  bytes: new Uint8Array(entry.bytes),
  hash: new Uint8Array(entry.hash),
  leaf: new Uint8Array(entry.leaf),
})

const copyPart = ({ name, salt, bytes }: Part): Part => ({
  name,
  salt: new Uint8Array(salt),
  bytes: new Uint8Array(bytes),
})

const inOrder = ({ parts }: Sealed): readonly Part[] =>
  parts.map(copyPart).sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
