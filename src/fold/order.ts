/** Compares two numbers that may both be the same open end of the line, where a difference is no number. */
export function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
