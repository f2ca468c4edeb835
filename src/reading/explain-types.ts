/** What an explanation says: why an answer is what it is, facet by facet. */
import type { FacetValue } from '../fold/projection.js'
import type { Resolution } from './types.js'

/** Why a place reads as it does; of every facet of which any entry of the log says anything there. */
export interface Explanation {
  readonly place: string
  readonly name: string
  readonly facets: Readonly<Record<string, FacetExplanation>>
}

export interface FacetExplanation {
  /** What the reading's resolver makes of the facet; `null` where no account has a voice. */
  readonly answer: Resolution | null
  /**
   * Ids: a smallest set of reports that gives the answer, against all that opposes it and with
   * nothing else. Of several such sets the canonically last (RULINGS 39); in canonical order.
   */
  readonly support: readonly string[]
  /** Ids of other reports by which an account says what the answer says, in canonical order. */
  readonly alsoSaid: readonly string[]
  /** Ids of what accounts that say otherwise rest on, in canonical order. */
  readonly opposition: readonly string[]
  /** Values that did not prevail, by account name; where nothing is decided, every value that is said. */
  readonly losers: readonly Loser[]
  /** Every account that ever spoke of it by the instant, as far as the reading sees; in the order of names. */
  readonly accounts: readonly WordExplanation[]
  /** Reports about it that the reading does not see or that have not begun, in the order of the log. */
  readonly notYet: readonly NotYet[]
}

/** A value that an account says and that is not the answer. */
export interface Loser {
  readonly account: string
  readonly value: FacetValue
  /** Ids: the report that carries the value, then what else can be the account's last word. */
  readonly reports: readonly string[]
  /** The rule to which it lost, in words. */
  readonly rule: string
  /** The account whose one further claim of the value, at the instant and published last, would make it the answer. */
  readonly wouldWin: string | null
}

/** What one account says of the facet, and on which of its reports that rests. */
export interface WordExplanation {
  readonly account: string
  /** `null` is unsaid. */
  readonly settled: FacetValue | null
  readonly certainty: 'certain' | 'possible'
  readonly basis: string | null
  /** Said of a whole that the place is part of. */
  readonly derived: boolean
  /** Ids: a smallest set that gives the settled word; empty where nothing has to be there for it. */
  readonly support: readonly string[]
  /** Each of these would give it in the place of the support. */
  readonly alsoSaid: readonly string[]
  /** Ids of what has not certainly begun, can be the last word too and says the same. */
  readonly likewise: readonly string[]
  /** What may be so instead, with the reports that say so. */
  readonly others: readonly {
    readonly value: FacetValue | null
    readonly reports: readonly string[]
  }[]
  /** Ids of what has certainly begun and which a later word of the account replaced. */
  readonly before: readonly string[]
  /** What made the account say nothing any more; `null` where it speaks, or never certainly did. */
  readonly ended: Ended | null
}

/** `end`: the claim's own end came. `word`: the report says that what was said no longer holds. */
export interface Ended {
  readonly report: string
  readonly by: 'end' | 'word'
}

/**
 * A report that bears on the facet and that the reading does not count, and what would show it:
 *
 *   known      recorded after the reading's position; `from` is its own
 *   published  published after the reading's cut; `from` is when (ISO 8601)
 *   accounts   left out by the reading's filter; `from` is the account
 *   out        taken back or voided; `by` are the ids that do it
 *   valid      not begun; `from` is the first instant at which it may have (ISO 8601)
 *   possible   may have begun; `from` is the instant at which it certainly has
 *
 * Of several reasons the first in this order.
 */
export interface NotYet {
  readonly report: string
  readonly account: string
  /** What it says of the facet; `null` where it says that nothing holds any more, or takes back or corrects another. */
  readonly value: FacetValue | null
  /** Id of the report that it takes back or corrects, where it is a second thought. */
  readonly about?: string
  readonly why: 'known' | 'published' | 'accounts' | 'out' | 'valid' | 'possible'
  /** `null` where no instant or position would show it. */
  readonly from: number | string | null
  readonly by: readonly string[]
}
