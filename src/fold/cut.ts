/**
 * A cut through what is known: which entries a reading sees. Every cut is immutable while others
 * append, and nothing is copied for it.
 */
import type { Hop } from '../report/types.js'
import { END, type Instant } from '../time/instant.js'
import type { Position } from '../time/position.js'

export interface Cut {
  readonly known: Position
  /** Sources' entries published after this do not count; `END` where all do. */
  readonly published: Instant
  /** Whether entries of an attribution chain count; `null` where all do. Never asked of the desk's. */
  readonly passes: ((chain: readonly Hop[]) => boolean) | null
  /** Absent where the cut sees all of these. */
  readonly among?: Among
}

/** Positions of sources' reports outside which a cut sees none, and the cut whose forms they keep. */
export interface Among {
  readonly reports: ReadonlySet<number>
  readonly of: Cut
}

/** Everything recorded up to a position. */
export function everythingAt(known: Position): Cut {
  return { known, published: END, passes: null }
}

/**
 * The same cut if of sources' reports nothing were there but these, each in its form; the desk's
 * entries stay. What was thought of a report comes and goes with it.
 */
export function among(cut: Cut, reports: ReadonlySet<number>): Cut {
  const of = cut.among?.of ?? cut
  return { ...of, among: { reports, of } }
}

/** Whether the cut asks for more than a position. */
export function restricts(cut: Cut): boolean {
  return cut.published !== END || cut.passes !== null
}
