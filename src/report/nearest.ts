/** The names nearest to a misspelt one, for messages that say what was probably meant. */

const COMPARED = 64

/** Up to three of the known words within about a third of the word's length, nearest first. */
export function nearest(word: string, known: Iterable<string>): string[] {
  const wanted = fold(word)
  const found: { name: string; far: number }[] = []
  for (const name of known) {
    const folded = fold(name)
    const far = distance(wanted, folded)
    const most = Math.max(1, Math.floor(Math.max(wanted.length, folded.length) / 3))
    if (far <= most) found.push({ name, far })
  }
  found.sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
  return found.slice(0, 3).map((one) => one.name)
}

/** What would be right instead of `word`: the nearest known word, else all of them. */
export function instead(word: string, known: readonly string[]): string {
  const [first] = nearest(word, known)
  if (first !== undefined) return `did you mean "${first}"?`
  return known.length === 0 ? 'it takes no fields' : `there are ${known.join(', ')}`
}

/** Letters to add, drop, change or swap with the next (optimal string alignment, by rows). */
function distance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(
        Math.min(
          above[j - 1]! + (same ? 0 : 1),
          above[j]! + 1,
          row[j - 1]! + 1,
          swapped ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    before = above
    above = row
  }
  return above[b.length]!
}

function fold(word: string): string {
  return word.slice(0, COMPARED).toLowerCase()
}
