/**
 * What may be kept at all, whatever it means: plain JSON, in NFC, within limits. One set of
 * refusals for text that is read (json.ts) and for objects that a caller hands over.
 */
import { type ErrorCode, RashomonError } from '../errors.js'
import type { Limits } from './limits.js'
import { fieldOf, show } from './show.js'
import type { Json } from './types.js'
import { byteLength, longerThan } from './utf8.js'

/** Keys that reach a prototype. */
const POISON = new Set(['__proto__', 'constructor', 'prototype'])

/** All text below U+0300 is well-formed and in NFC. */
const ABOVE = /[\u0300-\uffff]/
const LONE_SURROGATE = /\p{Cs}/u
/** UAX 15's stream-safe form; to normalise longer runs takes quadratic time. */
const STACKED = /\p{M}{31}/u

/** What is wrong with a text, or `null`: the sentence goes on from the text itself. */
export function textFault(text: string): string | null {
  if (!ABOVE.test(text)) return null
  if (LONE_SURROGATE.test(text))
    return 'has half of a surrogate pair; whole characters would be right'
  if (STACKED.test(text))
    return 'has more than 30 combining marks in a row; at most 30 would be right'
  if (text.normalize('NFC') !== text)
    return 'is not in Unicode normal form C; normalise it with NFC'
  return null
}

/** What is wrong with a key of an object, or `null`. */
export function keyFault(key: string): string | null {
  return POISON.has(key) ? 'is a name that reaches a prototype; another name would be right' : null
}

/** What is wrong with a number, or `null`. */
export function numberFault(value: number): string | null {
  if (!Number.isFinite(value)) return 'is not finite; a finite number would be right'
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    return 'is a whole number beyond 2^53 - 1, which is not kept exactly; write it as text'
  return null
}

/** Under this name lists may be as long as an outline: its vertices have a limit of their own. */
const OUTLINE = 'outline'

/** How many items a list may have, by the keys it lies under. */
export function itemLimit(path: readonly (string | number)[], limits: Limits): number {
  return path.includes(OUTLINE) ? Math.max(limits.keys, limits.vertices) : limits.keys
}

/**
 * A plain copy of a value that a caller handed over, with `-0` as 0 and keys of undefined values
 * left out; the copy shares nothing with the value.
 *
 * @param path where the value lies, for messages
 * @throws `invalid-report` for what JSON cannot keep exactly (getters, cycles, instances,
 *   functions, unsafe integers, text not in NFC …), `too-large` beyond a limit.
 */
export function checkValue(
  value: unknown,
  limits: Limits,
  path: readonly (string | number)[] = [],
): Json {
  return measureValue(value, limits, path).value
}

/** As `checkValue`, with the UTF-16 units that the value takes in JSON, escapes aside. */
export function measureValue(
  value: unknown,
  limits: Limits,
  path: readonly (string | number)[] = [],
): { readonly value: Json; readonly units: number } {
  const copier = new Copier(limits, [...path])
  try {
    return { value: copier.copy(value), units: copier.units }
  } catch (error) {
    if (error instanceof RashomonError) throw error
    throw copier.refuse('invalid-report', 'cannot be read; a plain object would be right', error)
  }
}

class Copier {
  private readonly within: object[] = []
  units = 0

  constructor(
    private readonly limits: Limits,
    private readonly path: (string | number)[],
  ) {}

  copy(value: unknown): Json {
    switch (typeof value) {
      case 'string':
        return this.text(value)
      case 'number': {
        const fault = numberFault(value)
        if (fault !== null) throw this.refuse('invalid-report', `${show(value)} ${fault}`)
        this.spend(24)
        return value === 0 ? 0 : value
      }
      case 'boolean':
        this.spend(5)
        return value
      case 'object':
        if (value === null) {
          this.spend(5)
          return null
        }
        return this.structure(value)
      default:
        throw this.refuse(
          'invalid-report',
          `${show(value)} is no JSON; text, a number, true, false, null, a list or an object would be right`,
        )
    }
  }

