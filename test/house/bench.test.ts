import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Unequal } from '../../scripts/bench/check.mjs'
import { type Engine, openEngine } from '../../scripts/bench/engine.mjs'
import {
  BEGIN,
  entries,
  generate,
  inGroups,
  random,
  SPAN,
  weights,
} from '../../scripts/bench/generate.mjs'
import { median } from '../../scripts/bench/measure.mjs'
import { openPlain, type Plain } from '../../scripts/bench/plain.mjs'
import { printFigures } from '../../scripts/bench/print.mjs'
import { bench } from '../../scripts/bench/run.mjs'
import { checkWeighed } from '../../scripts/bench/weigh.mjs'
import * as rashomon from '../../src/index.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rashomon-bench-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const small = {
  rashomon,
  reports: 2000,
  places: 300,
  commit: 500,
  parts: ['append', 'read', 'weigh'],
} as const

/** The plain side, with one of its answers made another. */
function broken(change: (plain: Plain) => Partial<Plain>): typeof openPlain {
  return (file, places) => {
    const plain = openPlain(file, places)
    return { ...plain, ...change(plain) }
  }
}

test('both sides answer alike, and then are timed', async () => {
  const { figures, compared } = await bench({ ...small, folder })
  expect(compared).toBeGreaterThan(800)
  expect(figures.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'durable appends, 500 a commit',
      'one place at an instant',
      'the map at an instant, places()',
      'the map at an instant and a position, places()',
      'the disputes of the map, disputes()',
      'the map weighed by cautious',
      'a diff of two readings a week apart',
      'the same among twice the places',
    ]),
  )
  for (const { ours, plain, ratio } of figures) {
    expect(ours).toBeGreaterThan(0)
    if (plain === null) expect(ratio).toBeNull()
    else expect(ratio).toBeCloseTo(plain / ours)
  }
  const machine = { processor: 'a processor', cores: 2, node: 'v20', sqlite: '3' }
  expect(printFigures(figures, machine)).toMatch(/one place at an instant +[\d.]+ +[\d.]+ +µs/)
})

test.each<[string, (plain: Plain) => Partial<Plain>]>([
  ['one place', ({ place }) => ({ place: (id, at) => ({ ...place(id, at), herald: 'nobody' }) })],
  ['a row of the map', ({ map }) => ({ map: (reading, way) => map(reading, way).slice(1) })],
  ['what was known', ({ map }) => ({ map: ({ valid }, way) => map({ valid }, way) })],
  ['a report lost', ({ append }) => ({ append: (all) => append(all.slice(1)) })],
])('a side that is wrong about %s is caught before anything is timed', async (_what, change) => {
  const apart = mkdtempSync(join(folder, 'broken-'))
  await expect(bench({ ...small, folder: apart, plain: broken(change) })).rejects.toThrow(Unequal)
})

describe('what is weighed', () => {
  const options = { reports: 1500, places: 120 }
  const valid = BEGIN + SPAN / 2

  async function sides(name: string) {
    const all = entries(options.places)
    const engine = await openEngine(rashomon, join(folder, `${name}.log`), all)
    const plain = openPlain(join(folder, `${name}.plain.db`), [])
    for (const group of inGroups(generate({ ...options, seed: 3 }), 500)) {
      await engine.append(group)
      plain.append(group)
    }
    await engine.appendAside(weights({ reports: options.reports, seed: 3 }))
    return { engine, plain }
  }

  type View = ReturnType<Engine['at']>
  const viewed = (engine: Engine, change: (view: View) => object): Engine => ({
    ...engine,
    at: (reading) => {
      const view = engine.at(reading)
      const { place, disputes, resolved } = view
      const own = { place: place.bind(view), disputes: disputes.bind(view) }
      return { ...own, resolved: resolved.bind(view), ...change(view) } as View
    },
  })

  test('is held against a plain computation, which catches a side that is wrong', async () => {
    const { engine, plain } = await sides('weighed')
    expect(checkWeighed(engine, plain, valid, random(1))).toBeGreaterThan(200)
    expect(engine.count()).toBe(options.reports)
    const broken: readonly [Engine, RegExp][] = [
      [
        viewed(engine, (view) => ({ disputes: () => view.disputes().slice(1) })),
        /^disputes on who/,
      ],
      [
        viewed(engine, (view) => ({ resolved: () => [...view.resolved()].slice(1) })),
        /^holders by/,
      ],
      [
        {
          ...engine,
          diff: (from, to) => {
            const diff = engine.diff(from, to)
            const [lost] = diff.changes.filter(({ type }) => type === 'facet')
            return { ...diff, changes: diff.changes.filter((change) => change !== lost) }
          },
        },
        /^holders that changed within/,
      ],
    ]
    for (const [wrong, said] of broken)
      expect(() => checkWeighed(wrong, plain, valid, random(1))).toThrow(said)
    await engine.close()
    plain.close()
  })
})

test('the same seed gives the same reports; a tenth is late, places are skewed', () => {
  const options = { reports: 5000, seed: 1 }
  const all = [...generate(options)]
  expect([...generate(options)]).toEqual(all)
  expect([...generate({ ...options, seed: 2 })]).not.toEqual(all)
  const late = all.filter(({ row }) => row.published - row.latest > 2 * 86_400_000)
  expect(late.length / all.length).toBeGreaterThan(0.07)
  expect(late.length / all.length).toBeLessThan(0.13)
  const told = new Map<string, number>()
  for (const { row } of all) told.set(row.place, (told.get(row.place) ?? 0) + 1)
  expect(Math.max(...told.values())).toBeGreaterThan((20 * all.length) / told.size)
})

test('groups hold all in order; the median is the middle', () => {
  expect([...inGroups([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]])
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5])
})
