import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Explanation, FacetValue, Timeline } from '../../src/index.js'
import { accountNamed } from '../../src/report/account.js'
import { histories } from '../../src/testing/arbitraries.js'
import { clock, type History, type ReportInput } from '../../src/testing/arbitraries-input.js'
import { type ModelReading, readings } from '../../src/testing/arbitraries-readings.js'
import { Bench, subject } from '../../src/testing/laws/subject.js'
import { plain } from '../../src/testing/plain.js'
import { at, control, openWorld, within } from '../support.js'

const losers = (timeline: Timeline, resolver: string) =>
  plain(timeline.at({ valid: at(50), resolver }).explain('town')).facets.holder!.losers.map(
    ({ value, wouldWin }) => [value, wouldWin],
  )

describe('a further claim is folded with what its account said', () => {
  test('a denial leaves what it does not contradict, and joins what is denied', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), { mode: 'change', holder: ['reds'] }))
    await timeline.append(control('b', 'gazette', at(1), { not: { holder: ['blues'] } }))
    for (const resolver of ['dispute', 'cautious', 'ranked(herald)', 'corroborated(2)']) {
      const denial = losers(timeline, resolver).find(([value]) => 'not' in (value as object))
      expect(denial?.[1]).not.toBe('herald')
    }
    expect(losers(timeline, 'dispute')).toEqual([
      [{ not: ['blues'] }, null],
      [{ actors: ['reds'] }, 'gazette'],
    ])
  })

  test('of alternatives each is possible', async () => {
    const timeline = await openWorld()
    const either = { mode: 'change', holder: { oneOf: [['reds'], ['blues']] } }
    await timeline.append(control('a', 'herald', at(1), either))
    expect(losers(timeline, 'cautious')).toEqual([
      [{ oneOf: [{ actors: ['blues'] }, { actors: ['reds'] }] }, null],
    ])
  })

  test('what may still come after it stays possible', async () => {
    const timeline = await openWorld()
    const holds = (holder: string[]) => ({ mode: 'change', holder })
    await timeline.append(control('a', 'herald', at(2), holds(['reds'])))
    await timeline.append(control('b', 'herald', within(3, 80), holds([])))
    await timeline.append(control('c', 'gazette', at(1), holds(['blues'])))
    expect(losers(timeline, 'cautious')).toContainEqual([{ actors: ['blues'] }, null])
    expect(losers(timeline, 'dispute')).toContainEqual([{ actors: ['blues'] }, 'herald'])
  })
})

const SHIPPED = subject({ histories: (options) => histories({ ...options, regards: true }) })
const RESOLVERS = [...SHIPPED.resolvers, 'corroborated(3)', 'ranked(c via b,a/x,c)'] as string[]

const cases = SHIPPED.histories().chain((history) =>
  fc.record({ history: fc.constant(history), reading: readings(history) }),
)

test(
  'whoever would win does, once the claim is made',
  () =>
    fc.assert(
      fc.asyncProperty(cases, async ({ history, reading: { known: _, ...reading } }) => {
        for (const resolver of RESOLVERS)
          await winsIndeed(history, { ...reading, resolver } as ModelReading)
      }),
      { numRuns: 60 },
    ),
  120_000,
)

async function winsIndeed(history: History, reading: ModelReading): Promise<void> {
  const { engine } = await Bench.holding(SHIPPED, history)
  const view = engine.at(reading)
  for (const { id } of engine.registry({}).places())
    for (const further of furtherOf(plain(view.explain(id)))) {
      const { bench, answer } = await answered(history, reading, further)
      await bench.engine.close()
      expect({ ...further, answer }).toEqual({ ...further, answer: further.value })
    }
  await engine.close()
}

interface Further {
  readonly place: string
  readonly facet: string
  readonly value: FacetValue
  readonly account: string
}

function furtherOf({ place, facets }: Explanation): Further[] {
  const all = Object.entries(facets).flatMap(([facet, { losers }]) =>
    losers.flatMap(({ value, wouldWin }) =>
      wouldWin === null ? [] : [{ place, facet, value, account: wouldWin }],
    ),
  )
  return [...new Map(all.map((one) => [JSON.stringify([one.facet, one.value]), one])).values()]
}

async function answered(history: History, reading: ModelReading, further: Further) {
  const bench = await Bench.holding(SHIPPED, history)
  await bench.append([claimed(reading, further)], history.stamps.at(-1))
  const resolved = plain(bench.engine.at(reading).place(further.place)).resolved[further.facet]
  return { bench, answer: resolved?.decided === true ? resolved.value : resolved }
}

/** The claim as it would be written: at the instant, and published as the cut ends. */
function claimed(
  { valid, published }: ModelReading,
  { place, facet, value, account }: Further,
): ReportInput {
  const { via, origin } = accountNamed(account)
  const denied = (value as { not?: FacetValue } | null)?.not
  const last = published === undefined ? clock(1000) : published === 'then' ? valid : published
  const says = denied === undefined ? { [facet]: value } : { not: { [facet]: denied } }
  const foretold = denied === undefined && String(last) < valid
  return {
    id: 'zzz',
    claim: { kind: 'control', place, mode: 'change', ...says, ...(foretold && { expected: true }) },
    when: valid,
    attribution: [...via, origin],
    published: String(last),
  } as ReportInput
}
