import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { control } from '../../projections/index.js'
import type {
  CompareOptions,
  Comparison,
  Counts,
  PlaceView,
  Timeline,
  Words,
} from '../../src/index.js'
import { histories } from '../../src/testing/arbitraries.js'
import { readings } from '../../src/testing/arbitraries-readings.js'
import { Bench, subject } from '../../src/testing/laws/subject.js'
import { seeded } from '../laws/run.js'
import { at, control as claim, openWorld, type Said } from '../support.js'
import { clashing, worldOf } from './clashing.js'

const runs = seeded('compare')
const cases = histories().chain((history) => fc.tuple(fc.constant(history), readings(history)))

const NONE: Counts = {
  bothSilent: 0,
  onlyA: 0,
  onlyB: 0,
  same: 0,
  byDefault: 0,
  scope: 0,
  vocabulary: 0,
  lag: 0,
  contradiction: 0,
  open: { vocabulary: 0, lag: 0, contradiction: 0 },
}

const GRAVE = ['contradiction', 'lag', 'vocabulary'] as const

/** Which count a place is in, from its view: the plain way. */
function countOf(view: PlaceView, [a, b]: readonly [string, string]): string {
  const [x, y] = [a, b].map((name) => view.accounts.find(({ account }) => account === name))
  const speaks = (account: typeof x) => Object.keys(account?.control ?? {}).length > 0
  if (!speaks(x) || !speaks(y)) return speaks(x) ? 'onlyA' : speaks(y) ? 'onlyB' : 'bothSilent'
  const words = (account: typeof x, voiced: boolean) =>
    Object.fromEntries(
      Object.entries(account!.control).filter(
        ([facet]) => !voiced || account!.basis[facet] !== 'default',
      ),
    ) as Words
  // What agrees and changed apart clashes under no rule; what clashes by default alone is of scope.
  const clash = (facets: readonly string[], voiced: boolean) =>
    control.disputes
      .filter((rule) => rule.facets.some((facet) => facets.includes(facet)))
      .some((rule) => rule.clash(words(x, voiced), words(y, voiced)) !== null)
  const clashing = view.disputes.filter(
    ({ parties, facets, cause }) =>
      parties.includes(a) && parties.includes(b) && clash(facets, cause !== 'scope'),
  )
  for (const open of [false, true])
    for (const cause of GRAVE)
      if (clashing.some((one) => one.cause === cause && one.open === open))
        return open ? `open ${cause}` : cause
  if (clashing.length > 0) return 'scope'
  const voiced = (account: typeof x) =>
    Object.keys(account!.control).some((facet) => account!.basis[facet] !== 'default')
  return voiced(x) && voiced(y) ? 'same' : 'byDefault'
}

/** The counts as one record. */
const flat = ({ open, ...counts }: Counts) => ({
  ...counts,
  'open vocabulary': open.vocabulary,
  'open lag': open.lag,
  'open contradiction': open.contradiction,
})
const counted = (found: readonly string[]) => {
  const counts = { ...flat(NONE) } as Record<string, number>
  for (const one of found) counts[one]!++
  return counts
}

/** Holds a comparison of every two accounts, at one instant, to the views; tells which counts it met. */
function holdToViews(
  timeline: Timeline,
  reading: Omit<CompareOptions, 'accounts' | 'from' | 'to'>,
  valid: string,
): string[] {
  const view = timeline.at({ ...reading, valid })
  const places = timeline
    .registry()
    .places()
    .map(({ id }) => id)
  const views = places.map((id) => view.place(id))
  const names = [...new Set(views.flatMap((one) => one.accounts.map((a) => a.account)))]
  const met: string[] = []
  for (const a of names)
    for (const b of names.filter((name) => name !== a)) {
      const asked = { ...reading, accounts: [a, b] as const, from: valid, to: valid, places }
      const found = timeline.compare(asked)
      const expected = views.map((one) => countOf(one, [a, b]))
      met.push(...expected)
      for (const [i, id] of places.entries())
        expect(flat(found.places.find(({ place }) => place === id)!)).toMatchObject(
          counted([expected[i]!]),
        )
      expect(flat(found.total)).toEqual(counted(expected))
      expect(flat(found.steps[0]!)).toMatchObject(counted(expected))
    }
  return met
}

describe('two accounts compared', () => {
  test('put every place into the count that its view says, under histories of every kind', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { engine } = await Bench.holding(subject(), history)
        const { accounts: _, resolver: __, ...rest } = reading
        for (const valid of [reading.valid, ...[2, 9].map(at)])
          holdToViews(engine as Timeline, rest, valid)
        await engine.close()
      }),
      runs,
    )
  })

  test('and where accounts clash in every way', async () => {
    const met = new Set<string>()
    await fc.assert(
      fc.asyncProperty(clashing, fc.integer({ min: 1, max: 24 }), async (said, published) => {
        const timeline = await worldOf(said)
        for (const valid of [4, 8, 12, 16, 20].map(at))
          for (const reading of [{}, { published: at(published) }])
            for (const one of holdToViews(timeline, reading, valid)) met.add(one)
        await timeline.close()
      }),
      runs,
    )
    const { open: _, ...common } = NONE
    expect([...met]).toEqual(expect.arrayContaining(Object.keys(common)))
  })
})

