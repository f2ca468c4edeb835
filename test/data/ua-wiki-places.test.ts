/**
 * Wikipedia's list of towns on the places of a map, by the crosswalk; and mappings that are wrong,
 * which the plain code catches.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { describe, expect, test } from 'vitest'
import { file, folder } from '../cli/program.js'
import { dataFolder, NO_DATA, rowsOf } from './folder.js'
import { faults, importCsv, mapping, newLog, placesOf, reopened, SIDES } from './ua-wiki-log.js'
import { wikiRows } from './ua-wiki-rows.js'

const data = dataFolder('ua-wiki-cities-2022')

describe('Wikipedia, on the places of a map', () => {
  test('matched towns have their GeoNames id; "then" is the last row captured by then', async ({
    skip,
  }) => {
    if (data === null) return skip(NO_DATA)
    const csv = join(data, 'reports.csv.gz')
    const crosswalk = join(data, 'place_crosswalk.csv.gz')
    const tables = ['--lookup', `geonames=${crosswalk}`, '--lookup', `called=${crosswalk}`]
    const log = await newLog()
    await importCsv(log, csv, mapping('geonames'), tables)
    const rows = wikiRows(rowsOf(csv))
    const timeline = await reopened(log)
    const places = placesOf(timeline, rows)
    for (const row of rowsOf(crosswalk)) {
      const place = places.get(`${row.name}|${row.name_disambiguator}`)
      if (row.match_status === 'matched') expect(place).toBe(row.geonameid)
      else expect(place).toMatch(/^wiki\//)
    }
    const russia = 'russia'
    const sides = { ...SIDES, 'Donetsk PR': russia, 'Luhansk PR': russia }
    expect(faults(timeline, { log, rows, places, sides })).toEqual([])
    const again = await importCsv(log, csv, mapping('geonames'), tables)
    expect(again).toMatchObject({ appended: 0, head: timeline.head })
  })
})

/** Towns with every trap: two hours, broken cells, shifted columns, a name that comes and goes. */
const TRAPS = ['Kherson', 'Lyman', 'Pytomnyk', 'Novooleksandrivka', 'Hostomel', 'Shostka']

describe('a mapping that is wrong is caught on a few towns', () => {
  const text = readFileSync(mapping('names'), 'utf8')
  const change = (from: string | RegExp, to: string) => {
    const changed = text.replaceAll(from, to)
    expect(changed).not.toBe(text)
    return changed
  }
  const broken: readonly (readonly [string, () => string, boolean])[] = [
    ['as it stands', () => text, true],
    ["fighting that ends nobody's hold", () => change(/, "ends": \["holder"\]/g, ''), false],
    ['a hold that ends no fighting', () => change(/, "ends": \["contest"\]/g, ''), false],
    [
      'the time of the page for that of the capture',
      () => change('"published": "{captured_at_utc}"', '"published": "{page_time_utc}"'),
      false,
    ],
  ]
  for (const [what, made, right] of broken)
    test(what, async ({ skip }) => {
      if (data === null) return skip(NO_DATA)
      const some = rowsOf(data, 'reports.csv.gz').filter(({ name = '' }) => TRAPS.includes(name))
      const csv = file('some.csv', stringify(some, { header: true }))
      const log = await newLog()
      const map = join(folder(), 'map.json')
      writeFileSync(map, made())
      await importCsv(log, csv, map)
      const rows = wikiRows(some)
      const timeline = await reopened(log)
      const found = faults(timeline, { log, rows, places: placesOf(timeline, rows), sides: SIDES })
      expect(found.length === 0).toBe(right)
    })
})
