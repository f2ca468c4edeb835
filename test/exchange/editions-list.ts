/** A list of events in generated editions: their rows, how they are imported, and what is read of them. */
import { fc } from '@fast-check/vitest'
import { engagements } from '../../projections/index.js'
import { planEditions } from '../../src/exchange/editions/plan.js'
import { openTimeline, type Timeline } from '../../src/index.js'

/** What an edition says of one event; days are of 2022. */
export interface Event {
  readonly type: string
  readonly place: string
  readonly day: number
  readonly until: number | null
  readonly killed: number | null
  readonly outcome: string | null
  readonly summary: string | null
}
export type Edition = ReadonlyMap<string, Event>
export interface Row {
  readonly file: string
  readonly row: number
  readonly report: Readonly<Record<string, unknown>>
}

export const day = (n: number) => new Date(Date.UTC(2022, 0, n)).toISOString().slice(0, 10)
/** Editions are published a month apart, the first before some of what later ones tell of. */
export const date = (edition: number) =>
  new Date(Date.UTC(2022, 1 + edition, 1)).toISOString().slice(0, 10)

export const rowsOf = (edition: Edition, published: string): Row[] =>
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

export const editions = fc.integer({ min: 1, max: 4 }).chain((count) =>
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

export interface Importing {
  /** Reports appended together. */
  readonly commit: number
  /** After how many reports each import is killed, before it is run again. */
  readonly kills: readonly number[]
}
export const importing = fc.record({
  commit: fc.integer({ min: 1, max: 3 }),
  kills: fc.array(fc.nat(5), { maxLength: 4 }),
})

export type Plan = typeof planEditions
export const OPTIONS = {
  prefix: 'list/',
  rowOf: (like: Row, report: Row['report']) => ({ ...like, report }),
}

export async function imported(
  told: readonly Edition[],
  how: Importing,
  plan: Plan = planEditions,
) {
  const timeline = await openTimeline({ log: ':memory:', clock: () => Date.UTC(2023, 0) })
  for (const [i, edition] of told.entries()) {
    const kill = how.kills[i]
    if (kill !== undefined) await run(timeline, rowsOf(edition, date(i)), how.commit, plan, kill)
    await run(timeline, rowsOf(edition, date(i)), how.commit, plan)
  }
  return timeline
}

export async function run(
  timeline: Timeline,
  rows: Row[],
  commit: number,
  plan: Plan,
  most?: number,
) {
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
export function read(timeline: Timeline, published: string): Record<string, unknown> {
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
export function model(edition: Edition): Record<string, unknown> {
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
