import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Dispute, DisputeOver, Reading, Timeline } from '../../src/index.js'
import { aleppo } from '../../src/testing/aleppo.js'
import { histories } from '../../src/testing/arbitraries.js'
import { readings } from '../../src/testing/arbitraries-readings.js'
import { Bench, subject } from '../../src/testing/laws/subject.js'
import { plain } from '../../src/testing/plain.js'
import { seeded } from '../laws/run.js'
import { at, control, openWorld, WORLD, within } from '../support.js'
import { clashing, LAST, worldOf } from './clashing.js'

const runs = seeded('disputes')
const cases = histories().chain((history) => fc.tuple(fc.constant(history), readings(history)))

const BYTES = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
const placesOf = (timeline: Timeline) =>
  [...timeline.registry().places()].map(({ id }) => id).sort(BYTES)

/** Disputes of every place, as its view lists them. */
const byPlace = (timeline: Timeline, reading: Reading) => {
  const view = timeline.at(reading)
  return placesOf(timeline).flatMap((place) =>
    view.place(place).disputes.map((dispute) => ({ place, ...dispute })),
  )
}
const onMap = (timeline: Timeline, reading: Reading) =>
  timeline
    .at(reading)
    .disputes()
    .map(({ since: _, ...dispute }) => dispute)

describe('disputes on a map', () => {
  test('are those that the views of places list, under histories of every kind', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { engine } = await Bench.holding(subject(), history)
        const timeline = engine as Timeline
        for (const valid of [reading.valid, ...[2, 5, 9, 14].map(at)])
          expect(onMap(timeline, { ...reading, valid })).toEqual(
            byPlace(timeline, { ...reading, valid }),
          )
        await engine.close()
      }),
      runs,
    )
  })

  test('and where accounts clash in every way', async () => {
    const met = new Set<string>()
    await fc.assert(
      fc.asyncProperty(clashing, fc.integer({ min: 18, max: LAST }), async (said, published) => {
        const timeline = await worldOf(said)
        for (const valid of [3, 6, 9, 12, 15, 20].map(at))
          for (const reading of [{ valid }, { valid, published: at(published) }]) {
            const expected = byPlace(timeline, reading)
            expect(onMap(timeline, reading)).toEqual(expected)
            const some = timeline.at(reading).disputes(['town'])
            expect(plain(some).map(({ since: _, ...one }) => one)).toEqual(
              expected.filter(({ place }) => place === 'town'),
            )
            for (const { kind, cause, open } of expected) {
              for (const one of [kind, cause, open ? 'open' : 'strict']) met.add(one)
              if (kind !== 'when' && cause !== 'scope') met.add(`${open ? 'open ' : ''}${cause}`)
            }
          }
        await timeline.close()
      }),
      runs,
    )
    expect([...met]).toEqual(
      expect.arrayContaining(['who', 'extent', 'when', 'relay', 'scope', 'vocabulary', 'lag']),
    )
    expect([...met]).toEqual(expect.arrayContaining(['contradiction', 'open contradiction']))
  })
})

/** Whether one stands in the disputes of a reading: the same parties, kind and a facet, at least as strict. */
const stands = (timeline: Timeline, place: string, dispute: Dispute, reading: Reading) =>
  timeline
    .at(reading)
    .place(place)
    .disputes.some(
      (other) =>
        other.parties.join() === dispute.parties.join() &&
        other.kind === dispute.kind &&
        (dispute.open || !other.open) &&
        other.facets.some((facet) => dispute.facets.includes(facet)),
    )

/** Back from a number as long as it stands. */
function backFrom(now: number, first: number, stood: (n: number) => boolean): number | null {
  let since = now
  while (since > first && stood(since - 1)) since--
  return since === first ? null : since
}

