import { fc, test } from '@fast-check/vitest'
import { describe, expect, test as once } from 'vitest'
import { LOSSES } from '../../projections/casualties.js'
import {
  type CasualtiesState,
  casualties,
  casualtiesIn,
  lossesOf,
} from '../../projections/index.js'
import type { Losses } from '../../src/index.js'
import {
  arrival,
  cache,
  idempotence,
  isolation,
  past,
  subject,
  withdrawal,
} from '../../src/testing/index.js'
import { openWorld, type Said } from '../support.js'

const ACCOUNTS = ['herald', 'gazette']
const PLACES = ['town', 'hill']
const PARTIES = ['reds', 'civilians']
const PERIODS = ['2015-01', '2015-02', '2015-03', '2014', '2015']
const AT = '2016-01-01T00:00Z'

/** A battle as a test tells it: days of 2015 (1: New Year), the last included. */
interface Told {
  readonly id: string
  readonly account: string
  readonly engagement: string
  readonly places: readonly string[]
  readonly days: readonly [number, number]
  readonly published: number
  readonly tolls: readonly { readonly party: string; readonly loss: string; readonly n: Losses }[]
}

interface Related {
  readonly account: string
  readonly part: string
  readonly whole: string
}

const ZONE = { zone: 'UTC' }
const day = (n: number) => new Date(Date.UTC(2015, 0, n)).toISOString().slice(0, 10)

const said = ({ id, account, engagement, places, days, published, tolls }: Told): Said => ({
  id,
  claim: {
    kind: 'engagement',
    engagement,
    type: 'clash',
    places,
    ...(tolls.length === 0 ? {} : { casualties: byParty(tolls) }),
  },
  when: `${day(days[0])}/${day(days[1])}`,
  ...ZONE,
  attribution: account,
  published: day(200 + published),
})

function byParty(tolls: Told['tolls']): object[] {
  return [...new Set(tolls.map(({ party }) => party))].map((party) => ({
    ...(party === 'civilians' ? { civilians: true } : { actor: party }),
    ...Object.fromEntries(
      tolls.filter((toll) => toll.party === party).map(({ loss, n }) => [loss, n]),
    ),
  }))
}

const related = ({ account, part, whole }: Related): Said => ({
  claim: { kind: 'part-of-engagement', part, whole },
  attribution: account,
  published: day(300),
  ...ZONE,
})

const losses = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.boolean()).map(
  ([low, more, most, best]): Losses => ({
    low,
    ...(best ? { best: low + more } : {}),
    high: low + more + most,
  }),
)

const tellings = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 10, max: 99 }).map((n) => `t${n}`),
    account: fc.constantFrom(...ACCOUNTS),
    engagement: fc.constantFrom('e1', 'e2', 'e3', 'e4'),
    places: fc.subarray(PLACES, { minLength: 1 }),
    days: fc
      .tuple(fc.integer({ min: -20, max: 80 }), fc.oneof(fc.nat(3), fc.nat(60)))
      .map(([from, more]) => [from, from + more] as const),
    published: fc.nat(2),
    tolls: fc.uniqueArray(
      fc.record({
        party: fc.constantFrom(...PARTIES),
        loss: fc.constantFrom(...LOSSES),
        n: losses,
      }),
      { maxLength: 3, selector: ({ party, loss }) => `${party} ${loss}` },
    ),
  }),
  { minLength: 1, maxLength: 8, selector: ({ id }) => id },
)

/** Parts come before their wholes in the order of ids, so that there is no cycle. */
const relations = fc.uniqueArray(
  fc
    .record({
      account: fc.constantFrom(...ACCOUNTS),
      pair: fc.constantFrom(['e1', 'e2'], ['e2', 'e3'], ['e1', 'e4'], ['e3', 'e4']),
    })
    .map(({ account, pair }): Related => ({ account, part: pair[0]!, whole: pair[1]! })),
  { maxLength: 3, selector: (one) => JSON.stringify(one) },
)

/** Sums by party, place, period and account, written out in the plainest way. */
function model(told: readonly Told[], rel: readonly Related[], account: string, of: string[]) {
  const answer: Record<string, Losses> = {}
  for (const party of PARTIES)
    for (const place of PLACES)
      for (const period of PERIODS)
        for (const loss of LOSSES) {
          const last = new Map<string, { told: Told; n: Losses }>()
          const own = told.filter((one) => one.account === account)
          own.sort(
            (a, b) =>
              a.days[1] - b.days[1] ||
              a.days[0] - b.days[0] ||
              a.published - b.published ||
              (a.id < b.id ? -1 : 1),
          )
          for (const one of own)
            for (const toll of one.tolls)
              if (toll.party === party && toll.loss === loss)
                last.set(one.engagement, { told: one, n: toll.n })
          for (const [engagement, one] of last)
            if (!one.told.places.includes(place) || !day(one.told.days[1]).startsWith(period))
              last.delete(engagement)
          const wholes = (id: string): string[] =>
            rel
              .filter((one) => one.part === id && of.includes(one.account))
              .flatMap(({ whole }) => [whole, ...wholes(whole)])
          const counted = [...last].filter(([id]) => !wholes(id).some((whole) => last.has(whole)))
          if (counted.length === 0) continue
          const add = (field: 'low' | 'high') =>
            counted.reduce((sum, [, { n }]) => sum + n[field], 0)
          const best = counted.every(([, { n }]) => n.best !== undefined)
          answer[`${party} ${place} ${period} ${loss}`] = {
            low: add('low'),
            ...(best ? { best: counted.reduce((sum, [, { n }]) => sum + n.best!, 0) } : {}),
            high: add('high'),
          }
        }
  return answer
}

