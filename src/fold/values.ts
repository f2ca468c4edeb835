/**
 * What rows set, interned: a *word* is one value of a facet, a *value* is what one row sets of
 * all facets, with the few words of the claim that are kept beside it. Distinct ones are few, and
 * rows hold their numbers. Texts are what is kept; a word is read from its text when asked for.
 */
import { canonicalText } from './intern.js'
import { type FacetValue, UNSAID } from './projection.js'

/** Numbers in the table of a value: the facet is not set, or it is set to unsaid; else a word. */
export const UNSET = -1
export const NO_WORD = 0

/** What a row sets, beside what is said of the whole report. */
export interface Value {
  readonly facets: Readonly<Record<string, FacetValue | typeof UNSAID>>
  readonly basis: string | null
  readonly status: string | null
  readonly change: boolean
}

type Beside = Pick<Value, 'basis' | 'status' | 'change'>

/** As a snapshot keeps them. */
export interface SavedValues {
  readonly words: readonly string[]
  readonly values: readonly (readonly [
    basis: string | null,
    status: string | null,
    change: 0 | 1,
  ])[]
  readonly table: Int32Array<ArrayBuffer>
}

export class Values {
  readonly #facets: readonly string[]
  /** Canonical text of each word; that of unsaid is empty. */
  #texts: string[] = ['']
  #words: (FacetValue | undefined)[] = [undefined]
  #beside: Beside[] = []
  #wordNumbers: Map<string, number> | null = null
  #valueNumbers: Map<string, number> | null = null
  /** `facets.length` numbers for each value: `UNSET`, `NO_WORD` or a word. */
  table: Int32Array<ArrayBuffer> = new Int32Array(64)

  constructor(facets: readonly string[]) {
    this.#facets = facets
  }

  /** Takes saved values in, before any is numbered. */
  restore({ words, values, table }: SavedValues): void {
    this.#texts = [...words]
    this.#words = new Array(words.length)
    this.#beside = values.map(([basis, status, change]) => ({
      basis,
      status,
      change: change === 1,
    }))
    this.table = table
  }

  get facets(): readonly string[] {
    return this.#facets
  }

  /** How many words there are, that of unsaid among them. */
  get words(): number {
    return this.#texts.length
  }

  /** The value of a word; `null` for unsaid. */
  word(number: number): FacetValue | null {
    if (number <= NO_WORD) return null
    const known = this.#words[number]
    if (known !== undefined) return known
    const word = JSON.parse(this.#texts[number]!) as FacetValue
    this.#words[number] = word
    return word
  }

  text(number: number): string {
    return this.#texts[number]!
  }

  /** A bit for each facet that a value sets; facets beyond 32 share bits. */
  mask(value: number): number {
    const width = this.#facets.length
    let mask = 0
    for (let facet = 0; facet < width; facet++)
      if (this.table[value * width + facet] !== UNSET) mask |= 1 << (facet & 31)
    return mask
  }

  beside(value: number): Beside {
    return this.#beside[value]!
  }

  /** The number of a value, the next one where it is new. */
  number(value: Value): number {
    const words = this.#facets.map((facet) => {
      const set = value.facets[facet]
      return set === undefined ? UNSET : set === UNSAID ? NO_WORD : this.#wordNumber(set)
    })
    const { basis, status, change } = value
    const text = valueText({ basis, status, change }, words)
    this.#valueNumbers ??= this.#numberValues()
    const known = this.#valueNumbers.get(text)
    if (known !== undefined) return known
    const number = this.#beside.length
    this.#valueNumbers.set(text, number)
    this.#beside.push({ basis, status, change })
    this.#setTable(number, words)
    return number
  }

  save(): SavedValues {
    return {
      words: this.#texts,
      values: this.#beside.map(({ basis, status, change }) => [basis, status, change ? 1 : 0]),
      table: this.table.slice(0, this.#beside.length * this.#facets.length),
    }
  }

  #wordNumber(value: FacetValue): number {
    this.#wordNumbers ??= new Map(this.#texts.map((text, number) => [text, number]))
    const text = canonicalText(value)
    const known = this.#wordNumbers.get(text)
    if (known !== undefined) return known
    const number = this.#texts.length
    this.#wordNumbers.set(text, number)
    this.#texts.push(text)
    this.#words.push(value)
    return number
  }

  #numberValues(): Map<string, number> {
    const width = this.#facets.length
    return new Map(
      this.#beside.map((beside, number) => {
        const words = [...this.table.subarray(number * width, (number + 1) * width)]
        return [valueText(beside, words), number]
      }),
    )
  }

  #setTable(number: number, words: readonly number[]): void {
    const at = number * words.length
    if (at + words.length > this.table.length) {
      const grown = new Int32Array((at + words.length) * 2)
      grown.set(this.table)
      this.table = grown
    }
    this.table.set(words, at)
  }
}

function valueText({ basis, status, change }: Beside, words: readonly number[]): string {
  return `${words.join()} ${change ? 1 : 0} ${JSON.stringify([basis, status])}`
}
