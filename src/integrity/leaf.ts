/** The leaf of an entry: what one log says of a report, beside the report's own hash (RULINGS 31). */
import type { Provenance } from '../log/contract.js'
import type { Instant } from '../time/instant.js'
import type { Position } from '../time/position.js'
import { hex, sha256 } from './hash.js'

export interface Leaf {
  readonly position: Position
  readonly recorded: Instant
  /** The report's hash. */
  readonly hash: Uint8Array
  /** Where a merged entry was first recorded. */
  readonly from?: Provenance
}

/** SHA-256 of `{ from?, position, recorded, report }` in canonical form, the report's hash in hex. */
export function leafHash(leaf: Leaf): Uint8Array {
  return sha256(leafForm(leaf))
}

/** The canonical form that a leaf's hash covers; written out, for its shape never changes. */
export function leafForm({ position, recorded, hash, from }: Leaf): string {
  const origin =
    from === undefined
      ? ''
      : `"from":{"log":${JSON.stringify(from.log)},"position":${from.position},"recorded":${from.recorded}},`
  return `{${origin}"position":${position},"recorded":${recorded},"report":"${hex(hash)}"}`
}
