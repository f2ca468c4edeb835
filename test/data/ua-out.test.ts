/** The map of 2022 written out again: panel and GeoJSON say what the rows say that came in. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { csvText } from '../../src/exchange/cells.js'
import { Credits } from '../../src/exchange/credits.js'
import { geojsonOf } from '../../src/exchange/geojson.js'
import { panelRows } from '../../src/exchange/panel.js'
import type { Timeline } from '../../src/index.js'
import { dataFolder, NO_DATA } from './folder.js'
import { changesLog, filesOf } from './ua-control-log.js'

const folder = dataFolder('ua-control-2022')
const DAYS = ['2022-02-24', '2022-09-09', '2022-09-10', '2022-09-11', '2022-11-30']

let timeline: Timeline

beforeAll(async () => {
  if (folder !== null) timeline = await changesLog(filesOf(folder))
})

type Rows = readonly Readonly<Record<string, string>>[]
const rowsOf = (text: string): Rows => parse(text, { columns: true })
const unzipped = (name: string) => gunzipSync(readFileSync(join(folder!, name))).toString()

/** What a plain reading of the daily panel shows of each place and day: RU, UA or CONTESTED. */
function shown(): Map<string, string> {
  const [header = '', ...lines] = unzipped('panel_daily.csv.gz').split('\n')
  const wanted = lines.filter((line) => DAYS.includes(line.split(',', 2)[1] ?? ''))
  const rows = rowsOf([header, ...wanted].join('\n'))
  return new Map(rows.map((row) => [`${row.geonameid} ${row.date}`, row.isw!]))
}

/** The same as the panel tells it. */
function told(row: Rows[number]): string {
  if (row.contest === 'russia|ukraine' && row.holder === '') return 'CONTESTED'
  if (row.holder === 'russia' && row.holder_basis === 'assessed') return 'RU'
  return row.holder === 'ukraine' && row.holder_basis === 'default' ? 'UA' : JSON.stringify(row)
}

describe('written out', () => {
  test('the panel has for every place and day what the daily maps show', ({ skip }) => {
    if (folder === null) return skip(NO_DATA)
    const credits = new Credits(timeline.registry())
    const rows = panelRows(timeline, {
      steps: DAYS,
      reading: { accounts: { include: [{ origin: 'isw' }] } },
      rows: 'accounts',
      facets: ['holder', 'contest'],
      places: [],
      credits,
    })
    const table = rowsOf(csvText([...rows]))
    const accounts = table.filter(({ row }) => row === 'account')
    const daily = shown()
    expect(accounts).toHaveLength(daily.size)
    const wrong = accounts.filter((row) => told(row) !== daily.get(`${row.place} ${row.step}`))
    expect(wrong).toEqual([])
    expect(table.at(-1)).toMatchObject({
      row: 'credit',
      account: 'isw',
      credit: expect.stringContaining('Institute for the Study of War'),
    })
  })

  test('the map has every place where the list of places has it', ({ skip }) => {
    if (folder === null) return skip(NO_DATA)
    const view = timeline.at({ valid: '2022-09-10' })
    const text = [...geojsonOf(timeline, view, new Credits(timeline.registry()))].join('')
    type Feature = { id: string; geometry: { coordinates: number[] } }
    const { features } = JSON.parse(text) as { features: Feature[] }
    const points = new Map(features.map(({ id, geometry }) => [id, geometry.coordinates.join()]))
    const places = rowsOf(unzipped('places.csv.gz'))
    expect(points.size).toBe(places.length)
    const elsewhere = places.filter(
      ({ geonameid, longitude, latitude }) =>
        points.get(geonameid!) !== `${Number(longitude)},${Number(latitude)}`,
    )
    expect(elsewhere).toEqual([])
  })
})
