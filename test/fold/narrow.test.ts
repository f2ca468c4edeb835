import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Columns, OBSERVATION } from '../../src/fold/columns.js'
import { Near, narrow, type Rows } from '../../src/fold/narrow.js'
import { Nearest, NONE } from '../../src/fold/nearest.js'
import { Values } from '../../src/fold/values.js'
import { type Swept, worldsAt } from '../../src/fold/worlds.js'
import { BEGIN, END, instant } from '../../src/time/instant.js'

interface Row {
  readonly earliest: number
  readonly latest: number
  readonly endFrom: number
  readonly endTo: number
  readonly observed: boolean
  readonly says: boolean
  /** Seen, and sets the facet. */
  readonly counts: boolean
}

const T = 30

/** Windows short and long, some from the beginning of time; ends; rows that do not count. */
const row: fc.Arbitrary<Row> = fc
  .record({
    earliest: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: T }) },
      { weight: 1, arbitrary: fc.constant(Number(BEGIN)) },
    ),
    latest: fc.integer({ min: 1, max: T + 1 }),
    width: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 5 }),
    end: fc.option(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))),
    observed: fc.boolean(),
    says: fc.boolean(),
    counts: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
  })
  .map(({ earliest, latest, width, end, observed, says, counts }) => {
    const to = Number.isFinite(earliest) ? earliest + (width ?? T) : latest
    const from = end === null ? END : Math.max(Number.isFinite(earliest) ? earliest : 0, 0) + end[0]
    return {
      earliest,
      latest: to,
      endFrom: from,
      endTo: end === null ? END : Math.max(to + 1, from + end[1]),
      observed: observed && says,
      says,
      counts,
    }
  })

const swept: fc.Arbitrary<Swept> = fc
  .record({ earliest: fc.integer({ min: 0, max: T }), width: fc.integer({ min: 1, max: 2 }) })
  .map(({ earliest, width }) => ({ earliest, latest: earliest + width }))

const cases = fc.record({
  rows: fc.array(row, { maxLength: 14 }),
  sweeps: fc.array(swept, { maxLength: 3 }),
  t: fc.integer({ min: -1, max: T + 2 }),
})

type Case = typeof cases extends fc.Arbitrary<infer C> ? C : never
type Narrow = typeof narrow

function laidOut(rows: readonly Row[]): { columns: Columns; all: Rows; sorted: readonly Row[] } {
  const sorted = [...rows].sort((a, b) => a.latest - b.latest || (a.earliest < b.earliest ? -1 : 1))
  const columns = new Columns()
  for (const r of sorted)
    columns.add({
      report: 1,
      chain: 0,
      bounds: {
        earliest: instant(r.earliest),
        latest: instant(r.latest),
        endFrom: instant(r.endFrom),
        endTo: instant(r.endTo),
        supportTo: instant(r.latest - 1),
        inconsistent: false,
      },
      published: 0,
      shown: 1,
      value: 0,
      flags: r.observed ? OBSERVATION : 0,
    })
  const width = Math.max(0, ...sorted.map((r) => r.latest - r.earliest))
  const observed = sorted.some((r) => r.observed)
  return { columns, all: { list: null, from: 0, to: sorted.length, width, observed }, sorted }
}

/** What worlds say, by rows and not by their places in a list. */
function told(columns: Columns, rows: readonly number[], { sorted, sweeps, t }: Told) {
  const near = { rows: [...rows], size: rows.length }
  const worlds = worldsAt(columns, near, (at) => sorted[at]!.says, sweeps, t)
  return {
    ...worlds,
    carrier: worlds.carrier === -1 ? -1 : rows[worlds.carrier],
    said: worlds.said.map((i) => rows[i]),
    silent: worlds.silent.map((i) => rows[i]),
  }
}

interface Told {
  readonly sorted: readonly Row[]
  readonly sweeps: readonly Swept[]
  readonly t: number
}

