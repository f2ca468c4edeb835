import { fc, test } from '@fast-check/vitest'
import { describe, expect, test as once } from 'vitest'
import { engagements } from '../../projections/index.js'
import { planEditions } from '../../src/exchange/editions/plan.js'
import { openTimeline, type Timeline } from '../../src/index.js'

/** What an edition says of one event; days are of 2022. */
interface Event {
  readonly type: string
  readonly place: string
  readonly day: number
  readonly until: number | null
  readonly killed: number | null
  readonly outcome: string | null
  readonly summary: string | null
}
type Edition = ReadonlyMap<string, Event>
interface Row {
  readonly file: string
  readonly row: number
  readonly report: Readonly<Record<string, unknown>>
}

const day = (n: number) => new Date(Date.UTC(2022, 0, n)).toISOString().slice(0, 10)
/** Editions are published a month apart, the first before some of what later ones tell of. */
const date = (edition: number) =>
  new Date(Date.UTC(2022, 1 + edition, 1)).toISOString().slice(0, 10)

const rowsOf = (edition: Edition, published: string): Row[] =>
  [...edition].map(([id, { type, place, day: begun, until, killed, outcome, summary }], i) => ({
    file: `list-${published}.csv`,
    row: i + 2,
    report: {
      id: `list/${id}`,
      claim: {
        kind: 'engagement',
        engagement: id,
        type,
        places: [place],
        ...(killed === null ? {} : { casualties: [{ civilians: true, killed }] }),
        ...(outcome === null ? {} : { outcome }),
        ...(summary === null ? {} : { summary }),
      },
      when: day(begun),
      ...(until === null ? {} : { until: day(begun + until) }),
      zone: 'UTC',
      attribution: 'ucdp',
      published,
      batch: `list/${published}`,
    },
  }))

const event = (latest: number): fc.Arbitrary<Event> =>
  fc.record({
    type: fc.constantFrom('clash', 'siege'),
    place: fc.constantFrom('town', 'hill'),
    day: fc.integer({ min: 1, max: latest }),
    until: fc.option(fc.nat(1)),
    killed: fc.option(fc.nat(3)),
    outcome: fc.option(fc.constantFrom('won', 'lost')),
    summary: fc.option(fc.constantFrom('short', 'long')),
  })

const editions = fc.integer({ min: 1, max: 4 }).chain((count) =>
  fc.tuple(
    ...Array.from({ length: count }, (_, i) =>
      fc
        .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), event(30 + 28 * i)), {
          selector: ([id]) => id,
          minLength: 1,
        })
        .map((rows): Edition => new Map(rows)),
    ),
  ),
)

interface Importing {
  /** Reports appended together. */
  readonly commit: number
  /** After how many reports each import is killed, before it is run again. */
  readonly kills: readonly number[]
}
const importing = fc.record({
  commit: fc.integer({ min: 1, max: 3 }),
  kills: fc.array(fc.nat(5), { maxLength: 4 }),
})

type Plan = typeof planEditions
const OPTIONS = {
  prefix: 'list/',
  rowOf: (like: Row, report: Row['report']) => ({ ...like, report }),
}

async function imported(told: readonly Edition[], how: Importing, plan: Plan = planEditions) {
  const timeline = await openTimeline({ log: ':memory:', clock: () => Date.UTC(2023, 0) })
  for (const [i, edition] of told.entries()) {
    const kill = how.kills[i]
    if (kill !== undefined) await run(timeline, rowsOf(edition, date(i)), how.commit, plan, kill)
    await run(timeline, rowsOf(edition, date(i)), how.commit, plan)
  }
  return timeline
}

async function run(timeline: Timeline, rows: Row[], commit: number, plan: Plan, most?: number) {
  const { rows: planned } = await plan(timeline, rows, OPTIONS)
  const some = planned.slice(0, most)
  for (let from = 0; from < some.length; from += commit)
    await timeline.record(
      some.slice(from, from + commit).map(({ report }) => report),
      { register: true },
    )
  return planned
}

