import { describe, expect, test } from 'vitest'
import { againstInterest, cautious } from '../../projections/resolvers.js'
import type { FacetValue, Voice } from '../../src/define.js'
import { voice, weighing } from '../weigh/voices.js'

type Voices = Readonly<Record<string, readonly Voice[]>>

const memberOf = { army: ['government'], militia: ['army'], rebels: ['opposition'] }
const ask = (resolver: typeof cautious, facet: string, voices: Voices, copies = {}) =>
  resolver.resolve(facet, voices[facet] ?? [], weighing({ voices, copies, memberOf }))

const held = (...actors: string[]) => ({ actors })
const may = (name: string, value: FacetValue, ...others: (FacetValue | null)[]) =>
  voice(name, value, { possible: [...others, value], certainty: 'possible' })

describe('cautious', () => {
  test('names everybody who fights by anybody’s word', () => {
    const contest = [voice('a', ['army', 'rebels']), voice('b', []), voice('c', ['militia'])]
    expect(ask(cautious, 'contest', { contest })).toMatchObject({
      decided: true,
      value: ['army', 'militia', 'rebels'],
      certainty: 'certain',
      support: ['a', 'c'],
      opposition: ['b'],
    })
  })

  test('counts what is only possible, and says so', () => {
    const contest = [may('a', [], ['army'])]
    expect(ask(cautious, 'contest', { contest })).toMatchObject({
      decided: true,
      value: ['army'],
      certainty: 'possible',
    })
  })

  test('takes holders that clash to fight, though nobody speaks of fighting', () => {
    const holder = [voice('a', held('army')), voice('b', held('rebels'))]
    expect(ask(cautious, 'contest', { holder })).toMatchObject({
      decided: true,
      value: ['army', 'rebels'],
      support: ['a', 'b'],
    })
    const fewer = [voice('a', held('army')), voice('b', held('army', 'militia'))]
    expect(ask(cautious, 'contest', { holder: fewer })).toMatchObject({ decided: false })
  })

  test('takes a holder whose loss anybody tells of to fight: denied, to nobody, or in part', () => {
    const army = { actors: ['army'], extent: 'full' }
    const contest = [voice('a', [])]
    for (const other of [{ not: ['army'] }, held(), { actors: ['army'], extent: 'partial' }]) {
      const holder = [voice('a', army), voice('b', other)]
      expect(ask(cautious, 'contest', { holder, contest })).toMatchObject({
        decided: true,
        value: ['army'],
        certainty: 'certain',
      })
    }
    const fits = [voice('a', army), voice('b', { not: ['rebels'] }), voice('c', held('army'))]
    expect(ask(cautious, 'contest', { holder: fits, contest })).toMatchObject({ value: [] })
  })

  test('takes a loss that is only possible for fighting as well', () => {
    const holder = [may('a', held('army'), held('rebels'))]
    const contest = [voice('a', [])]
    expect(ask(cautious, 'contest', { holder, contest })).toMatchObject({
      value: ['army', 'rebels'],
      certainty: 'possible',
    })
  })

  test('calls quiet what all call quiet', () => {
    const contest = [voice('a', []), voice('b', [])]
    expect(ask(cautious, 'contest', { contest })).toMatchObject({ decided: true, value: [] })
  })

  test('decides who holds where nobody says or may say otherwise', () => {
    const alike = [voice('a', held('army')), voice('b', held('army'))]
    expect(ask(cautious, 'holder', { holder: alike })).toMatchObject({
      decided: true,
      certainty: 'certain',
    })
    const unsure = [voice('a', held('army')), may('b', held('army'), held('rebels'))]
    expect(ask(cautious, 'holder', { holder: unsure })).toMatchObject({
      decided: false,
      candidates: [
        { value: held('army'), accounts: ['a', 'b'] },
        { value: held('rebels'), accounts: ['b'] },
      ],
    })
  })

  test('reads alternatives as each of them, and a denial as naming nobody', () => {
    const oneOf = { oneOf: [held('army'), held('rebels')] }
    const either = voice('a', oneOf, {
      possible: [held('army'), held('rebels')],
      certainty: 'possible',
    })
    expect(ask(cautious, 'contest', { holder: [either] })).toMatchObject({
      value: ['army', 'rebels'],
    })
    const siege = [voice('a', { not: ['army'] }), voice('b', { not: ['army'] })]
    expect(ask(cautious, 'siege', { siege })).toMatchObject({ value: { not: ['army'] } })
  })

  test('leaves out what its origin took back', () => {
    const contest = [voice('a via x', ['army'], { disowned: true })]
    expect(ask(cautious, 'contest', { contest })).toMatchObject({ decided: false })
  })
})

describe('against-interest', () => {
  const aligned = (name: string, alignment: string, value: FacetValue) =>
    voice(name, value, { alignment })

  test('believes who tells of its own loss', () => {
    const holder = [
      aligned('a', 'government', held('rebels')),
      aligned('b', 'opposition', held('rebels')),
      voice('c', held('militia')),
    ]
    expect(ask(againstInterest, 'holder', { holder })).toMatchObject({
      decided: true,
      value: held('rebels'),
      rule: 'said against its own side',
      support: ['a', 'b'],
      opposition: ['c'],
    })
  })

  test('knows a side by all that its actors are members of', () => {
    const holder = [aligned('a', 'government', held('militia')), voice('b', held('rebels'))]
    expect(ask(againstInterest, 'holder', { holder })).toMatchObject({ decided: false })
  })

  test('hears what denies its own side something', () => {
    const holder = [aligned('a', 'government', { not: ['army'] }), voice('b', held('army'))]
    expect(ask(againstInterest, 'holder', { holder })).toMatchObject({ value: { not: ['army'] } })
  })

  test('is undecided where both sides tell of their own loss', () => {
    const holder = [
      aligned('a', 'government', held('rebels')),
      aligned('b', 'opposition', held('army')),
    ]
    expect(ask(againstInterest, 'holder', { holder })).toMatchObject({
      decided: false,
      rule: 'those who speak against their own side differ',
    })
  })

  test('gives a copy no weight of its own', () => {
    const holder = [
      aligned('a', 'opposition', held('rebels')),
      aligned('b', 'government', held('rebels')),
      aligned('c', 'government', held('army')),
    ]
    expect(ask(againstInterest, 'holder', { holder })).toMatchObject({ value: held('rebels') })
    expect(ask(againstInterest, 'holder', { holder }, { b: ['a'] })).toMatchObject({
      decided: false,
      aside: [{ account: 'b', why: 'copies a, saying the same' }],
    })
  })

  test('asks of fighting only what all say', () => {
    const contest = [aligned('a', 'government', ['rebels']), voice('b', [])]
    expect(ask(againstInterest, 'contest', { contest })).toMatchObject({ decided: false })
  })
})
