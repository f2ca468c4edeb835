/** GeoJSON of a reading: of the form that RFC 7946 asks for, and saying what the view says. */
import { fc, test as property } from '@fast-check/vitest'
import { expect, onTestFinished, test } from 'vitest'
import { Credits } from '../../src/exchange/credits.js'
import { type GeojsonSummary, geojsonOf } from '../../src/exchange/geojson.js'
import { openTimeline, type Reading, type Timeline } from '../../src/index.js'
import { aleppo } from '../../src/testing/aleppo.js'

interface Feature {
  readonly type: string
  readonly id: string
  readonly geometry: { readonly type: string; readonly coordinates: readonly number[] }
  readonly properties: Readonly<Record<string, unknown>>
}

interface Collection {
  readonly type: string
  readonly features: readonly Feature[]
  readonly reading: object
  readonly token: string
  readonly unlocated: readonly string[]
  readonly credits: readonly { readonly source: string; readonly credit: string | null }[]
}

function geojson(timeline: Timeline, reading: Reading) {
  const pieces = geojsonOf(timeline, timeline.at(reading), new Credits(timeline.registry()))
  let text = ''
  let summary: GeojsonSummary | undefined
  for (;;) {
    const { done, value } = pieces.next()
    if (done === true) {
      summary = value
      break
    }
    text += value
  }
  return { text, summary, document: JSON.parse(text) as Collection }
}

/** What is not as RFC 7946 has it. */
function faults({ type, features }: Collection): string[] {
  return [
    ...(type === 'FeatureCollection' && Array.isArray(features) ? [] : ['no collection']),
    ...features.flatMap(({ type, id, geometry, properties }) => {
      const [lon = Number.NaN, lat = Number.NaN, ...more] = geometry.coordinates
      return [
        ...(type === 'Feature' && typeof id === 'string' ? [] : ['no feature']),
        ...(geometry.type === 'Point' && more.length === 0 ? [] : ['no point']),
        ...(Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [] : [`no place on earth ${lon} ${lat}`]),
        ...(typeof properties === 'object' ? [] : ['no properties']),
      ]
    }),
  ]
}

async function theDay(): Promise<Timeline> {
  const timeline = await openTimeline({ log: ':memory:', clock: () => 1_447_355_000_000 })
  await timeline.append(aleppo.all)
  onTestFinished(() => timeline.close())
  return timeline
}

const EVENING = { valid: '2015-11-12T20:00+02:00' }

test('the evening south of Aleppo', async () => {
  const timeline = await theDay()
  const { document, summary } = geojson(timeline, EVENING)
  expect(faults(document)).toEqual([])
  const view = timeline.at(EVENING)
  expect(document).toMatchObject({ reading: view.reading, token: view.token })
  const ids = document.features.map(({ id }) => id)
  expect([...ids, ...document.unlocated].sort()).toEqual(
    [...view.places()].map((p) => p.place).sort(),
  )
  expect(summary).toEqual({ features: ids.length, unlocated: document.unlocated })
  const eiss = document.features.find(({ id }) => id === 'al-eiss')
  expect(eiss?.geometry).toEqual({ type: 'Point', coordinates: [36.99, 35.98] })
  expect(eiss?.properties).toMatchObject({
    name: "Al-'Eiss",
    standing: 'disputed',
    disputed: true,
    certain: true,
    holder: 'hezbollah|iranian-units|iraqi-units',
    holderExtent: 'full',
    contest: '(none) / ahrar-al-sham|hezbollah|iranian-units|iraqi-units',
    threat: null,
    disputes: [{ kind: 'extent', facets: ['contest'] }],
  })
  const told = view.place('al-eiss').accounts
  expect(eiss?.properties.accounts).toMatchObject(
    told.map(({ account, control, possible }) => ({ account, settled: control, possible })),
  )
  expect(document.credits.map(({ source }) => source)).toContain('al-masdar/ground-source')
})

test('what is only possible is told, and nothing is settled by it', async () => {
  const { document } = geojson(await theDay(), { valid: '2015-11-12T11:00+02:00' })
  const town = document.features.find(({ id }) => id === 'al-hadher')
  expect(town?.properties).toMatchObject({ certain: false, standing: 'sole', disputed: false })
  expect(town?.properties.holder).toBe('ahrar-al-sham|nour-al-din-al-zinki|suqour-al-sham')
  const [account] = town!.properties.accounts as { possible: { holder: unknown[] } }[]
  expect(account?.possible.holder).toHaveLength(2)
})

test('what is drawn by default alone is marked', async () => {
  const timeline = await openTimeline({ log: ':memory:' })
  const held = (place: string, basis: string) => ({
    claim: { kind: 'control', place, holder: ['reds'], basis },
    when: '2015[UTC]',
    attribution: 'herald',
  })
  const point = { lat: 1, lon: 2 }
  await timeline.append(
    [
      { claim: { kind: 'place', place: 'hill', point } },
      { claim: { kind: 'place', place: 'town', point } },
      held('hill', 'default'),
      held('town', 'witnessed'),
    ],
    { register: true },
  )
  const { document } = geojson(timeline, { valid: '2016' })
  expect(document.features.map(({ id, properties }) => [id, properties.byDefault])).toEqual([
    ['hill', true],
    ['town', false],
  ])
  await timeline.close()
})

test('a reading of which nothing is said has no feature', async () => {
  const { document, text } = geojson(await theDay(), { ...EVENING, known: 0 })
  expect(document).toMatchObject({ features: [], unlocated: [], credits: [] })
  expect(text.endsWith('}\n')).toBe(true)
})

property.prop(
  [
    fc.array(
      fc.record({
        lat: fc.double({ min: -90, max: 90, noNaN: true }),
        lon: fc.double({ min: -180, max: 180, noNaN: true }),
      }),
      {
        minLength: 1,
        maxLength: 8,
      },
    ),
  ],
  { numRuns: 30 },
)('points stand where they are, longitude first', async (points) => {
  const timeline = await openTimeline({ log: ':memory:' })
  await timeline.append(
    points.flatMap((point, n) => [
      { claim: { kind: 'place', place: `p${n}`, point } },
      {
        claim: { kind: 'control', place: `p${n}`, holder: ['reds'] },
        when: '2015[UTC]',
        attribution: 'herald',
      },
    ]),
    { register: true },
  )
  const { document } = geojson(timeline, { valid: '2016' })
  expect(faults(document)).toEqual([])
  const found = new Map(document.features.map(({ id, geometry }) => [id, geometry.coordinates]))
  for (const [n, { lat, lon }] of points.entries())
    expect(found.get(`p${n}`)?.map((x) => x + 0)).toEqual([lon + 0, lat + 0])
  await timeline.close()
})

test('a document whose points are the wrong way round is caught', async () => {
  const { document } = geojson(await theDay(), EVENING)
  const features = document.features.map((feature) => ({
    ...feature,
    geometry: { ...feature.geometry, coordinates: [10, 170] },
  }))
  expect(faults({ ...document, features })).toContain('no place on earth 10 170')
})