  refuse(code: ErrorCode, message: string, cause?: unknown): RashomonError {
    const field = fieldOf(this.path)
    return new RashomonError(code, `${field === '' ? 'report' : field}: ${message}`, {
      place: field === '' ? {} : { field },
      cause,
    })
  }

  private text(value: string): string {
    if (longerThan(value, this.limits.string))
      throw this.refuse(
        'too-large',
        `text of ${byteLength(value)} bytes; at most ${this.limits.string} would be right`,
      )
    const fault = textFault(value)
    if (fault !== null) throw this.refuse('invalid-report', `${show(value)} ${fault}`)
    this.spend(value.length + 3)
    return value
  }

  private structure(value: object): Json {
    if (this.within.includes(value))
      throw this.refuse('invalid-report', 'holds itself; a value without cycles would be right')
    if (this.within.length >= this.limits.depth)
      throw this.refuse(
        'too-large',
        `lies deeper than ${this.limits.depth} levels; fewer levels would be right`,
      )
    this.within.push(value)
    const copied = Array.isArray(value) ? this.list(value) : this.record(value)
    this.within.pop()
    return copied
  }

  private list(value: readonly unknown[]): Json {
    const most = itemLimit(this.path, this.limits)
    const { length } = value
    if (length > most)
      throw this.refuse('too-large', `a list of ${length} items; at most ${most} would be right`)
    const own = Reflect.ownKeys(value).length
    if (own !== length + 1)
      throw this.refuse(
        'invalid-report',
        own > length + 1
          ? 'is a list with names of its own; items alone would be right'
          : 'is a list with holes; null or no item would be right',
      )
    this.spend(2 + length)
    const copied: Json[] = []
    for (let i = 0; i < length; i++) {
      this.path.push(i)
      copied.push(this.copy(this.own(value, String(i))))
      this.path.pop()
    }
    return copied
  }

  private record(value: object): Json {
    const made = maker(value)
    if (made !== null)
      throw this.refuse(
        'invalid-report',
        `is an instance of ${made}; a plain object would be right`,
      )
    if (Object.getOwnPropertySymbols(value).length > 0)
      throw this.refuse('invalid-report', 'has a symbol for a key; names would be right')
    const keys = Object.keys(value)
    if (keys.length > this.limits.keys)
      throw this.refuse(
        'too-large',
        `an object of ${keys.length} fields; at most ${this.limits.keys} would be right`,
      )
    this.spend(2)
    const copied: Record<string, Json> = {}
    for (const key of keys) {
      this.path.push(key)
      this.text(key)
      const fault = keyFault(key)
      if (fault !== null) throw this.refuse('invalid-report', `${show(key)} ${fault}`)
      const item = this.own(value, key)
      if (item !== undefined) copied[key] = this.copy(item)
      this.path.pop()
    }
    return copied
  }

  /** The value of an own key; a getter is not run. */
  private own(holder: object, key: string): unknown {
    const property = Object.getOwnPropertyDescriptor(holder, key)
    if (property === undefined || !('value' in property))
      throw this.refuse('invalid-report', 'is computed by a getter; a value would be right')
    return property.value
  }

  /** Counts what was copied, so that shared references cannot unfold without end. */
  private spend(units: number): void {
    this.units += units
    if (this.units > this.limits.body)
      throw this.refuse(
        'too-large',
        `more than ${this.limits.body} bytes in all; fewer would be right`,
      )
  }
}

/** Name of the class that made an object, or `null` where it is plain (of this realm or another). */
function maker(value: object): string | null {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return null
  if (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null) return null
  const name: unknown = (prototype as { constructor?: { name?: unknown } }).constructor?.name
  return typeof name === 'string' && name !== '' ? name.slice(0, 40) : 'class instance'
}
