/** Small integers for what recurs: places, accounts, facet values. Numbers are given from 0, for ever. */
import { compareUtf8 } from '../report/utf8.js'

export class Intern<T> {
  readonly #numbers = new Map<string, number>()
  readonly #items: T[] = []

  /** The number of the item that `text` tells apart, made by `make` when first met. */
  number(text: string, make: () => T): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const next = this.#items.length
    this.#numbers.set(text, next)
    this.#items.push(make())
    return next
  }

  find(text: string): number | undefined {
    return this.#numbers.get(text)
  }

  item(number: number): T {
    return this.#items[number] as T
  }

  get size(): number {
    return this.#items.length
  }
}

/** JSON with keys in one order: equal values have equal texts. What has a `toJSON` is what that gives. */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalText(value.toJSON())
  const record = value as Record<string, unknown>
  const fields = Object.keys(record)
    .filter((name) => record[name] !== undefined)
    .sort(compareUtf8)
    .map((name) => `${JSON.stringify(name)}:${canonicalText(record[name])}`)
  return `{${fields.join(',')}}`
}
