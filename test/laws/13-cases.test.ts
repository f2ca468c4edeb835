/** Counterexamples to law 13 that were once found, shrunken, each as the history it was found in. */
import { describe, expect, it } from 'vitest'
import { control, engagements } from '../../projections/index.js'
import { clock, type History, type ReportInput } from '../../src/testing/arbitraries-input.js'
import { ALL } from '../../src/testing/model.js'
import { instant } from '../../src/time/instant.js'
import { load } from '../testing/loaded.js'
import { facetAnswer, placeAnswer, placeOf } from './answers.js'

const enter = (kind: string, id: string): ReportInput => ({
  id: `${kind}/${id}`,
  claim: { kind, [kind]: id },
  published: clock(0),
})
const NAMES = [
  ...['p1', 'p2'].map((id) => enter('place', id)),
  ...['red', 'blue'].map((id) => enter('actor', id)),
  ...['a', 'b'].map((id) => enter('source', id)),
]

/** Told one after another, each in a commit of its own. */
function told(...reports: ReportInput[]): History {
  return {
    commits: [NAMES, ...reports.map((report) => [report])],
    stamps: [0, ...reports.map((_, index) => index)].map(instant),
  }
}

const says = (id: string, claim: object, rest: Partial<ReportInput> = {}): ReportInput => ({
  id,
  claim: { kind: 'control', place: 'p1', ...claim },
  attribution: ['a'],
  published: clock(10),
  ...rest,
})

describe('the engine equals the naive model', () => {
  it('on beliefs about a part of a whole, whose entry was voided since', async () => {
    const partOf = { kind: 'place', place: 'p2', partOf: ['p1'] }
    const { timeline, model } = await load(
      told(
        says('full', { holder: 'red', extent: 'full' }, { when: clock(1) }),
        { id: 'part', claim: partOf, batch: 'day' },
        { id: 'void', claim: { kind: 'void', batch: 'day', reason: 'wrong file' } },
      ),
    )
    const found = timeline.beliefs('p2', { valid: clock(5) })
    const expected = model.beliefs(control, 'p2', instant(5), ALL)
    expect(found.map(({ entry }) => entry)).toEqual([null, 'part', 'void'])
    expect(found.map(({ from }) => from)).toEqual(expected.map(({ from }) => from))
  })

  it('on beliefs through a filter by an alignment that was entered later', async () => {
    const aligned = { kind: 'source', source: 'a', alignment: 'red' }
    const { timeline, model } = await load(
      told(says('held', { holder: 'red' }, { when: clock(1) }), { id: 'side', claim: aligned }),
    )
    const accounts = { include: [{ alignment: 'red' }] }
    const found = timeline.beliefs('p1', { valid: clock(5), accounts })
    const expected = model.beliefs(control, 'p1', instant(5), { ...ALL, accounts })
    expect(found.map(({ entry }) => entry)).toEqual([null, 'side'])
    expect(expected.map(({ entry }) => entry)).toEqual([null, 'side'])
  })

  it('on an end that is open to later', async () => {
    const claim = { kind: 'engagement', engagement: 'e', type: 'clash', places: ['p1'] }
    const fought = { id: 'e1', claim, attribution: ['a'], published: clock(10) }
    const { timeline, model } = await load(
      told({ ...fought, when: clock(1), until: `${clock(4)}/..` }),
    )
    const key = { engagement: 'e', account: 'a' }
    const { state } = model.fold(engagements, key, instant(5), ALL)
    expect(timeline.at(clock(5)).state(engagements, key)).toMatchObject({ state })
    expect(state).toMatchObject({ end: { from: 4, to: null } })
  })

  it('on the support of a claim that has ended', async () => {
    const { timeline, model } = await load(
      told(
        says('x', { holder: 'red' }, { when: `${clock(0)}/${clock(9)}`, until: clock(3) }),
        says('y', { holder: 'red' }, { when: clock(5) }),
      ),
    )
    const key = { place: 'p1', account: 'a' }
    const { holder } = model.register(control, key, instant(8), ALL)
    expect(holder?.supportedAt).toBe(5)
    expect(timeline.at(clock(8)).state(control, key)).toMatchObject({
      facets: { holder: facetAnswer(holder!, instant(8)) },
    })
  })

  it.each([
    ['a settled default beside a possible voice', { holder: 'red' }, 'sole'],
    ['a default on another facet', { holder: 'blue' }, 'disputed'],
  ])('on %s', async (_, seen, standing) => {
    const byDefault = { holder: 'red', mode: 'change', basis: 'default' }
    const quiet = { contest: 'red', mode: 'change', basis: 'default' }
    const { timeline, model } = await load(
      told(
        says('seen', { ...seen, mode: 'change' }, { when: clock(2) }),
        says('drawn', 'blue' === seen.holder ? quiet : byDefault, {
          when: `${clock(1)}/${clock(7)}`,
        }),
        says(
          'other',
          { holder: 'blue', contest: [], mode: 'change' },
          { when: clock(4), attribution: ['b'] },
        ),
      ),
    )
    const expected = placeAnswer(model.place(control, 'p1', instant(8), ALL), instant(8))
    expect(expected.standing).toBe(standing)
    expect(expected.disputes).toContainEqual(expect.objectContaining({ cause: 'scope' }))
    expect(placeOf(timeline.at(clock(8)).place('p1'))).toEqual(expected)
  })
})
