/**
 * Two sources of one war on the same places: where the map of 2022 and Wikipedia's list of towns
 * differ, and why, day by day; and what became of what each source said first. All of it as plain code
 * over the rows has it.
 */
import { describe, expect, test } from 'vitest'
import type { Timeline } from '../../src/index.js'
import { dataFolder, NO_DATA } from './folder.js'
import { daysCompared, daysIn, joinedLog, MAP, PAGE, plainRecord } from './ua-joined-log.js'
import {
  type Days,
  daysBetween,
  FROM,
  foldersIn,
  joined,
  NAMED,
  sum,
  TO,
} from './ua-joined-rows.js'
import { recordIn, telling } from './ua-record-rows.js'

const data = dataFolder('ua-control-2022') && dataFolder('ua-wiki-cities-2022') && dataFolder('.')

const LAYERS = ['isw/ru-claim', 'isw/ua-claim', 'isw/ua-partisan']
const ALL = ['isw', ...LAYERS, 'wikipedia']

let told: ReturnType<typeof telling> | undefined
function tellingIn(folder: string): ReturnType<typeof telling> {
  const { map, page } = foldersIn(folder)
  told ??= telling(map, page)
  return told
}

let log: Promise<Timeline> | undefined
function imported(folder: string): Promise<Timeline> {
  log ??= joinedLog(foldersIn(folder))
  return log
}

const NONE = { vocabulary: 0, lag: 0, contradiction: 0 }
const AGREED: Days = { said: 275, scope: 0, ...NONE, open: NONE }

/** Days from March to November 2022 on which the page speaks, and of those that differ why. */
const FOUND: { readonly [town: string]: Days } = {
  Bakhmut: { ...AGREED, scope: 76 },
  Lyman: { ...AGREED, said: 224, open: { ...NONE, vocabulary: 10 } },
  Kherson: { ...AGREED, vocabulary: 1, open: { ...NONE, vocabulary: 2 } },
  Sievierodonetsk: { ...AGREED, said: 264, scope: 61 },
  Izium: {
    ...AGREED,
    scope: 4,
    vocabulary: 5,
    contradiction: 1,
    open: { ...NONE, vocabulary: 4 },
  },
  Mariupol: { ...AGREED, scope: 41, vocabulary: 30, open: { ...NONE, vocabulary: 1 } },
}

const ALL_TOWNS: Days = {
  said: 50_117,
  scope: 2_817,
  vocabulary: 2_930,
  lag: 0,
  contradiction: 225,
  open: { vocabulary: 508, lag: 0, contradiction: 271 },
}

const DAYS = daysBetween(FROM, TO)

const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

describe('map and page', () => {
  test('the rows, by plain code: of each town, and of all that are matched', ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const days = joined(foldersIn(data), DAYS)
    expect(days.size).toBe(284)
    const named = Object.entries(NAMED).map(([town, place]) => [town, days.get(place)])
    expect(Object.fromEntries(named)).toEqual(FOUND)
    expect(sum(days.values())).toEqual(ALL_TOWNS)
  })

  test('compared over all of these towns and days they differ as the rows say', async ({
    skip,
  }) => {
    if (data === null) return skip(NO_DATA)
    const folders = foldersIn(data)
    const rows = joined(folders, DAYS)
    const timeline = await imported(data)
    const compared = timeline.compare({
      accounts: [MAP, PAGE],
      from: FROM,
      to: TO,
      published: 'then',
      places: [...rows.keys()],
    })
    expect(compared.steps).toHaveLength(275)
    expect(daysCompared(compared)).toEqual(rows)
    const nextDays = joined(folders, DAYS.map(dayAfter))
    expect(daysCompared(compared)).not.toEqual(nextDays)
  })

  test('so do the disputes of the six towns, day by day', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const six = new Set(Object.values(NAMED))
    const rows = [...joined(foldersIn(data), DAYS)].filter(([place]) => six.has(place))
    expect(daysIn(await imported(data), six, DAYS)).toEqual(new Map(rows))
  })
})

describe('what a source said first', () => {
  test.for(LAYERS)('%s and the assessment: as the rows say', async (layer, { skip }) => {
    if (data === null) return skip(NO_DATA)
    const timeline = await imported(data)
    const include = [{ origin: 'isw' }, { origin: layer }]
    const view = timeline.at({ valid: '2100-01-01', accounts: { include } })
    const said = tellingIn(data)
    expect(plainRecord(view.record(layer))).toEqual(recordIn(said, layer, ['isw']))
  })

  test('the Russian claims that the assessment bore out, and after how long', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const said = tellingIn(data)
    expect(recordIn(said, 'isw/ru-claim', ['isw'])).toEqual({
      claims: 943,
      first: 922,
      borneOut: 570,
      contradicted: 0,
      open: 352,
      days: { borneOut: 36, contradicted: null },
    })
  })

  test('of every source among all others, with the page', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const timeline = await imported(data)
    const said = tellingIn(data)
    const view = timeline.at({ valid: '2100-01-01' })
    for (const record of view.records()) {
      const { source } = record
      const others = ALL.filter((other) => other !== source)
      expect({ source, ...plainRecord(record) }).toEqual({
        source,
        ...recordIn(said, source, others),
      })
    }
    expect(view.records().map(({ source }) => source)).toEqual(ALL)
  })

  test('as it was published by a day, and of what had begun by one', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const timeline = await imported(data)
    const end = Date.parse('2022-07-01') - 1
    const said = new Map(
      [...tellingIn(data)].map(([key, rows]) => [
        key,
        rows.filter(({ published, last }) => published <= end && last <= end),
      ]),
    )
    const view = timeline.at({ valid: '2022-06-30', published: 'then' })
    for (const source of ['isw', 'isw/ru-claim', 'wikipedia'])
      expect(plainRecord(view.record(source))).toEqual(
        recordIn(
          said,
          source,
          ALL.filter((other) => other !== source),
        ),
      )
  })
})
