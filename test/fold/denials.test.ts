import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { control } from '../../projections/control.js'
import { Columns, OBSERVATION } from '../../src/fold/columns.js'
import { settledOf, standings, type Written } from '../../src/fold/denials.js'
import { canonicalText } from '../../src/fold/intern.js'
import { denialOf, Meanings } from '../../src/fold/meanings.js'
import type { Denials, FacetValue } from '../../src/fold/projection.js'
import { NO_WORD, Values } from '../../src/fold/values.js'
import type { Swept } from '../../src/fold/worlds.js'
import { END, instant } from '../../src/time/instant.js'

/** What a row does: sets a value, says nothing more, or denies actors. */
type Act = { readonly says: FacetValue | null } | { readonly denies: readonly string[] }

/** A row as a test writes it: windows half-open, an end or none. */
interface Row {
  readonly act: Act
  readonly earliest: number
  readonly latest: number
  readonly end: { readonly from: number; readonly to: number } | null
  readonly observed: boolean
}

const T = 5
const held = (...actors: string[]): FacetValue => ({ actors })
const RED_OR_BLUE: FacetValue = { oneOf: [held('blue'), held('red')] }

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.subarray(['blue', 'red'], { minLength: 1 }).map((denies): Act => ({ denies })),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom<FacetValue | null>(
        held('red'),
        held('blue'),
        held('blue', 'red'),
        held(),
        RED_OR_BLUE,
        { oneOf: [held('blue'), held('green'), held('red')] },
        null,
      )
      .map((says): Act => ({ says })),
  },
)

/** Rows whose windows leave some pick with start before end; a denial has none. */
const row: fc.Arbitrary<Row> = fc
  .record({
    act,
    earliest: fc.integer({ min: 0, max: T }),
    width: fc.integer({ min: 1, max: 4 }),
    end: fc.option(
      fc.record({ gap: fc.integer({ min: 0, max: 2 }), width: fc.integer({ min: 1, max: 4 }) }),
      { freq: 3 },
    ),
    observed: fc.boolean(),
  })
  .map(({ act, earliest, width, end, observed }) => {
    const latest = earliest + width
    if (end === null || 'denies' in act) return { act, earliest, latest, end: null, observed }
    const from = earliest + 1 + end.gap
    return {
      act,
      earliest,
      latest,
      end: { from, to: Math.max(latest + 1, from + end.width) },
      observed,
    }
  })

const swept: fc.Arbitrary<Swept> = fc
  .record({ earliest: fc.integer({ min: 0, max: T }), width: fc.integer({ min: 1, max: 2 }) })
  .map(({ earliest, width }) => ({ earliest, latest: earliest + width }))

const cases = fc.record({
  rows: fc
    .array(row, { maxLength: 5 })
    .map((rows) => [...rows].sort((a, b) => a.latest - b.latest || a.earliest - b.earliest)),
  sweeps: fc.array(swept, { maxLength: 1 }),
  t: fc.integer({ min: -1, max: T + 6 }),
})

type Case = typeof cases extends fc.Arbitrary<infer C> ? C : never

function written(
  rows: readonly Row[],
  denials: Denials = control.denials!,
): { of: Written; values: Values } {
  const values = new Values(['holder'])
  const meanings = new Meanings({ ...control, denials }, values)
  const columns = new Columns()
  const codes = rows.map((one) => {
    const { act } = one
    columns.add({
      report: 1,
      chain: 0,
      bounds: {
        earliest: instant(one.earliest),
        latest: instant(one.latest),
        endFrom: one.end === null ? END : instant(one.end.from),
        endTo: one.end === null ? END : instant(one.end.to),
        supportTo: instant(one.latest - 1),
        inconsistent: false,
      },
      published: 0,
      shown: 1,
      value: 0,
      flags: one.observed ? OBSERVATION : 0,
    })
    if ('denies' in act) return denialOf(values.wordNumber({ not: [...act.denies] }))
    return act.says === null ? NO_WORD : values.wordNumber(act.says)
  })
  return { of: { columns, rows: rows.map((_, at) => at), codes, meanings }, values }
}

/** What stands, in words, and by which row. */
type Told = readonly [value: string, row: number]

function told({ rows, sweeps, t }: Case, denials?: Denials): Told[] {
  const { of, values } = written(rows, denials)
  return standings(of, sweeps, t).map(({ word, row }) => [textOf(values.word(word)), row] as const)
}

const textOf = (value: FacetValue | null) => canonicalText(value)

interface Pick {
  readonly at: number
  readonly end: number | null
}

interface Standing {
  readonly value: FacetValue | null
  readonly row: number
  readonly denied: readonly string[] | null
  readonly end: number | null
}

/** By definition: folds one order of picks, all begun by t. */
function fold(rows: readonly Row[], order: readonly (Pick & { i: number })[], t: number): Standing {
  let s: Standing = { value: null, row: -1, denied: null, end: null }
  const lapse = (by: number) => {
    if (s.end !== null && s.end <= by) s = { ...s, value: null, end: null }
  }
  for (const { i, at, end } of order) {
    lapse(at)
    const { act } = rows[i]!
    if ('says' in act) s = { value: act.says, row: i, denied: null, end }
    else s = deny(s, i, act.denies)
  }
  lapse(t)
  return s
}

