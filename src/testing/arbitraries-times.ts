/** Which times of a report can stand beside each other, whatever corrections of it are in force. */
import { type Ending, firstOf, lastOf, type Span } from './arbitraries-input.js'

/** Everything that was ever said of a report's times: its own words and those of corrections. */
export interface TimesSaid {
  readonly starts: readonly (Span | null)[]
  readonly ends: readonly (Ending | null)[]
  /** `null` where the log's stamp stands in. */
  readonly published: readonly (number | null)[]
  readonly expected: boolean
  readonly throughout: boolean
}

/**
 * Whether every pick of a start, an end and a publication among those said is one that is taken:
 * told after it came (unless expected), ended after it began, a stretch within two bounds.
 */
export function standTogether(times: TimesSaid): boolean {
  const { starts, ends, published, expected, throughout } = times
  if (throughout && starts.some((start) => start === null || start.open !== undefined)) return false
  const firsts = starts.flatMap((start) => (start === null ? [] : (firstOf(start) ?? [])))
  const spoken = published.filter((at) => at !== null)
  return firsts.every(
    (first) =>
      (expected || spoken.every((at) => first <= at)) &&
      ends.every((ending) => {
        if (ending === null || ending.end === 'open') return true
        if (ending.end === 'unknown') return spoken.every((at) => first < at)
        const last = lastOf(ending)
        return last === null || first < last
      }),
  )
}
