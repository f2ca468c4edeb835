import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRashomonError, type RashomonError } from '../../src/errors.js'
import { readEnd, readMoment, readPublished, readTime } from '../../src/time/read.js'
import type { SaidTime } from '../../src/time/said.js'
import { checkZone } from '../../src/time/zone.js'
import { DAMASCUS, suggestionOf } from './refusal.js'

const GOOD = [
  '2015-11-12T11:30:05.125+02:00~',
  '2015-11-12T11:30[Asia/Damascus]/2015-11-12T12:00Z',
  '-0043-03-15',
  '+012345-11-12T23:59',
  '../2015-11~',
  'Y-12345/..',
  'evening of 12 November 2015',
  '2015-W46-4',
  '[1667,1668..1670]',
  'P1Y2M3DT4H',
]

const signs = fc.constantFrom(...'0123456789-+:.,/~?%TZYXWPREuS[]{} ^abn')

/** Texts of every kind: arbitrary, of the signs that times have, and good ones spoilt. */
const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: signs, maxLength: 40 }),
  fc
    .array(fc.constantFrom(...GOOD, '/', '-', 'T', '~', ' '), { maxLength: 4 })
    .map((of) => of.join('')),
  fc
    .record({
      good: fc.constantFrom(...GOOD),
      at: fc.nat(60),
      cut: fc.nat(3),
      put: fc.string({ unit: signs, maxLength: 3 }),
    })
    .map(({ good, at, cut, put }) => good.slice(0, at) + put + good.slice(at + cut)),
)

/** Reasons that turn on a zone or on the ends of the line, which no suggestion is put to. */
const BEYOND_GRAMMAR = ['zone', 'offset', 'skipped', 'out-of-range', 'backwards', 'empty-window']

/** Whatever comes in, a time that is no empty window comes out, or a refusal that says all. */
function readsOrRefuses(reader: (input: string) => SaidTime): void {
  const property = fc.property(texts, (text) => {
    let said: SaidTime
    try {
      said = reader(text)
    } catch (error) {
      if (!isRashomonError(error, 'invalid-time')) throw error
      expect(error.place).toEqual({ field: 'when' })
      expect(error.message).toMatch(/^when: \S/)
      expect(error.message.length).toBeLessThan(1200)
      const bounds = suggestionOf(error)?.bounds
      if (bounds === undefined || bounds.includes('<')) return
      try {
        reader(bounds)
      } catch (second) {
        expect(BEYOND_GRAMMAR).toContain((second as RashomonError).data.refused)
      }
      return
    }
    expect(said.wording).toBe(text)
    expect((said.from ?? -Infinity) < (said.to ?? Infinity)).toBe(true)
    for (const bound of [said.from, said.to])
      if (bound !== null)
        expect(Number.isSafeInteger(bound) && Math.abs(bound) <= 8.64e15).toBe(true)
  })
  fc.assert(property, { numRuns: 1500 })
}

describe('any text', () => {
  test('is read or refused, and nothing else', () =>
    readsOrRefuses((text) => readTime(text, DAMASCUS)))

  test('is not read by a Date', () => {
    const byDate = (text: string): SaidTime => {
      const from = Date.parse(text)
      return { ...readTime('2015', DAMASCUS), wording: text, from, to: from + 1 } as SaidTime
    }
    expect(() => readsOrRefuses(byDate)).toThrow()
  })

  test('is an end, a publication, a reading or a zone, or refused', () => {
    const readers: readonly ((text: string) => unknown)[] = [
      (text) => readEnd(text, DAMASCUS),
      (text) => readPublished(text, DAMASCUS),
      (text) => readMoment(text),
      (text) => readMoment('2015-11-12', text),
      (text) => checkZone(text),
    ]
    fc.assert(
      fc.property(texts, fc.constantFrom(...readers), (text, reader) => {
        try {
          reader(text)
        } catch (error) {
          if (!isRashomonError(error)) throw error
        }
      }),
      { numRuns: 500 },
    )
  })

  test('and any value beside it', () => {
    const input = fc.oneof(
      fc.anything(),
      fc.record({ words: fc.anything(), bounds: fc.anything() }),
    )
    fc.assert(
      fc.property(input, (value) => {
        try {
          readEnd(value, DAMASCUS)
        } catch (error) {
          if (!isRashomonError(error, 'invalid-time')) throw error
        }
      }),
    )
  })
})
