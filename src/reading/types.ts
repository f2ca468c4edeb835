/**
 * What readings ask and what views answer. Instants in these objects are ISO 8601 in UTC, so
 * that what a library call returns is what `--json` prints.
 */
import type { FacetValue, Key } from '../fold/projection.js'
import type { Stance } from '../report/types.js'

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

/** Why two accounts differ; the rules stand in src/weigh/causes.ts. */
export type Cause = 'scope' | 'vocabulary' | 'lag' | 'contradiction'

export interface Dispute {
  readonly kind: 'who' | 'extent' | 'when' | 'relay'
  /** Settled words clash but what is possible of both could be right, or one speaks by default. */
  readonly open: boolean
  readonly facets: readonly string[]
  readonly parties: readonly [string, string]
  readonly cause: Cause
  /** Whether the parties share an origin, a publisher, an alignment. */
  readonly shared: readonly ('origin' | 'publisher' | 'alignment')[]
}

/** An account that speaks and was not weighed, and why. */
export interface Aside {
  readonly account: string
  readonly why: string
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
      /** In the order of their names; absent where all who speak were weighed. */
      readonly aside?: readonly Aside[]
    }
  | {
      readonly decided: false
      readonly rule: string
      readonly candidates: readonly {
        readonly value: FacetValue
        readonly accounts: readonly string[]
      }[]
      readonly aside?: readonly Aside[]
    }

/** How far a source is relied on, best first; F: cannot be judged, which is no low grade. */
export type Reliability = 'A' | 'B' | 'C' | 'D' | 'E' | 'F'

/** How far a report is believed, 1 best; 6: cannot be judged, which is no low grade. */
export type Credibility = 1 | 2 | 3 | 4 | 5 | 6

/** What another account thinks of a report. */
export interface StanceOn {
  readonly account: string
  readonly origin: string
  readonly stance: Exclude<Stance, 'none'>
  /** Taken by a hop through which the report came. */
  readonly relay?: true
}

/** What an account says of a facet at all, settled or possible. */
export interface Possible {
  readonly account: string
  readonly origin: string
  readonly publisher: string
  readonly alignment: string | null
  /** `null` (unsaid) first where it is one; what is said by default counts as unsaid. */
  readonly possible: readonly (FacetValue | null)[]
}

/** What a resolver sees of one account's facet: what is settled and not said by default. */
export interface Voice extends Possible {
  readonly value: FacetValue
  readonly certainty: 'certain' | 'possible'
  readonly basis: string | null
  /** Milliseconds since 1970, UTC. */
  readonly supportedAt: number
  readonly published: number
  /** Id of the report that carries the value. */
  readonly report: string
  /** Carried by a claim over a whole that the place is part of. */
  readonly derived: boolean
  /** Grades in force for the origin, of all who rate it, each once, best first. */
  readonly reliability: readonly Reliability[]
  /** The same for the report that carries the value. */
  readonly credibility: readonly Credibility[]
  /** On the report that carries the value, in the order of the accounts that take them. */
  readonly stances: readonly StanceOn[]
  /** A relay whose origin denied or withdrew it; like a default it supports nothing (RULINGS 18). */
  readonly disowned: boolean
}

/** What a resolver may ask beside the voices on the facet it decides; all at the reading. */
export interface Weighing {
  /** Milliseconds since 1970, UTC. */
  readonly valid: number
  /** Every facet of the projection, in its order. */
  readonly facets: readonly string[]
  /** Those who speak of a facet, in the order of account names. */
  voices(facet: string): readonly Voice[]
  /** Every account of which anything is settled or possible on a facet, in the order of names. */
  possible(facet: string): readonly Possible[]
  /** Whether two origins are not one, and not known to copy one another or a third. */
  independent(originA: string, originB: string): boolean
  /** Every origin that an origin is known to copy, over any number of steps. */
  copies(origin: string): ReadonlySet<string>
  /** Every force and coalition that an actor belongs to or is allied with, however many steps on; itself included. */
  sides(actor: string): ReadonlySet<string>
  /** What became of the claims that a source made first; counted over the whole log when asked for. */
  record(source: string): SourceRecord
}

/** A named, pure, revisioned way to weigh accounts; voices by default are never among them. */
export interface Resolver {
  readonly name: string
  readonly revision: number
  /** Voices come in the order of their account names, and the answer must not depend on it. */
  readonly resolve: (facet: string, voices: readonly Voice[], weighing: Weighing) => Resolution
  /** Whether it is asked of facets on which none speaks too; what it leaves undecided there is left out. */
  readonly unvoiced?: true
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

/** Counts of a record; `borneOut`, `contradicted` and `open` are parts of `first`. */
export interface RecordFigures {
  /** Values on one facet of one place that were new from the source. */
  readonly claims: number
  /** Of those, made before any independent origin made one that fits. */
  readonly first: number
  readonly borneOut: number
  readonly contradicted: number
  readonly open: number
  /** From the claim's publication to that of what decided it, in milliseconds; `null` where nothing was. */
  readonly medianMs: RecordMedians
  /** The same in valid time, from start to start; less than 0 where the later word spoke of earlier. */
  readonly medianValidMs: RecordMedians
}

export interface RecordMedians {
  readonly borneOut: number | null
  readonly contradicted: number | null
}

/** A claim that was first, with what decided it. */
export interface RecordCase {
  /** What was spoken of, in the words of the projection's keys. */
  readonly of: Key
  readonly facet: string
  /** Ids of reports; `null` where nothing decided it. */
  readonly claim: string
  readonly next: string | null
}

/** How a source's claims fared that it made before any independent origin did. */
export interface SourceRecord extends RecordFigures {
  readonly source: string
  /** Facets on which it made any claim. */
  readonly byFacet: Readonly<Record<string, RecordFigures>>
  /** The earliest published of each, a few. */
  readonly examples: {
    readonly borneOut: readonly RecordCase[]
    readonly contradicted: readonly RecordCase[]
    readonly open: readonly RecordCase[]
  }
}