function narrows({ rows, sweeps, t }: Case, by: Narrow): void {
  const { columns, all, sorted } = laidOut(rows)
  const near = new Near()
  by(columns, all, (at) => sorted[at]!.counts, t, near)
  const few = near.rows.slice(0, near.size)
  const counting = sorted.flatMap(({ counts }, at) => (counts ? [at] : []))
  expect(few.filter((at) => columns.latest[at]! - 1 <= t).length).toBe(near.begun)
  expect(told(columns, few, { sorted, sweeps, t })).toEqual(
    told(columns, counting, { sorted, sweeps, t }),
  )
}

/** Answers by the last that has begun and the first that cannot have, where those are said to be all. */
const nearest: Narrow = (columns, rows, counts, t, near) => {
  const two = found(columns, rows, counts, t)
  if (two === null) narrow(columns, rows, counts, t, near)
  else keepTwo(near, two)
}

function found(...[columns, rows, counts, t]: [Columns, Rows, (row: number) => boolean, number]) {
  const values = new Values(['held'])
  values.number({ facets: { held: 'yes' }, basis: null, status: null, change: false })
  const two = new Nearest({ columns, values })
  two.aim({ columns, values }, { known: -1, sees: counts }, t)
  return two.find(rows, 0) ? two : null
}

function keepTwo(near: Near, { begun, next }: Nearest): void {
  const first = begun === NONE ? [] : [begun]
  keep(near, [...first, ...(next === NONE ? [] : [next])], first.length)
}

describe('the rows near an instant', () => {
  test('say of it what all rows say', () => {
    fc.assert(
      fc.property(cases, (one) => narrows(one, narrow)),
      { numRuns: 3000 },
    )
  })

  test('where two of them decide, say it as well', () => {
    let two = 0
    fc.assert(
      fc.property(cases, (one) => {
        narrows(one, nearest)
        const { columns, all, sorted } = laidOut(one.rows)
        if (found(columns, all, (at) => sorted[at]!.counts, one.t) !== null) two++
      }),
      { numRuns: 3000 },
    )
    expect(two).toBeGreaterThan(500)
  })

  /** Ways to leave out a row too many. */
  const broken: readonly (readonly [string, Narrow])[] = [
    [
      'the last that has begun alone',
      (c, rows, counts, t, near) => {
        narrow(c, rows, counts, t, near)
        const begun = near.rows.slice(0, near.begun).slice(-1)
        keep(near, [...begun, ...near.rows.slice(near.begun, near.size)], begun.length)
      },
    ],
    [
      'the first that has not begun alone',
      (c, rows, counts, t, near) => {
        narrow(c, rows, counts, t, near)
        keep(near, near.rows.slice(0, Math.min(near.size, near.begun + 1)), near.begun)
      },
    ],
    [
      'none that lies wholly after',
      (c, rows, counts, t, near) => {
        narrow(c, rows, (at) => counts(at) && c.earliest[at]! <= t, t, near)
      },
    ],
    [
      'windows taken to be narrow',
      (c, rows, counts, t, near) => narrow(c, { ...rows, width: 1 }, counts, t, near),
    ],
    [
      'no observation taken for one',
      (c, rows, counts, t, near) => narrow(c, { ...rows, observed: false }, counts, t, near),
    ],
    [
      'two where more decide',
      (c, rows, counts, t, near) => {
        narrow(c, rows, counts, t, near)
        const begun = near.rows.slice(0, near.begun).slice(-1)
        const next = near.rows.slice(near.begun, near.size).slice(0, 1)
        keep(near, [...begun, ...next], begun.length)
      },
    ],
    [
      'two among windows taken to be narrow',
      (c, rows, counts, t, near) => nearest(c, { ...rows, width: 1 }, counts, t, near),
    ],
    ['two that do not count', (c, rows, _, t, near) => nearest(c, rows, () => true, t, near)],
    ['rows that do not count', (c, rows, _, t, near) => narrow(c, rows, () => true, t, near)],
  ]
  test.each(broken)('and it is noticed where what is looked at is %s', (_, by) => {
    const found = fc.check(
      fc.property(cases, (one) => narrows(one, by)),
      { numRuns: 3000 },
    )
    expect(found.failed).toBe(true)
  })
})

function keep(near: Near, rows: readonly number[], begun: number): void {
  near.size = 0
  for (const at of rows) near.push(at)
  near.begun = begun
}
