import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Columns, OBSERVATION } from '../../src/fold/columns.js'
import { type Swept, type Worlds, worldsAt } from '../../src/fold/worlds.js'
import { END, type Instant, instant } from '../../src/time/instant.js'

/** A row as a test writes it: windows half-open, an end or none. */
interface Row {
  readonly earliest: number
  readonly latest: number
  readonly end: { readonly from: number; readonly to: number } | null
  readonly observed: boolean
  readonly says: boolean
}

const T = 6

/** Rows whose windows leave some pick with start before end, as the door and the bounds see to. */
const row: fc.Arbitrary<Row> = fc
  .record({
    earliest: fc.integer({ min: 0, max: T }),
    width: fc.integer({ min: 1, max: 3 }),
    end: fc.option(
      fc.record({ gap: fc.integer({ min: 0, max: 2 }), width: fc.integer({ min: 1, max: 3 }) }),
    ),
    observed: fc.boolean(),
    says: fc.boolean(),
  })
  .map(({ earliest, width, end, observed, says }) => {
    const latest = earliest + width
    if (end === null) return { earliest, latest, end, observed: observed && says, says }
    const from = earliest + 1 + end.gap
    const to = Math.max(latest + 1, from + end.width)
    return { earliest, latest, end: { from, to }, observed: observed && says, says }
  })

const swept: fc.Arbitrary<Swept> = fc
  .record({ earliest: fc.integer({ min: 0, max: T }), width: fc.integer({ min: 1, max: 2 }) })
  .map(({ earliest, width }) => ({ earliest, latest: earliest + width }))

function canonically(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => a.latest - b.latest || a.earliest - b.earliest)
}

function read(rows: readonly Row[], sweeps: readonly Swept[], t: number): Worlds {
  const columns = new Columns()
  const numbers = rows.map((r) => {
    const bounds = {
      earliest: instant(r.earliest),
      latest: instant(r.latest),
      endFrom: r.end === null ? END : instant(r.end.from),
      endTo: r.end === null ? END : instant(r.end.to),
      supportTo: instant(r.latest - 1),
      inconsistent: false,
    }
    const flags = r.observed ? OBSERVATION : 0
    const at = columns.add({ report: 1, chain: 0, bounds, published: 0, shown: 1, value: 0, flags })
    return at
  })
  return worldsAt(
    columns,
    { rows: numbers, size: numbers.length },
    (at) => rows[at]!.says,
    sweeps,
    t as Instant,
  )
}

interface Pick {
  readonly start: number
  readonly end: number | null
}

/** Every way to pick one instant inside every window, starts before ends. */
function* picks(rows: readonly Row[]): Iterable<Pick[]> {
  const [first, ...rest] = rows
  if (first === undefined) {
    yield []
    return
  }
  for (const others of picks(rest))
    for (let start = first.earliest; start < first.latest; start++) {
      if (first.end === null) yield [{ start, end: null }, ...others]
      else
        for (let end = Math.max(first.end.from, start + 1); end < first.end.to; end++)
          yield [{ start, end }, ...others]
    }
}

function* sweepPicks(sweeps: readonly Swept[]): Iterable<number[]> {
  const [first, ...rest] = sweeps
  if (first === undefined) {
    yield []
    return
  }
  for (const others of sweepPicks(rest))
    for (let at = first.earliest; at < first.latest; at++) yield [at, ...others]
}

/** By definition: which rows can hold at t, and whether unsaid can, over all worlds. */
function enumerate(rows: readonly Row[], sweeps: readonly Swept[], t: number) {
  const said = new Set<number>()
  let unsaid = false
  for (const world of picks(rows))
    for (const swept of sweepPicks(sweeps)) {
      const begun = world.map((pick, i) => ({ ...pick, i })).filter((pick) => pick.start <= t)
      const newest = Math.max(...begun.map((pick) => pick.start))
      // Equal instants fold in either order.
      const last = begun.filter((pick) => pick.start === newest)
      if (last.length === 0) unsaid = true
      const over = last.filter((pick) => pick.end !== null && pick.end <= t)
      for (const pick of last)
        if (!rows[pick.i]!.says || over.includes(pick)) unsaid = true
        else said.add(pick.i)
      // An observation reaches back to the writer, the end or the sweep before it.
      for (const [i, pick] of world.entries()) {
        if (!rows[i]!.observed || pick.start <= t) continue
        const between = (at: number) => at > t && at < pick.start
        if (swept.some(between) || world.some((other) => between(other.start))) continue
        if (last.length === 0 || over.length > 0 || last.some((before) => before.end === null))
          said.add(i)
      }
    }
  return { said: [...said].sort((a, b) => a - b), unsaid }
}

describe('possible worlds of one facet', () => {
  const cases = fc.tuple(
    fc.array(row, { maxLength: 4 }),
    fc.array(swept, { maxLength: 1 }),
    fc.integer({ min: -1, max: T + 5 }),
  )

  test('what is possible is what some world says, no more and no less', () => {
    fc.assert(
      fc.property(cases, ([unordered, sweeps, t]) => {
        const rows = canonically(unordered)
        const { said, unsaid } = read(rows, sweeps, t)
        expect({ said, unsaid }).toEqual(enumerate(rows, sweeps, t))
      }),
      { numRuns: 400 },
    )
  })

  test('what is settled is the world in which every instant falls at its latest, and is possible', () => {
    fc.assert(
      fc.property(cases, ([unordered, sweeps, t]) => {
        const rows = canonically(unordered)
        const worlds = read(rows, sweeps, t)
        const begun = rows.map((r, i) => ({ ...r, i })).filter((r) => r.latest - 1 <= t)
        const last = begun.at(-1)
        expect(worlds.carrier).toBe(last?.i ?? -1)
        const over = last !== undefined && last.end !== null && last.end.to - 1 <= t
        expect(worlds.lapsed).toBe(over)
        if (last === undefined || over || !last.says) expect(worlds.unsaid).toBe(true)
        else expect(worlds.said).toContain(last.i)
      }),
      { numRuns: 1000 },
    )
  })
})
