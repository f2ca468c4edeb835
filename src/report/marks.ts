/** The marks that every timed claim may carry, whatever its kind: `mode`, `throughout`, `expected`, `basis`. */
import { refuse } from './issues.js'
import { instead } from './nearest.js'
import { type Path, show } from './show.js'
import type { Basis, Json, Timed } from './types.js'

export const MARKS = ['mode', 'throughout', 'expected', 'basis'] as const
type Mark = (typeof MARKS)[number]

const BASES: readonly Basis[] = ['witnessed', 'imagery', 'told', 'assessed', 'claimed', 'default']

export function isBasis(value: Json): value is Basis {
  return BASES.some((basis) => basis === value)
}

/** Whether a field is a mark. */
export function isMark(field: string): field is Mark {
  return (MARKS as readonly string[]).includes(field)
}

/**
 * The stored form of a mark; `null` where it says no more than its absence does.
 *
 * @throws `invalid-report`
 */
export function readMark(mark: Mark, value: Json, path: Path): Json {
  switch (mark) {
    case 'mode':
      if (value === 'observation') return null
      if (value === 'change') return value
      throw refuse(path, `${show(value)} is no mode; "change" or "observation" would be right`)
    case 'basis':
      if (isBasis(value)) return value
      throw refuse(path, `${show(value)} is no basis; ${instead(String(value), BASES)}`)
    default:
      if (value === true) return true
      if (value === false) return null
      throw refuse(path, `${show(value)} is neither true nor false; one of the two would be right`)
  }
}

/**
 * Refuses marks that contradict each other.
 *
 * @throws `invalid-report`
 */
export function checkMarks(marks: Timed, path: Path): void {
  if (marks.throughout === true && marks.mode === 'change')
    throw refuse(
      [...path, 'throughout'],
      'is said of a change; only what was observed was so throughout',
    )
}