describe('since when', () => {
  test('is what asking back one by one finds, along every clock', async () => {
    let asked = 0
    await fc.assert(
      fc.asyncProperty(
        clashing,
        fc.record({
          t: fc.integer({ min: 2, max: 26 }),
          published: fc.option(fc.integer({ min: 19, max: LAST })),
        }),
        async (said, { t, published }) => {
          const timeline = await worldOf(said)
          const reading: Reading = {
            valid: at(t),
            ...(published === null ? {} : { published: at(published) }),
          }
          for (const { place, since, ...dispute } of timeline.disputes(reading)) {
            const stood = (more: Partial<Reading>) =>
              stands(timeline, place, dispute, { ...reading, ...more })
            const valid = backFrom(t, -3, (n) => stood({ valid: at(n) }))
            expect(since.valid).toBe(valid === null ? null : at(valid))
            expect(since.known).toBe(backFrom(timeline.head, 0, (known) => stood({ known })))
            const along = backFrom(published ?? 0, 17, (n) => stood({ published: at(n) }))
            if (published === null) expect(since).not.toHaveProperty('published')
            else expect(since.published).toBe(along === null ? null : at(along))
            asked++
          }
          await timeline.close()
        },
      ),
      { ...runs, numRuns: Math.ceil((runs.numRuns ?? 100) / 2) },
    )
    expect(asked).toBeGreaterThan(5)
  })

  test('reaches back through what was beyond doubt where it is open now, and not the other way round', async () => {
    const timeline = await openWorld()
    await timeline.append([
      control('a', 'herald', at(1), { mode: 'change', holder: ['reds'] }),
      control('b', 'gazette', at(3), { mode: 'change', holder: ['blues'] }),
      control('c', 'gazette', within(10, 20), { mode: 'change', holder: ['reds'] }),
      control('d', 'gazette', at(30), { mode: 'change', holder: ['blues'] }),
      control('e', 'herald', within(25, 35), { mode: 'change', holder: ['blues'] }),
      control('f', 'herald', at(40), { mode: 'change', holder: ['reds'] }),
    ])
    const since = (t: number) =>
      timeline.disputes(at(t)).map((one) => [one.open, one.since.valid] as const)
    expect(since(9)).toEqual([[false, at(3)]])
    expect(since(15)).toEqual([[true, at(3)]])
    expect(since(32)).toEqual([[true, at(30)]])
    expect(since(50)).toEqual([[false, at(40)]])
  })

  test('is worked out when it is asked for, and part of the JSON', async () => {
    const timeline = await openWorld()
    await timeline.append([
      control('a', 'herald', at(1), { mode: 'change', holder: ['reds'] }),
      control('b', 'gazette', at(3), { mode: 'change', holder: ['blues'] }),
    ])
    expect(plain(timeline.disputes(at(9)))).toEqual([
      {
        place: 'town',
        kind: 'who',
        open: false,
        facets: ['holder'],
        parties: ['gazette', 'herald'],
        cause: 'contradiction',
        shared: [],
        since: { valid: at(3), known: WORLD.length + 2 },
      },
    ])
    expect(timeline.disputes({ valid: at(9), places: ['hill'] })).toEqual([])
  })
})

const FIRST = -4
const END = 40

/** Maximal runs of equal disputes of every place, asked at every instant. */
function runsAskedOneByOne(timeline: Timeline, reading: Omit<Reading, 'valid'>) {
  const found: (Dispute & { place: string; from: number; to: number })[] = []
  for (const place of placesOf(timeline)) {
    let live = new Map<string, (typeof found)[number]>()
    for (let t = FIRST; t < END; t++) {
      const next = new Map<string, (typeof found)[number]>()
      for (const dispute of timeline.at({ ...reading, valid: at(t) }).place(place).disputes) {
        const { shared: _, ...told } = dispute
        const key = JSON.stringify(told)
        const run = live.get(key) ?? { place, ...dispute, from: t, to: t }
        if (!live.has(key)) found.push(run)
        run.to = t + 1
        next.set(key, run)
      }
      live = next
    }
  }
  return found
}

