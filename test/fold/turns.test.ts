/** Turns find the rows between two readings, in the base and among those that came since. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { control } from '../../projections/index.js'
import { Store } from '../../src/fold/store.js'
import { turnsOf } from '../../src/fold/turns.js'
import { instant } from '../../src/time/instant.js'

const OPEN = Number.POSITIVE_INFINITY

interface Row {
  readonly key: number
  readonly earliest: number
  readonly width: number
  /** `null` where the start is open to the past. */
  readonly ends: number | null
  readonly supports: number
  readonly published: number
  readonly unstated: boolean
}

const at = fc.integer({ min: 0, max: 40 })
const row: fc.Arbitrary<Row> = fc.record({
  key: fc.integer({ min: 0, max: 5 }),
  earliest: at,
  width: fc.integer({ min: 1, max: 6 }),
  ends: fc.option(at, { freq: 2 }),
  supports: fc.constantFrom(0, 0, 0, 5, 20),
  published: at,
  unstated: fc.boolean(),
})

function storeOf(rows: readonly Row[], settledAfter: number): Store {
  const store = new Store(control, { ids: (report) => `r${report}`, passesChain: () => true })
  const value = store.values.number({
    facets: { holder: { actors: ['red'] } },
    basis: null,
    status: null,
    change: true,
  })
  for (const [i, one] of rows.entries()) {
    if (i === settledAfter) store.settle()
    const latest = one.earliest + one.width
    store.add(
      { place: `p${one.key}`, account: 'a' },
      {
        report: i + 1,
        chain: 0,
        shown: i + 1,
        published: one.published,
        value,
        flags: 0,
        bounds: {
          earliest: instant(one.unstated ? Number.NEGATIVE_INFINITY : one.earliest),
          latest: instant(latest),
          endFrom: instant(one.ends === null ? OPEN : latest + one.ends),
          endTo: instant(one.ends === null ? OPEN : latest + one.ends + 2),
          supportTo: instant(latest - 1 + one.supports),
          inconsistent: false,
        },
      },
      'own',
    )
  }
  return store
}

const sorted = (rows: Iterable<number>) => [...rows].sort((a, b) => a - b)

describe('turns', () => {
  test('are every row with a bound, a publication or a position in between, and no other', () => {
    const cases = fc.record({
      rows: fc.array(row, { minLength: 1, maxLength: 900, size: 'max' }),
      settled: fc.double({ min: 0, max: 1.2, noNaN: true }),
      stretches: fc.array(fc.tuple(at, at), { minLength: 1, maxLength: 4 }),
    })
    fc.assert(
      fc.property(cases, ({ rows, settled, stretches }) => {
        const store = storeOf(rows, Math.floor(settled * rows.length))
        const c = store.columns
        const turns = turnsOf(store)
        const all = Array.from({ length: c.size }, (_, i) => i)
        for (const [x, y] of stretches) {
          const [from, to] = [Math.min(x, y), Math.max(x, y)]
          const lies = (value: number) => from <= value && value <= to
          const bounds = (i: number) => [
            c.earliest[i]!,
            c.latest[i]! - 1,
            c.endFrom[i]!,
            c.endTo[i]! - 1,
          ]
          const supports = (i: number) =>
            c.supportTo[i]! > c.latest[i]! - 1 && c.latest[i]! - 1 <= to && from <= c.supportTo[i]!
          expect(sorted(turns.bounded({ from, to }))).toEqual(
            all.filter((i) => bounds(i).some(lies) || supports(i)),
          )
          expect(sorted(turns.published({ from, to }))).toEqual(
            all.filter((i) => lies(c.published[i]!)),
          )
          expect(sorted(turns.shown({ from, to }))).toEqual(all.filter((i) => lies(c.shown[i]!)))
        }
        for (const i of all) {
          const slot = turns.slot(i)
          if (slot !== null) expect(store.slot(slot.key)!.start).toBeLessThanOrEqual(i)
          if (slot !== null) expect(store.list(slot, 'own')).toContain(i)
          else expect(i).toBeGreaterThanOrEqual(c.size - store.late)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('are made anew when the rows are laid out anew', () => {
    const rows = fc.sample(row, { numRuns: 40, seed: 1 })
    const store = storeOf(rows, 20)
    const before = turnsOf(store)
    expect(turnsOf(store)).toBe(before)
    store.settle()
    expect(turnsOf(store)).not.toBe(before)
    expect(turnsOf(store).shown({ from: 1, to: 40 }).size).toBe(40)
  })
})