/** What the engine holds of every event at a publication. */
function read(timeline: Timeline, published: string): Record<string, unknown> {
  const view = timeline.at({ valid: '2024-01-01', published })
  return Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((id) => {
      const { state, folded } = view.state(engagements, { engagement: id, account: 'ucdp' })
      const { type, places, start, end, outcome, casualties, summary } = state
      return [
        id,
        folded.length === 0 ? null : { type, places, start, end, outcome, casualties, summary },
      ]
    }),
  )
}

/** The same of an edition's own rows. */
function model(edition: Edition): Record<string, unknown> {
  const window = (n: number) => ({ from: Date.UTC(2022, 0, n), to: Date.UTC(2022, 0, n + 1) })
  return Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((id) => {
      const one = edition.get(id)
      if (one === undefined) return [id, null]
      const { type, place, day: begun, until, killed, outcome, summary } = one
      const start = window(begun)
      const end = until === null ? null : window(begun + until)
      // A start lies before its end (the engine's bounds), which bites where both are one day.
      if (end !== null && until === 0) [start.to, end.from] = [start.to - 1, end.from + 1]
      const n = { low: killed, best: killed, high: killed }
      return [
        id,
        {
          type,
          places: [place],
          start,
          end,
          outcome: outcome === null ? null : { result: outcome },
          casualties: killed === null ? {} : { civilians: { killed: n } },
          summary,
        },
      ]
    }),
  )
}

async function holds(told: readonly Edition[], how: Importing, plan?: Plan): Promise<void> {
  const timeline = await imported(told, how, plan)
  for (const [i, edition] of told.entries()) expect(read(timeline, date(i))).toEqual(model(edition))
  expect(read(timeline, '2021-12-31')).toEqual(model(new Map()))
  expect(read(timeline, '2023-12-31')).toEqual(model(told.at(-1)!))
}

