/** What control makes of negative claims and alternatives, and which words clash. */
import { describe, expect, it } from 'vitest'
import { control } from '../../projections/control.js'
import type { FacetValue } from '../../src/fold/projection.js'
import { openTimeline } from '../../src/index.js'

const held = (...actors: string[]): FacetValue => ({ actors })
const fully = (...actors: string[]): FacetValue => ({ actors, extent: 'full' })
const not = (...actors: string[]): FacetValue => ({ not: actors })
const oneOf = (...values: FacetValue[]): FacetValue => ({ oneOf: values })

describe('a denial', () => {
  const { leaves, joined } = control.denials!

  it.each<[string, FacetValue, FacetValue, FacetValue | null]>([
    ['takes away a value whose actors are all denied', held('red'), not('red'), null],
    ['whatever its extent', fully('red'), not('red', 'blue'), null],
    ['leaves one that names another too', held('blue', 'red'), not('red'), held('blue', 'red')],
    ['leaves nobody', held(), not('red'), held()],
    ['leaves others', held('blue'), not('red'), held('blue')],
    ['takes a list of actors away', ['red'], not('red'), null],
    ['leaves an empty one', [], not('red'), []],
    [
      'leaves of two alternatives the other',
      oneOf(held('blue'), held('red')),
      not('red'),
      held('blue'),
    ],
    [
      'leaves of three the two others',
      oneOf(held('blue'), held('green'), held('red')),
      not('red'),
      oneOf(held('blue'), held('green')),
    ],
    ['leaves none that are all denied', oneOf(held('blue'), held('red')), not('blue', 'red'), null],
    ['leaves nobody of them', oneOf(held(), held('red')), not('red'), held()],
  ])('%s', (_, value, denial, left) => {
    expect(leaves(value, denial)).toEqual(left)
  })

  it('gives the same value back where it is compatible', () => {
    const value = oneOf(held('blue'), held('red'))
    expect(leaves(value, not('green'))).toBe(value)
  })

  it('is joined by another, in the order of ids', () => {
    expect(joined(not('red'), not('blue', 'red'))).toEqual(not('blue', 'red'))
  })
})

describe('words that clash', () => {
  const clash = (facet: string, a: FacetValue, b: FacetValue) => {
    const rule = control.disputes.find(({ facets }) => facets.includes(facet))!
    const words = (value: FacetValue) => ({
      ...Object.fromEntries(rule.facets.map((name) => [name, null])),
      [facet]: value,
    })
    const found = rule.clash(words(a), words(b))
    expect(rule.clash(words(b), words(a))).toBe(found)
    return found
  }

  it.each<[string, FacetValue, FacetValue, 'who' | 'extent' | null]>([
    ['holder', not('red'), held('red'), 'who'],
    ['holder', not('red', 'blue'), fully('red'), 'who'],
    ['holder', not('red'), held('blue', 'red'), null],
    ['holder', not('red'), held('blue'), null],
    ['holder', not('red'), held(), null],
    ['holder', not('red'), not('blue'), null],
    ['holder', oneOf(held('blue'), held('red')), held('red'), null],
    ['holder', oneOf(held('blue'), held('red')), held('green'), 'who'],
    ['holder', oneOf(held('blue'), held('red')), not('red'), null],
    ['holder', oneOf(held('blue'), held('red')), not('blue', 'red'), 'who'],
    ['holder', oneOf(held('blue'), held('red')), oneOf(held('green'), held('red')), null],
    ['holder', oneOf(fully('red'), held('blue')), { actors: ['red'], extent: 'partial' }, 'extent'],
    ['contest', not('red'), ['red'], 'extent'],
    ['contest', not('red'), ['blue', 'red'], null],
    ['contest', not('red'), [], null],
    ['siege', not('red'), ['red'], 'extent'],
    ['administration', not('red'), ['red'], 'who'],
    ['administration', not('red'), ['blue'], null],
  ])('%s: %j and %j', (facet, a, b, kind) => {
    expect(clash(facet, a, b)).toBe(kind)
  })

  it('fighting alone clashes with holding alone also where it is said to whom it has not fallen', () => {
    const [rule] = control.disputes
    const fought = { holder: not('red'), contest: ['blue', 'red'] }
    expect(rule!.clash(fought, { holder: held('blue'), contest: null })).toBe('extent')
    expect(rule!.clash(fought, { holder: not('blue'), contest: null })).toBe(null)
  })
})

interface Said {
  readonly when?: string
  readonly until?: string
  readonly by?: string
  readonly [field: string]: unknown
}

