/**
 * The daily maps of 2022 in parts: in commits of any size, twice, each day in a run of its own, a day
 * late, and after a map was voided. Some places by default, all of them under RASHOMON_LONG=1.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import type { Timeline } from '../../src/index.js'
import { dataFolder, NO_DATA } from './folder.js'
import {
  changesLog,
  differing,
  type Files,
  filesOf,
  frameSays,
  importMaps,
  newLog,
  sweepsIn,
  told,
} from './ua-control-log.js'

const data = dataFolder('ua-control-2022')
const LONG = process.env.RASHOMON_LONG === '1'
const LIMIT = LONG ? 3_600_000 : 180_000
/** One place in so many, and the two of which the broken map alone said anything after September. */
const SHARE = LONG ? 1 : 60
const ALWAYS = ['809860', '809861']

const folder = mkdtempSync(join(tmpdir(), 'rashomon-days-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Parts extends Files {
  readonly days: readonly string[]
  /** The rows of a day, by the day. */
  readonly fileOf: ReadonlyMap<string, string>
  readonly whole: string
}
let made: Parts | undefined

/** The files, with the rows of some places alone. Of the cells that are parted here none is quoted. */
function parts(source: string): Parts {
  if (made !== undefined) return made
  const read = (file: string) => gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')
  const write = (name: string, lines: readonly string[]) => {
    const file = join(folder, name)
    writeFileSync(file, `${lines.join('\n')}\n`)
    return file
  }
  const files = filesOf(source)
  const all = read(files.places)
  const idOf = (line: string, column = 0) => line.split(',', column + 1)[column]!
  const ids = all.slice(1).map((line) => idOf(line))
  const some = new Set([...ids.filter((_, at) => at % SHARE === 0), ...ALWAYS])
  const kept = (lines: readonly string[], column = 0) =>
    lines.filter((line, at) => at === 0 || some.has(idOf(line, column)))
  const rows = kept(read(join(source, 'panel_daily.csv.gz')))
  const byDay = new Map<string, string[]>()
  for (const row of rows.slice(1)) {
    const day = idOf(row, 1)
    const others = byDay.get(day)
    if (others === undefined) byDay.set(day, [rows[0]!, row])
    else others.push(row)
  }
  made = {
    days: [...byDay.keys()],
    fileOf: new Map([...byDay].map(([day, of]) => [day, write(`${day}.csv`, of)])),
    whole: write('panel.csv', rows),
    places: write('places.csv', kept(all)),
    control: write('control.csv', kept(read(files.control), 1)),
    claims: write('claims.csv', kept(read(files.claims), 1)),
  }
  return made
}

const idsIn = (timeline: Timeline) => [...timeline.reports()].map(({ id }) => id).sort()

/** Fault of a log against another at the end of every day, on the first day that has one. */
function faults(a: Timeline, b: Timeline, days: readonly string[]): readonly string[] {
  for (const day of days) {
    const found = differing(frameSays(a.at({ valid: day })), frameSays(b.at({ valid: day })))
    if (found.length > 0) return [day, ...found]
  }
  return []
}

describe('daily maps in parts', () => {
  test(
    'in commits of any size; again, nothing',
    async ({ skip }) => {
      if (data === null) return skip(NO_DATA)
      const { whole } = parts(data)
      const expected = told(await changesLog(parts(data)))
      for (const commit of [1, 37, 100_000]) {
        const timeline = await newLog(parts(data))
        await importMaps(timeline, [whole], commit)
        expect(told(timeline)).toEqual(expected)
        const { head } = timeline
        expect(await importMaps(timeline, [whole])).toMatchObject({ appended: 0, head })
      }
    },
    LIMIT,
  )

  test(
    'day by day in separate runs, the same',
    async ({ skip }) => {
      if (data === null) return skip(NO_DATA)
      const { whole, days, fileOf } = parts(data)
      const [once, daily] = [await newLog(parts(data)), await newLog(parts(data))]
      await importMaps(once, [whole])
      for (const day of days) await importMaps(daily, [fileOf.get(day)!])
      expect(idsIn(daily)).toEqual(idsIn(once))
    },
    LIMIT,
  )

  test(
    'days that come late, the broken one among them, leave the same states',
    async ({ skip }) => {
      if (data === null) return skip(NO_DATA)
      const { whole, days, fileOf } = parts(data)
      const LATE = ['2022-02-24', '2022-04-03', '2022-09-10', '2022-09-29']
      const [once, late] = [await newLog(parts(data)), await newLog(parts(data))]
      await importMaps(once, [whole])
      const others = days.filter((day) => !LATE.includes(day)).map((day) => fileOf.get(day)!)
      await importMaps(late, others)
      for (const day of LATE.reverse()) await importMaps(late, [fileOf.get(day)!])
      expect(faults(late, once, days)).toEqual([])
      expect(sweepsIn(late).sort()).toEqual(sweepsIn(once).sort())
      const { head } = late
      expect(await importMaps(late, [whole])).toMatchObject({ appended: 0, head })
    },
    LIMIT,
  )

  test(
    'of a map that was voided nothing comes back, and the next map says what it left out',
    async ({ skip }) => {
      if (data === null) return skip(NO_DATA)
      const { whole, days, fileOf } = parts(data)
      const timeline = await newLog(parts(data))
      await importMaps(timeline, [whole])
      const { head } = timeline
      const batch = 'isw/2022-09-29'
      await timeline.append({ claim: { kind: 'void', batch, reason: 'the map lacks Crimea' } })
      for (const day of ['2022-09-29', '2022-09-30', '2022-11-30'])
        for (const place of ALWAYS)
          expect(frameSays(timeline.at({ valid: day })).get(`${place} isw`)).toEqual({
            contest: ['russia', 'ukraine'],
          })
      expect(await importMaps(timeline, [fileOf.get('2022-09-29')!])).toMatchObject({
        appended: 0,
        changes: { voided: [batch] },
      })
      expect(await importMaps(timeline, [whole])).toMatchObject({
        appended: ALWAYS.length,
        changes: { changes: ALWAYS.length, voided: [batch] },
      })
      const without = await newLog(parts(data))
      const others = days.filter((day) => day !== '2022-09-29').map((day) => fileOf.get(day)!)
      await importMaps(without, others)
      const control = (of: Timeline, day: string, known = of.head) =>
        new Map(
          [...frameSays(of.at({ valid: day, known }))].filter(([key]) => key.endsWith(' isw')),
        )
      // Where the broken map moved nothing, a day it was there for stays as it was told.
      const [eve, broken] = ['2022-09-28', '2022-09-29'].map((day) => control(timeline, day, head))
      const moved = [...new Set([...eve!.keys(), ...broken!.keys()])].filter(
        (key) => !isDeepStrictEqual(eve!.get(key), broken!.get(key)),
      )
      expect(moved.length).toBeGreaterThan(ALWAYS.length)
      for (const day of days) {
        const expected = control(timeline, day, head)
        const never = control(without, day)
        for (const key of moved) {
          expected.delete(key)
          if (never.has(key)) expected.set(key, never.get(key)!)
        }
        expect(differing(control(timeline, day), expected)).toEqual([])
      }
    },
    LIMIT,
  )
})
