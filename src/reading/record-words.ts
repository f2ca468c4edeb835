/**
 * The words of accounts on one facet, as a source's record looks at them: what is a word at all, which
 * are new, what stood settled when, and what came next. Rows stand for reports; see record.ts for what
 * each of these means.
 */
import { BY_DEFAULT } from '../fold/columns.js'
import type { RegisterProjection } from '../fold/projection.js'
import type { Sight } from '../fold/sight.js'
import type { Slot } from '../fold/slot.js'
import type { Store } from '../fold/store.js'
import { NO_WORD, UNSET } from '../fold/values.js'
import type { Instant } from '../time/instant.js'
import { fitAlone } from '../weigh/fitting.js'

/** Rows of one account that set the facet and are seen, in canonical order. */
export type Telling = readonly number[]

export class FacetWords {
  readonly facet: string
  readonly #store: Store
  readonly #sight: Sight
  readonly #number: number
  readonly #valid: Instant
  /** Whether two words fit, by their numbers. */
  readonly #fits = new Map<string, boolean>()

  constructor(store: Store, sight: Sight, facet: number, valid: Instant) {
    this.facet = store.values.facets[facet]!
    this.#store = store
    this.#sight = sight
    this.#number = facet
    this.#valid = valid
  }

  telling(slot: Slot): Telling {
    return this.#store
      .list(slot, 'own')
      .filter((row) => this.#word(row) !== UNSET && this.#sight.sees(row))
  }

  /** Claims of a source, from its accounts: certain, and new from it; by publication, then canonically. */
  newIn(ours: readonly Telling[]): number[] {
    const { latest } = this.#store.columns
    return ours
      .flat()
      .sort(this.#asMade)
      .filter((claim) => {
        if (!this.#says(claim) || !this.#isCertain(claim)) return false
        const before = (row: number) => this.#asMade(row, claim) < 0
        return !ours.some((telling) => {
          const standing = this.#standing(telling, before, latest[claim]! - 1)
          return standing !== null && this.#word(standing) === this.#word(claim)
        })
      })
  }

  /** Whether an account had said what fits a claim, by when that was published, and it stood. */
  hadSaid(telling: Telling, claim: number): boolean {
    const { published, latest } = this.#store.columns
    const by = (row: number) => published[row]! <= published[claim]!
    const standing = this.#standing(telling, by, latest[claim]! - 1)
    return standing !== null && this.fits(claim, standing)
  }

  /** The next words after a claim: one, or several that start and were published alike. */
  next(theirs: readonly Telling[], claim: number): number[] {
    const { published, earliest, latest } = this.#store.columns
    const later = theirs
      .flat()
      .filter(
        (row) =>
          this.#says(row) &&
          this.#isCertain(row) &&
          published[row]! > published[claim]! &&
          latest[row]! > earliest[claim]!,
      )
    const order = (a: number, b: number) =>
      published[a]! - published[b]! ||
      latest[a]! - latest[b]! ||
      ascending(earliest[a]!, earliest[b]!)
    const inOrder = (a: number, b: number) => order(a, b) || this.#store.compare(a, b)
    const [first, ...others] = later.sort(inOrder)
    if (first === undefined) return []
    return [first, ...others.filter((row) => order(first, row) === 0)]
  }

  fits(a: number, b: number): boolean {
    const { values, projection } = this.#store
    const [x, y] = [this.#word(a), this.#word(b)]
    const key = `${x} ${y}`
    const known = this.#fits.get(key)
    if (known !== undefined) return known
    const { disputes } = projection as RegisterProjection
    const fits = fitAlone(this.facet, values.word(x)!, values.word(y)!, disputes)
    this.#fits.set(key, fits)
    return fits
  }

  /** From a claim to a later word, in milliseconds: by publication, and from start to start. */
  between(claim: number, next: number): { readonly ms: number; readonly validMs: number } {
    const { published, latest } = this.#store.columns
    return { ms: published[next]! - published[claim]!, validMs: latest[next]! - latest[claim]! }
  }

  published(row: number): number {
    return this.#store.columns.published[row]!
  }

  /** The word that stood settled in an account at an instant, of those that `counts`; `null` for none. */
  #standing(telling: Telling, counts: (row: number) => boolean, t: number): number | null {
    const { latest, endTo } = this.#store.columns
    const last = telling.findLast((row) => latest[row]! - 1 <= t && counts(row))
    if (last === undefined || !this.#says(last) || endTo[last]! - 1 <= t) return null
    return last
  }

  /** By publication; of what is published at once, in canonical order. */
  readonly #asMade = (a: number, b: number): number => {
    const { published } = this.#store.columns
    return published[a]! - published[b]! || this.#store.compare(a, b)
  }

  /** Whether a row says a value of the facet, not by default. */
  #says(row: number): boolean {
    return this.#word(row) > NO_WORD && (this.#store.columns.flags[row]! & BY_DEFAULT) === 0
  }

  #isCertain(row: number): boolean {
    return this.#store.columns.latest[row]! - 1 <= this.#valid
  }

  #word(row: number): number {
    return this.#store.word(row, this.#number)
  }
}

/** Open ends cannot be subtracted from each other. */
function ascending(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
