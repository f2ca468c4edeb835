/** Repeated maps as changes and sweeps: the same states however they come in (RULINGS 15). */
import { fc, test } from '@fast-check/vitest'
import { describe, test as example, expect } from 'vitest'
import { changesOf } from '../../src/exchange/changes.js'
import type { Timeline } from '../../src/index.js'
import {
  type DayMap,
  fileOf,
  MAPPING,
  type Maps,
  mapsOf,
  openMaps,
  PLACES,
  plainAnswers,
  type Run,
  rowsOf,
  runMaps,
  type Shown,
  viewAnswers,
  type Written,
} from './changes-support.js'

const RUNS = { numRuns: 40 }
const daysOf = (maps: Maps) => [...maps.keys()]

/** Runs of files of days, one after another, into one log. */
async function cameIn(maps: Maps, runs: readonly (readonly number[])[], run: Run = {}) {
  const timeline = await openMaps()
  for (const days of runs) await runMaps(timeline, [fileOf(rowsOf(maps, days))], run)
  return timeline
}

function expectStates(timeline: Timeline, maps: Maps): void {
  const days = daysOf(maps)
  const { answers, uncertain } = viewAnswers(timeline, maps)
  expect(answers).toEqual(plainAnswers(maps, days))
  expect(uncertain).toEqual([])
}

const sweeps = (timeline: Timeline) =>
  [...timeline.reports({ kind: 'sweep' })].map(
    ({ report, account }) => `${account} ${report.start!.from}`,
  )

describe('states at the end of every day are those of the last map', () => {
  test.prop([mapsOf({ whole: false }), fc.integer({ min: 1, max: 9 })], RUNS)(
    'in one file, whatever the commit size',
    async (maps, commit) => {
      expectStates(await cameIn(maps, [daysOf(maps)], { commit }), maps)
    },
  )

  test.prop(
    [
      mapsOf({ whole: false }).chain((maps) =>
        fc.tuple(
          fc.constant(maps),
          fc.shuffledSubarray(rowsOf(maps, daysOf(maps)), {
            minLength: rowsOf(maps, daysOf(maps)).length,
          }),
        ),
      ),
    ],
    RUNS,
  )('in one file, whatever the order of its rows', async ([maps, rows]) => {
    const timeline = await openMaps()
    await runMaps(timeline, [fileOf(rows)])
    expectStates(timeline, maps)
  })

  test.prop([mapsOf({ whole: false })], RUNS)('day by day, in the same reports', async (maps) => {
    const once = await cameIn(maps, [daysOf(maps)])
    const daily = await cameIn(
      maps,
      daysOf(maps).map((day) => [day]),
    )
    expectStates(daily, maps)
    expect(idsOf(daily)).toEqual(idsOf(once))
  })

  test.prop(
    [mapsOf({ whole: false }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 6 })],
    RUNS,
  )('killed midway and run again, in the same reports', async (maps, commit, dies) => {
    const file = fileOf(rowsOf(maps, daysOf(maps)))
    const timeline = await openMaps()
    await runMaps(timeline, [file], { commit, dies })
    await runMaps(timeline, [file], { commit })
    expectStates(timeline, maps)
    expect(idsOf(timeline)).toEqual(idsOf(await cameIn(maps, [daysOf(maps)])))
  })

  test.prop([mapsOf({ whole: false })], RUNS)('twice, which adds nothing', async (maps) => {
    const file = fileOf(rowsOf(maps, daysOf(maps)))
    const timeline = await openMaps()
    await runMaps(timeline, [file])
    const { head } = timeline
    await runMaps(timeline, [file])
    expect(timeline.head).toBe(head)
    await runMaps(timeline, [fileOf(rowsOf(maps, daysOf(maps).slice(0, 1)))])
    expect(timeline.head).toBe(head)
  })

  test.prop(
    [mapsOf({ whole: true }).chain((maps) => fc.tuple(fc.constant(maps), parted(daysOf(maps))))],
    { numRuns: 80 },
  )('in runs of any days in any order', async ([maps, runs]) => {
    const timeline = await cameIn(maps, runs)
    expectStates(timeline, maps)
    expect(sweeps(timeline).sort()).toEqual([...new Set(sweeps(timeline))].sort())
    const { head } = timeline
    await runMaps(timeline, [fileOf(rowsOf(maps, daysOf(maps)))])
    expect(timeline.head).toBe(head)
  })

  test.prop(
    [
      mapsOf({ whole: true }).chain((maps) =>
        fc.tuple(fc.constant(maps), fc.constantFrom(...daysOf(maps))),
      ),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 6 }),
    ],
    RUNS,
  )('a day late, killed midway and run again', async ([maps, late], commit, dies) => {
    const timeline = await cameIn(maps, [daysOf(maps).filter((day) => day !== late)])
    const file = fileOf(rowsOf(maps, [late]))
    await runMaps(timeline, [file], { commit, dies })
    await runMaps(timeline, [file], { commit })
    expectStates(timeline, maps)
  })
})

