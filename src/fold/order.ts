/**
 * The canonical order of reports: latest bound of the start, then earliest, then published,
 * then id by its UTF-8 bytes. Never arrival: what arrives in any order folds alike (law 1).
 */

export interface Ordered {
  readonly latest: number
  readonly earliest: number
  readonly published: number
  readonly id: string
}

/** Compares two numbers that may both be the same open end of the line. */
export function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Compares strings as their UTF-8 bytes compare, which is by code point. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    // A surrogate stands for a code point above U+FFFF, and so sorts after every other unit.
    const xHigh = x >= 0xd800 && x <= 0xdfff
    const yHigh = y >= 0xd800 && y <= 0xdfff
    if (xHigh !== yHigh) return xHigh ? 1 : -1
    return x < y ? -1 : 1
  }
  return compareNumbers(a.length, b.length)
}

export function compareCanonical(a: Ordered, b: Ordered): number {
  return (
    compareNumbers(a.latest, b.latest) ||
    compareNumbers(a.earliest, b.earliest) ||
    compareNumbers(a.published, b.published) ||
    compareUtf8(a.id, b.id)
  )
}
