/**
 * What a projection says of its values, asked by the numbers of words and remembered: the
 * alternatives of a value, and what denials come to. A row that denies carries `denialOf(word)` in
 * the table of its value, a number below `UNSET`.
 */
import { RashomonError } from '../errors.js'
import type { Denials, FacetValue, Projection } from './projection.js'
import { NO_WORD, UNSET, type Values } from './values.js'

/** Whether a row that sets a facet to `code` denies. */
export function isDenial(code: number): boolean {
  return code < UNSET
}

/** The word of a denial, that which stands where nothing else does. */
export function deniedWord(code: number): number {
  return UNSET - code
}

/** The number in the table of a row that denies. */
export function denialOf(word: number): number {
  return UNSET - word
}

/** Words of one store are far fewer. */
const MOST_WORDS = 2 ** 26

export class Meanings {
  readonly #values: Values
  readonly #alternatives: ((value: FacetValue) => readonly FacetValue[]) | undefined
  readonly #denials: Denials | undefined
  readonly #name: string
  readonly #itself = new Map<number, readonly number[]>()
  readonly #left = new Map<number, number>()
  readonly #joined = new Map<number, number>()

  constructor(projection: Projection, values: Values) {
    this.#values = values
    this.#name = projection.name
    if (projection.type === 'fold') return
    this.#alternatives = projection.alternatives
    this.#denials = projection.denials
  }

  /** What is possible where a word is settled. */
  alternatives(word: number): readonly number[] {
    const known = this.#itself.get(word)
    if (known !== undefined) return known
    const value = this.#values.word(word)
    const found = value === null ? [] : (this.#alternatives?.(value) ?? [value])
    const words = found.map((one) => this.#values.wordNumber(one))
    this.#itself.set(word, words)
    return words
  }

  /** What a denial's word leaves of a word: the same where they are compatible, `NO_WORD` for nothing. */
  left(word: number, denial: number): number {
    return this.#remembered(this.#left, word, denial, ({ leaves }, a, b) => leaves(a, b))
  }

  /** The word of two denials together. */
  joined(standing: number, further: number): number {
    if (standing === further) return standing
    return this.#remembered(this.#joined, standing, further, ({ joined }, a, b) => joined(a, b))
  }

  /** Whether some facet of a value denies, or names alternatives. */
  branches(value: number): boolean {
    const { facets, table } = this.#values
    for (let at = value * facets.length; at < (value + 1) * facets.length; at++) {
      const code = table[at]!
      if (isDenial(code)) return true
      if (this.#alternatives !== undefined && code > NO_WORD && this.#several(code)) return true
    }
    return false
  }

  #several(word: number): boolean {
    const [only, ...others] = this.alternatives(word)
    return only !== word || others.length > 0
  }

  #remembered(
    memory: Map<number, number>,
    a: number,
    b: number,
    work: (denials: Denials, a: FacetValue, b: FacetValue) => FacetValue | null,
  ): number {
    const key = a * MOST_WORDS + b
    const known = memory.get(key)
    if (known !== undefined) return known
    if (this.#denials === undefined)
      throw new RashomonError(
        'invalid-definition',
        `denials: projection "${this.#name}" denies and does not say what denials come to; { leaves, joined } would be right`,
      )
    const found = work(this.#denials, this.#values.word(a)!, this.#values.word(b)!)
    const word = found === null ? NO_WORD : this.#values.wordNumber(found)
    memory.set(key, word)
    return word
  }
}
