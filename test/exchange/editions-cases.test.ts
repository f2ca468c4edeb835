import { describe, expect, test } from 'vitest'
import { planEditions } from '../../src/exchange/editions/plan.js'
import { openTimeline, type Timeline } from '../../src/index.js'
import {
  date,
  type Edition,
  type Event,
  imported,
  model,
  OPTIONS,
  type Row,
  read,
  rowsOf,
  run,
} from './editions-list.js'

describe('an edition', () => {
  const one: Event = {
    type: 'clash',
    place: 'town',
    day: 3,
    until: null,
    killed: 2,
    outcome: null,
    summary: 'short',
  }
  const first: Edition = new Map([
    ['a', one],
    ['b', one],
  ])
  const EVERY = { commit: 10, kills: [] }
  const planned = async (timeline: Timeline, rows: Row[]) =>
    (await planEditions(timeline, rows, OPTIONS)).rows.map(({ report }) => report)

  test('corrects the fields that changed, and says why', async () => {
    const timeline = await imported([first], EVERY)
    const later = rowsOf(new Map([['a', { ...one, killed: 5, summary: null }]]), date(1))
    expect(await planned(timeline, later)).toEqual([
      {
        id: 'list/a@2022-03-01',
        claim: {
          kind: 'correction',
          of: 'list/a',
          reason: 'otherwise in the edition of 2022-03-01',
          fields: {
            claim: {
              casualties: [{ civilians: true, killed: { low: 5, best: 5, high: 5 } }],
              summary: null,
            },
          },
        },
        attribution: 'ucdp',
        published: '2022-03-01',
        zone: 'UTC',
        batch: 'list/2022-03-01',
      },
      {
        id: 'list/b@2022-03-01/withdrawn',
        claim: { kind: 'withdrawal', of: 'list/b', reason: 'not in the edition of 2022-03-01' },
        attribution: [{ source: 'ucdp' }],
        published: '2022-03-01',
        zone: 'UTC',
        batch: 'list/2022-03-01',
      },
    ])
    const plan = await planEditions(timeline, later, OPTIONS)
    expect(plan.editions).toEqual([
      { published: '2022-03-01', reports: 1, added: 0, corrected: 1, withdrawn: 1, returned: 0 },
    ])
  })

  test('may move a start past the publication before, one edition after the other in one commit', async () => {
    const told = [3, 33, 62].map(
      (begun): Edition => new Map([['a', { ...one, day: begun, until: 0 }]]),
    )
    const timeline = await openTimeline({ log: ':memory:', clock: () => Date.UTC(2023, 0) })
    const all = told.flatMap((edition, i) => rowsOf(edition, date(i)))
    await run(timeline, all, all.length, planEditions)
    for (const [i, edition] of told.entries())
      expect(read(timeline, date(i))).toEqual(model(edition))
  })

  test('that only spells a day otherwise corrects nothing', async () => {
    const timeline = await imported([first], EVERY)
    const [a, b] = rowsOf(first, date(1))
    const spelt = { ...a!, report: { ...a!.report, when: '2022-01-03T00:00/2022-01-04T00:00' } }
    expect(await planned(timeline, [spelt, b!])).toEqual([])
  })

  test('whose batch was voided is as if it had not come', async () => {
    const timeline = await imported([first, new Map([['a', { ...one, killed: 9 }]])], EVERY)
    await timeline.append({ claim: { kind: 'void', batch: 'list/2022-03-01', reason: 'broken' } })
    expect(read(timeline, date(1))).toEqual(model(first))
    const third: Edition = new Map([
      ['a', { ...one, killed: 9 }],
      ['b', one],
    ])
    await run(timeline, rowsOf(third, date(2)), 10, planEditions)
    expect(read(timeline, date(2))).toEqual(model(third))
  })

  test('of another source, whose ids begin alike, takes back nothing of this one', async () => {
    const timeline = await imported([first], EVERY)
    const [row] = rowsOf(new Map([['c', one]]), date(1))
    const other = { ...row!, report: { ...row!.report, attribution: 'acled' } }
    const ids = (await planned(timeline, [other])).map(({ id }) => id)
    expect(ids).toEqual(['list/c'])
  })

  test('leaves what the desk mended or voided to the desk', async () => {
    const timeline = await imported([first], EVERY)
    await timeline.append(
      [
        {
          claim: {
            kind: 'entry-correction',
            of: 'list/a',
            reason: 'typed wrong',
            fields: { claim: { places: ['hill'] } },
          },
        },
        { claim: { kind: 'void', of: 'list/b', reason: 'entered twice' } },
      ],
      { register: true },
    )
    expect(await planned(timeline, rowsOf(first, date(0)))).toEqual([])
    expect(await planned(timeline, rowsOf(first, date(1)))).toEqual([])
  })

  const refused: [string, (rows: Row[]) => Row[], RegExp][] = [
    [
      'older than what the log holds',
      () =>
        rowsOf(
          new Map([
            ['a', one],
            ['b', one],
            ['c', one],
          ]),
          '2022-01-15',
        ),
      /published: the edition of 2022-01-15 is older than what the log holds/,
    ],
    [
      'that the log holds otherwise',
      () =>
        rowsOf(
          new Map([
            ['a', { ...one, killed: 7 }],
            ['b', one],
          ]),
          date(0),
        ),
      /the log holds the edition of 2022-02-01 with other content of "list\/a"/,
    ],
    [
      'of which a part came before',
      () => rowsOf(new Map([['a', one]]), date(0)),
      /the log holds the edition of 2022-02-01 with other content of "list\/b"/,
    ],
    [
      'by another source',
      (rows) => rows.map((row) => ({ ...row, report: { ...row.report, attribution: 'acled' } })),
      /attribution: "list\/a" is said by another than before/,
    ],
    [
      'without ids that last',
      (rows) => rows.map((row) => ({ ...row, report: { ...row.report, id: 'x' } })),
      /id: "x" is not of the list "list\/"/,
    ],
    [
      'without a publication',
      (rows) => rows.map((row) => ({ ...row, report: { ...row.report, published: undefined } })),
      /published: is missing/,
    ],
  ]
  for (const [name, rowsFor, message] of refused)
    test(`${name} is refused`, async () => {
      const timeline = await imported([first], EVERY)
      await expect(
        planEditions(timeline, rowsFor(rowsOf(first, date(1))), OPTIONS),
      ).rejects.toThrow(message)
    })

  test('with one id twice is refused with file and row', async () => {
    const timeline = await imported([first], EVERY)
    const [a] = rowsOf(first, date(1))
    const again = { ...a!, row: 9, report: { ...a!.report, when: '2022-01-09' } }
    await expect(planEditions(timeline, [a!, again], OPTIONS)).rejects.toMatchObject({
      code: 'id-taken',
      place: { file: 'list-2022-03-01.csv', row: 9 },
    })
  })
})