const day = (n: number) => `1970-01-${String(n).padStart(2, '0')}`
const said = (id: string, who: unknown, when: number, what: object): Said =>
  claim(id, who, day(when), { mode: 'change', ...what }, {
    zone: 'UTC',
    published: day(when),
  } as object)
const reds = { holder: ['reds'], ends: ['contest'] }
const blues = { holder: ['blues'], ends: ['contest'] }
const fought = { contest: ['blues', 'reds'], ends: ['holder'] }

/** Nine days of the town: first nothing, then the herald alone, and so on. */
async function nineDays() {
  const timeline = await openWorld({ clock: () => Date.parse('1970-02-01') })
  await timeline.append([
    said('a', 'herald', 2, reds),
    said('b', 'gazette', 3, reds),
    said('c', 'herald', 4, fought),
    said('d', 'gazette', 5, blues),
    said('e', 'herald', 6, { holder: ['reds'], ends: ['contest'] }),
    said('f', 'gazette', 8, { ...fought, basis: 'default' }),
    said('g', 'herald', 9, fought),
  ])
  return timeline
}

describe('nine days of one town', () => {
  const ask = { accounts: ['herald', 'gazette'], from: day(1), to: day(9) } as const
  const ofTown = ({ places }: Comparison) => places.find(({ place }) => place === 'town')!
  const counts = (of: Partial<Counts>) => ({ ...NONE, ...of })

  test('are counted day by day, for what was known in the end', async () => {
    const timeline = await nineDays()
    const found = timeline.compare(ask)
    expect(ofTown(found)).toEqual({
      place: 'town',
      name: 'The Town',
      // The fourth and fifth day: contested against held. The sixth and seventh: reds against blues.
      ...counts({
        bothSilent: 1,
        onlyA: 1,
        same: 1,
        byDefault: 1,
        scope: 1,
        vocabulary: 2,
        contradiction: 2,
      }),
    })
    expect(found.total).toEqual(
      counts({
        bothSilent: 1,
        onlyA: 1,
        same: 1,
        byDefault: 1,
        scope: 1,
        vocabulary: 2,
        contradiction: 2,
      }),
    )
    expect(found.steps.map(({ step, valid }) => [step, valid])).toEqual(
      Array.from({ length: 9 }, (_, i) => [day(i + 1), `${day(i + 1)}T23:59:59.999Z`]),
    )
    expect(found.steps.map((one) => one.contradiction)).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0])
    expect(found.steps.map((one) => one.bothSilent)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  test('change with the order of accounts only in who speaks alone', async () => {
    const timeline = await nineDays()
    const turned = timeline.compare({ ...ask, accounts: ['gazette', 'herald'] })
    expect(ofTown(turned)).toMatchObject({ onlyA: 0, onlyB: 1, vocabulary: 2, contradiction: 2 })
  })

  test('know lag where a later word is within the reading, and none with what was published by then', async () => {
    const timeline = await nineDays()
    await timeline.append(said('h', 'herald', 12, blues))
    expect(ofTown(timeline.compare(ask))).toMatchObject({ lag: 2, contradiction: 0 })
    expect(ofTown(timeline.compare({ ...ask, published: 'then' }))).toMatchObject({
      lag: 0,
      contradiction: 2,
    })
  })

  test('are read at the end of each day in the zone', async () => {
    const timeline = await nineDays()
    const found = timeline.compare({ ...ask, zone: 'Asia/Damascus' })
    expect(found.steps[0]?.valid).toBe('1970-01-01T21:59:59.999Z')
    // A day in UTC is over two hours after it is in Damascus.
    expect(ofTown(found)).toMatchObject({ bothSilent: 2, onlyA: 1, onlyB: 0 })
  })

  test('may be weeks or months, or of places that are named', async () => {
    const timeline = await nineDays()
    const weeks = timeline.compare({ ...ask, step: 'week', to: day(14) })
    expect(weeks.steps.map(({ step }) => step)).toEqual([day(1), day(8)])
    const hill = timeline.compare({ ...ask, places: ['hill'] })
    expect(hill.places).toEqual([{ place: 'hill', name: 'hill', ...counts({ bothSilent: 9 }) }])
    expect(hill.total).toEqual(counts({ bothSilent: 9 }))
  })

  test('tell each step after it, so that whoever asked may stop', async () => {
    const timeline = await nineDays()
    const steps = timeline.comparing(ask)
    expect([steps.next(), steps.next()]).toEqual([
      { done: false, value: day(1) },
      { done: false, value: day(2) },
    ])
  })

  test('refuse what they cannot compare', async () => {
    const timeline = await nineDays()
    const asks: readonly (readonly [object, string])[] = [
      [{ accounts: ['herald', 'herald'] }, 'invalid-reading'],
      [{ accounts: ['herald', 'nobody'] }, 'unknown-name'],
      [{ places: ['nowhere'] }, 'unknown-name'],
      [{ from: day(9), to: day(1) }, 'usage'],
      [{ from: 'yesterday' }, 'invalid-reading'],
      [{ known: 4000 }, 'invalid-reading'],
    ]
    for (const [more, code] of asks)
      expect(() => timeline.compare({ ...ask, ...more })).toThrow(expect.objectContaining({ code }))
  })
})
