import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BEGIN, END, instant } from '../../src/time/instant.js'
import { printAge, printSaid, printWindow } from '../../src/time/print.js'
import { readTime } from '../../src/time/read.js'
import type { Window } from '../../src/time/window.js'

const utc = (iso: string) => instant(Date.parse(iso))
const window = (from: string, to: string): Window => ({ from: utc(from), to: utc(to) })

describe('a window, for people', () => {
  test.each([
    ['2015-11-12T09:15Z', '2015-11-12T09:45Z', '2015-11-12 09:15 to 09:45 UTC'],
    ['2015-11-12T18:00Z', '2015-11-12T18:00:00.001Z', '2015-11-12 18:00 UTC'],
    ['2015-11-12T18:00:05.250Z', '2015-11-12T18:00:05.251Z', '2015-11-12 18:00:05.250 UTC'],
    ['2015-11-11T22:00Z', '2015-11-12T22:00Z', '2015-11-11 22:00 to 2015-11-12 22:00 UTC'],
    ['2015-11-12T18:00Z', '2015-11-13T00:00Z', '2015-11-12 18:00 to 24:00 UTC'],
    ['2015-11-12T00:00Z', '2015-11-13T00:00Z', '2015-11-12 UTC'],
    ['2015-11-12T00:00Z', '2015-11-15T00:00Z', '2015-11-12 to 2015-11-14 UTC'],
    ['2015-11-01T00:00Z', '2015-12-01T00:00Z', '2015-11 UTC'],
    ['2015-11-01T00:00Z', '2016-01-01T00:00Z', '2015-11 to 2015-12 UTC'],
    ['2015-01-01T00:00Z', '2016-01-01T00:00Z', '2015 UTC'],
    ['-000043-01-01T00:00Z', '-000040-01-01T00:00Z', '-0043 to -0041 UTC'],
  ])('%s to %s', (from, to, printed) => {
    expect(printWindow(window(from, to))).toBe(printed)
  })

  test('says which end is open', () => {
    const noon = utc('2015-11-12T12:00Z')
    expect(printWindow({ from: BEGIN, to: noon })).toBe('before 2015-11-12 12:00 UTC')
    expect(printWindow({ from: noon, to: END })).toBe('2015-11-12 12:00 UTC or later')
    expect(printWindow({ from: BEGIN, to: END })).toBe('at any time')
  })

  /** Bounds near one another, on and beside the edges of days, months and years. */
  const bound = fc
    .record({
      day: fc.constantFrom('2015-11-30', '2015-12-01', '2015-12-31', '2016-01-01', '2016-01-02'),
      beside: fc.constantFrom(0, 0, 0, 1, 2, 1000, 60_000, 3_600_000),
    })
    .map(({ day, beside }) => utc(`${day}T00:00Z`) + beside)
  const windows = fc
    .uniqueArray(fc.oneof(bound, fc.constantFrom(BEGIN, END)), { minLength: 2, maxLength: 2 })
    .map(([a = 0, b = 0]) => ({ from: instant(Math.min(a, b)), to: instant(Math.max(a, b)) }))

  const pairs = fc.oneof(
    fc.tuple(windows, windows),
    fc.tuple(windows, fc.constantFrom(0, 1, 1000)).map(([a, more]) => {
      return [a, { from: a.from, to: instant(a.to + more) }] as const
    }),
  )

  function tellsApart(print: (window: Window) => string): void {
    const property = fc.property(pairs, ([a, b]) => {
      expect(print(a) === print(b)).toBe(a.from === b.from && a.to === b.to)
    })
    fc.assert(property, { numRuns: 2000 })
  }

  test('prints differently from every other', () => tellsApart(printWindow))

  test('would not, were seconds left out', () => {
    expect(() => tellsApart((of) => printWindow(of).replaceAll(/:\d\d\.\d{3}/g, ''))).toThrow()
  })
})

describe('an age in words', () => {
  const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000]
  test.each([
    [0, 'less than a second'],
    [999, 'less than a second'],
    [second, '1 second'],
    [59 * second, '59 seconds'],
    [90 * second, '1 minute'],
    [2 * hour, '2 hours'],
    [day - 1, '23 hours'],
    [day, '1 day'],
    [3 * day + 5 * hour, '3 days'],
    [400 * day, '400 days'],
    [731 * day, '2 years'],
    [153 * 365.25 * day, '153 years'],
    [Number.POSITIVE_INFINITY, 'for ever'],
    [-3 * day, '3 days ahead'],
    [Number.NEGATIVE_INFINITY, 'for ever ahead'],
  ])('%d ms is %s', (milliseconds, words) => {
    expect(printAge(milliseconds)).toBe(words)
  })

  test('never says more than it is, and the longer is never said to be shorter', () => {
    const sizes = { second, minute, hour, day, year: 365.25 * day }
    const measured = (age: number) => {
      const [count, unit] = printAge(age).split(' ')
      return count === 'less' ? 0 : Number(count) * sizes[unit!.replace(/s$/, '') as 'day']
    }
    fc.assert(
      fc.property(fc.nat(1e14), fc.nat(1e10), (age, more) => {
        expect(measured(age)).toBeLessThanOrEqual(age)
        expect(measured(age + more)).toBeGreaterThanOrEqual(measured(age))
      }),
    )
  })
})

test.each([
  ['2015-11-12T11:30~', '2015-11-12T11:30~ in Asia/Damascus: 2015-11-12 09:15 to 09:45 UTC'],
  ['2015-11-12T21:00+02:00', '2015-11-12T21:00+02:00: 2015-11-12 19:00 UTC'],
  ['2015-11-12T19:00Z', '2015-11-12T19:00Z: 2015-11-12 19:00 UTC'],
  ['2015-11-12[UTC]/..', '2015-11-12[UTC]/..: 2015-11-12 00:00 UTC or later'],
  [
    { words: 'morning', bounds: '2015-11-12T06:00/2015-11-12T12:00' },
    'morning, 2015-11-12T06:00/2015-11-12T12:00 in Asia/Damascus: 2015-11-12 04:00 to 10:00 UTC',
  ],
])('what was said is printed with its bounds: %j', (input, printed) => {
  const said = readTime(input, { field: 'when', rules: '2025c', zone: 'Asia/Damascus' })
  expect(printSaid(said)).toBe(printed)
})