/** Three days of one place, of which the second comes last, killed after some commits. */
const LATE: Maps = new Map(
  (['A', 'X', 'B'] as const).map((control, at) => [
    at + 2,
    Object.fromEntries(
      PLACES.map((place, number) => {
        // One place goes there and back, another stays on the second day, the next goes on it.
        const shown = [control, at === 1 ? 'B' : 'A', at === 0 ? 'A' : 'B', 'A'][number]
        return [place, { control: shown, claim: at === 1 ? '1' : '0' } as Shown]
      }),
    ) as DayMap,
  ]),
)

async function late(maps: Maps, run: Run = {}): Promise<Timeline> {
  const [first, second, third] = daysOf(maps)
  const timeline = await cameIn(maps, [[first!, third!]])
  await runMaps(timeline, [fileOf(rowsOf(maps, [second!]))], run)
  return timeline
}

const isChange = (report: Written) => (report.claim as { mode?: string }).mode === 'change'

describe('what is left out or made otherwise is seen', () => {
  const states = (timeline: Timeline, maps: Maps) => () => expectStates(timeline, maps)

  example('all of it is right as it is', async () => {
    expect(states(await late(LATE), LATE)).not.toThrow()
    expect(states(await cameIn(LATE, [daysOf(LATE)]), LATE)).not.toThrow()
  })

  example('a later map that is not said again after the map that came in between', async () => {
    const broken = (report: Written) =>
      isChange(report) && !String(report.batch).endsWith('2022-03-03') ? null : report
    expect(states(await late(LATE, { broken }), LATE)).toThrow()
  })

  example('changes that still reach over the map that came in between', async () => {
    const broken = (report: Written) =>
      (report.claim as { kind: string }).kind === 'entry-correction' ? null : report
    expect(states(await late(LATE, { broken }), LATE)).toThrow()
  })

  example('differences as observations', async () => {
    const broken = (report: Written): Written => {
      const { mode: _mode, ...claim } = report.claim as Record<string, unknown>
      return { ...report, claim }
    }
    expect(states(await cameIn(LATE, [daysOf(LATE)], { broken }), LATE)).toThrow()
  })

  example('changes that begin anywhere up to their map', async () => {
    const broken = (report: Written): Written =>
      isChange(report) ? { ...report, when: `../${String(report.published)}` } : report
    expect(states(await cameIn(LATE, [daysOf(LATE)], { broken }), LATE)).toThrow()
  })

  example('statuses that do not end what another set', async () => {
    const broken = (report: Written): Written => {
      const { ends: _ends, ...claim } = report.claim as Record<string, unknown>
      const sets = 'holder' in claim || 'contest' in claim
      return sets ? { ...report, claim } : report
    }
    expect(states(await cameIn(LATE, [daysOf(LATE)], { broken }), LATE)).toThrow()
  })
})

describe('what cannot be compared is refused with its row', () => {
  const HEADED = ['2022-03-02,p1,A,0', '2022-03-02,p2,A,0']

  example('a place that one map shows twice, and otherwise', async () => {
    const timeline = await openMaps()
    const file = fileOf([...HEADED, '2022-03-02,p1,B,0'])
    await expect(runMaps(timeline, [file])).rejects.toMatchObject({
      code: 'invalid-report',
      place: { file, row: 4 },
    })
    await runMaps(timeline, [fileOf([...HEADED, ...HEADED])])
    expect(sweeps(timeline)).toHaveLength(2)
  })

  example('another edition of a map that the log holds', async () => {
    const timeline = await openMaps()
    await runMaps(timeline, [fileOf(HEADED)])
    const file = fileOf(['2022-03-02,p2,A,0', '2022-03-02,p1,X,0'])
    await expect(runMaps(timeline, [file])).rejects.toMatchObject({ place: { file, row: 3 } })
  })

  example('a date that is none, and a status without a meaning', async () => {
    const timeline = await openMaps()
    const { head } = timeline
    for (const [line, column] of [
      ['2.3.2022,p3,A,0', 'date'],
      ['2022-03-02,p3,C,0', 'control'],
    ])
      await expect(runMaps(timeline, [fileOf([...HEADED, line!])])).rejects.toMatchObject({
        place: { row: 4, column },
      })
    expect(timeline.head).toBe(head)
  })

  example('a template whose time is its own', async () => {
    const [first, second] = MAPPING.reports
    for (const reports of [
      [{ ...first!, when: '{date}' }],
      [{ ...first!, claim: { ...(second!.claim as object), mode: 'change' } }],
      [{ ...first!, map: undefined }],
    ]) {
      const { open } = changesOf({} as Timeline, {
        files: [fileOf(HEADED)],
        mapping: { ...MAPPING, reports } as typeof MAPPING,
      })
      const read = async () => {
        for await (const _ of open({}));
      }
      await expect(read()).rejects.toMatchObject({ code: 'invalid-mapping' })
    }
  })
})

/** Days in runs: in any order, some together. */
function parted(days: readonly number[]): fc.Arbitrary<number[][]> {
  const order = fc.shuffledSubarray([...days], { minLength: days.length })
  return fc
    .tuple(order, fc.array(fc.boolean(), { minLength: days.length, maxLength: days.length }))
    .map(([all, together]) => {
      const runs: number[][] = []
      for (const [at, day] of all.entries())
        if (together[at] && runs.length > 0) runs.at(-1)!.push(day)
        else runs.push([day])
      return runs
    })
}

function idsOf(timeline: Timeline): string[] {
  return [...timeline.reports()].map(({ id }) => id).sort()
}