type Casualties = typeof casualties

async function asked(
  told: readonly Told[],
  rel: readonly Related[],
  account: string,
  of: string[],
  ask = lossesOf,
  projection: Casualties = casualties,
) {
  const timeline = await openWorld({ projections: [projection] })
  await timeline.append([...told.map(said), ...rel.map(related)])
  const view = timeline.at({ valid: AT })
  const answer: Record<string, Losses> = {}
  for (const actor of PARTIES)
    for (const place of PLACES)
      for (const period of PERIODS) {
        const { losses } = ask(view, { place, actor, period, account, relations: of, projection })
        for (const [loss, n] of Object.entries(losses))
          answer[`${actor} ${place} ${period} ${loss}`] = n
      }
  await timeline.close()
  return answer
}

const history = {
  told: tellings,
  rel: relations,
  account: fc.constantFrom(...ACCOUNTS),
  of: fc.subarray(ACCOUNTS),
}
const RUNS = { numRuns: 60 }

describe('losses by place, actor and period', () => {
  test.prop(history, RUNS)(
    'are what a plain sum over the reports says',
    async ({ told, rel, account, of }) => {
      expect(await asked(told, rel, account, of)).toEqual(model(told, rel, account, of))
    },
  )

  const broken: [string, typeof lossesOf, Casualties?][] = [
    [
      'adds a whole to its parts',
      (view, question) => lossesOf(view, { ...question, relations: [] }),
    ],
    [
      'takes any account for the one asked of',
      (view, question) => lossesOf(view, { ...question, account: 'all' }),
      mixing((told) => ({ ...told, account: 'all' })),
    ],
    [
      'adds across accounts',
      (view, question) => {
        const all = ACCOUNTS.map((account) => lossesOf(view, { ...question, account }))
        const [a = {}, b = {}] = all.map((answer) => answer.losses.killed)
        const { low = 0, high = 0 } = a as Partial<Losses>
        const { low: lower = 0, high: higher = 0 } = b as Partial<Losses>
        return { ...all[0]!, losses: { killed: { low: low + lower, high: high + higher } } }
      },
    ],
    [
      'counts in each period that the window touches',
      (view, question) => {
        const answer = lossesOf(view, question)
        const twice = answer.possible.flatMap(({ losses }) => losses.killed ?? [])
        const [first] = twice
        return first === undefined
          ? answer
          : { ...answer, losses: { ...answer.losses, killed: first } }
      },
    ],
    [
      'counts what was told otherwise since',
      lossesOf,
      {
        ...casualties,
        apply(state, told, key) {
          const before = structuredClone(JSON.parse(JSON.stringify(state.told)))
          casualties.apply(state, told, key)
          Object.assign(state.told, before)
        },
      },
    ],
  ]
  for (const [name, ask, projection] of broken)
    once(`one that ${name} is caught`, async () => {
      const property = fc.asyncProperty(fc.record(history), async ({ told, rel, account, of }) => {
        expect(await asked(told, rel, account, of, ask, projection)).toEqual(
          model(told, rel, account, of),
        )
      })
      const { failed } = await fc.check(property, { numRuns: 300, seed: 7, endOnFailure: true })
      expect(failed).toBe(true)
    })
})

/** The projection, told of other reports than it should be. */
function mixing(
  change: (told: Parameters<Casualties['keys']>[0]) => Parameters<Casualties['keys']>[0],
): Casualties {
  return { ...casualties, keys: (told) => casualties.keys(change(told)) }
}

