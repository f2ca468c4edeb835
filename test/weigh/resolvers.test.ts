import { describe, expect, test } from 'vitest'
import type { Voice, Weighing } from '../../src/define.js'
import { corroborated } from '../../src/weigh/corroborated.js'
import { dispute } from '../../src/weigh/dispute.js'
import { latest } from '../../src/weigh/latest.js'
import { ranked } from '../../src/weigh/ranked.js'
import { rated } from '../../src/weigh/rated.js'
import { RESOLVERS, resolverNamed, resolverNames } from '../../src/weigh/resolvers.js'
import { voice, weighing } from './voices.js'

const ask = (
  resolver: { resolve: (facet: string, voices: readonly Voice[], weighing: Weighing) => unknown },
  voices: readonly Voice[],
  about: Parameters<typeof weighing>[0] = {},
) => resolver.resolve('holder', voices, weighing(about))

describe('whose origin took back what is relayed', () => {
  const taken = voice('a via x', 'reds', { disowned: true })

  test.each([dispute, latest, rated, corroborated(1), ranked(['a'])])(
    'supports nothing by $name',
    (resolver) => {
      expect(ask(resolver, [taken])).toMatchObject({
        decided: false,
        candidates: [],
        aside: [{ account: 'a via x', why: 'its origin took it back' }],
      })
    },
  )
})

describe('corroborated', () => {
  test('asks for two origins unless told', () => {
    expect(ask(corroborated(), [voice('a', 'reds')])).toMatchObject({ decided: false })
    expect(ask(corroborated(), [voice('a', 'reds'), voice('b', 'reds')])).toMatchObject({
      decided: true,
      value: 'reds',
      certainty: 'certain',
      support: ['a', 'b'],
    })
  })

  test('takes ten relays of one origin for one', () => {
    const relays = ['x', 'y', 'z'].map((teller) => voice(`a via ${teller}`, 'reds'))
    expect(ask(corroborated(), relays)).toMatchObject({ decided: false })
  })

  test('takes a copy for what it copies, and a digest of two for neither more nor less', () => {
    const copies = { c: ['a', 'b'] }
    const [a, b, c] = ['a', 'b', 'c'].map((name) => voice(name, 'reds')) as [Voice, Voice, Voice]
    expect(ask(corroborated(), [a, c], { copies })).toMatchObject({ decided: false })
    expect(ask(corroborated(), [a, b, c], { copies })).toMatchObject({ decided: true })
    expect(ask(corroborated(3), [a, b, c], { copies })).toMatchObject({ decided: false })
  })

  test('takes two that copy a third for one', () => {
    const copies = { a: ['wire'], b: ['middle'], middle: ['wire'] }
    const voices = [voice('a', 'reds'), voice('b', 'reds')]
    expect(ask(corroborated(), voices, { copies })).toMatchObject({ decided: false })
  })

  test('counts who corroborates the report, and no hop that relays it', () => {
    const vouched = (relay: boolean) =>
      voice('a', 'reds', {
        stances: [
          { account: 'b', origin: 'b', stance: 'corroborate', ...(relay ? { relay } : {}) },
        ],
      })
    expect(ask(corroborated(), [vouched(false)])).toMatchObject({
      decided: true,
      support: ['a', 'b'],
    })
    expect(ask(corroborated(), [vouched(true)])).toMatchObject({ decided: false })
  })

  test('is undecided where as many deny it, and lists those who do', () => {
    const denied = (...by: string[]) => [
      voice('a', 'reds', {
        stances: by.map((account) => ({ account, origin: account, stance: 'deny' as const })),
      }),
      voice('b', 'reds'),
    ]
    expect(ask(corroborated(), denied('c'))).toMatchObject({ decided: true, opposition: ['c'] })
    expect(ask(corroborated(), denied('c', 'd'))).toMatchObject({
      decided: false,
      rule: 'as many independent origins deny it as say it',
    })
    const copies = { d: ['c'] }
    expect(ask(corroborated(), denied('c', 'd'), { copies })).toMatchObject({ decided: true })
  })

  test('is undecided where two values have enough', () => {
    const voices = [
      voice('a', 'reds'),
      voice('b', 'reds'),
      voice('c', 'blues'),
      voice('d', 'blues'),
    ]
    expect(ask(corroborated(), voices)).toMatchObject({ decided: false })
  })

  test('is as sure as enough of its origins are', () => {
    const unsure = voice('c', 'reds', { certainty: 'possible' })
    const sure = [voice('a', 'reds'), voice('b', 'reds')]
    expect(ask(corroborated(), [...sure, unsure])).toMatchObject({ certainty: 'certain' })
    expect(ask(corroborated(), [sure[0]!, unsure])).toMatchObject({ certainty: 'possible' })
  })

  test('reads equal words alone: to name fewer of the same fits and is another word', () => {
    const voices = [voice('a', ['reds', 'whites']), voice('b', ['reds'])]
    expect(ask(corroborated(), voices)).toMatchObject({ decided: false })
  })
})

