import { describe, expect, it } from 'vitest'
import { engagements } from '../../projections/engagements.js'
import { ALL } from '../../src/testing/model.js'
import { at, holder, source, sweep, told, took } from './asking.js'
import { entry, held, type Saying } from './stored.js'

describe('second thoughts', () => {
  const withdrawn = (of: string, by: Saying['by'], rest: Partial<Saying> = {}): Saying => ({
    id: `w-${of}`,
    ...(by === undefined ? {} : { by }),
    claim: { kind: 'withdrawal', of },
    ...rest,
  })
  const fix = (of: string, fields: object, rest: Partial<Saying> = {}): Saying => ({
    id: `c-${of}`,
    by: 'a',
    claim: { kind: 'correction', of, reason: 'mistaken', fields: fields as never },
    ...rest,
  })

  it('obeys known, and a source also its own date of publication (23)', () => {
    const model = told(took('x', 'red', 2, { published: 5 }), withdrawn('x', 'a', { published: 8 }))
    expect(holder(model, 9, { cut: { known: 1, published: at(99) } })).toBe('red of red')
    expect(holder(model, 9, { cut: { known: 2, published: at(7) } })).toBe('red of red')
    expect(holder(model, 9, { cut: { known: 2, published: at(8) } })).toBe('unsaid')
    expect(holder(model, 9, { cut: { known: 2, published: at(4) } })).toBe('unsaid')
  })

  it('does not put the desk to the published cut (23)', () => {
    const voiding: Saying = {
      id: 'v',
      claim: { kind: 'void', of: 'x', reason: 'typed twice' },
      published: 99,
    }
    const model = told(took('x', 'red', 2, { published: 5 }), voiding)
    expect(holder(model, 9, { cut: { known: 2, published: at(5) } })).toBe('unsaid')
  })

  it('puts the corrected publication to the cut (23)', () => {
    const later = { published: { ...entry(took('', '', 0, { published: 9 })).report.published! } }
    const model = told(took('x', 'red', 2, { published: 5 }), fix('x', later, { published: 6 }))
    expect(holder(model, 9, { cut: { known: 2, published: at(5) } })).toBe('red of red')
    expect(holder(model, 9, { cut: { known: 2, published: at(8) } })).toBe('unsaid')
    expect(holder(model, 9, { cut: { known: 2, published: at(9) } })).toBe('red of red')
  })

  it('takes the own withdrawal of a relayed origin as a denial (24)', () => {
    const relay = { ...took('x', 'red', 2), by: ['r', 'o'] }
    const stands = (by: Saying['by']) =>
      holder(told(relay, withdrawn('x', by)), 3, { account: 'o via r' })
    expect(stands('o')).toBe('red of red')
    expect(stands('r')).toBe('unsaid')
    expect(stands(['r', 'o'])).toBe('unsaid')
  })

  it('applies corrections field by field in the order published, then id (25)', () => {
    const turned = (id: string, who: string, published: number): Saying => ({
      ...fix('x', { claim: { holder: held(who) } }, { published }),
      id,
    })
    const model = told(took('x', 'red', 2), turned('m', 'green', 12), turned('n', 'blue', 11))
    expect(holder(model, 3)).toBe('green of green')
    const tied = told(took('x', 'red', 2), turned('n', 'green', 11), turned('m', 'blue', 11))
    expect(holder(tied, 3)).toBe('green of green')
  })

  it('moves place and time, and removes what is replaced by nothing (25)', () => {
    const moved = told(
      took('x', 'red', 2, { until: 5 }),
      fix('x', { end: null, claim: { place: 'q' } }),
    )
    expect(holder(moved, 3)).toBe('unsaid')
    expect(holder(moved, 9, { place: 'q' })).toBe('red of red')
  })

  it('undoes a correction, restores with a withdrawal of a withdrawal or a void (25)', () => {
    const x = took('x', 'red', 2)
    const corrected = fix('x', { claim: { holder: held('blue') } })
    expect(holder(told(x, corrected), 3)).toBe('blue of blue')
    expect(holder(told(x, corrected, withdrawn('c-x', 'a')), 3)).toBe('red of red')
    expect(holder(told(x, withdrawn('x', 'a')), 3)).toBe('unsaid')
    expect(holder(told(x, withdrawn('x', 'a'), withdrawn('w-x', 'a')), 3)).toBe('red of red')
    const twice = told(
      x,
      withdrawn('x', 'a'),
      { ...withdrawn('x', 'a'), id: 'again' },
      withdrawn('w-x', 'a'),
    )
    expect(holder(twice, 3)).toBe('unsaid')
  })

  it('voids a whole batch, and corrections of its reports are idle (26)', () => {
    const model = told(
      took('x', 'red', 2, { batch: 'day' }),
      took('y', 'blue', 4, { batch: 'day' }),
      took('z', 'green', 3),
      { id: 'v', claim: { kind: 'void', batch: 'day', reason: 'wrong file' } },
      fix('y', { claim: { holder: held('white') } }),
      { id: 'u', claim: { kind: 'void', of: 'v', reason: 'right after all' } },
    )
    const known = (position: number) => holder(model, 5, { cut: { ...ALL, known: position } })
    expect([3, 4, 5, 6].map(known)).toEqual([
      'blue of blue',
      'green of green',
      'green of green',
      'white of white',
    ])
  })
})

