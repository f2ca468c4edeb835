/**
 * What every log does with sealed reports before it keeps them: admits them (ids and names of
 * parts once) and stamps them (position, commit, recorded, leaf). Pure but for the lookup.
 */

import { RashomonError } from '../errors.js'
import type { Instant } from '../time/instant.js'
import { type Position, position } from '../time/position.js'
import type { Entry, LeafHash, Sealed } from './contract.js'

/** Where a commit is put: behind `head`, not before the `newest` stamp. */
export interface Tail {
  readonly head: Position
  /** The newest stamp; `undefined` in an empty log. */
  readonly newest: Instant | undefined
}

/**
 * Refuses what a log cannot hold, before anything is appended. `held` answers the position of
 * an id. Errors: `id-taken`; `usage` for a stamp that is no whole number of milliseconds or a
 * name of a part given twice.
 */
export function admit(
  sealed: readonly Sealed[],
  now: Instant,
  held: (id: string) => Position | undefined,
): void {
  if (!Number.isSafeInteger(now)) {
    throw new RashomonError('usage', `now: ${now} is no instant; give whole milliseconds`)
  }
  const given = new Set<string>()
  sealed.forEach(({ id, parts }, report) => {
    const at = held(id)
    if (at !== undefined || given.has(id)) {
      const where = at === undefined ? 'given twice in one commit' : `held at position ${at}`
      throw new RashomonError('id-taken', `id: ${JSON.stringify(id)} is ${where}; ids are unique`, {
        place: { report, field: 'id' },
        data: at === undefined ? { id } : { id, position: at },
      })
    }
    given.add(id)
    if (parts.length > 1 && new Set(parts.map((part) => part.name)).size < parts.length) {
      throw new RashomonError('usage', `parts: of ${JSON.stringify(id)}: name each part once`, {
        place: { report, field: 'parts' },
      })
    }
  })
}

/** The entries that one commit of `sealed` makes behind `tail`; their bytes are those given. */
export function stamp(
  sealed: readonly Sealed[],
  now: Instant,
  tail: Tail,
  leafHash: LeafHash,
): Entry[] {
  const newest = tail.newest ?? now
  const recorded = now > newest ? now : newest
  const commit = position(tail.head + sealed.length)
  const behind = recorded - now
  return sealed.map(({ id, bytes, hash, from }, index) => {
    const at = position(tail.head + index + 1)
    if (from === undefined) {
      const leaf = leafHash({ position: at, recorded, hash })
      return { position: at, commit, id, recorded, bytes, hash, leaf, behind }
    }
    const leaf = leafHash({ position: at, recorded, hash, from })
    return { position: at, commit, id, recorded, bytes, hash, leaf, behind, from }
  })
}

/**
 * Refuses the promise that work in a transaction returned: what it would still do comes after
 * COMMIT. Error: `usage`.
 */
export function refusePromise(result: unknown): void {
  if (result === null || (typeof result !== 'object' && typeof result !== 'function')) return
  const { then } = result as { then?: unknown }
  if (typeof then !== 'function') return
  Promise.resolve(result as PromiseLike<unknown>).catch(() => {})
  throw new RashomonError(
    'usage',
    'transact: the work returned a promise; await before it and keep the work synchronous',
  )
}
