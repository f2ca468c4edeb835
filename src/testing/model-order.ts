/** Order and equality as the rulings have them, for the naive model: canonical JSON, UTF-8 bytes. */
import type { Json } from '../report/types.js'

const utf8 = new TextEncoder()

/** Orders strings by their UTF-8 bytes (RULINGS 30). */
export function byBytes(a: string, b: string): number {
  const x = utf8.encode(a)
  const y = utf8.encode(b)
  for (let i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return x[i]! - y[i]!
  return x.length - y.length
}

/** JSON with sorted keys: equal texts are equal values. */
export function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  const parts = fields.map(([key, field]) => [JSON.stringify(key), canonical(field)] as const)
  return `{${parts
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${key}:${field}`)
    .join(',')}}`
}

/** Values without doubles: `null` first, the others in canonical JSON order. */
export function sortedValues<T extends Json>(values: Iterable<T>): T[] {
  const distinct = new Map([...values].map((value) => [canonical(value), value]))
  return [...distinct.entries()]
    .sort(([a, x], [b, y]) => (x === null ? -1 : y === null ? 1 : byBytes(a, b)))
    .map(([, value]) => value)
}
