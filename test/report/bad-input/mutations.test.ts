import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { isRashomonError } from '../../../src/errors.js'
import { restoreSealed, seal } from '../../../src/integrity/seal.js'
import type { Draft } from '../../../src/report/door.js'
import { readJson } from '../../../src/report/json.js'
import { LIMITS } from '../../../src/report/limits.js'
import { aleppo } from '../../../src/testing/aleppo.js'
import { doorWith } from '../support.js'
import { mutated } from './mutations.js'

const door = doorWith()
const context = { zoneOf: () => undefined, reportOf: () => undefined, index: 0 }
const CODES = ['invalid-report', 'invalid-time', 'too-large', 'unknown-report']

/** A draft, or `null` where the input was refused as it should be; anything else fails. */
function readOrRefuse(input: unknown): Draft | null {
  try {
    return door.read(input, context)
  } catch (error) {
    if (!isRashomonError(error)) throw error
    expect(CODES).toContain(error.code)
    expect(error.category).toBe('caller')
    expect(error.place.report).toBe(0)
    expect(error.message).not.toBe('')
    return null
  }
}

function isUnpolluted(): void {
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  expect(Object.keys(Array.prototype)).toEqual([])
}

describe('a good report with one thing done to it', () => {
  test.prop([mutated], { numRuns: 1500 })('is read, or refused with its place', ({ input }) => {
    readOrRefuse(input)
    isUnpolluted()
  })

  test.prop([mutated], { numRuns: 500 })('where it is read, survives the log', ({ input }) => {
    const draft = readOrRefuse(input)
    if (draft === null) return
    const sealed = seal(draft)
    const report = door.open(sealed.bytes)
    const again = door.stored(report, sealed.parts)
    expect(again.hidden).toEqual(draft.hidden)
    expect(restoreSealed(again.report, sealed.parts)).toEqual(sealed)
  })

  test.prop([mutated], { numRuns: 300 })('is not changed by being read', ({ input }) => {
    const before = describeAll(input)
    readOrRefuse(input)
    expect(describeAll(input)).toBe(before)
  })
})

/** Own keys and values, getters not run. */
function describeAll(value: unknown, seen: unknown[] = []): string {
  if (typeof value !== 'object' || value === null) return `${typeof value} ${String(value)}`
  if (seen.includes(value)) return 'again'
  return Object.entries(Object.getOwnPropertyDescriptors(value))
    .map(
      ([key, own]) =>
        `${key}: ${'value' in own ? describeAll(own.value, [...seen, value]) : 'got'}`,
    )
    .join('; ')
}

test('pollution would be seen: a reader that merges keys as they come is caught', () => {
  const merge = (into: Record<string, unknown>, from: Record<string, unknown>) => {
    for (const key of Object.keys(from))
      if (typeof from[key] === 'object' && from[key] !== null) {
        if (into[key] === undefined) into[key] = {}
        merge(into[key] as Record<string, unknown>, from[key] as Record<string, unknown>)
      } else into[key] = from[key]
  }
  try {
    merge({}, JSON.parse('{"claim": {"__proto__": {"polluted": true}}}'))
    expect(isUnpolluted).toThrow()
  } finally {
    Reflect.deleteProperty(Object.prototype, 'polluted')
  }
  isUnpolluted()
})

describe('a good report as text with one character changed', () => {
  const texts = aleppo.all.map((report) => JSON.stringify(report))
  const spoilt = fc
    .constantFrom(...texts)
    .chain((text) =>
      fc.record({
        text: fc.constant(text),
        at: fc.nat(text.length - 1),
        by: fc.oneof(
          fc.constantFrom(
            '',
            '"',
            '\\',
            '{',
            '}',
            '[',
            ']',
            ',',
            ':',
            '0',
            '-',
            '\u0301',
            '\ud800',
            '\0',
          ),
          fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
        ),
      }),
    )
    .map(({ text, at, by }) => text.slice(0, at) + by + text.slice(at + 1))

  test.prop([spoilt], { numRuns: 1000 })('is read, or refused with row and column', (text) => {
    let value: unknown
    try {
      value = readJson(text, { limits: LIMITS })
    } catch (error) {
      if (!isRashomonError(error)) throw error
      expect(['invalid-json', 'too-large']).toContain(error.code)
      expect(error.place.row).toBeGreaterThanOrEqual(1)
      expect(error.place.column).toBeGreaterThanOrEqual(1)
      return
    }
    expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)))
    readOrRefuse(value)
    isUnpolluted()
  })
})
