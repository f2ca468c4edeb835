/**
 * What was worked out of texts that come again and again, so that once more costs a look-up. A
 * fixed number of places: a text takes its place the second time it comes, and leaves it to
 * another that does. What comes once alone is not kept, so it costs nothing later.
 */
export class Remembered<Value> {
  readonly #seen: Uint32Array
  readonly #kept: (Kept<Value> | undefined)[]

  /** @param places a power of two */
  constructor(places: number) {
    this.#seen = new Uint32Array(places)
    this.#kept = new Array(places).fill(undefined)
  }

  /** What is made of a text, now or before; `beside` tells apart what is made of equal texts. */
  of(text: string, beside: string | undefined, make: () => Value): Value {
    if (text.length > LONGEST) return make()
    const number = hash(text)
    const place = number & (this.#kept.length - 1)
    const kept = this.#kept[place]
    if (kept !== undefined && kept.text === text && kept.beside === beside) return kept.value
    const value = make()
    if (this.#seen[place] === number) this.#kept[place] = { text, beside, value }
    else this.#seen[place] = number
    return value
  }
}

/** Longer texts seldom come again, and would take much room. */
const LONGEST = 400

interface Kept<Value> {
  readonly text: string
  readonly beside: string | undefined
  readonly value: Value
}

/** FNV-1a over UTF-16 units; only where a text is put hangs on it. */
function hash(text: string): number {
  let mixed = 0x811c9dc5
  for (let i = 0; i < text.length; i++) mixed = Math.imul(mixed ^ text.charCodeAt(i), 0x01000193)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
