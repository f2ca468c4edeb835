import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { control, engagements } from '../../projections/index.js'
import { defineProjection, openTimeline, type Timeline } from '../../src/index.js'
import { histories } from '../../src/testing/arbitraries.js'
import { readings } from '../../src/testing/arbitraries-readings.js'
import { plain } from '../../src/testing/plain.js'
import { type Instant, instant } from '../../src/time/instant.js'
import { seeded } from '../laws/run.js'
import { at, control as controls, WORLD } from '../support.js'

const folder = mkdtempSync(join(tmpdir(), 'rashomon-snapshot-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newFile = () => join(folder, `${++files}.db`)

/** All that can be asked of a timeline at a reading. */
function answersOf(timeline: Timeline, reading: Parameters<Timeline['at']>[0]) {
  const view = timeline.at(reading)
  const registry = timeline.registry()
  const places = registry.places().map(({ id }) => id)
  const { valid: _, ...cut } = plain(view.reading)
  return plain({
    reading: view.reading,
    token: view.token,
    places: [...view.places()],
    registry: [...registry.places(), ...registry.actors(), ...registry.sources()],
    states: [control, engagements].map((projection) =>
      view.keys(projection).map((key) => view.state(projection, key)),
    ),
    histories: places.map((place) => timeline.history(place, { known: cut.known })),
    beliefs: places.map((place) => timeline.beliefs(place, { valid: view.reading.valid })),
    entries: [...timeline.reports()].map(({ id, counts }) => [id, counts]),
  })
}

describe('a snapshot', () => {
  const cases = histories().chain((history) =>
    fc.record({
      history: fc.constant(history),
      after: fc.nat({ max: history.commits.length }),
      again: fc.nat({ max: history.commits.length }),
      reading: readings(history),
    }),
  )

  test('and what came since answer as the whole log does', async () => {
    let restored = 0
    await fc.assert(
      fc.asyncProperty(cases, async ({ history, after, again, reading }) => {
        const log = newFile()
        const clock = { now: instant(0) as Instant }
        const open = () => openTimeline({ log, clock: () => clock.now })
        let timeline = await open()
        for (const [index, commit] of history.commits.entries()) {
          if (index === after || index === again) await timeline.snapshot()
          // What is opened between takes the snapshot and folds on from it.
          if (index === after) {
            await timeline.close()
            timeline = await open()
            restored++
          }
          clock.now = history.stamps[index]!
          if (commit.length > 0) await timeline.append(commit)
        }
        const grown = answersOf(timeline, reading)
        await timeline.snapshot()
        expect(answersOf(timeline, reading)).toEqual(grown)
        await timeline.close()
        const opened = await open()
        expect(answersOf(opened, reading)).toEqual(grown)
        await opened.rebuild()
        expect(answersOf(opened, reading)).toEqual(grown)
        await opened.close()
      }),
      seeded('snapshots'),
    )
    expect(restored).toBeGreaterThan(0)
  })

  const reds = { holder: 'reds' }

  test('is passed over by a log that never held its head', async () => {
    const [one, two] = [newFile(), newFile()]
    for (const [log, id] of [
      [one, 'a'],
      [two, 'b'],
    ] as const) {
      const timeline = await openTimeline({ log })
      await timeline.append([...WORLD, controls(id, 'herald', at(1), reds)])
      await timeline.snapshot()
      await timeline.close()
    }
    copyFileSync(`${one}.snapshot`, `${two}.snapshot`)
    const timeline = await openTimeline({ log: two })
    expect(timeline.at({ valid: at(9) }).place('town').accounts[0]?.evidence.holder).toEqual(['b'])
    await timeline.close()
  })

  test('is passed over where a projection is written in other code', async () => {
    const holders = (word: string) =>
      defineProjection({
        type: 'register',
        name: 'words',
        reads: ['control'],
        facets: ['word'],
        sets:
          word === 'first'
            ? ({ account }) => [{ key: { account }, facets: { word: 'first' } }]
            : ({ account }) => [{ key: { account }, facets: { word: 'second' } }],
      })
    const log = newFile()
    const said = async (word: string) => {
      const projection = holders(word)
      const timeline = await openTimeline({ log, projections: [projection] })
      if (timeline.head === 0)
        await timeline.append([...WORLD, controls('a', 'herald', at(1), reds)])
      const state = timeline.at({ valid: at(9) }).state(projection, { account: 'herald' })
      await timeline.snapshot()
      await timeline.close()
      return state.facets.word?.settled
    }
    expect([await said('first'), await said('second'), await said('first')]).toEqual([
      'first',
      'second',
      'first',
    ])
  })

  test('is made on closing where much was folded since the last, and by nobody who only reads', async () => {
    const log = newFile()
    const timeline = await openTimeline({ log })
    await timeline.append(WORLD)
    const many = Array.from({ length: 10_001 }, (_, i) =>
      controls(`r${i}`, 'herald', at(i % 40), reds),
    )
    for (let i = 0; i < many.length; i += 2500) await timeline.append(many.slice(i, i + 2500))
    await timeline.close()
    expect(existsSync(`${log}.snapshot`)).toBe(true)
    rmSync(`${log}.snapshot`)
    const reader = await openTimeline({ log, readonly: true })
    expect(reader.head).toBe(WORLD.length + many.length)
    await reader.close()
    expect(existsSync(`${log}.snapshot`)).toBe(false)
  })

  test('of a log in memory there is none', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    expect(await timeline.snapshot()).toBe(null)
    expect(timeline.snapshots()).toBe(null)
    await timeline.close()
  })
})