describe('a place of which it is denied that it fell', () => {
  const at = (day: number) => `2022-03-0${day}T00:00Z`
  const told = async (...claims: Said[]) => {
    const timeline = await openTimeline({ log: ':memory:' })
    const reports = claims.map(({ when, until, by = 'desk-map', ...claim }, index) => ({
      id: `r${index + 1}`,
      claim: { kind: 'control', place: 'town', ...claim },
      attribution: by,
      published: '2022-03-09T00:00Z',
      ...(when === undefined ? {} : { when }),
      ...(until === undefined ? {} : { until }),
    }))
    await timeline.append(reports, { register: true })
    return timeline
  }
  const holder = (timeline: Awaited<ReturnType<typeof told>>, day: number, place = 'town') =>
    timeline.at({ valid: at(day) }).state(control, { place, account: 'desk-map' }).facets.holder

  it('keeps what is said and counts as said again, by who said it', async () => {
    const timeline = await told(
      { holder: 'blue', when: at(1) },
      { not: { holder: 'red' }, when: at(3) },
    )
    expect(holder(timeline, 5)).toMatchObject({
      settled: held('blue'),
      certainty: 'certain',
      supportedAt: '2022-03-03T00:00:00.000Z',
      since: { from: '2022-03-01T00:00:00.000Z' },
      evidence: ['r1'],
    })
    expect(holder(timeline, 2)).toMatchObject({ supportedAt: '2022-03-01T00:00:00.000Z' })
  })

  it('leaves nothing where what it met lapses', async () => {
    const timeline = await told(
      { holder: 'blue', when: at(1), until: at(4) },
      { not: { holder: 'red' }, when: at(3) },
    )
    expect(holder(timeline, 3)?.settled).toEqual(held('blue'))
    expect(holder(timeline, 5)).toBeUndefined()
  })

  it('stands until the next positive claim, joined by later ones', async () => {
    const timeline = await told(
      { holder: 'red', when: at(1) },
      { not: { holder: 'red' }, when: at(2) },
      { not: { holder: 'green' }, when: at(3) },
      { holder: 'green', mode: 'change', when: at(4) },
    )
    expect([1, 2, 3, 4].map((day) => holder(timeline, day)?.settled)).toEqual([
      held('red'),
      not('red'),
      not('green', 'red'),
      held('green'),
    ])
    expect(holder(timeline, 3)?.evidence).toEqual(['r3', 'r2'])
  })

  it('does not reach back, nor down to parts', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    await timeline.append(
      [
        { claim: { kind: 'place', place: 'flank', partOf: ['town'] } },
        {
          claim: { kind: 'control', place: 'town', not: { holder: 'red', siege: 'red' } },
          attribution: 'desk-map',
          when: at(3),
          published: at(9),
        },
      ],
      { register: true },
    )
    expect(holder(timeline, 2)).toBeUndefined()
    expect(holder(timeline, 3)?.settled).toEqual(not('red'))
    expect(holder(timeline, 3, 'flank')).toBeUndefined()
    expect(timeline.at({ valid: at(3) }).place('town').standing).toBe('sole')
  })

  it('is no change of hands that another account could date otherwise', async () => {
    const timeline = await told(
      { holder: 'blue', mode: 'change', when: at(1) },
      { not: { holder: 'red' }, mode: 'change', when: at(3), by: 'other' },
    )
    const { disputes, standing } = timeline.at({ valid: at(5) }).place('town')
    expect({ disputes, standing }).toEqual({ disputes: [], standing: 'agreed' })
  })

  it('clears nothing that it denies itself, whoever holds the place fully', async () => {
    const timeline = await told(
      { siege: ['green', 'red'], when: at(1) },
      { holder: 'blue', extent: 'full', not: { siege: 'red' }, mode: 'change', when: at(2) },
    )
    const { facets } = timeline
      .at({ valid: at(2) })
      .state(control, { place: 'town', account: 'desk-map' })
    expect(facets.siege?.settled).toEqual(['green', 'red'])
    expect(facets.contest?.settled).toEqual([])
  })

  it('is said of a whole map as of the place', async () => {
    const timeline = await told(
      { holder: { oneOf: ['blue', 'red'] }, when: at(1) },
      { not: { holder: 'red' }, when: at(3) },
    )
    const cell = (day: number) => {
      const { values, column } = timeline.at({ valid: at(day) }).frame()
      const { settled, certain, carrier } = column.holder!
      return [values[settled[0]!], certain[0], carrier[0]! > 0]
    }
    expect(cell(2)).toEqual([oneOf(held('blue'), held('red')), 0, true])
    expect(cell(3)).toEqual([held('blue'), 1, true])
    expect(holder(timeline, 2)).toMatchObject({
      certainty: 'possible',
      possible: [held('blue'), held('red')],
    })
  })
})
