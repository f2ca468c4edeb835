/** Reports as CSV: a row for each entry, with what it says and whom it is owed to. */
import { parse } from 'csv-parse/sync'
import { expect, onTestFinished, test } from 'vitest'
import { csvText } from '../../src/exchange/cells.js'
import { Credits } from '../../src/exchange/credits.js'
import { type ReportRowsOptions, reportRows } from '../../src/exchange/csv-out.js'
import { openTimeline, parseInstant, type Timeline } from '../../src/index.js'
import { aleppo } from '../../src/testing/aleppo.js'
import { openWorld, WORLD } from '../support.js'

function table(timeline: Timeline, options: Partial<ReportRowsOptions> = {}) {
  const credits = new Credits(timeline.registry())
  const text = csvText([...reportRows(timeline, { credits, ...options })])
  return parse(text, { columns: true }) as Record<string, string>[]
}

test('every entry of the day has its row, in the order of the log', async () => {
  const timeline = await openTimeline({ log: ':memory:', clock: () => 1_447_355_000_000 })
  onTestFinished(() => timeline.close())
  await timeline.append(aleppo.all)
  const rows = table(timeline)
  const entries = [...timeline.reports()]
  expect(rows.map(({ position, id, kind }) => [Number(position), id, kind])).toEqual(
    entries.map(({ position, id, kind }) => [position, id, kind]),
  )
  for (const [at, { report, places, citation }] of entries.entries()) {
    const row = rows[at]!
    const { kind: _, mode, basis, status, ...claim } = report.claim
    expect(JSON.parse(row.claim!)).toEqual(claim)
    expect([row.mode, row.basis, row.status]).toEqual([mode ?? '', basis ?? '', status ?? ''])
    expect(row.places).toBe(places.join('|'))
    expect(row.citation).toBe(citation === null ? '' : JSON.stringify(citation))
    expect(row.credit).toBe(report.attribution.length === 0 ? '' : 'Al-Masdar News')
  }
  const eiss = rows.find(({ id }) => id === 'masdar-2015-11-12/7b')
  expect(eiss).toMatchObject({
    account: 'al-masdar/ground-source',
    when: '2015-11-12T12:00/2015-11-12T20:00',
    when_from: '2015-11-12T10:00:00.000Z',
    when_to: '2015-11-12T18:00:00.000Z',
    published: '2015-11-12T19:00:00.000Z',
  })
})

test('ends, stances, batches and withdrawn reports are told', async () => {
  const timeline = await openWorld()
  const said = {
    zone: 'UTC',
    attribution: ['gazette', { source: 'echo', stance: 'doubt' }, 'herald'],
  }
  const claim = { kind: 'control', place: 'town', holder: ['reds'] }
  await timeline.append([
    { ...said, id: 'a', claim, when: '1970', until: '1971', batch: 'map', published: '1972' },
    { ...said, id: 'b', claim, when: '1970', until: '..', citation: '=cmd()' },
    { ...said, id: 'c', claim, when: '1970', until: 'unknown' },
    {
      ...said,
      id: 'd',
      claim: { kind: 'withdrawal', of: 'a', reason: 'wrong' },
      published: '1973',
    },
  ])
  const rows = table(timeline, { after: WORLD.length })
  expect(rows.map(({ id, counts, until }) => [id, counts, until])).toEqual([
    ['a', 'no', '1971'],
    ['b', 'yes', 'open'],
    ['c', 'yes', 'unknown'],
    ['d', 'yes', ''],
  ])
  expect(rows[0]).toMatchObject({
    attribution: 'gazette < echo (doubt) < herald',
    account: 'herald via gazette < echo',
    until_from: '1971-01-01T00:00:00.000Z',
    until_to: '1972-01-01T00:00:00.000Z',
    batch: 'map',
  })
  expect(rows[1]?.citation).toBe("'=cmd()")
})

test('a cut by position or publication leaves out what came later; the desk is never cut', async () => {
  const timeline = await openWorld()
  const claim = { kind: 'control', place: 'town', holder: ['reds'] }
  await timeline.append([
    { id: 'a', claim, when: '1969[UTC]', attribution: 'herald', published: '1970-01-02[UTC]' },
    { id: 'b', claim, when: '1969[UTC]', attribution: 'herald', published: '1970-01-03[UTC]' },
    { id: 'c', claim, when: '1969[UTC]', attribution: 'herald' },
  ])
  const ids = (options: Partial<ReportRowsOptions>) => table(timeline, options).map(({ id }) => id)
  const own = (found: (string | undefined)[]) => found.filter((id) => /^[abc]$/.test(id ?? ''))
  expect(own(ids({ upTo: WORLD.length + 1 }))).toEqual(['a'])
  // What states no publication counts from its stamp, here a thousand seconds after 1970 began.
  expect(own(ids({ published: parseInstant('1970-01-02T23:59:59.999Z') }))).toEqual(['a', 'c'])
  expect(own(ids({ published: parseInstant('1970-01-02T23:59:59.998Z') }))).toEqual(['c'])
  expect(ids({ published: parseInstant('1970-01-01T00:00:00.000Z') })).toHaveLength(WORLD.length)
  expect(own(ids({ place: 'hill' }))).toEqual([])
  expect(own(ids({ account: 'herald', kind: 'control' }))).toEqual(['a', 'b', 'c'])
})
