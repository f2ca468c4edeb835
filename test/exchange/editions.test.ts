import { fc, test } from '@fast-check/vitest'
import { describe, expect, test as once } from 'vitest'
import { planEditions } from '../../src/exchange/editions/plan.js'
import { openTimeline, type Timeline } from '../../src/index.js'
import {
  date,
  type Edition,
  editions,
  type Importing,
  imported,
  importing,
  model,
  type Plan,
  read,
  rowsOf,
  run,
} from './editions-list.js'

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