describe('a question about losses', () => {
  const one = (
    id: string,
    engagement: string,
    days: Told['days'],
    n: Losses,
    more: Partial<Told> = {},
  ): Told => ({
    id,
    account: 'herald',
    engagement,
    places: ['town'],
    days,
    published: 0,
    tolls: [{ party: 'reds', loss: 'killed', n }],
    ...more,
  })

  async function ask(
    period: string,
    told: readonly Told[],
    rel: readonly Related[] = [],
    projection = casualties,
  ) {
    const timeline = await openWorld({ projections: [projection] })
    await timeline.append([...told.map(said), ...rel.map(related)])
    const view = timeline.at({ valid: AT })
    const question = { place: 'town', actor: 'reds', account: 'herald' }
    const { losses, engagements, possible } = lossesOf(view, { ...question, period, projection })
    return { killed: losses.killed, counted: engagements, possible }
  }

  once('a window over two months counts in the later and is possible in the earlier', async () => {
    const told = [one('a', 'e1', [30, 33], { low: 2, best: 3, high: 5 })]
    expect(await ask('2015-01', told)).toEqual({
      killed: undefined,
      counted: [],
      possible: [{ engagement: 'e1', losses: { killed: { low: 2, best: 3, high: 5 } } }],
    })
    expect(await ask('2015-02', told)).toMatchObject({
      killed: { low: 2, best: 3, high: 5 },
      counted: [{ engagement: 'e1', certain: false }],
      possible: [],
    })
    expect(await ask('2015', told)).toMatchObject({ counted: [{ certain: true }] })
  })

  once('a start of which no earliest is known is possible in every earlier period', async () => {
    const { when: _when, ...unstated } = said(one('a', 'e1', [1, 1], { low: 1, high: 1 }))
    const timeline = await openWorld({ projections: [casualties] })
    await timeline.append([unstated])
    const view = timeline.at({ valid: AT })
    const question = { place: 'town', actor: 'reds', account: 'herald' }
    expect(lossesOf(view, { ...question, period: '1815-06' }).possible).toHaveLength(1)
    expect(lossesOf(view, { ...question, period: day(200).slice(0, 7) }).losses.killed?.low).toBe(1)
  })

  once(
    'a part stands within its whole where both are counted, by itself where the whole is not',
    async () => {
      const told = [
        one('a', 'e1', [40, 40], { low: 4, high: 4 }),
        one('b', 'e2', [20, 20], { low: 9, high: 9 }),
      ]
      const part = [{ account: 'herald', part: 'e1', whole: 'e2' }]
      expect(await ask('2015', told, part)).toMatchObject({
        killed: { low: 9, high: 9 },
        counted: [
          { engagement: 'e1', within: { killed: 'e2' } },
          { engagement: 'e2', within: {} },
        ],
      })
      expect((await ask('2015-02', told, part)).killed).toEqual({ low: 4, high: 4 })
      const cycle = [...part, { account: 'herald', part: 'e2', whole: 'e1' }]
      expect((await ask('2015', told, cycle)).killed).toEqual({ low: 4, high: 4 })
    },
  )

  once('one engagement under two ids counts once, as told last', async () => {
    const timeline = await openWorld({ projections: [casualties] })
    await timeline.append([
      said(one('a', 'e1', [40, 40], { low: 4, high: 4 })),
      said(one('b', 'e2', [20, 20], { low: 9, high: 9 })),
      {
        claim: { kind: 'same-engagement', engagements: ['e1', 'e2'] },
        attribution: 'herald',
        published: day(300),
        ...ZONE,
      },
    ])
    const question = { place: 'town', actor: 'reds', account: 'herald', period: '2015' }
    expect(lossesOf(timeline.at({ valid: AT }), question).losses.killed).toEqual({
      low: 4,
      high: 4,
    })
  })

  once('months are those of the zone it was made for', async () => {
    const newYork = casualtiesIn('America/New_York')
    expect(newYork.name).toBe('casualties-america-new-york')
    const told = {
      ...said(one('a', 'e1', [31, 31], { low: 1, high: 1 })),
      zone: 'America/New_York',
      when: day(31),
    }
    const timeline = await openWorld({ projections: [casualties, newYork] })
    await timeline.append([told])
    const view = timeline.at({ valid: AT })
    const question = { place: 'town', actor: 'reds', account: 'herald' }
    const killed = (period: string, projection = casualties) =>
      lossesOf(view, { ...question, period, projection }).losses.killed?.low
    expect([killed('2015-01', newYork), killed('2015-02', newYork)]).toEqual([1, undefined])
    expect([killed('2015-01'), killed('2015-02')]).toEqual([undefined, 1])
  })

  once('years before our era and beyond four digits have their names', () => {
    const months = [-62_198_755_200_000, 253_402_300_800_000].map(casualties.monthOf)
    expect(months).toEqual([-12, 120_000])
  })

  once('what is no period is refused', () => {
    const nothing = { state: () => ({ state: {} as CasualtiesState }) }
    for (const period of ['2015-3', '2015-13', 'March', ''])
      expect(() => lossesOf(nothing, { place: 'p', actor: 'a', account: 'c', period })).toThrow(
        /is no period; a year or a month, as in "2015" or "2015-03", would be right/,
      )
    expect(() => casualtiesIn('Mars')).toThrow(RangeError)
  })
})

const LAWS = { arrival, past, idempotence, isolation, cache, withdrawal }

describe('the fold of losses', () => {
  once.each(Object.entries(LAWS))('keeps the law of %s', async (_, law) => {
    const property = law(subject({ projections: [casualties] }))
    await fc.assert(property as fc.IRawProperty<unknown>, { numRuns: 20, endOnFailure: true })
  })
})
