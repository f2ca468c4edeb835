/**
 * Two clocks: what Wikipedia's list of towns said, by the time at which it was captured, imported
 * with the example mappings and held to plain code over the rows.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'csv-stringify/sync'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openTimeline, type PlaceView, type Timeline } from '../../src/index.js'
import { file, folder, json } from '../cli/program.js'
import { dataFolder, NO_DATA, rowsOf } from './folder.js'
import { kyivDay, NOBODY, type Row, type Says, wikiRows } from './ua-wiki-rows.js'

const data = dataFolder('ua-wiki-cities-2022')
const mapping = (name: string) =>
  fileURLToPath(new URL(`../../scripts/mappings/ua-wiki-${name}.json`, import.meta.url))

/** A log, the statements in it, and how the mapping calls towns and sides. */
interface Told {
  readonly log: string
  readonly rows: readonly Row[]
  readonly places: ReadonlyMap<string, string>
  readonly sides: Readonly<Record<string, string>>
}

interface Summary {
  readonly appended: number
  readonly head: number
}

/** The import as a person types it. */
function importCsv(log: string, csv: string, map: string, more: readonly string[] = []) {
  return json<Summary>(['import', 'csv', csv, '--map', map, ...more, '--log', log])
}

async function newLog(): Promise<string> {
  const log = join(folder(), 'wiki.db')
  await json(['record', mapping('registry'), '--log', log])
  return log
}

async function reopened(log: string): Promise<Timeline> {
  const timeline = await openTimeline({ log, readonly: true })
  onTestFinished(() => timeline.close())
  return timeline
}

const SIDES = {
  Ukraine: 'ukraine',
  Russia: 'russia',
  'Donetsk PR': 'donetsk-pr',
  'Luhansk PR': 'luhansk-pr',
  [NOBODY]: NOBODY,
}

/** What the log holds of each row: the one control report of its number. */
function placesOf(timeline: Timeline, rows: readonly Row[]): Map<string, string> {
  const said = new Map<string, readonly string[]>()
  for (const { id, places } of timeline.reports({ kind: 'control' })) said.set(id, places)
  expect([...said.keys()].sort()).toEqual(rows.map(reportId).sort())
  const found = new Map<string, string>()
  for (const row of rows) {
    const [place = ''] = said.get(reportId(row)) ?? []
    expect(found.get(row.town) ?? place).toBe(place)
    found.set(row.town, place)
  }
  return found
}

const reportId = ({ id }: Row) => `wiki-cities-2022/${id}`

/** Who holds a place, who fights for it, and the report that says so. */
interface Held {
  readonly holder: readonly string[] | null
  readonly contest: readonly string[] | null
  readonly by: string | null
}

function expected(row: Row | undefined, sides: Told['sides']): Held {
  const { holder, fought }: Says = row?.says ?? { holder: null, fought: false }
  return {
    holder: holder === null ? null : holder === NOBODY ? [] : [sides[holder] ?? ''],
    contest: fought ? ['russia', 'ukraine'] : null,
    by: row === undefined || (holder === null && !fought) ? null : reportId(row),
  }
}

function answered({ accounts }: PlaceView): Held {
  const [said] = accounts
  const holder = said?.control.holder as { actors: string[] } | undefined
  const contest = said?.control.contest as string[] | undefined
  const carried = holder !== undefined ? 'holder' : contest !== undefined ? 'contest' : null
  return {
    holder: holder?.actors ?? null,
    contest: contest ?? null,
    by: carried === null ? null : (said?.evidence[carried]?.[0] ?? null),
  }
}

/** Rows by capture, in the order of captures. */
function captures(rows: readonly Row[]): [number, Row[]][] {
  const groups = new Map<number, Row[]>()
  for (const row of rows) groups.set(row.captured, [...(groups.get(row.captured) ?? []), row])
  return [...groups]
}

/**
 * Where an answer to `published: 'then'` is not the last row captured by then: asked of every row
 * just before and just after its capture. Where two names of one place are captured together, the
 * name that left the page does not speak for the one that stands on it.
 */
function faults(timeline: Timeline, { rows, places, sides }: Told): string[] {
  const last = new Map<string, Row>()
  const found: string[] = []
  const ask = (instant: number, asked: readonly string[]) => {
    const valid = new Date(instant).toISOString()
    const view = timeline.at({ valid, published: 'then' })
    for (const place of asked) {
      const answer = JSON.stringify(answered(view.place(place)))
      const wanted = JSON.stringify(expected(last.get(place), sides))
      if (answer !== wanted) found.push(`${valid} ${place}: ${answer}, not ${wanted}`)
    }
  }
  for (const [captured, together] of captures(rows)) {
    const named = together.map((row) => ({ row, place: places.get(row.town) ?? '' }))
    const asked = named.map(({ place }) => place)
    const stand = new Set(named.filter(({ row }) => !row.gone).map(({ place }) => place))
    ask(captured - 1, asked)
    for (const { row, place } of named) if (!row.gone || !stand.has(place)) last.set(place, row)
    ask(captured + 1, asked)
  }
  return found
}

