import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BEGIN, END, type Instant, instant } from '../../src/time/instant.js'
import { type Begun, begun, meet, type Window } from '../../src/time/window.js'

const windows = fc
  .record({ from: fc.integer({ min: -8, max: 8 }), width: fc.integer({ min: 1, max: 6 }) })
  .map(({ from, width }): Window => ({ from: instant(from), to: instant(from + width) }))
const instants = fc.integer({ min: -10, max: 16 }).map(instant)

function picksOf({ from, to }: Window): Instant[] {
  return Array.from({ length: to - from }, (_, i) => instant(from + i))
}

/** The definition: certain when every pick has come, excluded when none has. */
function byPicks(window: Window, t: Instant): Begun {
  const come = picksOf(window).filter((pick) => pick <= t).length
  if (come === 0) return 'excluded'
  return come === picksOf(window).length ? 'certain' : 'possible'
}

function agreesWithPicks(answer: (window: Window, t: Instant) => Begun): void {
  fc.assert(
    fc.property(windows, instants, (window, t) => {
      expect(answer(window, t)).toBe(byPicks(window, t))
    }),
    { numRuns: 1000 },
  )
}

describe('whether the instant of a window has come', () => {
  test('is what every pick, some or none of them say', () => agreesWithPicks(begun))

  test('would be told wrong by one that waits for the end of the window', () => {
    const late = (window: Window, t: Instant): Begun =>
      window.to <= t ? 'certain' : window.from <= t ? 'possible' : 'excluded'
    expect(() => agreesWithPicks(late)).toThrow()
  })

  test('would be told wrong by one that rounds to the middle', () => {
    const rounded = (window: Window, t: Instant): Begun =>
      (window.from + window.to) / 2 <= t ? 'certain' : 'excluded'
    expect(() => agreesWithPicks(rounded)).toThrow()
  })

  test('is never certain while the end is open, and never excluded while the start is', () => {
    expect(begun({ from: instant(0), to: END }, instant(8e15))).toBe('possible')
    expect(begun({ from: BEGIN, to: instant(0) }, instant(-8e15))).toBe('possible')
    expect(begun({ from: BEGIN, to: instant(0) }, instant(-1))).toBe('certain')
  })

  test('is certain of an exact instant from that instant on', () => {
    const exact = { from: instant(5), to: instant(6) }
    expect([4, 5, 6].map((t) => begun(exact, instant(t)))).toEqual([
      'excluded',
      'certain',
      'certain',
    ])
  })
})

test('windows meet where they share a pick', () => {
  fc.assert(
    fc.property(windows, windows, (a, b) => {
      expect(meet(a, b)).toBe(picksOf(a).some((pick) => picksOf(b).includes(pick)))
    }),
  )
})