describe('rated', () => {
  test('lets the better rated origin decide, then the better believed report', () => {
    const a = voice('a', 'reds', { reliability: ['B'], credibility: [2] })
    const b = voice('b', 'blues', { reliability: ['C'], credibility: [1] })
    expect(ask(rated, [a, b])).toMatchObject({ decided: true, value: 'reds', opposition: ['b'] })
    const c = voice('c', 'blues', { reliability: ['B'], credibility: [1] })
    expect(ask(rated, [a, c])).toMatchObject({ decided: true, value: 'blues' })
  })

  test('never takes F or 6 for a low grade', () => {
    const low = voice('a', 'reds', { reliability: ['E'] })
    const unknown = voice('b', 'blues', { reliability: ['F'] })
    const unbelieved = voice('c', 'whites', { reliability: ['A'], credibility: [6] })
    const unrated = voice('d', 'greens')
    expect(ask(rated, [low, unknown, unbelieved, unrated])).toMatchObject({
      decided: true,
      value: 'reds',
      support: ['a'],
      opposition: [],
      aside: [
        { account: 'b', why: 'the reliability of its origin cannot be judged' },
        { account: 'c', why: 'the credibility of its report cannot be judged' },
        { account: 'd', why: 'nobody rates its origin' },
      ],
    })
  })

  test('leaves equals that differ undecided, and raters who differ apart', () => {
    const a = voice('a', 'reds', { reliability: ['B'] })
    const b = voice('b', 'blues', { reliability: ['B', 'F'] })
    const c = voice('c', 'blues', { reliability: ['A', 'C'] })
    expect(ask(rated, [a, b])).toMatchObject({
      decided: false,
      rule: 'equally rated and different',
    })
    expect(ask(rated, [a, c])).toMatchObject({ decided: false })
  })

  test('weighs a copy as what it copies', () => {
    const first = voice('a', 'reds', { reliability: ['D'] })
    const copy = voice('b', 'reds', { reliability: ['A'] })
    const other = voice('c', 'blues', { reliability: ['B'] })
    const copies = { b: ['a'] }
    expect(ask(rated, [first, copy, other], { copies })).toMatchObject({
      value: 'blues',
      aside: [{ account: 'b', why: 'copies a, saying the same' }],
    })
    expect(ask(rated, [first, copy, other])).toMatchObject({ value: 'reds' })
  })
})

describe('ranked', () => {
  const voices = [voice('a', 'reds'), voice('b', 'blues'), voice('c via b', 'whites')]

  test('lets the first who speaks decide', () => {
    expect(ask(ranked(['z', 'b', 'a']), voices)).toMatchObject({
      decided: true,
      value: 'blues',
      opposition: ['a'],
      aside: [{ account: 'c via b', why: 'not in the order' }],
    })
    expect(ask(ranked(['c']), voices)).toMatchObject({ value: 'whites' })
    expect(ask(ranked(['z']), voices)).toMatchObject({ decided: false, candidates: [] })
  })

  test('takes what an origin says itself before what others tell of it', () => {
    const told = [voice('a', 'reds'), voice('a via b', 'blues')]
    expect(ask(ranked(['a']), told)).toMatchObject({ value: 'reds', opposition: ['a via b'] })
    const relays = [voice('a via b', 'reds'), voice('a via c', 'blues')]
    expect(ask(ranked(['a']), relays)).toMatchObject({ decided: false })
  })

  test.each([[[]], [['a', 'a']], [['']]])('refuses the order %j', (order) => {
    expect(() => ranked(order)).toThrow(/sources in their order would be right/)
  })
})

describe('latest', () => {
  test('is not swayed by a copy or a relay that came out later', () => {
    const first = voice('a', 'reds', { published: 1 })
    const other = voice('b', 'blues', { published: 2 })
    const copy = voice('c', 'reds', { published: 3 })
    const relay = voice('a via x', 'reds', { published: 3 })
    expect(ask(latest, [first, other])).toMatchObject({ value: 'blues' })
    expect(ask(latest, [first, other, copy], { copies: { c: ['a'] } })).toMatchObject({
      value: 'blues',
    })
    expect(ask(latest, [first, other, relay])).toMatchObject({ value: 'blues' })
    expect(ask(latest, [first, other, copy])).toMatchObject({ value: 'reds' })
  })
})

describe('names', () => {
  const named = new Map(RESOLVERS.map((resolver) => [resolver.name, resolver]))

  test('take arguments, which belong to them', () => {
    expect(resolverNamed('corroborated(3)', named)?.name).toBe('corroborated(3)')
    expect(resolverNamed('ranked( a , b/c )', named)?.name).toBe('ranked(a,b/c)')
    expect(resolverNamed('corroborated', named)?.name).toBe('corroborated')
    expect(resolverNamed('corrobrated(3)', named)).toBeUndefined()
    expect(resolverNamed('ranked(a)', named)).toBe(resolverNamed('ranked(a)', named))
  })

  test.each([
    'corroborated()',
    'corroborated(0)',
    'corroborated(x)',
    'corroborated(1,2)',
    'ranked()',
  ])('are refused as %s', (name) => {
    expect(() => resolverNamed(name, named)).toThrow(
      expect.objectContaining({ code: 'invalid-reading', place: { field: 'resolver' } }),
    )
  })

  test('are listed as they are written', () => {
    expect(resolverNames(named)).toEqual([
      'dispute',
      'latest',
      'corroborated',
      'rated',
      'corroborated(N)',
      'ranked(SOURCE,…)',
    ])
  })
})