/** The rows of the file and a log of them, made once for the tests that read it. */
let whole: Promise<Told & { csv: string }> | undefined
async function imported(folder: string): Promise<Told & { csv: string }> {
  const csv = join(folder, 'reports.csv.gz')
  const log = await newLog()
  await importCsv(log, csv, mapping('names'))
  const rows = wikiRows(rowsOf(csv))
  const timeline = await openTimeline({ log, readonly: true })
  const places = placesOf(timeline, rows)
  await timeline.close()
  return { csv, log, rows, places, sides: SIDES }
}

describe('Wikipedia, by names of towns', () => {
  test('each row is one report; a second import adds nothing', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    whole ??= imported(data)
    const { csv, log, rows, places } = await whole
    expect(rows).toHaveLength(9_109)
    expect(new Set(places.values()).size).toBe(553)
    const { head } = await reopened(log)
    expect(await importCsv(log, csv, mapping('names'))).toMatchObject({ appended: 0, head })
  })

  test('just after each capture, "then" is the last row captured by then', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    whole ??= imported(data)
    const told = await whole
    expect(faults(await reopened(told.log), told)).toEqual([])
  })

  test('Kherson within two hours of 11 November', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    whole ??= imported(data)
    const { log, rows, places } = await whole
    const timeline = await reopened(log)
    const told = ['15:00', '15:30', '16:30', '17:00'].map((clock) => {
      const valid = `2022-11-11T${clock}Z`
      const view = timeline.at({ valid, published: 'then' })
      const answer = answered(view.place(places.get('Kherson|') ?? ''))
      const last = rows.filter(
        ({ name, captured }) => name === 'Kherson' && captured <= Date.parse(valid),
      )
      expect(answer).toEqual(expected(last.at(-1), SIDES))
      return answer.holder
    })
    expect(told).toEqual([['russia'], ['ukraine'], ['russia'], ['ukraine']])
  })

  test('times are the as-of date and the capture, words what stands in place of a date', async ({
    skip,
  }) => {
    if (data === null) return skip(NO_DATA)
    whole ??= imported(data)
    const { log, rows } = await whole
    const timeline = await reopened(log)
    const said = new Map([...timeline.reports({ kind: 'control' })].map((one) => [one.id, one]))
    const told = rows.map((row) => {
      const { report, published } = said.get(reportId(row)) ?? {}
      return {
        published: Date.parse(published ?? ''),
        start: report?.start && [report.start.from, report.start.to],
        words: report?.start?.words ?? null,
        status: report?.claim.status ?? '',
        batch: report?.batch,
      }
    })
    expect(told).toEqual(
      rows.map(({ captured, asOf, words, gone, cell }) => ({
        published: captured,
        start:
          asOf === null && words === null && !gone
            ? undefined
            : [asOf === null ? null : kyivDay(asOf), captured],
        words,
        status: cell,
        batch: `wiki-cities-2022/${new Date(captured).toISOString().replace('.000', '')}`,
      })),
    )
    expect(rows.filter(({ words }) => words !== null)).toHaveLength(10)
  })

  test('the words and the link are a citation, which lies beside the report', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    whole ??= imported(data)
    const { log, rows } = await whole
    const timeline = await reopened(log)
    const said = new Map([...timeline.reports({ kind: 'control' })].map((one) => [one.id, one]))
    for (const row of rows) {
      const { citation, report } = said.get(reportId(row)) ?? {}
      const { claim: text, url } = row
      const cited = { ...(url === '' ? {} : { url }), ...(text === '' ? {} : { text }) }
      expect(citation ?? {}).toEqual(cited)
      expect(report?.parts?.citation === undefined).toBe(Object.keys(cited).length === 0)
    }
  })

  test('the source has its licence and credit line', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    whole ??= imported(data)
    const { log } = await whole
    const sources = (await reopened(log)).registry().sources()
    const source = sources.find(({ id }) => id === 'wikipedia')
    expect(source?.fields.licence).toContain('CC BY-SA 3.0')
    expect(source?.fields.credit).toContain('Wikipedia contributors')
  })
})

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
