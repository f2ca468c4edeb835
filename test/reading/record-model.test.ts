/** A source's record equals the naive model's, under histories of every kind. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { control } from '../../projections/index.js'
import type { Json } from '../../src/report/types.js'
import { histories } from '../../src/testing/arbitraries.js'
import {
  clock,
  type History,
  idsOf,
  type ReportInput,
  spanText,
} from '../../src/testing/arbitraries-input.js'
import { asked, readings } from '../../src/testing/arbitraries-readings.js'
import { DEFINED, type Definitions, isValue, recordIn } from '../../src/testing/model-record.js'
import { printed } from '../../src/testing/tell.js'
import { instant } from '../../src/time/instant.js'
import { seeded } from '../laws/run.js'
import { load } from '../testing/loaded.js'

const runs = seeded('records of sources')
/** Few sources, of which one copies another, that speak of one place within a few milliseconds. */
const word = fc.record({
  chain: fc.constantFrom(['a'], ['b'], ['c'], ['d'], ['a', 'b']),
  mode: fc.constantFrom('change', 'observation'),
  says: fc.constantFrom<Said>(
    { holder: { actors: ['red'] } },
    { holder: { actors: ['blue'] } },
    { holder: { actors: ['blue', 'red'] } },
    { contest: ['blue', 'red'] },
    { holder: { oneOf: [{ actors: ['blue'] }, { actors: ['red'] }] } },
    { not: { holder: ['red'] } },
    { not: { holder: ['red'] } },
    { ends: ['holder'] },
  ),
  basis: fc.constantFrom('told', 'told', 'default'),
  from: fc.nat(2),
  width: fc.nat(1),
  lasts: fc.option(fc.nat(3), { freq: 4 }),
  published: fc.integer({ min: 6, max: 8 }),
})
type Said = Readonly<Record<string, Json>>

const close = fc.array(word, { minLength: 2, maxLength: 7 }).map((words): History => {
  const entries = ['place:p', 'actor:red', 'actor:blue', 'source:a', 'source:b', 'source:c']
  const registry: ReportInput[] = entries.map((name) => {
    const [kind = '', id = ''] = name.split(':')
    return { id: name, claim: { kind, [kind]: id } }
  })
  registry.push({ id: 'source:d', claim: { kind: 'source', source: 'd', copies: ['a'] } })
  const reports = words.map(
    ({ chain, mode, says, basis, from, width, lasts, published }, n): ReportInput => ({
      id: `r${n}`,
      claim: {
        kind: 'control',
        place: 'p',
        mode: 'ends' in says ? 'change' : mode,
        basis,
        ...says,
      },
      when: spanText({ from, width }),
      ...(lasts === null || 'not' in says ? {} : { until: clock(from + width + 1 + lasts) }),
      attribution: chain,
      published: clock(published),
    }),
  )
  return printed({ commits: [registry, reports], stamps: [instant(0), instant(10)] })
})

const casesOf = (made: fc.Arbitrary<History>) =>
  made.chain((history) => fc.tuple(fc.constant(history), readings(history)))
/** Readings that see all of a history, mostly. */
const mostlySeen = close.chain((history) => {
  const all = fc.constant({ valid: clock(30) })
  const some = readings(history)
  return fc.tuple(
    fc.constant(history),
    fc.oneof({ weight: 4, arbitrary: all }, { weight: 1, arbitrary: some }),
  )
})
const cases = casesOf(fc.oneof(histories({ moves: 16 }), close))

/** Engine and model, of every source of a history at a reading. */
const equals = (defined: Definitions, told = cases) =>
  fc.asyncProperty(told, async ([history, reading]) => {
    const { timeline, model } = await load(history)
    const { t, cut } = asked(reading, model)
    const view = timeline.at(reading)
    for (const source of idsOf(history, 'source'))
      expect(view.record(source)).toEqual(recordIn(model, control, { source, t, cut }, defined))
  })

describe('a source’s record', () => {
  it('equals the naive model’s', async () => {
    await fc.assert(equals(DEFINED), runs)
  })

  it('is told of every origin whose words the reading sees, in the order of their ids', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { timeline, model } = await load(history)
        const { t, cut } = asked(reading, model)
        const origins = model
          .forms(cut, t)
          .filter(({ claim }) => claim.kind === 'control')
          .map(({ account }) => account.origin)
        const told = timeline.at(reading).records()
        expect(told.map(({ source }) => source)).toEqual([...new Set(origins)].sort())
        for (const record of told)
          expect(timeline.at(reading).record(record.source)).toEqual(record)
      }),
      runs,
    )
  })
})

describe('the model catches a record that', () => {
  it.each<[string, Partial<Definitions>]>([
    [
      'takes a relay for the relayer’s own word',
      { originOf: ({ form }) => form.account.publisher },
    ],
    ['counts what is said by default', { says: ({ value }) => isValue(value) }],
    ['lets no denial decide', { denies: () => null }],
    ['takes what was denied for what stands', { leaves: (value) => value }],
    ['counts what may not have begun', { isCertain: () => true }],
    ['takes what has ended for what stands', { hasEnded: () => false }],
    ['takes copies for independent', { independent: (_, a, b) => a !== b }],
    ['counts what is said again', { saidBefore: () => false }],
    [
      'is first with what is published at the same instant',
      { toldBy: ({ form: a }, { form: b }) => a.published < b.published },
    ],
    [
      'takes what is published at the same instant for later',
      { toldAfter: ({ form: a }, { form: b }) => a.published >= b.published },
    ],
    ['lets a word about earlier days decide', { ofEarlierDays: () => false }],
    [
      'goes by what comes first in the world',
      { order: ({ form: a }, { form: b }) => a.start.to - b.start.to },
    ],
    ['lets one of two decide that come alike and differ', { dividedIsOpen: false }],
    ['asks for equal values', { fits: (_, a, b) => JSON.stringify(a) === JSON.stringify(b) }],
  ])('%s', async (_, wrong) => {
    const found = await fc.check(equals({ ...DEFINED, ...wrong }, mostlySeen), {
      numRuns: 20_000,
      seed: runs.seed,
      endOnFailure: true,
    })
    expect(found.failed).toBe(true)
  })
})
