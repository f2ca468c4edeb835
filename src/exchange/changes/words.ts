/**
 * What an account says of a place, in small numbers: one for each distinct set of words over all
 * facets, and what becomes of it where a claim sets or ends some of them.
 */

import { CONTROL_FACETS } from '../../index.js'
import { canonical } from '../canonical.js'

/** Index of a facet in `CONTROL_FACETS`. */
export type Facet = number

/** Per facet: a word's number, `UNSAID`, or `UNTOUCHED` where a claim does not speak of it. */
export type Effect = Int32Array

export const UNSAID = 0
export const UNTOUCHED = -1

/** The state in which nothing is said. */
export const SILENCE = 0

const FACETS = CONTROL_FACETS.length

export class Words {
  readonly #words: string[] = ['']
  readonly #wordNumbers = new Map<string, number>([['', UNSAID]])
  readonly #states: Int32Array[] = []
  readonly #stateNumbers = new Map<string, number>()
  readonly #effects: Effect[] = []
  readonly #effectNumbers = new Map<string, number>()
  readonly #after: number[][] = []

  constructor() {
    this.state(new Int32Array(FACETS))
  }

  /** The number of a facet's value; one said by default is another word. */
  word(value: unknown, byDefault: boolean): number {
    return numberOf(this.#wordNumbers, `${byDefault ? '~' : ''}${canonical(value)}`, (text) =>
      this.#words.push(text),
    )
  }

  /** The number of a state, given the word of each facet. */
  state(words: Int32Array): number {
    return numberOf(this.#stateNumbers, words.join(), () => this.#states.push(words.slice()))
  }

  /** The number of an effect. */
  effect(effect: Effect): number {
    return numberOf(this.#effectNumbers, effect.join(), () => this.#effects.push(effect.slice()))
  }

  wordsOf(state: number): Int32Array {
    return this.#states[state]!
  }

  effectOf(effect: number): Effect {
    return this.#effects[effect]!
  }

  /** The state after a claim; the same number where the claim says nothing else. */
  after(state: number, effect: number): number {
    const row = this.#after[state] ?? []
    this.#after[state] = row
    const known = row[effect]
    if (known !== undefined) return known
    const words = this.#states[state]!.slice()
    for (const [facet, word] of this.#effects[effect]!.entries())
      if (word !== UNTOUCHED) words[facet] = word
    const after = this.state(words)
    row[effect] = after
    return after
  }

  /** What of one state another says otherwise, as an effect. */
  between(from: number, to: number): Effect {
    const [a, b] = [this.#states[from]!, this.#states[to]!]
    return b.map((word, facet) => (word === a[facet] ? UNTOUCHED : word))
  }

  /** A claim's fields that have an effect. */
  claimOf(effect: Effect): Record<string, unknown> {
    const claim: Record<string, unknown> = {}
    const ends: string[] = []
    const not: Record<string, unknown> = {}
    for (const [facet, word] of effect.entries()) {
      const name = CONTROL_FACETS[facet]!
      if (word === UNSAID) ends.push(name)
      if (word === UNSAID || word === UNTOUCHED) continue
      const value = JSON.parse(this.#words[word]!.replace(/^~/, '')) as object
      if ('not' in value) not[name] = value.not
      else claim[name] = value
    }
    if (Object.keys(not).length > 0) claim.not = not
    if (ends.length > 0) claim.ends = ends
    return claim
  }

  /** Whether any word of an effect is said by default. */
  byDefault(effect: Effect): boolean {
    return effect.some((word) => word > UNSAID && this.#words[word]!.startsWith('~'))
  }
}

function numberOf(numbers: Map<string, number>, text: string, add: (text: string) => number) {
  const known = numbers.get(text)
  if (known !== undefined) return known
  const number = add(text) - 1
  numbers.set(text, number)
  return number
}
