/** A user's own claim kind and projections, held to the laws by the public names of the kit. */
import * as fc from 'fast-check'
import { test } from 'vitest'
import { z } from 'zod'
import { defineClaim, defineProjection, type Json } from '../../src/index.js'
import {
  arrival,
  cache,
  coexistence,
  type HistoryOptions,
  idempotence,
  isolation,
  histories as kitHistories,
  past,
  possibleWorlds,
  printed,
  type ReportInput,
  stream,
  subject,
  withdrawal,
} from '../../src/testing/index.js'
import { seeded } from './run.js'

const road = defineClaim({
  kind: 'road',
  schema: z.object({ place: z.string(), open: z.boolean() }),
  references: ({ place }) => ({ places: [place] }),
})

const passable = defineProjection({
  type: 'register',
  name: 'passable',
  reads: ['road'],
  facets: ['open'],
  *sets({ claim, account }) {
    yield { key: { place: String(claim.place), account }, facets: { open: claim.open === true } }
  },
})

const reported = defineProjection<{ ids: string[] }>({
  type: 'fold',
  name: 'reported',
  reads: ['road', 'control'],
  *keys({ account }) {
    yield { account }
  },
  initial: () => ({ ids: [] }),
  apply(state, { id }) {
    state.ids.push(id)
  },
})

type Fields = { claim?: Readonly<Record<string, Json>> }

/** Generated histories, in which many a claim of control speaks of a road instead. */
const histories = (options?: HistoryOptions) =>
  kitHistories(options).map(({ commits, stamps }) => {
    const isRoad = ({ id, claim }: ReportInput) => claim.kind === 'control' && id.startsWith('k')
    const ids = new Set(
      commits
        .flat()
        .filter(isRoad)
        .map(({ id }) => id),
    )
    const told = (report: ReportInput): ReportInput => {
      const { claim } = report
      if (ids.has(report.id)) return { ...report, claim: { kind: 'road', ...ofRoad(claim) } }
      const { claim: changed, ...fields } = (claim.fields ?? {}) as Fields
      if (!ids.has(String(claim.of)) || changed === undefined) return report
      return { ...report, claim: { ...claim, fields: { ...fields, claim: ofRoad(changed) } } }
    }
    return printed({ commits: commits.map((commit) => commit.map(told)), stamps })
  })

const MARKS = ['place', 'mode', 'throughout', 'expected', 'basis']

function ofRoad(claim: Readonly<Record<string, Json>>): Record<string, Json> {
  const marks = Object.entries(claim).filter(([field]) => MARKS.includes(field))
  return { ...Object.fromEntries(marks), open: JSON.stringify(claim.holder ?? '').includes('red') }
}

const own = subject({ projections: [passable, reported], claims: [road], histories })
const parameters = seeded('the laws of a user’s own', 25)

const LAWS = {
  arrival,
  past,
  idempotence,
  isolation,
  coexistence,
  possibleWorlds,
  cache,
  stream,
  withdrawal,
}

test.each(Object.entries(LAWS))('the law of %s holds of a user’s own claims', (_, law) =>
  fc.assert<unknown>(law(own), parameters),
)
