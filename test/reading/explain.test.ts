import { describe, expect, test } from 'vitest'
import {
  defineResolver,
  type FacetExplanation,
  isRashomonError,
  type Timeline,
} from '../../src/index.js'
import { plain } from '../../src/testing/plain.js'
import { at, control, openWorld, WORLD, within } from '../support.js'

const reds = { mode: 'change', holder: ['reds'] }
const blues = { mode: 'change', holder: ['blues'] }
const RED = { actors: ['reds'] }
const BLUE = { actors: ['blues'] }

const explained = (timeline: Timeline, reading: object = {}, place = 'town') =>
  plain(timeline.at({ valid: at(50), ...reading }).explain(place)).facets
const holder = (timeline: Timeline, reading: object = {}, place = 'town') =>
  explained(timeline, reading, place).holder as FacetExplanation

describe('the support of an answer', () => {
  test('is the canonically last of those that say so; the others said so too', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds))
    await timeline.append(control('b', 'gazette', at(3), reds))
    await timeline.append(control('c', 'herald', at(2), reds))
    expect(holder(timeline)).toMatchObject({
      support: ['b'],
      alsoSaid: ['a', 'c'],
      opposition: [],
      losers: [],
    })
  })

  test('of an undecided answer is a report for each candidate', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds))
    await timeline.append(control('b', 'gazette', at(3), blues))
    await timeline.append(
      control('c', 'herald/witness', at(2), reds, { attribution: ['herald', 'herald/witness'] }),
    )
    expect(holder(timeline)).toMatchObject({ support: ['c', 'b'], alsoSaid: ['a'], opposition: [] })
  })

  test('under `latest` is what is newest, and a sweep where that makes it so', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds))
    await timeline.append(control('b', 'gazette', at(3), blues))
    expect(holder(timeline, { resolver: 'latest' })).toMatchObject({
      support: ['b'],
      opposition: ['a'],
      losers: [
        {
          account: 'herald',
          value: RED,
          reports: ['a'],
          rule: 'newest support',
          wouldWin: 'herald',
        },
      ],
    })
    const sweep = { claim: { kind: 'sweep' }, attribution: 'herald', published: at(100) }
    await timeline.append({ id: 'old', ...sweep, when: at(7) })
    await timeline.append({ id: 'new', ...sweep, when: at(9) })
    expect(holder(timeline, { resolver: 'latest' })).toMatchObject({
      support: ['a', 'new'],
      opposition: ['b'],
    })
  })

  test('under `corroborated` is as many independent origins as it takes', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds))
    await timeline.append(control('b', 'echo', at(3), reds))
    await timeline.append(control('c', 'gazette', at(2), reds))
    expect(holder(timeline, { resolver: 'corroborated(2)' })).toMatchObject({
      support: ['c', 'b'],
      alsoSaid: ['a'],
    })
    const undecided = holder(timeline, { resolver: 'corroborated(3)' })
    expect(undecided.answer).toMatchObject({ decided: false })
  })

  test('takes in a stance that corroborates, and a rating by which it wins', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds))
    await timeline.append(control('b', 'gazette', at(3), blues))
    const by = { attribution: 'herald/witness', published: at(100) }
    const chain = { ...by, attribution: ['herald', 'herald/witness'] }
    await timeline.append({
      id: 's',
      claim: { kind: 'stance', of: 'b', stance: 'corroborate' },
      ...chain,
    })
    expect(holder(timeline, { resolver: 'corroborated(2)' })).toMatchObject({
      answer: { decided: true, value: BLUE },
      support: ['s', 'b'],
      opposition: ['a'],
    })
    const rating = (id: string, source: string, reliability: string) =>
      timeline.append({
        id,
        claim: { kind: 'rating', source, reliability },
        attribution: 'echo',
        published: at(100),
      })
    await rating('r1', 'herald', 'A')
    await rating('r2', 'gazette', 'C')
    expect(holder(timeline, { resolver: 'rated' })).toMatchObject({
      answer: { decided: true, value: RED },
      support: ['r1', 'a'],
      opposition: ['r2', 's', 'b'],
    })
  })

  test('holds for a resolver of one’s own', async () => {
    const first = defineResolver({
      name: 'first-named',
      resolve: (_facet, [voice, ...others]) => ({
        decided: true,
        value: voice!.value,
        certainty: voice!.certainty,
        rule: 'first by name',
        support: [voice!.account],
        opposition: others.map(({ account }) => account),
      }),
    })
    const timeline = await openWorld({ resolvers: [first] })
    await timeline.append(control('a', 'herald', at(1), reds))
    await timeline.append(control('b', 'gazette', at(3), blues))
    expect(holder(timeline, { resolver: 'first-named' })).toMatchObject({
      support: ['b'],
      opposition: ['a'],
      losers: [{ account: 'herald', rule: 'first by name', wouldWin: 'gazette' }],
    })
  })
})

