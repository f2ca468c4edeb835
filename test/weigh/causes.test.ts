/** Why accounts differ: the rules of src/weigh/causes.ts one by one, and what a rule that is broken gets wrong. */
import { describe, expect, test } from 'vitest'
import { control } from '../../projections/index.js'
import { type DisputeRule, defineProjection, openTimeline } from '../../src/index.js'
import { type Clash, causeOf } from '../../src/weigh/causes.js'
import { at, control as claim, openWorld, type Said, WORLD, within } from '../support.js'

const reds = { mode: 'change', holder: ['reds'] }
const blues = { mode: 'change', holder: ['blues'] }
const fought = { mode: 'change', contest: ['blues', 'reds'], ends: ['holder'] }
const full = (holder: string) => ({ mode: 'change', holder: { actors: [holder], extent: 'full' } })

async function disputes(said: readonly Said[], t = 50, reading = {}) {
  const timeline = await openWorld()
  await timeline.append(said)
  return timeline.at({ valid: at(t), ...reading }).place('town').disputes
}
const causes = async (...asked: Parameters<typeof disputes>) =>
  (await disputes(...asked)).map(({ cause }) => cause)

describe('scope', () => {
  const byDefault = claim('b', 'gazette', at(2), { ...blues, basis: 'default' })

  test('is the cause where one party says it by default, and the dispute is open', async () => {
    expect(await disputes([claim('a', 'herald', at(1), reds), byDefault])).toMatchObject([
      { kind: 'who', cause: 'scope', open: true },
    ])
  })

  test('comes before what is vocabulary or lag besides', async () => {
    const later = claim('c', 'gazette', at(60), reds)
    expect(await causes([claim('a', 'herald', at(1), reds), byDefault, later])).toEqual(['scope'])
    expect(await causes([claim('a', 'herald', at(1), fought), byDefault])).toEqual(['scope'])
  })
})

describe('vocabulary', () => {
  const fight = claim('a', 'herald', at(1), fought)

  test('is the cause where one says contested and the other held, not stated full', async () => {
    expect(await disputes([fight, claim('b', 'gazette', at(2), reds)])).toMatchObject([
      { kind: 'extent', cause: 'vocabulary', open: false, facets: ['holder', 'contest'] },
    ])
  })

  test('is told both ways round', async () => {
    const said = [claim('a', 'herald', at(1), reds), claim('b', 'gazette', at(2), fought)]
    expect(await causes(said)).toEqual(['vocabulary'])
  })

  test('is not where held is stated full, nor where it is said to be quiet', async () => {
    for (const held of [full('reds'), { ...reds, contest: [] }])
      expect(await causes([fight, claim('b', 'gazette', at(2), held)])).toEqual(['contradiction'])
  })

  test('is not where who holds it is disputed besides', async () => {
    const denying = { mode: 'change', contest: ['blues', 'reds'], not: { holder: ['reds'] } }
    const said = [claim('a', 'herald', at(1), denying), claim('b', 'gazette', at(2), reds)]
    expect(await disputes(said)).toMatchObject([{ kind: 'who', cause: 'contradiction' }])
  })

  test('comes before lag', async () => {
    const later = claim('c', 'gazette', at(60), fought)
    expect(await causes([fight, claim('b', 'gazette', at(2), reds), later])).toEqual(['vocabulary'])
  })

  test('is none of a projection that says nothing of it', async () => {
    const [tenure] = control.disputes
    const { vocabulary: _, ...plainly } = tenure as DisputeRule
    const towns = defineProjection({ ...control, name: 'control', disputes: [plainly] })
    const { Timeline } = await import('../../src/timeline.js')
    const timeline = await Timeline.open(
      { log: ':memory:', clock: () => 1000 },
      { projections: [towns], everyday: towns, resolvers: [] },
    )
    await timeline.append([...WORLD, fight, claim('b', 'gazette', at(2), reds)])
    expect(timeline.at(at(50)).place('town').disputes).toMatchObject([{ cause: 'contradiction' }])
  })
})

