import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answersOf, applyDiff, composeDiffs, isRashomonError } from '../../src/index.js'
import { histories } from '../../src/testing/arbitraries.js'
import { readings } from '../../src/testing/arbitraries-readings.js'
import { Bench, subject } from '../../src/testing/laws/subject.js'
import { plain } from '../../src/testing/plain.js'
import { at, control, openWorld } from '../support.js'

const reds = { mode: 'change', holder: ['reds'] }
const blues = { mode: 'change', holder: ['blues'] }

describe('a diff', () => {
  test('finds what came since the rows were laid out as it finds what was there', async () => {
    const cases = histories().chain((history) =>
      fc.record({
        history: fc.constant(history),
        pair: fc.tuple(readings(history), readings(history)),
        settled: fc.nat({ max: history.commits.length }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(cases, async ({ history, pair: [a, b], settled }) => {
        const bench = await Bench.open(subject())
        await bench.write(history, 0, settled)
        // Whoever reads the whole map has it laid out.
        for (const _ of bench.engine.at({ valid: a.valid }).places()) break
        await bench.write(history, settled)
        const diff = bench.engine.diff(a, b)
        const [from, to] = [a, b].map((reading) =>
          answersOf([...bench.engine.at(reading).places()].map(plain)),
        )
        expect(applyDiff(from!, diff)).toEqual(to)
      }),
      { numRuns: 100 },
    )
  })

  test('names the reports whose coming, going or change of form moved an answer', async () => {
    const timeline = await openWorld()
    await timeline.append([
      control('a', 'herald', at(5), reds),
      control('b', 'herald', at(20), blues),
      {
        id: 'w',
        claim: { kind: 'withdrawal', of: 'b' },
        attribution: 'herald',
        published: at(300),
      },
    ])
    const head = timeline.head
    const told = (from: Parameters<typeof timeline.diff>[0], to: typeof from) =>
      timeline.diff(from, to).changes.map(({ type, reports }) => [type, reports])
    const going = [
      ['resolved', ['b']],
      ['facet', ['b']],
    ]
    const late = at(30)
    expect(told({ valid: late, known: head - 1 }, late)).toEqual(going)
    expect(told({ valid: late, published: at(200) }, late)).toEqual(going)
    expect(told({ valid: at(10), known: head - 1 }, { valid: late, known: head - 1 })).toEqual(
      going,
    )
    expect(told(late, { valid: late, resolver: 'latest' })).toEqual([])
  })

  test('of support alone is told, and no more', async () => {
    const timeline = await openWorld()
    await timeline.append([
      control('a', 'herald', at(5), reds),
      {
        id: 's',
        claim: { kind: 'sweep' },
        when: at(50),
        attribution: 'herald',
        published: at(100),
      },
    ])
    expect(timeline.diff(at(40), at(60)).changes).toEqual([
      {
        type: 'facet',
        place: 'town',
        account: 'herald',
        facet: 'holder',
        from: expect.objectContaining({ carriers: ['a'], supportedAt: at(5) }),
        to: expect.objectContaining({ carriers: ['a'], supportedAt: at(50) }),
        reports: ['s'],
      },
    ])
  })

  test('tells by which entry of the registry a standing moved', async () => {
    const timeline = await openWorld()
    await timeline.append([
      control('a', 'herald', at(5), reds),
      control('b', 'gazette', at(5), reds),
      { id: 'copying', claim: { kind: 'source', source: 'gazette', copies: ['herald'] } },
    ])
    const known = timeline.head - 1
    const { changes } = timeline.diff({ valid: at(9), known }, at(9))
    expect(changes).toEqual([
      { type: 'standing', place: 'town', from: 'agreed', to: 'sole', reports: ['copying'] },
    ])
  })
})

describe('diffs that do not fit', () => {
  test('are refused, saying what was found', async () => {
    const timeline = await openWorld()
    await timeline.append([
      control('a', 'herald', at(5), reds),
      control('b', 'herald', at(20), blues),
    ])
    const [first, second] = [timeline.diff(at(1), at(10)), timeline.diff(at(10), at(30))]
    const refused = (work: () => unknown) => {
      try {
        work()
      } catch (error) {
        if (isRashomonError(error, 'diff-mismatch')) return error.message
        throw error
      }
      return ''
    }
    const answers = answersOf(timeline.at(at(30)).places())
    expect(refused(() => applyDiff(answers, first))).toMatch(/town: the diff begins at/)
    expect(refused(() => composeDiffs(second, first))).toMatch(/^from: the second diff begins at/)
    const joined = composeDiffs(first, second)
    expect(joined.changes.map(({ type }) => type)).toEqual(['standing', 'resolved', 'facet'])
    expect(joined.changes.map(({ reports }) => reports)).toEqual([['a'], ['a', 'b'], ['a', 'b']])
  })
})
