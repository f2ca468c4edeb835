/**
 * The map of 2022: control as assessed, claimed and reported, by its change files, imported with the
 * example mappings and held to plain code over the rows.
 */
import { describe, expect, test } from 'vitest'
import type { Timeline } from '../../src/index.js'
import { dataFolder, NO_DATA } from './folder.js'
import { changesLog, differing, filesOf, frameSays, placesSay } from './ua-control-log.js'
import { changeRows, type Row, type Says, saysOn } from './ua-control-rows.js'

const data = dataFolder('ua-control-2022')

const DAYS = [
  '2022-02-24',
  '2022-02-25',
  '2022-03-02',
  '2022-03-05',
  '2022-03-25',
  '2022-04-03',
  '2022-04-14',
  '2022-05-10',
  '2022-06-30',
  '2022-07-15',
  '2022-08-31',
  '2022-09-06',
  '2022-09-10',
  '2022-09-11',
  '2022-09-28',
  '2022-09-29',
  '2022-09-30',
  '2022-11-12',
  '2022-11-21',
  '2022-11-30',
]
const NAMED = ['2022-09-10', '2022-09-29', '2022-11-12']
const BROKEN = '2022-09-29'

interface Imported {
  readonly timeline: Timeline
  readonly rows: readonly Row[]
}
let whole: Promise<Imported> | undefined
function imported(folder: string): Promise<Imported> {
  whole ??= changesLog(filesOf(folder)).then((timeline) => ({ timeline, rows: changeRows(folder) }))
  return whole
}

/** As a frame has it: that something is said by default, and no other basis. */
function framed(says: ReadonlyMap<string, Says>): Map<string, Says> {
  return new Map(
    [...says].map(([key, { basis, ...said }]) => [
      key,
      basis === 'default' ? { ...said, byDefault: true } : said,
    ]),
  )
}

describe('the map of 2022', () => {
  test('every row is one report', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const { timeline, rows } = await imported(data)
    expect(rows).toHaveLength(28_984 + 9_775)
    let count = 0
    const batches = new Set<string>()
    for (const { kind, report } of timeline.reports()) {
      if (kind !== 'control') continue
      count++
      batches.add(report.batch!)
    }
    expect(count).toBe(rows.length)
    expect(batches).toEqual(new Set(rows.map(({ account, date }) => `${account}/${date}`)))
  })

  test.for(DAYS)('on %s every place and account is as the rows say', async (day, { skip }) => {
    if (data === null) return skip(NO_DATA)
    const { timeline, rows } = await imported(data)
    const expected = saysOn(rows, day)
    const view = timeline.at({ valid: day })
    expect(differing(frameSays(view), framed(expected))).toEqual([])
    if (NAMED.includes(day)) expect(differing(placesSay(view), expected)).toEqual([])
  })

  test('what was published by a day is what the rows of that day say', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const { timeline, rows } = await imported(data)
    for (const day of NAMED) {
      const view = timeline.at({ valid: day, published: 'then' })
      expect(differing(frameSays(view), framed(saysOn(rows, day)))).toEqual([])
    }
  })

  test('before the first map nothing is settled', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const { timeline } = await imported(data)
    const { column, size } = timeline.at({ valid: '2022-02-23' }).frame()
    for (const { settled } of Object.values(column))
      expect(settled.subarray(0, size).every((value) => value === 0)).toBe(true)
  })

  test('plain code that takes the first row of a day for the last differs', async ({ skip }) => {
    if (data === null) return skip(NO_DATA)
    const { timeline, rows } = await imported(data)
    const shifted = rows.map((row) =>
      row.date === '2022-09-10' ? { ...row, date: '2022-09-11' } : row,
    )
    const view = timeline.at({ valid: '2022-09-10' })
    expect(differing(frameSays(view), framed(saysOn(shifted, '2022-09-10')))).not.toEqual([])
  })

  test('the broken map voided does not count; every other day, and what was known, stays', async ({
    skip,
  }) => {
    if (data === null) return skip(NO_DATA)
    const { timeline, rows } = await imported(data)
    const known = timeline.head
    const before = new Map(DAYS.map((day) => [day, frameSays(timeline.at({ valid: day }))]))
    const batch = `isw/${BROKEN}`
    await timeline.append({ claim: { kind: 'void', batch, reason: 'the map lacks Crimea' } })

    const on = (day: string) => frameSays(timeline.at({ valid: day }))
    const kept = rows.filter(({ account, date }) => account !== 'isw' || date !== BROKEN)
    for (const day of DAYS) expect(differing(on(day), framed(saysOn(kept, day)))).toEqual([])

    const lost = rows.filter(
      ({ account, date, status }) => account === 'isw' && date === BROKEN && status === 'UA',
    )
    const back = rows.filter(
      ({ account, date, status }) => account === 'isw' && date === '2022-09-30' && status === 'RU',
    )
    const crimea = lost.filter(({ place }) => back.some((row) => row.place === place))
    expect(crimea).toHaveLength(1_165)
    const now = on(BROKEN)
    for (const { place } of crimea)
      expect(now.get(`${place} isw`)).toEqual({ holder: { actors: ['russia'] } })

    const STAYING = ['809860 isw', '809861 isw']
    for (const day of DAYS.filter((one) => one !== BROKEN)) {
      const [was, is] = [new Map(before.get(day)), on(day)]
      for (const key of STAYING) {
        if (day > BROKEN) expect(is.get(key)).toEqual({ contest: ['russia', 'ukraine'] })
        was.delete(key)
        is.delete(key)
      }
      expect(differing(is, was)).toEqual([])
    }
    const then = timeline.at({ valid: BROKEN, known })
    expect(differing(frameSays(then), before.get(BROKEN)!)).toEqual([])
    for (const { place } of crimea.slice(0, 20))
      expect(frameSays(then).get(`${place} isw`)).toMatchObject({ byDefault: true })
  })
})