function deny(s: Standing, row: number, actors: readonly string[]): Standing {
  const not = (all: readonly string[]): Standing => {
    const denied = [...new Set(all)].sort()
    return { value: { not: denied }, row, denied, end: null }
  }
  if (s.denied !== null)
    return actors.every((actor) => s.denied!.includes(actor)) ? s : not([...s.denied, ...actors])
  if (s.value === null) return not(actors)
  const value = s.value as { actors?: string[]; oneOf?: { actors: string[] }[] }
  const left = (value.oneOf ?? [value as { actors: string[] }]).filter(
    (one) => one.actors.length === 0 || one.actors.some((actor) => !actors.includes(actor)),
  )
  if (left.length === 0) return not(actors)
  return { ...s, value: left.length === 1 ? left[0]! : { oneOf: left } }
}

/** Every world's standings at t, and what an observation after t reaches back with. */
function enumerate({ rows, sweeps, t }: Case): Set<string> {
  const found = new Set<string>()
  for (const world of picks(rows))
    for (const swept of sweepPicks(sweeps)) {
      const begun = world.map((pick, i) => ({ ...pick, i })).filter(({ at }) => at <= t)
      const stands = orders(begun).map((order) => fold(rows, order, t))
      for (const { value, row } of stands) found.add(`${textOf(value)} ${row}`)
      for (const [i, { at }] of world.entries()) {
        const { act, observed } = rows[i]!
        if (!observed || at <= t || !('says' in act) || act.says === null) continue
        const between = (other: number) => other > t && other < at
        if (swept.some(between) || world.some((other) => between(other.at))) continue
        if (stands.some(({ end }) => end === null)) found.add(`${textOf(act.says)} ${i}`)
      }
    }
  return found
}

/** Every order of picks by their instants, ties either way. */
function orders<P extends Pick>(all: readonly P[]): P[][] {
  if (all.length === 0) return [[]]
  const first = Math.min(...all.map(({ at }) => at))
  return all
    .filter(({ at }) => at === first)
    .flatMap((one) => orders(all.filter((other) => other !== one)).map((rest) => [one, ...rest]))
}

function* picks(rows: readonly Row[]): Iterable<Pick[]> {
  const [first, ...rest] = rows
  if (first === undefined) {
    yield []
    return
  }
  for (const others of picks(rest))
    for (let at = first.earliest; at < first.latest; at++) {
      if (first.end === null) yield [{ at, end: null }, ...others]
      else
        for (let end = Math.max(first.end.from, at + 1); end < first.end.to; end++)
          yield [{ at, end }, ...others]
    }
}

function* sweepPicks(sweeps: readonly Swept[]): Iterable<number[]> {
  const [first] = sweeps
  if (first === undefined) yield []
  else for (let at = first.earliest; at < first.latest; at++) yield [at]
}

function holds(one: Case, by: (one: Case) => Told[]): void {
  const found = new Set(by(one).map(([value, row]) => `${value} ${row}`))
  expect(found).toEqual(enumerate(one))
}

describe('rows of which some deny', () => {
  test('stand for what some world says, no more and no less', () => {
    fc.assert(
      fc.property(cases, (one) => holds(one, (each) => told(each))),
      { numRuns: 700 },
    )
  })

  test('stand for it too where a claim is over at the instant at which two deny', () => {
    const row = (act: Act, earliest: number, latest: number): Row => ({
      act,
      earliest,
      latest,
      end: null,
      observed: false,
    })
    const rows = [
      { ...row({ says: held('red') }, 0, 1), end: { from: 3, to: 4 } },
      row({ denies: ['red'] }, 2, 4),
      row({ denies: ['blue'] }, 3, 4),
    ]
    holds({ rows, sweeps: [], t: 3 }, (each) => told(each))
  })

  test('settle what comes of the world in which every instant falls at its latest', () => {
    fc.assert(
      fc.property(cases, ({ rows, t }) => {
        const { of, values } = written(rows)
        const order = rows
          .map(({ latest, end }, i) => ({ i, at: latest - 1, end: end && end.to - 1 }))
          .filter(({ at }) => at <= t)
        const { value, row } = fold(rows, order, t)
        const settled = settledOf(of, t)
        expect([textOf(values.word(settled.word)), settled.row]).toEqual([textOf(value), row])
        if (settled.row !== -1) expect(settled.by).toContain(settled.row)
      }),
      { numRuns: 3000 },
    )
  })

  const denying = (otherwise: Partial<Denials>): Denials => ({ ...control.denials!, ...otherwise })

  /** Ways to take one row too few, or too many, into account. */
  const broken: readonly (readonly [string, (one: Case) => Told[]])[] = [
    [
      'an end is passed over',
      (one) => told({ ...one, rows: one.rows.map((each) => ({ ...each, end: null })) }),
    ],
    [
      'a negative observation reaches back',
      (one) => {
        const seen = one.rows.flatMap(({ act, observed, earliest }, i): Told[] =>
          'denies' in act && observed && earliest > one.t
            ? [[textOf({ not: [...act.denies] }), i]]
            : [],
        )
        return [...told(one), ...seen]
      },
    ],
    [
      'the last row decides alone',
      (one) => {
        const last = one.rows.findLastIndex(({ latest }) => latest - 1 <= one.t)
        return told({ ...one, rows: one.rows.filter((_, i) => i >= last) })
      },
    ],
    ['whatever stands is denied', (one) => told(one, denying({ leaves: () => null }))],
    [
      'what was denied before is forgotten',
      (one) => told(one, denying({ joined: (_, further) => further })),
    ],
    [
      'windows are taken at their latest',
      (one) =>
        told({
          ...one,
          rows: one.rows.map((each) => ({ ...each, earliest: each.latest - 1 })),
        }),
    ],
  ]
  test.each(broken)('and it is noticed where %s', (_, by) => {
    const found = fc.check(
      fc.property(cases, (one) => holds(one, by)),
      { numRuns: 20_000 },
    )
    expect(found.failed).toBe(true)
  })
})
