/**
 * What every log is and owes, whatever it is kept in.
 *
 * Duties, each tested by one suite over all logs (test/contract):
 * 1. Positions are 1, 2, 3 …, dense, in commit order, over any number of processes.
 * 2. `transact` runs its work alone among all writers; what it appended is there wholly or not
 *    at all, and durable when it returns. Work that returns a promise is refused. An `append`
 *    that is refused has appended nothing; one in which the store failed lets nothing be
 *    committed, even if the work swallows the error. A transaction is dead once its work ends.
 * 3. An id is held once, for ever; entries, parts and stamps are never changed or removed.
 * 4. `recorded` never decreases; where the clock stood behind, the entry says by how much.
 * 5. Bytes come back as they were given, and what is handed out or was handed in cannot be used
 *    to change what is held.
 * 6. A failure is typed: `log-busy`, `log-full`, `log-readonly`, `log-closed`, `log-failed`,
 *    `log-damaged`; after the last two the log takes no more writes until it is opened again.
 *    After `log-busy` and `log-full` it goes on by itself.
 * 7. A `read` ends at the head of the moment it was called, holds a page of entries at a time
 *    and keeps no lock between pages.
 */

import type { Part } from '../report/types.js'
import type { Instant } from '../time/instant.js'
import type { Position } from '../time/position.js'

/** A report as it is handed to a log: canonical bytes, their hash, and the parts beside it. */
export interface Sealed {
  readonly id: string
  readonly bytes: Uint8Array
  readonly hash: Uint8Array
  readonly parts: readonly Part[]
  /** Where a merged entry was first recorded. */
  readonly from?: Provenance
}

export interface Provenance {
  readonly log: string
  readonly position: Position
  readonly recorded: Instant
}

export interface Entry {
  readonly position: Position
  /** Position of the last entry of the same commit. */
  readonly commit: Position
  readonly id: string
  readonly recorded: Instant
  readonly bytes: Uint8Array
  readonly hash: Uint8Array
  readonly leaf: Uint8Array
  /** Milliseconds by which the clock stood behind the stamp; 0 as a rule. */
  readonly behind: number
  readonly from?: Provenance
}

/** What a leaf commits to. */
export type LeafContent = Pick<Entry, 'position' | 'recorded' | 'hash' | 'from'>

/** The hash of a leaf's canonical form; handed to a log, which knows nothing of hashing. */
export type LeafHash = (leaf: LeafContent) => Uint8Array

export interface Transaction {
  head(): Position
  /** The entry of an id, those of this transaction included. */
  find(id: string): Entry | undefined
  read(after: Position): Iterable<Entry>
  /**
   * Appends as one commit, stamped with `now` or the newest stamp, whichever is later; nothing
   * given, nothing appended. Errors: `id-taken` for an id already held or given twice, with
   * `data.id`, before anything is appended.
   */
  append(sealed: readonly Sealed[], now: Instant): Entry[]
}

export interface Log {
  /** The log's own id, made when it was made. */
  readonly id: string
  readonly readonly: boolean
  /** `full`: on the disk when acknowledged. `memory`: gone with the process. */
  readonly durability: 'full' | 'memory'
  head(): Position
  find(id: string): Entry | undefined
  at(position: Position): Entry | undefined
  /** The id of the entry at a position alone. */
  idAt(position: Position): string | undefined
  /** Entries after a position, in order, up to and with `upTo` (default: the head now). */
  read(after: Position, upTo?: Position): Iterable<Entry>
  /** The parts beside an entry, by name in the order of its UTF-8 bytes; none: an empty list. */
  parts(position: Position): readonly Part[]
  /** Runs `work` alone among all writers and commits what it appended. */
  transact<T>(work: (transaction: Transaction) => T): T
  /** The settings of the store as read back from it, for `doctor`. */
  settings(): Readonly<Record<string, string | number>>
  close(): void
}
