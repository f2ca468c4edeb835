/** Time, side by side: the sides take turns, in rounds, and the median of the rounds stands. */

/** @param {readonly number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >>> 1
  const [low = Number.NaN, high = Number.NaN] = sorted.slice(Math.max(0, middle - 1), middle + 1)
  return sorted.length % 2 === 1 ? /** @type {number} */ (sorted[middle]) : (low + high) / 2
}

/**
 * Milliseconds that each side took in each round, and kept the processor busy in all. Who goes
 * first changes from round to round.
 *
 * @template {string} Side
 * @param {Iterable<Readonly<Record<Side, () => unknown>>>} rounds
 * @returns {Promise<{ took: Record<Side, number[]>, busy: Record<Side, number> }>}
 */
export async function alternate(rounds) {
  const took = /** @type {Record<Side, number[]>} */ ({})
  const busy = /** @type {Record<Side, number>} */ ({})
  let turned = false
  for (const round of rounds) {
    const sides = /** @type {[Side, () => unknown][]} */ (Object.entries(round))
    for (const [side, run] of turned ? sides.reverse() : sides) {
      const before = process.cpuUsage()
      const start = performance.now()
      await run()
      took[side] ??= []
      took[side].push(performance.now() - start)
      const { user, system } = process.cpuUsage(before)
      busy[side] = (busy[side] ?? 0) + (user + system) / 1000
    }
    turned = !turned
  }
  return { took, busy }
}