describe('what one account says', () => {
  const word = (facet: FacetExplanation) => facet.accounts[0]!

  test('rests on its last report; what it replaced came before', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds))
    await timeline.append(control('b', 'herald', at(2), blues))
    await timeline.append(control('c', 'herald', at(3), reds))
    await timeline.append(control('d', 'herald', at(4), reds))
    await timeline.append(control('e', 'herald', within(40, 60), blues))
    expect(word(holder(timeline))).toMatchObject({
      settled: RED,
      certainty: 'possible',
      support: ['d'],
      alsoSaid: ['c'],
      before: ['a', 'b'],
      others: [{ value: BLUE, reports: ['e'] }],
      ended: null,
    })
    expect(holder(timeline)).toMatchObject({ support: ['d'], alsoSaid: ['c'], opposition: ['e'] })
  })

  test('that says nothing any more is explained by what ended it', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds))
    await timeline.append(control('b', 'herald', at(2), blues, { until: at(9) }))
    await timeline.append(control('c', 'gazette', at(2), reds))
    await timeline.append(control('d', 'gazette', at(3), { ends: ['holder'] }))
    const { answer, accounts } = holder(timeline)
    expect(answer).toBeNull()
    expect(accounts).toMatchObject([
      {
        account: 'gazette',
        settled: null,
        support: ['d'],
        before: ['c'],
        ended: { report: 'd', by: 'word' },
      },
      {
        account: 'herald',
        settled: null,
        support: ['b'],
        before: ['a'],
        ended: { report: 'b', by: 'end' },
      },
    ])
  })

  test('of a part may come from a claim over the whole', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), { ...reds, extent: 'full' }))
    expect(explained(timeline, {}, 'flank').contest?.accounts).toMatchObject([
      { settled: [], derived: true, support: ['a'] },
    ])
  })

  test('may take two denials together', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), { not: { holder: ['reds'] } }))
    await timeline.append(control('b', 'herald', at(2), { not: { holder: ['blues'] } }))
    expect(word(holder(timeline))).toMatchObject({
      settled: { not: ['blues', 'reds'] },
      support: ['a', 'b'],
    })
  })

  test('by default alone is no voice, and loses to that', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), { ...reds, basis: 'default' }))
    const alone = holder(timeline)
    expect(alone).toMatchObject({ answer: null, support: [] })
    expect(alone.losers).toMatchObject([
      {
        account: 'herald',
        value: RED,
        rule: expect.stringContaining('default'),
        wouldWin: 'herald',
      },
    ])
    await timeline.append(control('b', 'gazette', at(1), blues))
    expect(holder(timeline)).toMatchObject({ support: ['b'], opposition: ['a'] })
  })
})

describe('whose further claim would win', () => {
  test('under `dispute` is whoever alone says otherwise, or none', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds))
    await timeline.append(control('b', 'gazette', at(3), blues))
    const claimants = () =>
      holder(timeline).losers.map(({ account, wouldWin }) => [account, wouldWin])
    expect(claimants()).toEqual([
      ['gazette', 'herald'],
      ['herald', 'gazette'],
    ])
    await timeline.append(control('c', 'echo', at(3), blues))
    expect(claimants()).toEqual([
      ['echo', 'herald'],
      ['gazette', 'herald'],
      ['herald', null],
    ])
  })

  test('is nobody whom the reading leaves out', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds))
    const claimant = (...exclude: string[]) =>
      holder(timeline, { resolver: 'corroborated(2)', accounts: { exclude } }).losers[0]?.wouldWin
    expect(claimant()).toBe('gazette')
    expect(claimant('gazette')).toBe('herald/witness')
    expect(claimant('gazette', 'herald/witness')).toBeNull()
  })
})

describe('what is not counted', () => {
  const left = (timeline: Timeline, reading: object = {}) =>
    holder(timeline, reading).notYet.map(({ report, why, from, by }) => [report, why, from, by])

  test('was recorded later, published later, left out, or speaks of later', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds, { published: at(200) }))
    await timeline.append(control('b', 'gazette', within(40, 60), blues))
    await timeline.append(control('c', 'gazette', at(70), reds))
    const head = WORLD.length
    expect(left(timeline)).toEqual([
      ['b', 'possible', at(59), []],
      ['c', 'valid', at(70), []],
    ])
    expect(left(timeline, { published: at(150) })[0]).toEqual(['a', 'published', at(200), []])
    expect(left(timeline, { known: head + 1 }).map(([id, why, from]) => [id, why, from])).toEqual([
      ['b', 'known', head + 2],
      ['c', 'known', head + 3],
    ])
    expect(left(timeline, { accounts: { exclude: ['herald'] } })[0]).toEqual([
      'a',
      'accounts',
      'herald',
      [],
    ])
  })

  test('is out by whom it says, and second thoughts that come later are told', async () => {
    const timeline = await openWorld()
    const by = { attribution: 'herald', published: at(120) }
    await timeline.append(control('a', 'herald', at(1), reds))
    await timeline.append({ id: 'w', claim: { kind: 'withdrawal', of: 'a' }, ...by })
    await timeline.append(control('b', 'gazette', at(2), blues))
    await timeline.append({ id: 'v', claim: { kind: 'void', of: 'b', reason: 'typed twice' } })
    await timeline.append(control('c', 'echo', at(2), blues))
    const moved = {
      kind: 'correction',
      of: 'c',
      reason: 'wrong town',
      fields: { claim: { place: 'hill' } },
    }
    await timeline.append({ id: 'k', claim: moved, attribution: 'echo', published: at(130) })
    expect(left(timeline)).toEqual([
      ['a', 'out', null, ['w']],
      ['b', 'out', null, ['v']],
      ['c', 'out', null, ['k']],
    ])
    expect(left(timeline, { published: at(110) })).toEqual([
      ['w', 'published', at(120), []],
      ['b', 'out', null, ['v']],
      ['k', 'published', at(130), []],
    ])
    expect(holder(timeline, { published: at(110) }).notYet[0]).toMatchObject({
      about: 'a',
      value: null,
    })
  })
})

test('a place that no entry knows is refused', async () => {
  const timeline = await openWorld()
  try {
    timeline.at({ valid: at(1) }).explain('nowhere')
    expect.unreachable()
  } catch (error) {
    expect(isRashomonError(error, 'unknown-name')).toBe(true)
  }
})
