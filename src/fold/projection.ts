/**
 * A projection: a named, pure fold of reports into state, per key. A register says which facets
 * a report sets and to what, and the engine does the rest (settled, possible, lapse, unsaid,
 * support); a fold is an immer recipe over the reports that have certainly begun.
 */
import { RashomonError } from '../errors.js'
import type { Account } from '../report/account.js'
import type { Claim, Hop, Json } from '../report/types.js'
import type { Instant } from '../time/instant.js'
import type { Window } from '../time/window.js'

/** A value that ends what the account says of a facet: unsaid from there on. */
export const UNSAID: unique symbol = Symbol('unsaid')

const DENIED: unique symbol = Symbol('denied')

/** What a report says is not so. */
export interface Denied {
  readonly [DENIED]: FacetValue
}

/**
 * Sets a facet to a denial: it removes what it contradicts and leaves the rest, as the projection's
 * `denials` say. Where nothing is left, or nothing stood, `value` stands: "not so" in the
 * projection's own form.
 */
export function denied(value: FacetValue): Denied {
  return { [DENIED]: value }
}

/** The value of a denial; `undefined` for what is none. */
export function deniedValue(set: FacetValue | typeof UNSAID | Denied): FacetValue | undefined {
  return typeof set === 'object' && set !== null && DENIED in set ? set[DENIED] : undefined
}

/** Plain strings by name, as in `{ place: 'al-eiss', account: 'al-masdar' }`. */
export type Key = Readonly<Record<string, string>>

/** A report as a projection sees it: in its form at the reading, with its account told. */
export interface Told<C = Claim> {
  readonly id: string
  readonly claim: C
  /** Name of the account, as in keys. */
  readonly account: string
  readonly teller: Account
  readonly attribution: readonly Hop[]
  /** Window of the start, after the cut at publication. */
  readonly start: Window
  /** Window of the end; absent where none was claimed or it is open. */
  readonly end?: Window
  readonly published: Instant
  readonly batch?: string
}

export type FacetValue = Json
/** What a facet is set to. */
export type FacetSet = FacetValue | typeof UNSAID | Denied
export type Facets<F extends string> = { readonly [facet in F]?: FacetSet }

/** One key that a report sets facets of. */
export interface Setting<F extends string = string> {
  readonly key: Key
  readonly facets: Facets<F>
  /** What it also sets in every part of `key.place` in force when the claim started. */
  readonly parts?: Facets<F>
}

/** Values of several facets of one account together; `null` is unsaid. */
export type Words = Readonly<Record<string, FacetValue | null>>

/** Facets that are judged together for a dispute, and when two accounts' words cannot both be right. */
export interface DisputeRule {
  readonly facets: readonly string[]
  readonly clash: (a: Words, b: Words) => 'who' | 'extent' | null
  /**
   * Of words that clash: whether both may tell of one state of things in words of their own. Asked
   * both ways round; without it no clash is one of vocabulary.
   */
  readonly vocabulary?: (a: Words, b: Words) => boolean
  /** The facet, if any, whose change by agreeing accounts in windows that do not meet is a dispute on when. */
  readonly when?: string
}

export interface RegisterProjection<F extends string = string> {
  readonly type: 'register'
  readonly name: string
  readonly revision: number
  /** Claim kinds it reads. */
  readonly reads: readonly string[]
  readonly facets: readonly F[]
  readonly sets: (told: Told) => Iterable<Setting<F>>
  readonly disputes: readonly DisputeRule[]
  /** What is possible where a value is settled, each in its stead; the value alone unless given. */
  readonly alternatives?: (value: FacetValue) => readonly FacetValue[]
  /** What denials come to; a register that sets any has them. */
  readonly denials?: Denials
}

/** What denials come to in a register; pure. */
export interface Denials {
  /**
   * What a denial leaves of a value that stands: the same value where it is compatible, which
   * renews it; `null` where nothing is left of it.
   */
  readonly leaves: (value: FacetValue, denial: FacetValue) => FacetValue | null
  /** What a denial that stands and a further one come to. */
  readonly joined: (standing: FacetValue, further: FacetValue) => FacetValue
}

export interface FoldProjection<S = unknown> {
  readonly type: 'fold'
  readonly name: string
  readonly revision: number
  readonly reads: readonly string[]
  readonly keys: (told: Told) => Iterable<Key>
  /** State before any report; plain JSON. */
  readonly initial: (key: Key) => S
  /** Changes the draft in place; reports come in canonical order. */
  readonly apply: (draft: S, told: Told, key: Key) => void
}

// biome-ignore lint/suspicious/noExplicitAny: a set of projections holds folds of any state
export type Projection = RegisterProjection | FoldProjection<any>

type Optional<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>
type RegisterDefinition<F extends string> = Optional<RegisterProjection<F>, 'revision' | 'disputes'>
type FoldDefinition<S> = Optional<FoldProjection<S>, 'revision'>

/**
 * Makes a projection; revision is 1 unless given.
 *
 * Snapshots tell projections apart by name, revision, facets and the text of `sets` (with that of
 * `alternatives`) or `keys`. What these use from outside that text is not seen: whoever changes
 * that raises the revision, and a function that makes projections names them by what it is given.
 *
 * @throws `invalid-definition` when the name is not lower-case words, or it reads no kind.
 */
export function defineProjection<const F extends string>(
  definition: RegisterDefinition<F>,
): RegisterProjection<F>
export function defineProjection<S>(definition: FoldDefinition<S>): FoldProjection<S>
export function defineProjection(
  definition: RegisterDefinition<string> | FoldDefinition<unknown>,
): Projection {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(definition.name))
    throw new RashomonError(
      'invalid-definition',
      `name: ${JSON.stringify(definition.name)} is no name of a projection; lower-case letters, digits and dashes would be`,
    )
  if (definition.reads.length === 0)
    throw new RashomonError(
      'invalid-definition',
      `reads: projection "${definition.name}" reads no claim kind; name at least one, as in ['control']`,
    )
  return definition.type === 'register'
    ? { revision: 1, disputes: [], ...definition }
    : { revision: 1, ...definition }
}
