/** The smallest part of something that is enough by itself. */

/** Sets that are tried one by one; where there are more, one that cannot be made smaller is found by leaving out. */
const TRIES = 4096

/**
 * A smallest part of the pool that is enough, of several the first: parts are compared by their
 * first items, then by their second, and so on. `null` where not even the whole pool is.
 */
export function smallest<T>(
  pool: readonly T[],
  isEnough: (part: readonly T[]) => boolean,
): readonly T[] | null {
  let left = TRIES
  for (let size = 0; size <= pool.length; size++) {
    left -= choices(pool.length, size)
    if (left < 0) return leftOver(pool, isEnough)
    for (const part of parts(pool, size)) if (isEnough(part)) return part
  }
  return null
}

/** Every proper part of a few items, the empty one first. */
export function* properParts<T>(items: readonly T[]): Generator<T[]> {
  for (let size = 0; size < items.length; size++) yield* parts(items, size)
}

/** Leaves out one after another, from the last, whatever the rest is enough without. */
function leftOver<T>(
  pool: readonly T[],
  isEnough: (part: readonly T[]) => boolean,
): readonly T[] | null {
  if (!isEnough(pool)) return null
  let kept = pool
  for (;;) {
    const before = kept.length
    for (const item of [...kept].reverse()) {
      const without = kept.filter((one) => one !== item)
      if (isEnough(without)) kept = without
    }
    if (kept.length === before) return kept
  }
}

/** Parts of a size, in the order of their items. */
function* parts<T>(items: readonly T[], size: number, from = 0): Generator<T[]> {
  if (size === 0) yield []
  else
    for (let i = from; i <= items.length - size; i++)
      for (const rest of parts(items, size - 1, i + 1)) yield [items[i]!, ...rest]
}

/** How many parts of a size there are. */
function choices(of: number, size: number): number {
  let count = 1
  for (let i = 1; i <= size; i++) count = (count * (of - size + i)) / i
  return count
}
