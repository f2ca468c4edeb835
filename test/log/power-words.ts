/** What the process whose disk is recorded and the test that replays it both say. */
import { createHash } from 'node:crypto'
import type { Entry, LeafHash } from '../../src/log/contract.js'
import type { Part } from '../../src/report/types.js'

export const sha256 = (bytes: string | Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest())

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

export const leafHash: LeafHash = ({ position, recorded, hash, from }) =>
  sha256(JSON.stringify([position, recorded, hex(hash), from]))

/** One line that holds all of an entry: two are equal when no byte of it, its leaf or its parts differs. */
export function lineOf(entry: Entry, parts: readonly Part[]): string {
  const { position, commit, id, recorded, behind, bytes, hash, leaf } = entry
  const beside = parts.map((part) => [part.name, hex(sha256(part.salt)), hex(sha256(part.bytes))])
  const whole = [position, commit, id, recorded, behind, hex(sha256(bytes)), hex(hash), hex(leaf)]
  return `ack ${JSON.stringify([...whole, ...beside])}`
}

/** The id of a report, which tells its commit, its place there and how many there are of it. */
export const idOf = (round: number, index: number, size: number) => `${round}/${index}/${size}`

/** Numbers in `[0, 1)` that follow from a seed alone: mulberry32 by Tommy Ettinger. */
export function chance(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One of what is given. */
export function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T
}

/** The same items in any order. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[order[last], order[other]] = [order[other] as T, order[last] as T]
  }
  return order
}
