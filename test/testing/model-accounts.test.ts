import { describe, expect, it } from 'vitest'
import { ALL, type Cut } from '../../src/testing/model.js'
import { at, place, saw, source, told, took } from './asking.js'
import { control, full, held, partly, type Saying } from './stored.js'

describe('accounts', () => {
  const reports = [
    source('o', { alignment: 'red' }),
    source('r', { alignment: 'blue' }),
    { ...took('1', 'red', 2), by: 'o' },
    { ...took('2', 'red', 2), by: ['r', 'o'] },
    { ...took('3', 'blue', 2), by: 'r' },
  ]
  const through = (accounts: Cut['accounts']) =>
    told(...reports)
      .forms({ ...ALL, ...(accounts === undefined ? {} : { accounts }) })
      .filter(({ claim }) => claim.kind === 'control')
      .map(({ id }) => id)

  it('filters by a name at any hop, by origin, by publisher and by alignment (17)', () => {
    expect(through(undefined)).toEqual(['1', '2', '3'])
    expect(through({ include: ['o'] })).toEqual(['1', '2'])
    expect(through({ exclude: ['r'] })).toEqual(['1'])
    expect(through({ include: [{ publisher: 'r' }] })).toEqual(['2', '3'])
    expect(through({ exclude: [{ origin: 'r' }] })).toEqual(['1', '2'])
    expect(through({ include: [{ alignment: 'red' }] })).toEqual(['1', '2'])
    expect(through({ include: ['o via r'], exclude: [] })).toEqual(['2'])
  })

  it('filters the second thoughts of whoever is filtered out, and never the desk (17)', () => {
    const thought: Saying = { id: 'w', by: 'r', claim: { kind: 'withdrawal', of: '2' } }
    const voiding: Saying = { id: 'v', claim: { kind: 'void', of: '1', reason: 'typed twice' } }
    const model = told(...reports, thought, voiding)
    expect(model.forms(ALL).map(({ id }) => id)).not.toContain('2')
    const accounts = { include: [{ origin: 'o' }] }
    const ids = model.forms({ ...ALL, accounts }).map(({ id }) => id)
    expect(ids).toContain('2')
    expect(ids).not.toContain('1')
  })

  it('keeps relays of one origin apart, and names their clash a relay (18)', () => {
    const model = told(
      { ...took('1', 'red', 2), by: 'o' },
      { ...took('2', 'blue', 2), by: ['r', 'o'] },
    )
    const view = model.place('control', 'p', at(3), ALL)
    expect(view.accounts.map(({ account }) => account.name)).toEqual(['o', 'o via r'])
    expect(view.disputes).toEqual([
      {
        kind: 'relay',
        open: false,
        facets: ['holder'],
        parties: ['o', 'o via r'],
        cause: 'contradiction',
        shared: ['origin'],
      },
    ])
    expect(view.standing).toBe('disputed')
  })

  it('names an unnamed source by its id alone, directly below its publisher (18)', () => {
    const model = told(
      { ...took('1', 'red', 2), by: ['r', 'r/eye'] },
      { ...took('2', 'red', 2), by: ['q', 'r', 'r/eye'] },
    )
    expect(model.forms(ALL).map(({ account }) => account.name)).toEqual([
      'r/eye',
      'r/eye via q < r',
    ])
  })

  it('takes relays of one origin as sole, two origins as agreed, copies as sole (20)', () => {
    const standing = (...by: (string | string[])[]) =>
      told(
        source('copy', { copies: ['o'] }),
        source('other', { copies: ['copy'] }),
        ...by.map((chain, n) => ({ ...took(`${n}`, 'red', 2), by: chain })),
      ).standing('control', 'p', at(3), ALL)
    expect(standing()).toBe('unreported')
    expect(standing('o')).toBe('sole')
    expect(standing('o', ['r', 'o'], ['q', 'o'])).toBe('sole')
    expect(standing('o', 'r')).toBe('agreed')
    expect(standing('o', 'copy')).toBe('sole')
    expect(standing('o', 'other')).toBe('sole')
  })

  it('is no agreement where one word is derived from a whole (20)', () => {
    const model = told(
      place('w'),
      place('p', { partOf: ['w'] }),
      {
        id: 'f',
        by: 'a',
        claim: control({ place: 'w', holder: full('red'), mode: 'change' }),
        when: 5,
      },
      { id: 'g', by: 'b', claim: control({ contest: [] }), when: 5 },
    )
    expect(model.standing('control', 'p', at(6), ALL)).toBe('sole')
  })

  it('disputes only where nothing possible fits, else lists it as open (21)', () => {
    const model = told(
      took('1', 'red', 2),
      { ...took('2', 'blue', [1, 4]), by: 'b' },
      {
        ...took('3', 'red', [3, 9]),
        by: 'b',
      },
    )
    const view = (t: number) => model.place('control', 'p', at(t), ALL)
    expect(view(2)).toMatchObject({ standing: 'sole', disputes: [] })
    expect(view(3)).toMatchObject({ standing: 'sole', disputes: [{ kind: 'who', open: true }] })
    expect(view(9)).toMatchObject({
      standing: 'disputed',
      disputes: [{ kind: 'when', open: false }],
    })
  })

  it('tells who from extent, and fewer of the same from either (21)', () => {
    const kinds = (a: object, b: object) =>
      told(
        { id: '1', by: 'a', claim: control({ holder: a }), when: 2 },
        { id: '2', by: 'b', claim: control({ holder: b }), when: 2 },
      )
        .disputes('control', 'p', at(2), ALL)
        .map(({ kind }) => kind)
    expect(kinds(held('red'), held('blue'))).toEqual(['who'])
    expect(kinds(full('red'), partly('red'))).toEqual(['extent'])
    expect(kinds(held('red'), held('blue', 'red'))).toEqual([])
  })

  it('disputes when changes came whose windows do not meet, not what was observed (21)', () => {
    const kinds = (a: Saying, b: Saying) =>
      told(a, { ...b, by: 'b' })
        .disputes('control', 'p', at(9), ALL)
        .map(({ kind }) => kind)
    expect(kinds(took('1', 'red', [2, 4]), took('2', 'red', [4, 6]))).toEqual(['when'])
    expect(kinds(took('1', 'red', [2, 5]), took('2', 'red', [4, 6]))).toEqual([])
    expect(kinds(took('1', 'red', 2), saw('2', 'red', 4))).toEqual([])
  })
})