describe('editions of one list', () => {
  test.prop({ told: editions, how: importing }, { numRuns: 60 })(
    'read at each publication as its rows, however they were committed and cut short',
    async ({ told, how }) => holds(told, how),
  )

  test.prop({ told: editions, how: importing }, { numRuns: 40 })(
    'that are held add nothing, whichever comes again',
    async ({ told, how }) => {
      const timeline = await imported(told, how)
      const { head } = timeline
      for (const [i, edition] of told.entries())
        expect(await run(timeline, rowsOf(edition, date(i)), 1, planEditions)).toEqual([])
      const all = told.flatMap((edition, i) => rowsOf(edition, date(i)))
      expect(await run(timeline, all, 1, planEditions)).toEqual([])
      expect(timeline.head).toBe(head)
    },
  )

  test.prop({ told: editions, how: importing }, { numRuns: 30 })(
    'make the same log in one import as one by one',
    async ({ told, how }) => {
      const apart = await imported(told, { ...how, kills: [] })
      const together = await openTimeline({ log: ':memory:', clock: () => Date.UTC(2023, 0) })
      const all = told.flatMap((edition, i) => rowsOf(edition, date(i))).reverse()
      await run(together, all, how.commit, planEditions)
      // Hashes are not compared: parts are salted.
      const ids = (timeline: Timeline) => [...timeline.reports()].map(({ id }) => id).sort()
      expect(ids(together)).toEqual(ids(apart))
      for (const [i, edition] of told.entries())
        expect(read(together, date(i))).toEqual(model(edition))
    },
  )

  const without =
    (kind: string, which: (id: string) => boolean = () => true): Plan =>
    async (timeline, rows, options) => {
      const plan = await planEditions(timeline, rows, options)
      const left = plan.rows.filter(({ report }) => {
        const { claim, id } = report as { claim: { kind: string }; id: string }
        return claim.kind !== kind || !which(id)
      })
      return { ...plan, rows: left }
    }
  const changed =
    (change: (report: Record<string, unknown>) => object): Plan =>
    async (timeline, rows, options) => {
      const plan = await planEditions(timeline, rows, options)
      return {
        ...plan,
        rows: plan.rows.map((row) => ({
          ...row,
          report: { ...row.report, ...change({ ...row.report }) },
        })),
      }
    }
  const thought = ({ claim }: Record<string, unknown>) =>
    ['withdrawal', 'correction'].includes((claim as { kind: string }).kind)
  const fieldsOf = (claim: unknown) => (claim as { fields: Record<string, unknown> }).fields
  const broken: [string, Plan][] = [
    ['forgets what is missing', without('withdrawal', (id) => id.endsWith('/withdrawn'))],
    ['forgets what came back', without('withdrawal', (id) => !id.endsWith('/withdrawn'))],
    ['corrects nothing', without('correction')],
    [
      'publishes second thoughts when the first edition was',
      changed((report) => (thought(report) ? { published: date(0) } : {})),
    ],
    [
      'corrects times and not the claim',
      changed(({ claim }) => {
        if ((claim as { kind: string }).kind !== 'correction') return {}
        const { claim: _claim, ...fields } = fieldsOf(claim)
        return { claim: { ...(claim as object), fields: { ...fields, citation: 'otherwise' } } }
      }),
    ],
    [
      'keeps what an edition no longer says',
      changed(({ claim }) => {
        if ((claim as { kind: string }).kind !== 'correction') return {}
        const fields = fieldsOf(claim)
        const said = Object.entries(fields.claim ?? {}).filter(([, value]) => value !== null)
        const left = { ...fields, claim: Object.fromEntries([...said, ['status', 'as before']]) }
        return { claim: { ...(claim as object), fields: left } }
      }),
    ],
  ]
  for (const [name, plan] of broken)
    once(`one that ${name} is caught`, async () => {
      const property = fc.asyncProperty(editions, importing, async (told, how) => {
        await holds(told, { ...how, kills: [] }, plan)
      })
      const { failed } = await fc.check(property, { numRuns: 100, seed: 11, endOnFailure: true })
      expect(failed).toBe(true)
    })
})

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

  once('corrects the fields that changed, and says why', async () => {
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

  once(
    'may move a start past the publication before, one edition after the other in one commit',
    async () => {
      const told = [3, 33, 62].map(
        (begun): Edition => new Map([['a', { ...one, day: begun, until: 0 }]]),
      )
      const timeline = await openTimeline({ log: ':memory:', clock: () => Date.UTC(2023, 0) })
      const all = told.flatMap((edition, i) => rowsOf(edition, date(i)))
      await run(timeline, all, all.length, planEditions)
      for (const [i, edition] of told.entries())
        expect(read(timeline, date(i))).toEqual(model(edition))
    },
  )

  once('that only spells a day otherwise corrects nothing', async () => {
    const timeline = await imported([first], EVERY)
    const [a, b] = rowsOf(first, date(1))
    const spelt = { ...a!, report: { ...a!.report, when: '2022-01-03T00:00/2022-01-04T00:00' } }
    expect(await planned(timeline, [spelt, b!])).toEqual([])
  })

  once('whose batch was voided is as if it had not come', async () => {
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

  once('leaves what the desk mended or voided to the desk', async () => {
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
    once(`${name} is refused`, async () => {
      const timeline = await imported([first], EVERY)
      await expect(
        planEditions(timeline, rowsFor(rowsOf(first, date(1))), OPTIONS),
      ).rejects.toThrow(message)
    })

  once('with one id twice is refused with file and row', async () => {
    const timeline = await imported([first], EVERY)
    const [a] = rowsOf(first, date(1))
    const again = { ...a!, row: 9, report: { ...a!.report, when: '2022-01-09' } }
    await expect(planEditions(timeline, [a!, again], OPTIONS)).rejects.toMatchObject({
      code: 'id-taken',
      place: { file: 'list-2022-03-01.csv', row: 9 },
    })
  })
})
