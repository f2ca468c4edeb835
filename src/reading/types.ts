/**
 * What readings ask and what views answer. Instants in these objects are ISO 8601 in UTC, so
 * that what a library call returns is what `--json` prints.
 */
import type { FacetValue, Key } from '../fold/projection.js'

/** Which reports count: a name matches at any hop of the chain, the narrower forms where they say (RULINGS 17). */
export type AccountName =
  | string
  | { readonly origin: string }
  | { readonly publisher: string }
  | { readonly alignment: string }

export interface AccountFilter {
  readonly include?: readonly AccountName[]
  readonly exclude?: readonly AccountName[]
}

/** The coordinates of a reading, as a person gives them. */
export interface Reading {
  /** ISO 8601 instant, or a date, month or year, which means its last instant in `zone`. */
  readonly valid: string
  /** A position, an instant (entries recorded strictly before it), `then` (= `valid`); default all. */
  readonly known?: number | string
  /** An instant (what was published at or before it), `then` (= `valid`); default all. */
  readonly published?: string
  readonly accounts?: AccountFilter
  readonly resolver?: string | Resolver
  /** Zone in which dates are read; UTC unless given. */
  readonly zone?: string
}

/** The coordinates as they were understood: what the answer prints and a token pins. */
export interface SettledReading {
  readonly valid: string
  readonly known: number
  /** Why `known` is what it is, where an instant was asked for that has not come. */
  readonly knownNote?: string
  readonly published: string | null
  readonly accounts: AccountFilter | null
  readonly resolver: string
}

/** Half-open; `null` beside `open` is an open end of the line. */
export interface WindowText {
  readonly from: string | null
  readonly to: string | null
  readonly open?: 'from' | 'to' | 'both'
  /** No time was stated, so it is the window up to the publication; or none satisfies what was said. */
  readonly flag?: 'unstated' | 'inconsistent'
}

/** What one account says of one facet at a reading. */
export interface FacetReading {
  /** The settled value; `null` is unsaid. */
  readonly settled: FacetValue | null
  /** Every possible value, `null` (unsaid) first where it is one; else in canonical JSON order. */
  readonly possible: readonly (FacetValue | null)[]
  readonly certainty: 'certain' | 'possible'
  /** Window of the start of the report that carries the settled value. */
  readonly since: WindowText | null
  /** Last instant of the newest certain support, and its age at the reading in milliseconds. */
  readonly supportedAt: string | null
  readonly supportAge: number | null
  readonly basis: string | null
  /** The source's own status word, kept beside what it was mapped to. */
  readonly status: string | null
  /** Set by a claim over a whole that this place is part of. */
  readonly derived: boolean
  /** Ids: the carrier of the settled value first, then every report that can be the last word. */
  readonly evidence: readonly string[]
}

export interface RegisterState {
  readonly key: Key
  /** Only facets of which something is settled or possible. */
  readonly facets: Readonly<Record<string, FacetReading>>
}

export interface FoldState<S = unknown> {
  readonly key: Key
  readonly state: S
  /** Ids, in canonical order: folded, and those that may have begun and are not. */
  readonly folded: readonly string[]
  readonly possible: readonly string[]
}

/** What one account says of a place: the facets of the control projection, each map keyed by facet. */
export interface AccountState {
  readonly account: string
  readonly origin: string
  /** Tellers, the publisher first; empty when the origin speaks itself. */
  readonly via: readonly string[]
  readonly publisher: string
  readonly alignment: string | null
  readonly control: Readonly<Record<string, FacetValue>>
  readonly certainty: Readonly<Record<string, 'certain' | 'possible'>>
  readonly possible: Readonly<Record<string, readonly (FacetValue | null)[]>>
  readonly since: Readonly<Record<string, WindowText>>
  readonly supportedAt: Readonly<Record<string, string>>
  /** Milliseconds. */
  readonly supportAge: Readonly<Record<string, number>>
  readonly basis: Readonly<Record<string, string>>
  readonly status: Readonly<Record<string, string>>
  readonly derived: readonly string[]
  readonly evidence: Readonly<Record<string, readonly string[]>>
}

export type Standing = 'unreported' | 'sole' | 'agreed' | 'disputed'

export interface Dispute {
  readonly kind: 'who' | 'extent' | 'when' | 'relay'
  /** Settled words clash but what is possible of both could be right, or one speaks by default. */
  readonly open: boolean
  readonly facets: readonly string[]
  readonly parties: readonly [string, string]
  /** `scope` where one party speaks only by default. */
  readonly cause: 'scope' | null
  /** Whether the parties share an origin, a publisher, an alignment. */
  readonly shared: readonly ('origin' | 'publisher' | 'alignment')[]
}

/** What a resolver makes of one facet; `undecided` is an answer, not a failure. */
export type Resolution =
  | {
      readonly decided: true
      readonly value: FacetValue
      readonly certainty: 'certain' | 'possible'
      readonly rule: string
      readonly support: readonly string[]
      readonly opposition: readonly string[]
    }
  | {
      readonly decided: false
      readonly rule: string
      readonly candidates: readonly {
        readonly value: FacetValue
        readonly accounts: readonly string[]
      }[]
    }

/** What a resolver sees of one account's facet. */
export interface Voice {
  readonly account: string
  readonly origin: string
  readonly publisher: string
  readonly alignment: string | null
  readonly value: FacetValue
  readonly certainty: 'certain' | 'possible'
  readonly basis: string | null
  /** Milliseconds since 1970, UTC. */
  readonly supportedAt: number
  readonly published: number
}

/** A named, pure, revisioned way to weigh accounts; voices by default are never among them. */
export interface Resolver {
  readonly name: string
  readonly revision: number
  /** Voices come in the order of their account names, and the answer must not depend on it. */
  readonly resolve: (facet: string, voices: readonly Voice[]) => Resolution
}

export interface PlaceView {
  readonly place: string
  readonly name: string
  readonly standing: Standing
  /** By facet, as the reading's resolver weighs it. */
  readonly resolved: Readonly<Record<string, Resolution>>
  readonly disputes: readonly Dispute[]
  /** In the order of their names (UTF-8 bytes). */
  readonly accounts: readonly AccountState[]
  /** Places that are part of this one at the instant. */
  readonly parts: readonly string[]
  /** Facets, by account, that come from a claim over a whole. */
  readonly derived: readonly { readonly account: string; readonly facets: readonly string[] }[]
}

/** A maximal stretch of valid time with equal answers; `null` is an open end. */
export interface Stretch {
  readonly from: string | null
  readonly to: string | null
  /** `transition`: several values are possible between two certain stretches. */
  readonly kind: 'state' | 'transition'
  readonly state: PlaceView
}

/** A maximal run of knowledge with an equal answer, from the entry that began it. */
export interface Belief {
  /** Position, or instant of publication, from which it is the answer; `null`: from the start. */
  readonly from: number | string | null
  readonly to: number | string | null
  /** Id of the entry that began it. */
  readonly entry: string | null
  readonly state: PlaceView
}
