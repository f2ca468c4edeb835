/**
 * How many independent origins some origins come to: the most of them of which no two depend on each
 * other. Two depend on each other where they are one, where one copies the other or both copy a third,
 * over any number of steps, at the reading's instant.
 *
 * Dependence does not carry over from pair to pair: a digest that copies two papers depends on both,
 * and the papers stay two. So a copy never adds to the count, and never takes from it either.
 */

/** `independent` is symmetric; an origin named twice counts once. */
export function countIndependent(
  origins: readonly string[],
  independent: (a: string, b: string) => boolean,
): number {
  const distinct = [...new Set(origins)].sort()
  const rivals = new Map(
    distinct.map((one) => [
      one,
      new Set(distinct.filter((other) => other !== one && !independent(one, other))),
    ]),
  )
  return most(distinct, rivals)
}

type Rivals = ReadonlyMap<string, ReadonlySet<string>>

/** Either the one with most rivals is left out, or it is taken and they are. */
function most(left: readonly string[], rivals: Rivals): number {
  let busiest: string | null = null
  let against = 0
  for (const one of left) {
    const many = left.filter((other) => rivals.get(one)!.has(other)).length
    if (many > against) {
      busiest = one
      against = many
    }
  }
  if (busiest === null) return left.length
  const others = left.filter((one) => one !== busiest)
  const apart = others.filter((one) => !rivals.get(busiest)!.has(one))
  return Math.max(most(others, rivals), 1 + most(apart, rivals))
}