describe('lag', () => {
  const first = claim('a', 'herald', at(1), reds)
  const other = claim('b', 'gazette', at(2), blues)

  test('is the cause where either party says later what the other says now', async () => {
    for (const later of [claim('c', 'gazette', at(60), reds), claim('c', 'herald', at(60), blues)])
      expect(await causes([first, other, later])).toEqual(['lag'])
  })

  test('asks that the later word begin wholly after the instant', async () => {
    const later = claim('c', 'gazette', within(60, 70), reds)
    expect(await causes([first, other, later], 59)).toEqual(['lag'])
    expect(await disputes([first, other, later], 60)).toMatchObject([
      { cause: 'contradiction', open: true },
    ])
  })

  test('asks that the later word be within the reading', async () => {
    const later = claim('c', 'gazette', at(60), reds, { published: at(200) })
    const said = [first, other, later]
    expect(await causes(said, 50, { published: at(200) })).toEqual(['lag'])
    expect(await causes(said, 50, { published: at(199) })).toEqual(['contradiction'])
    expect(await causes(said, 50, { known: WORLD.length + 2 })).toEqual(['contradiction'])
  })

  test('takes no default, no third account, and no word on another facet', async () => {
    for (const later of [
      claim('c', 'gazette', at(60), { ...reds, basis: 'default' }),
      claim('c', 'echo', at(60), reds),
      claim('c', 'gazette', at(60), { mode: 'change', siege: ['reds'] }),
      claim('c', 'gazette', at(60), { mode: 'change', contest: ['blues', 'reds'] }),
      claim('c', 'gazette', at(60), { mode: 'change', ends: ['holder'] }),
    ])
      expect(await causes([first, other, later])).toEqual(['contradiction'])
  })

  test('asks that the later word fit what the other says, not merely differ from what was said', async () => {
    const later = claim('c', 'gazette', at(60), { mode: 'change', holder: [] })
    expect(await causes([first, other, later])).toEqual(['contradiction'])
  })

  test('counts a later word over the whole that reaches the place', async () => {
    const timeline = await openWorld()
    await timeline.append([
      claim('a', 'herald', at(1), { mode: 'change', place: 'flank', contest: ['blues', 'reds'] }),
      claim('b', 'gazette', at(2), { mode: 'change', place: 'flank', contest: [] }),
      claim('c', 'herald', at(60), full('reds')),
    ])
    expect(timeline.at(at(50)).place('flank').disputes).toMatchObject([
      { facets: ['contest'], cause: 'lag' },
    ])
  })
})

describe('contradiction', () => {
  test('is all else, open or not', async () => {
    const first = claim('a', 'herald', at(1), reds)
    expect(await causes([first, claim('b', 'gazette', at(2), blues)])).toEqual(['contradiction'])
    const open = [
      first,
      claim('b', 'gazette', at(2), blues),
      claim('c', 'gazette', within(45, 60), reds),
    ]
    expect(await disputes(open)).toMatchObject([{ cause: 'contradiction', open: true }])
  })

  test('is what a dispute on when is, whatever is said later', async () => {
    const said = [
      claim('a', 'herald', at(1), reds),
      claim('b', 'gazette', at(3), reds),
      claim('c', 'gazette', at(60), reds),
    ]
    expect(await disputes(said)).toMatchObject([{ kind: 'when', cause: 'contradiction' }])
  })

  test('and a relay that clashes with its origin has a cause like any other', async () => {
    const said = [
      claim('a', 'herald', at(1), reds),
      claim('b', ['gazette', 'herald'], at(2), fought),
    ]
    expect(await disputes(said)).toMatchObject([{ kind: 'relay', cause: 'vocabulary' }])
  })
})

