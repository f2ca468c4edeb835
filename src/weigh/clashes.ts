/**
 * Clashes by number: whether words clash under a rule, asked of a projection once for every two
 * combinations of words and remembered. A combination is what one account says of the facets of a
 * rule; whole maps hold few of them.
 */
import type { DisputeRule, FacetValue, Words } from '../fold/projection.js'
import { isVocabulary, saysToo } from './causes.js'
import { clashing, clashOf } from './standing.js'

/** What two combinations come to that clash. */
export interface Verdict {
  readonly kind: 'who' | 'extent'
  readonly facets: readonly string[]
  readonly vocabulary: boolean
  readonly words: readonly [Words, Words]
  /** Of values that rows set, by number: whether a word of either party says what the other says. */
  readonly agrees: readonly [Map<number, boolean>, Map<number, boolean>]
}

/** The combination of one who says nothing. */
export const SILENT = 0

/** The range of one of whom nothing is possible but silence. */
export const ONLY_SILENT = 0

/** What a party goes on to say. */
export interface LaterRow {
  readonly party: 0 | 1
  readonly value: number
  readonly words: (facets: readonly string[]) => Words
}

/** Wide enough for any two combinations in one number. */
const WIDE = 2 ** 26

export class RuleClashes {
  readonly rule: DisputeRule
  readonly #word: (word: number) => FacetValue | null
  readonly #numbers = new Map<number, number>()
  readonly #words: Words[]
  readonly #verdicts = new Map<number, Verdict | null>()
  /** Combinations that are possible together, by the number of their range. */
  readonly #ranges: (readonly number[])[] = [[SILENT]]
  readonly #choices = new Map<number, number>()
  readonly #rangeNumbers = new Map<number, number>()
  readonly #apart = new Map<number, boolean>()

  /** `word` gives the value of a word's number; that of silence is 0. */
  constructor(rule: DisputeRule, word: (word: number) => FacetValue | null) {
    this.rule = rule
    this.#word = word
    this.#words = [Object.fromEntries(rule.facets.map((facet) => [facet, null]))]
  }

  /** The combination of an account's words, one for each facet of the rule; the array may be used again. */
  combination(words: readonly number[]): number {
    let number = SILENT
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!
      if (word !== 0) number = this.#joined(number, i, word)
    }
    return number
  }

  /** The range that leaves open, beside what `range` does, which of two words is said of a facet. */
  withEither(range: number, facet: number, word: number, other: number): number {
    if (word === 0 && other === 0) return range
    const either = numbered(this.#choices, word * WIDE + other)
    const key = (range * this.rule.facets.length + facet) * WIDE + either
    const number = numbered(this.#rangeNumbers, key) + 1
    if (number === this.#ranges.length) {
      const words = word === other ? [word] : [word, other]
      this.#ranges.push(
        this.#ranges[range]!.flatMap((before) =>
          words.map((one) => (one === 0 ? before : this.#joined(before, facet, one))),
        ),
      )
    }
    return number
  }

  /** Whether nothing in one range fits anything in the other. */
  areApart(a: number, b: number): boolean {
    const pair = a * WIDE + b
    const known = this.#apart.get(pair)
    if (known !== undefined) return known
    const others = this.#ranges[b]!
    const apart = this.#ranges[a]!.every((one) =>
      others.every((other) => this.verdict(one, other) !== null),
    )
    this.#apart.set(pair, apart)
    return apart
  }

  words(combination: number): Words {
    return this.#words[combination]!
  }

  /** `null` where they fit. */
  verdict(a: number, b: number): Verdict | null {
    if (a === SILENT || b === SILENT) return null
    const pair = a * WIDE + b
    const known = this.#verdicts.get(pair)
    if (known !== undefined) return known
    const verdict = this.#judge(this.words(a), this.words(b))
    this.#verdicts.set(pair, verdict)
    return verdict
  }

  /** Whether what a row of a party sets, told by the number of its value, says what the other party says. */
  agrees({ agrees, words, facets }: Verdict, row: LaterRow): boolean {
    const known = agrees[row.party].get(row.value)
    if (known !== undefined) return known
    const other = words[row.party === 0 ? 1 : 0]
    const says = saysToo(row.words(facets), other, { rule: this.rule, facets })
    agrees[row.party].set(row.value, says)
    return says
  }

  #judge(a: Words, b: Words): Verdict | null {
    const kind = clashOf(a, b, this.rule)
    if (kind === null) return null
    return {
      kind,
      facets: clashing(a, b, this.rule),
      vocabulary: isVocabulary(this.rule, a, b),
      words: [a, b],
      agrees: [new Map(), new Map()],
    }
  }

  /** The combination that says of one more facet a word. */
  #joined(combination: number, facet: number, word: number): number {
    const { facets } = this.rule
    const text = (combination * facets.length + facet) * WIDE + word
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#words.length
    this.#words.push({ ...this.words(combination), [facets[facet]!]: this.#word(word) })
    this.#numbers.set(text, number)
    return number
  }
}

function numbered(numbers: Map<number, number>, key: number): number {
  const known = numbers.get(key)
  if (known !== undefined) return known
  numbers.set(key, numbers.size)
  return numbers.size - 1
}
