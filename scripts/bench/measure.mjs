/** Time, side by side: the sides take turns, in rounds, and the median of the rounds stands. */

/** @param {readonly number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >>> 1
  const [low = Number.NaN, high = Number.NaN] = sorted.slice(Math.max(0, middle - 1), middle + 1)
  return sorted.length % 2 === 1 ? /** @type {number} */ (sorted[middle]) : (low + high) / 2
}

/**
 * Milliseconds that each side took in each round. Who goes first changes from round to round.
 *
 * @template {string} Side
 * @param {Iterable<Readonly<Record<Side, () => unknown>>>} rounds
 * @returns {Promise<Record<Side, number[]>>}
 */
export async function alternate(rounds) {
  const took = /** @type {Record<Side, number[]>} */ ({})
  let turned = false
  for (const round of rounds) {
    const sides = /** @type {[Side, () => unknown][]} */ (Object.entries(round))
    for (const [side, run] of turned ? sides.reverse() : sides) {
      const start = performance.now()
      await run()
      took[side] ??= []
      took[side].push(performance.now() - start)
    }
    turned = !turned
  }
  return took
}
