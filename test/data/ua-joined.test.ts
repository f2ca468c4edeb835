/**
 * Two sources of one war on the same places: where the map of 2022 and Wikipedia's list of towns
 * differ, and why, day by day; and what became of what each source said first. All of it as plain code
 * over the rows has it.
 */
import { describe, expect, test } from 'vitest'
import type { Timeline } from '../../src/index.js'
import { dataFolder, NO_DATA } from './folder.js'
import { daysIn, joinedLog, plainRecord } from './ua-joined-log.js'
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

/** As the plain code finds them: days on which the page speaks, that differ, and why. */
const FOUND: { readonly [town: string]: Partial<Days> } = {
  Bakhmut: { said: 275, differ: 76, scope: 76, vocabulary: 0, contradiction: 0 },
  Lyman: { said: 224, differ: 10, scope: 0, vocabulary: 10, contradiction: 0 },
  Kherson: { said: 275, differ: 3, scope: 0, vocabulary: 3, contradiction: 0 },
  Sievierodonetsk: { said: 264, differ: 61, scope: 61, vocabulary: 0, contradiction: 0 },
  Izium: { said: 275, differ: 14, scope: 4, vocabulary: 9, contradiction: 1 },
  Mariupol: { said: 275, differ: 72, scope: 41, vocabulary: 31, contradiction: 0 },
}

/** Days in a run: of all towns one in so many, of the six all of them. */
const SHARE = process.env.RASHOMON_LONG === '1' ? 1 : 5
const DAYS = daysBetween(FROM, TO)

describe('map and page', () => {
  test('the rows, by plain code: of each town, and of all that are matched', ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const days = joined(foldersIn(data), DAYS)
    expect(days.size).toBe(284)
    for (const [town, place] of Object.entries(NAMED))
      expect(days.get(place)).toMatchObject(FOUND[town]!)
    expect(sum(days.values())).toEqual({
      said: 50_117,
      differ: 6_751,
      open: 3_596,
      scope: 2_817,
      vocabulary: 3_438,
      lag: 0,
      contradiction: 496,
    })
  })

  test('differ about the six towns on the days, and for the reasons, that the rows give', async ({
    skip,
  }) => {
    if (data === null) return skip(NO_DATA)
    const rows = joined(foldersIn(data), DAYS)
    const timeline = await imported(data)
    const six = new Set(Object.values(NAMED))
    const expected = [...rows].filter(([place]) => six.has(place))
    expect(daysIn(timeline, six, DAYS)).toEqual(new Map(expected))
  })

  test('and about every town', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const some = DAYS.filter((_, at) => at % SHARE === 0)
    const rows = joined(foldersIn(data), some)
    expect(daysIn(await imported(data), rows.keys(), some)).toEqual(rows)
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
