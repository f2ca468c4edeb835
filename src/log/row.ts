/** How an entry lies in a row of the table of entries. */

import type { Instant } from '../time/instant.js'
import type { Position } from '../time/position.js'
import type { Entry } from './contract.js'

export const COLUMNS = `position, "commit", id, recorded, bytes, hash, leaf, behind,
  from_log, from_position, from_recorded`

export interface Row {
  readonly position: Position
  readonly commit: Position
  readonly id: string
  readonly recorded: Instant
  readonly bytes: Buffer
  readonly hash: Buffer
  readonly leaf: Buffer
  readonly behind: number
  readonly from_log: string | null
  readonly from_position: Position | null
  readonly from_recorded: Instant | null
}

/** The entry that a row holds. */
export function toEntry(row: Row): Entry {
  const { from_log: log, from_position: where, from_recorded: recorded } = row
  const from =
    log === null || where === null || recorded === null
      ? {}
      : { from: { log, position: where, recorded } }
  return {
    position: row.position,
    commit: row.commit,
    id: row.id,
    recorded: row.recorded,
    bytes: plain(row.bytes),
    hash: plain(row.hash),
    leaf: plain(row.leaf),
    behind: row.behind,
    ...from,
  }
}

/** The same bytes as a plain array. */
export function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
