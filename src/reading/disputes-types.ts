/** What reads of disputes answer. */
import type { Dispute } from './types.js'

/** Since when, back from a reading without a gap. */
export interface Since {
  /** In valid time; `null`: from the beginning of time. */
  readonly valid: string | null
  /** In knowledge: the position from which the log showed it. */
  readonly known: number
  /** The same along publications, where the reading asks for a cut there. */
  readonly published?: string | null
}

/** A dispute at a reading. */
export interface DisputeAt extends Dispute {
  readonly place: string
  /**
   * Since when the parties have stood in a dispute of this kind on one of these facets, at least as
   * strict: an open one may have been beyond doubt before, not the other way round. Worked out when
   * it is first asked for.
   */
  readonly since: Since
}

/** A dispute over a maximal stretch `[from, to)` of valid time in which all that is said of it here stays the same. */
export interface DisputeOver extends Dispute {
  readonly place: string
  /** `null`: it has no beginning, or no end. It may reach beyond what was asked for. */
  readonly from: string | null
  readonly to: string | null
  /** Milliseconds from beginning to end; `null` where one of them is open. */
  readonly duration: number | null
  /** Milliseconds of it that lie in what was asked for. */
  readonly within: number
}
