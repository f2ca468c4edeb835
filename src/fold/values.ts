/**
 * What rows set, interned: a *word* is one value of a facet, a *value* is what one row sets of
 * all facets, with the few words of the claim that are kept beside it. Distinct ones are few, and
 * rows hold their numbers. Texts are what is kept; a word is read from its text when asked for.
 */
import { canonicalText } from './intern.js'
import { deniedValue, type FacetSet, type FacetValue, UNSAID } from './projection.js'

/**
 * Numbers in the table of a value: the facet is not set, or it is set to unsaid; else a word, or
 * below `UNSET` the denial of one.
 */
export const UNSET = -1
export const NO_WORD = 0

/** What a row sets, beside what is said of the whole report. */
export interface Value {
  readonly facets: Readonly<Record<string, FacetSet>>
  readonly basis: string | null
  readonly status: string | null
  readonly change: boolean
}

type Beside = Pick<Value, 'basis' | 'status' | 'change'>

/** As a snapshot keeps them. */
export interface SavedValues {
  /** Texts of words, one after another in UTF-8, and where each ends. */
  readonly words: { readonly bytes: Uint8Array; readonly offsets: Int32Array }
  readonly beside: readonly Beside[]
  /** Of each value the number of what is kept beside it. */
  readonly values: Int32Array
  readonly table: Int32Array<ArrayBuffer>
}

export class Values {
  readonly #facets: readonly string[]
  /** Canonical text of each word, where it is at hand; that of unsaid is empty. */
  #texts: (string | undefined)[] = ['']
  #words: (FacetValue | undefined)[] = [undefined]
  #saved: SavedValues['words'] | null = null
  /** What is kept beside each value; the few that differ are shared. */
  #beside: Beside[] = []
  #wordNumbers: Map<string, number> | null = null
  #valueNumbers: Map<string, number> | null = null
  /** `facets.length` numbers for each value: `UNSET`, `NO_WORD` or a word. */
  table: Int32Array<ArrayBuffer> = new Int32Array(64)

  constructor(facets: readonly string[]) {
    this.#facets = facets
  }

  /** Takes saved values in, before any is numbered. */
  restore({ words, beside, values, table }: SavedValues): void {
    this.#saved = words
    this.#texts = new Array<string | undefined>(words.offsets.length)
    this.#words = new Array<FacetValue | undefined>(words.offsets.length)
    this.#beside = Array.from(values, (number) => beside[number]!)
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
    const word = JSON.parse(this.text(number)) as FacetValue
    this.#words[number] = word
    return word
  }

  text(number: number): string {
    const known = this.#texts[number]
    if (known !== undefined) return known
    const { bytes, offsets } = this.#saved!
    const from = number === 0 ? 0 : offsets[number - 1]!
    const text = new TextDecoder().decode(bytes.subarray(from, offsets[number]))
    this.#texts[number] = text
    return text
  }

  /** Whether any value sets a facet. */
  sets(facet: number): boolean {
    const width = this.#facets.length
    for (let value = 0; value < this.#beside.length; value++)
      if (this.table[value * width + facet] !== UNSET) return true
    return false
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
      if (set === undefined) return UNSET
      if (set === UNSAID) return NO_WORD
      const denial = deniedValue(set)
      return denial === undefined
        ? this.wordNumber(set as FacetValue)
        : UNSET - this.wordNumber(denial)
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
    const encoder = new TextEncoder()
    const texts = Array.from(this.#texts, (_, word) => encoder.encode(this.text(word)))
    const offsets = new Int32Array(texts.length)
    let size = 0
    for (const [word, { length }] of texts.entries()) {
      size += length
      offsets[word] = size
    }
    const bytes = new Uint8Array(size)
    for (const [word, text] of texts.entries()) bytes.set(text, offsets[word]! - text.length)
    const beside = new Map<string, number>()
    const values = Int32Array.from(this.#beside, (one) => {
      const text = JSON.stringify(one)
      const number = beside.get(text) ?? beside.size
      beside.set(text, number)
      return number
    })
    return {
      words: { bytes, offsets },
      beside: [...beside.keys()].map((text) => JSON.parse(text) as Beside),
      values,
      table: this.table.slice(0, this.#beside.length * this.#facets.length),
    }
  }

  /** The number of a word, the next one where it is new. */
  wordNumber(value: FacetValue): number {
    this.#wordNumbers ??= new Map(Array.from(this.#texts, (_, word) => [this.text(word), word]))
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
