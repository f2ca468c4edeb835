/** What was asked for last, by position: each place in it holds the newest of those that share it. */
export class Recent<T> {
  readonly #positions: Int32Array
  readonly #items: (T | undefined)[]

  /** `size` is a power of two. */
  constructor(size: number) {
    this.#positions = new Int32Array(size)
    this.#items = new Array<T | undefined>(size)
  }

  /** Positions are from 1. */
  get(position: number): T | undefined {
    const at = position & (this.#positions.length - 1)
    return this.#positions[at] === position ? this.#items[at] : undefined
  }

  set(position: number, item: T): void {
    const at = position & (this.#positions.length - 1)
    this.#positions[at] = position
    this.#items[at] = item
  }

  clear(): void {
    this.#positions.fill(0)
    this.#items.fill(undefined)
  }
}