describe('the registry', () => {
  it('folds entries over certain intervals, the last begun first (28)', () => {
    const model = told(
      source('a', { name: 'A', credit: 'by A' }),
      source('a', { name: 'B' }, { id: 'b', when: [3, 9], until: [5, 8] }),
    )
    const fields = (t: number) => model.registry('source', 'a', at(t), ALL)
    expect(fields(2)).toEqual({ name: 'A', credit: 'by A' })
    expect(fields(3)).toEqual({ name: 'B', credit: 'by A' })
    expect(fields(7)).toEqual({ name: 'B', credit: 'by A' })
    expect(fields(8)).toEqual({ credit: 'by A' })
    expect(model.registry('source', 'z', at(2), ALL)).toBeNull()
    expect(model.registry('source', 'a', at(4), { known: 1, published: at(-99) })).toEqual({
      name: 'A',
      credit: 'by A',
    })
  })
})

describe('answers', () => {
  it('cuts history into maximal stretches of equal answers (35)', () => {
    const model = told(took('x', 'red', [2, 5]), took('y', 'red', 7), took('z', 'blue', 9))
    const stretches = model.history('control', 'p', { from: at(0), to: at(12) }, ALL)
    expect(stretches.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [2, 4],
      [4, 9],
      [9, 12],
    ])
  })

  it('gives beliefs from before the first entry, each with the entry that began it (36)', () => {
    const model = told(took('x', 'red', 2), took('z', 'blue', 8), took('y', 'blue', 4))
    const beliefs = model.beliefs('control', 'p', at(6), ALL)
    expect(beliefs.map(({ from, to, entry }) => [from, to, entry])).toEqual([
      [null, 1, null],
      [1, 3, 'x'],
      [3, null, 'y'],
    ])
  })

  it('resolves by the newest support in valid time, then by publication (40)', () => {
    const latest = (...sayings: Saying[]) =>
      told(...sayings).place('control', 'p', at(9), ALL, 'latest').resolved.holder
    const b = (saying: Saying): Saying => ({ ...saying, by: 'b' })
    const red = took('1', 'red', 3)
    expect(latest(red, b(took('2', 'blue', 4)))).toMatchObject({ value: held('blue') })
    expect(latest(red, b(took('2', 'blue', 4)), sweep('s', 6))).toMatchObject({
      value: held('red'),
    })
    const newer = b(took('2', 'blue', 3, { published: 21 }))
    expect(latest(red, newer)).toMatchObject({ value: held('blue'), opposition: ['a'] })
    expect(latest(red, b(took('2', 'blue', 3)))).toMatchObject({ decided: false })
    const view = told(red, newer).place('control', 'p', at(9), ALL)
    expect(view.resolved.holder).toMatchObject({
      decided: false,
      candidates: [
        { value: held('blue'), accounts: ['b'] },
        { value: held('red'), accounts: ['a'] },
      ],
    })
  })

  it('folds what has certainly begun, in canonical order, beside what may have', () => {
    const fought = (id: string, type: string, when: Saying['when']): Saying => ({
      id,
      by: 'a',
      claim: { kind: 'engagement', engagement: 'e', type, places: ['p'], belligerents: {} },
      when: when!,
    })
    const model = told(
      fought('y', 'assault', [2, 6]),
      fought('x', 'clash', 3),
      fought('z', 'siege', [4, 9]),
    )
    const reading = model.fold(engagements, { engagement: 'e', account: 'a' }, at(6), ALL)
    expect(reading).toMatchObject({
      folded: ['x', 'y'],
      possible: ['z'],
      state: { type: 'assault' },
    })
  })
})
