import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { control } from '../../projections/control.js'
import { histories, unauthorised } from '../../src/testing/arbitraries.js'
import { arrivals } from '../../src/testing/arbitraries-arrivals.js'
import { type History, idsOf, reportsOf } from '../../src/testing/arbitraries-input.js'
import { asked, readings } from '../../src/testing/arbitraries-readings.js'
import { ALL } from '../../src/testing/model.js'
import { tell, tellEntries } from '../../src/testing/tell.js'
import { entriesOf, load } from './loaded.js'

const few = { numRuns: 150 }

describe('generated histories', () => {
  it('are taken by a log as they are', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), async (history) => {
        const { timeline } = await load(history)
        expect(timeline.head).toBe(reportsOf(history).length)
      }),
      few,
    )
  })

  it('are taken in every other order of arrival that is offered', async () => {
    const orders = histories({ stamps: 'idle' }).chain((history) =>
      fc.tuple(fc.constant(history), arrivals(history)),
    )
    await fc.assert(
      fc.asyncProperty(orders, async ([history, other]) => {
        const ids = (of: History) => reportsOf(of).map(({ id }) => id)
        expect(ids(other).sort()).toEqual(ids(history).sort())
        await load(other)
      }),
      few,
    )
  })

  it('state every publication where stamps are to be idle', () => {
    fc.assert(
      fc.property(histories({ stamps: 'idle' }), (history) => {
        for (const { published } of reportsOf(history)) expect(published).toBeDefined()
      }),
      few,
    )
  })

  it('meet every kind of trouble, each at least once in a hundred', () => {
    const sample = fc.sample(histories(), { numRuns: 1000, seed: 7 })
    const share = (trouble: (history: History) => boolean) => sample.filter(trouble).length
    for (const [name, trouble] of Object.entries(TROUBLES))
      expect({ [name]: share(trouble) >= 10 }).toEqual({ [name]: true })
  })

  it('shrink to the one report that matters, at the beginning of time', () => {
    const rests = (history: History) =>
      reportsOf(history).every(({ claim }) => claim.basis !== 'default')
    const found = fc.check(fc.property(histories(), rests), { seed: 11, numRuns: 1000 })
    const [history] = found.counterexample ?? []
    const told = reportsOf(history!).filter(
      ({ claim }) => !['place', 'actor', 'source'].includes(claim.kind),
    )
    expect(told).toHaveLength(1)
    expect(
      tell(history!)
        .split('\n')
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ['#', 'recorded', 'id', 'by', 'says', 'when', 'until', 'published', 'batch'],
      ['1', '0', 'actor/red', 'desk', 'actor red', '0'],
      ['2', '"', 'place/p1', 'desk', 'place p1', '0'],
      ['3', '"', 'source/a', 'desk', 'source a', '0'],
      ['4', '0', 'k1', 'a', 'p1: seen, basis default, held by red'],
    ])
  })
})

/** Whether a history holds a report of which this is so, of those that another report names. */
const TROUBLES: Record<string, (history: History) => boolean> = {
  'a withdrawal of a withdrawal': naming('withdrawal', 'withdrawal'),
  'a withdrawal of a correction': naming('withdrawal', 'correction'),
  'a void of a void': naming('void', 'void'),
  'a void of a withdrawal': naming('void', 'withdrawal'),
  'a correction of a registry entry': naming('entry-correction', 'place'),
  'a corrected attribution': some(({ claim }) => 'attribution' in Object(claim.fields)),
  'a corrected start': some(({ claim }) => 'when' in Object(claim.fields)),
  'a corrected publication': some(({ claim }) => 'published' in Object(claim.fields)),
  'a corrected place': some(({ claim }) => 'place' in Object(Object(claim.fields).claim)),
  'a voided batch': some(({ claim }) => claim.kind === 'void' && claim.batch !== undefined),
  'full control of a whole': (history) =>
    some(({ claim }) => Array.isArray(claim.partOf) && claim.partOf.length > 0)(history) &&
    some(({ claim }) => JSON.stringify(claim).includes('full'))(history),
  'a sweep': some(({ claim }) => claim.kind === 'sweep'),
  'a sweep with coverage': (history) =>
    some(({ claim }) => claim.kind === 'sweep')(history) &&
    some(({ claim }) => claim.coverage !== undefined)(history),
  copies: some(({ claim }) => Array.isArray(claim.copies) && claim.copies.length > 0),
  'an expected claim': some(({ claim }) => claim.expected === true),
  'a stretch': some(({ claim }) => claim.throughout === true),
  'an end of a facet': some(({ claim }) => claim.ends !== undefined),
  'an unknown end': some(({ until }) => until === 'unknown'),
  'an open window': some(({ when }) => when?.includes('..') === true),
  'no stated start': some(({ claim, when }) => claim.kind === 'control' && when === undefined),
  'no stated publication': some(
    ({ claim, published }) => claim.kind === 'control' && published === undefined,
  ),
  alternatives: some(({ claim }) => Object(claim.holder).oneOf !== undefined),
  'a negative claim': some(({ claim }) => claim.not !== undefined),
  'a corrected negative': some(({ claim }) => 'not' in Object(Object(claim.fields).claim)),
  'a default': some(({ claim }) => claim.basis === 'default'),
  'a relay': some(({ attribution }) => attribution?.length === 3),
  'related engagements': some(({ claim }) => claim.kind === 'same-engagement'),
}

function some(so: (report: ReturnType<typeof reportsOf>[number]) => boolean) {
  return (history: History) => reportsOf(history).some(so)
}

function naming(kind: string, other: string) {
  return (history: History) => {
    const reports = reportsOf(history)
    const named = (id: unknown) => reports.find((report) => report.id === id)?.claim.kind === other
    return reports.some(({ claim }) => claim.kind === kind && named(claim.of))
  }
}

describe('second thoughts of others', () => {
  it('are refused as unauthorised, and nothing is appended', async () => {
    await fc.assert(
      fc.asyncProperty(unauthorised(), async ({ history, bad }) => {
        const { timeline, append } = await load(history)
        const head = timeline.head
        await expect(append([bad])).rejects.toMatchObject({ code: 'unauthorised' })
        expect(timeline.head).toBe(head)
      }),
      few,
    )
  })
})

describe('generated readings', () => {
  it('are understood by the engine as the model is asked them', async () => {
    const cases = histories().chain((history) => fc.tuple(fc.constant(history), readings(history)))
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { timeline, model } = await load(history)
        const { reading: understood } = timeline.at(reading)
        const { t, cut } = asked(reading, model)
        expect(Date.parse(understood.valid)).toBe(t)
        expect(understood.known).toBe(cut.known)
      }),
      few,
    )
  })
})

describe('the table of a history', () => {
  it('tells of every report, before and after it is stored', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), async (history) => {
        const { timeline } = await load(history)
        for (const text of [tell(history), tellEntries(entriesOf(timeline))]) {
          const lines = text.split('\n').slice(1)
          const ids = lines.map((line) => line.split(/ +/)[2])
          expect(ids).toEqual(reportsOf(history).map(({ id }) => id))
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('the naive model on generated histories', () => {
  it('settles nothing that is not possible', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), fc.integer({ min: -1, max: 16 }), async (history, t) => {
        const { model } = await load(history)
        for (const place of idsOf(history, 'place'))
          for (const { facets } of model.place(control, place, t as never, ALL).accounts)
            for (const { settled, possible } of Object.values(facets)) {
              const { oneOf = [settled] } = (settled ?? {}) as { oneOf?: readonly unknown[] }
              for (const one of oneOf) expect(possible).toContainEqual(one)
            }
      }),
      few,
    )
  })
})
