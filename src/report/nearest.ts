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

/** Letters to add, drop or change, by Levenshtein's table kept one row at a time. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(changed, (above[j] as number) + 1, (row[j - 1] as number) + 1))
    }
    above = row
  }
  return above[b.length] as number
}

function fold(word: string): string {
  return word.slice(0, COMPARED).toLowerCase()
}
