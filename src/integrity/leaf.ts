/**
 * The leaf of an entry: what the log says of it, `{ position, recorded, report, from? }`, with the
 * report's hash in hex; later the leaves of the log's tree (RULINGS 31).
 */
import type { LeafContent } from '../log/contract.js'
import { canonicalBytes, hex, sha256 } from './hash.js'

export function leafHash({ position, recorded, hash, from }: LeafContent): Uint8Array {
  const leaf = { position, recorded, report: hex(hash), ...(from === undefined ? {} : { from }) }
  return sha256(canonicalBytes(leaf))
}