describe('over a stretch of time', () => {
  test('are the maximal runs that asking at every instant finds', async () => {
    let stretches = 0
    await fc.assert(
      fc.asyncProperty(
        clashing,
        fc.tuple(fc.integer({ min: -2, max: 22 }), fc.integer({ min: 1, max: 12 })),
        fc.option(fc.integer({ min: 19, max: LAST }), { nil: undefined }),
        async (said, [from, length], published) => {
          const timeline = await worldOf(said)
          const reading = published === undefined ? {} : { published: at(published) }
          const to = from + length
          const edge = (t: number) => (t === FIRST || t === END ? null : at(t))
          const expected = runsAskedOneByOne(timeline, reading)
            .filter((run) => run.from < to && from < run.to)
            .map((run) => ({
              ...run,
              from: edge(run.from),
              to: edge(run.to),
              duration: run.from === FIRST || run.to === END ? null : run.to - run.from,
              within: Math.min(run.to, to) - Math.max(run.from, from),
            }))
          const found = timeline.disputes({ ...reading, from: at(from), to: at(to) })
          const sorted = (all: readonly DisputeOver[]) =>
            all.map((one) => JSON.stringify(Object.entries(one).sort())).sort()
          expect(sorted(found)).toEqual(sorted(expected))
          expect(found.map(({ place }) => place)).toEqual(
            found.map(({ place }) => place).sort(BYTES),
          )
          const town = timeline.disputes({
            ...reading,
            from: at(from),
            to: at(to),
            places: ['town'],
          })
          expect(town).toEqual(found.filter(({ place }) => place === 'town'))
          stretches += found.length
          await timeline.close()
        },
      ),
      { ...runs, numRuns: Math.ceil((runs.numRuns ?? 100) / 2) },
    )
    expect(stretches).toBeGreaterThan(5)
  })

  test('reach beyond what was asked for, and say how much of them lies in it', async () => {
    const timeline = await openWorld()
    await timeline.append(
      [
        control('a', 'herald', '1970-01-02', { mode: 'change', holder: ['reds'] }, {
          zone: 'UTC',
        } as object),
        control('b', 'gazette', '1970-01-04', { mode: 'change', holder: ['blues'] }, {
          zone: 'UTC',
        } as object),
      ].map((one) => ({ ...one, published: '1970-02-01' })),
    )
    const DAY = 86_400_000
    const [found] = timeline.disputes({ from: '1970-01-06', to: '1970-01-07' })
    expect(found).toMatchObject({
      kind: 'who',
      from: '1970-01-04T23:59:59.999Z',
      to: null,
      duration: null,
      within: 2 * DAY,
    })
    expect(timeline.disputes({ from: '1970-01-01', to: '1970-01-03' })).toEqual([])
  })

  test('is refused where it is none', async () => {
    const timeline = await openWorld()
    const asks: readonly (readonly [object, string])[] = [
      [{ from: at(9), to: at(9) }, 'invalid-reading'],
      [{ from: at(1), to: at(9), published: 'then' }, 'invalid-reading'],
      [{ from: at(1), to: at(9), places: ['nowhere'] }, 'unknown-name'],
      [{ valid: at(1), places: ['nowhere'] }, 'unknown-name'],
      [{ from: 'soon', to: at(9) }, 'invalid-reading'],
    ]
    for (const [asked, code] of asks)
      expect(() => timeline.disputes(asked as Reading)).toThrow(expect.objectContaining({ code }))
  })
})

describe('the day south of Aleppo', () => {
  test('at 20:00 Al-’Eiss is disputed in extent, a contradiction; before report 7 it is not', async () => {
    const timeline = await openWorld()
    const day = await import('../../src/index.js').then(({ openTimeline }) =>
      openTimeline({ log: ':memory:' }),
    )
    for (const report of aleppo.all) await day.append(report)
    const evening = '2015-11-12T20:00+02:00'
    const position = day.receipt('masdar-2015-11-12/7b')?.position ?? 0
    const [eiss] = day.at(evening).disputes(['al-eiss'])
    expect(plain(eiss)).toMatchObject({
      kind: 'extent',
      cause: 'contradiction',
      open: false,
      parties: ['al-masdar/activists', 'al-masdar/ground-source'],
      shared: ['publisher', 'alignment'],
      since: { valid: '2015-11-12T17:59:59.999Z' },
    })
    expect(eiss!.since.known).toBeLessThanOrEqual(position)
    const known = day.receipt('masdar-2015-11-12/6')!.position
    expect(day.at({ valid: evening, known }).disputes()).toEqual([])
    await Promise.all([timeline.close(), day.close()])
  })
})