test('a projection of a user’s own tells vocabulary by its own rule', async () => {
  const weather = defineProjection({
    type: 'register',
    name: 'weather',
    reads: ['control'],
    facets: ['sky'],
    *sets({ claim, account }) {
      const { place, status } = claim as unknown as { place: string; status: string }
      yield { key: { place, account }, facets: { sky: status } }
    },
    disputes: [
      {
        facets: ['sky'],
        clash: (a, b) => (a.sky === b.sky ? null : 'who'),
        vocabulary: (a, b) => a.sky === 'grey' && b.sky === 'overcast',
      },
    ],
  })
  const rule = weather.disputes[0]!
  const clash = (a: string, b: string): Clash => ({
    rule,
    facets: ['sky'],
    words: [{ sky: a }, { sky: b }],
    byDefault: false,
    later: [() => [], () => []],
  })
  expect(causeOf(clash('grey', 'overcast'))).toBe('vocabulary')
  expect(causeOf(clash('overcast', 'grey'))).toBe('vocabulary')
  expect(causeOf(clash('blue', 'grey'))).toBe('contradiction')
  await (await openTimeline({ log: ':memory:', projections: [weather] })).close()
})

/** What each rule would say if it were broken in one way; the tests above, in short, must notice. */
describe('a broken rule is caught', () => {
  const tenure = control.disputes[0]!
  const holder = (actor: string) => ({ holder: { actors: [actor] }, contest: null })
  const fighting = { holder: null, contest: ['blues', 'reds'] }
  const none = () => []
  const sample = (of: Partial<Clash>): Clash => ({
    rule: tenure,
    facets: ['holder'],
    words: [holder('reds'), holder('blues')],
    byDefault: false,
    later: [none, none],
    ...of,
  })
  const lagging = sample({ later: [none, () => [holder('reds')]] })
  const vocabulary = sample({ facets: ['holder', 'contest'], words: [holder('reds'), fighting] })
  const samples: readonly (readonly [Clash, string])[] = [
    [sample({ byDefault: true, later: lagging.later }), 'scope'],
    [vocabulary, 'vocabulary'],
    [{ ...vocabulary, words: [fighting, holder('reds')] }, 'vocabulary'],
    [{ ...vocabulary, later: [() => [fighting], none] }, 'vocabulary'],
    [lagging, 'lag'],
    [sample({ later: [() => [holder('blues')], none] }), 'lag'],
    [sample({ later: [() => [holder('reds')], none] }), 'contradiction'],
    [sample({ later: [() => [{ contest: [] }], none] }), 'contradiction'],
    [sample({}), 'contradiction'],
  ]
  const judge = (rule: typeof causeOf) => samples.every(([clash, cause]) => rule(clash) === cause)
  const oneWay = (rule: DisputeRule): DisputeRule => {
    const { vocabulary: asked } = rule
    if (asked === undefined) return rule
    let turn = 0
    return { ...rule, vocabulary: (a, b) => turn++ === 0 && asked(a, b) }
  }

  test.each<[string, typeof causeOf]>([
    ['defaults count as voices', (clash) => causeOf({ ...clash, byDefault: false })],
    [
      'vocabulary is not asked',
      ({ rule: { vocabulary: _, ...rule }, ...clash }) => causeOf({ ...clash, rule }),
    ],
    ['vocabulary is asked one way', (clash) => causeOf({ ...clash, rule: oneWay(clash.rule) })],
    ['nobody says anything later', (clash) => causeOf({ ...clash, later: [none, none] })],
    [
      'only the first party can lag',
      (clash) => causeOf({ ...clash, later: [clash.later[0], none] }),
    ],
    [
      'only the second party can lag',
      (clash) => causeOf({ ...clash, later: [none, clash.later[1]] }),
    ],
    [
      'lag comes before vocabulary',
      (clash) => {
        const { vocabulary: _, ...rule } = clash.rule
        const plain = causeOf({ ...clash, rule })
        return plain === 'lag' ? plain : causeOf(clash)
      },
    ],
    [
      'any later word will do',
      (clash) => {
        const cause = causeOf(clash)
        const speaks = clash.later.some((later) => [...later(clash.facets)].length > 0)
        return cause === 'contradiction' && speaks ? 'lag' : cause
      },
    ],
  ])('where %s', (_, broken) => {
    expect(judge(causeOf)).toBe(true)
    expect(judge(broken)).toBe(false)
  })
})
