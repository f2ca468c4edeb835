/**
 * The words of accounts on one facet, as a source's record looks at them: what is a word at all, which
 * are new, what stood settled when, and what came next. Rows stand for reports; see record.ts for what
 * each of these means.
 */
import { BY_DEFAULT } from '../fold/columns.js'
import { deniedWord, isDenial } from '../fold/meanings.js'
import type { RegisterProjection } from '../fold/projection.js'
import type { Sight } from '../fold/sight.js'
import type { Slot } from '../fold/slot.js'
import type { Store } from '../fold/store.js'
import { NO_WORD, UNSET } from '../fold/values.js'
import type { Instant } from '../time/instant.js'
import { fitAlone } from '../weigh/fitting.js'

/** Rows of one account that set or deny the facet and are seen, in canonical order. */
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
          return standing === this.#word(claim)
        })
      })
  }

  /** Whether an account had said what fits a claim, by when that was published, and it stood. */
  hadSaid(telling: Telling, claim: number): boolean {
    const { published, latest } = this.#store.columns
    const by = (row: number) => published[row]! <= published[claim]!
    const standing = this.#standing(telling, by, latest[claim]! - 1)
    return standing !== NO_WORD && this.#fit(this.#word(claim), standing)
  }

  /** The next words after a claim: one, or several that start and were published alike. */
  next(theirs: readonly Telling[], claim: number): number[] {
    const { published, earliest, latest } = this.#store.columns
    const later = theirs
      .flat()
      .filter(
        (row) =>
          this.#isCertain(row) &&
          published[row]! > published[claim]! &&
          latest[row]! > earliest[claim]! &&
          (this.#says(row) || this.#refutes(row, claim)),
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

  /** Whether a later word fits a claim; the denial of what is claimed does not. */
  fits(claim: number, next: number): boolean {
    const word = this.#word(next)
    return this.#fit(this.#word(claim), isDenial(word) ? deniedWord(word) : word)
  }

  /** From a claim to a later word, in milliseconds: by publication, and from start to start. */
  between(claim: number, next: number): { readonly ms: number; readonly validMs: number } {
    const { published, latest } = this.#store.columns
    return { ms: published[next]! - published[claim]!, validMs: latest[next]! - latest[claim]! }
  }

  published(row: number): number {
    return this.#store.columns.published[row]!
  }

  /** The word that stood settled in an account at an instant by the rows that `counts`; `NO_WORD` for none. */
  #standing(telling: Telling, counts: (row: number) => boolean, t: number): number {
    const { latest, endTo } = this.#store.columns
    const denials: number[] = []
    for (let i = telling.length - 1; i >= 0; i--) {
      const row = telling[i]!
      if (latest[row]! - 1 > t || !counts(row)) continue
      const word = this.#word(row)
      if (isDenial(word)) denials.unshift(deniedWord(word))
      else if (!this.#says(row) || endTo[row]! - 1 <= t) return NO_WORD
      else return denials.reduce((left, denial) => this.#left(left, denial), word)
    }
    return NO_WORD
  }

  /** What a denial leaves of a word. */
  #left(word: number, denial: number): number {
    return word === NO_WORD ? NO_WORD : this.#store.meanings.left(word, denial)
  }

  #fit(a: number, b: number): boolean {
    const { values, projection } = this.#store
    const key = `${a} ${b}`
    const known = this.#fits.get(key)
    if (known !== undefined) return known
    const { disputes } = projection as RegisterProjection
    const fits = fitAlone(this.facet, values.word(a)!, values.word(b)!, disputes)
    this.#fits.set(key, fits)
    return fits
  }

  /** By publication; of what is published at once, in canonical order. */
  readonly #asMade = (a: number, b: number): number => {
    const { published } = this.#store.columns
    return published[a]! - published[b]! || this.#store.compare(a, b)
  }

  /** Whether a row says a value of the facet, not by default. */
  #says(row: number): boolean {
    return this.#word(row) > NO_WORD && !this.#isDefault(row)
  }

  /** Whether a row denies what is claimed, which is more than to say nothing of it. */
  #refutes(row: number, claim: number): boolean {
    return isDenial(this.#word(row)) && !this.#isDefault(row) && !this.fits(claim, row)
  }

  #isDefault(row: number): boolean {
    return (this.#store.columns.flags[row]! & BY_DEFAULT) !== 0
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
