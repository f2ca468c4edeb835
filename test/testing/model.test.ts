import { describe, expect, it } from 'vitest'
import { control as projection } from '../../projections/control.js'
import { engagements } from '../../projections/engagements.js'
import { ALL, type Cut, Model } from '../../src/testing/model.js'
import type { Instant } from '../../src/time/instant.js'
import { control, entry, full, held, partly, type Saying } from './stored.js'

function told(...sayings: Saying[]): Model {
  const model = new Model({ projections: [projection, engagements] })
  model.append(sayings.map(entry))
  return model
}

const at = (t: number) => t as Instant

function facet(model: Model, name: string, t: number, where: Partial<Where> = {}) {
  const { place = 'p', account = 'a', cut = ALL } = where
  return model.register('control', { place, account }, at(t), cut)[name]
}
interface Where {
  place: string
  account: string
  cut: Cut
}

/** Settled and possible holders, by their actors. */
function holder(model: Model, t: number, where: Partial<Where> = {}) {
  const reading = facet(model, 'holder', t, where)
  const name = (value: unknown) =>
    value === null ? '-' : (value as { actors: string[] }).actors.join('+')
  return reading === undefined
    ? 'unsaid'
    : `${name(reading.settled)} of ${reading.possible.map(name).join('|')}`
}

const took = (
  id: string,
  who: string,
  when: Saying['when'],
  rest: Partial<Saying> = {},
): Saying => ({
  id,
  by: 'a',
  claim: control({ holder: held(who), mode: 'change' }),
  ...(when === undefined ? {} : { when }),
  ...rest,
})
const saw = (
  id: string,
  who: string,
  when: Saying['when'],
  rest: Partial<Saying> = {},
): Saying => ({
  ...took(id, who, when, rest),
  claim: control({ holder: held(who) }),
})

describe('worlds, settled and possible', () => {
  it('folds reports of one instant in either order, and settles by id (1)', () => {
    const model = told(took('y', 'red', 5), took('x', 'blue', 5))
    expect(holder(model, 5)).toBe('red of blue|red')
  })

  it('settles what stands when everything comes at its latest (2)', () => {
    const model = told(took('x', 'red', [0, 10]), took('y', 'blue', [3, 5]))
    expect(holder(model, 3)).toBe('- of -|blue|red')
    expect(holder(model, 4)).toBe('blue of blue|red')
    expect(holder(model, 9)).toBe('red of blue|red')
    expect(facet(model, 'holder', 9)?.since).toEqual({ from: 0, to: 10 })
  })

  it('is certain at the last instant of the window and excluded before the first (3)', () => {
    const model = told(took('x', 'red', [3, 6]))
    expect([2, 3, 4, 5].map((t) => holder(model, t))).toEqual([
      'unsaid',
      '- of -|red',
      '- of -|red',
      'red of red',
    ])
  })

  it('places an unstated start anywhere up to the publication (3)', () => {
    const model = told(took('x', 'red', undefined, { published: 7 }))
    expect(holder(model, -1000)).toBe('- of -|red')
    expect(holder(model, 6)).toBe('- of -|red')
    expect(holder(model, 7)).toBe('red of red')
  })

  it('cuts what is told as past at its publication, and not what is expected (4)', () => {
    const past = told(took('x', 'red', [3, 12], { published: 6 }))
    expect(holder(past, 6)).toBe('red of red')
    const ahead = told({
      ...took('x', 'red', [3, 12], { published: 6 }),
      claim: control({ holder: held('red'), mode: 'change', expected: true }),
    })
    expect(holder(ahead, 10)).toBe('- of -|red')
    expect(holder(ahead, 11)).toBe('red of red')
  })

  it('cuts at the last instant of a date of publication, or at the stamp where none is known (4)', () => {
    expect(holder(told(took('x', 'red', [3, 12], { published: [5, 9] })), 8)).toBe('red of red')
    const stamped = took('x', 'red', [3, 12], { published: null, recorded: 7 })
    expect(holder(told(stamped), 6)).toBe('- of -|red')
    expect(holder(told(stamped), 7)).toBe('red of red')
  })

  it('makes possible only what every certain writer can precede (7)', () => {
    const model = told(
      took('x', 'red', [0, 4]),
      took('y', 'blue', [2, 9]),
      took('z', 'green', [5, 6]),
    )
    expect(holder(model, 5)).toBe('green of blue|green')
    expect(holder(model, 6)).toBe('green of blue|green')
    expect(holder(model, 8)).toBe('blue of blue|green')
  })
})

describe('claims', () => {
  it('lets an observation reach back, not behind a report, an end or a sweep (8)', () => {
    const alone = told(saw('x', 'red', 5))
    expect(holder(alone, -99)).toBe('- of -|red')
    const behind = told(took('x', 'blue', 2), saw('y', 'red', 8))
    expect(holder(behind, 1)).toBe('unsaid')
    expect(holder(behind, 4)).toBe('blue of blue|red')
    const ended = told(took('x', 'blue', 2, { until: 5 }), saw('y', 'red', 8))
    expect(holder(ended, 4)).toBe('blue of blue')
    expect(holder(ended, 5)).toBe('- of -|red')
    const swept = told(took('x', 'blue', 2), saw('y', 'red', 8), sweep('s', 5))
    expect(holder(swept, 4)).toBe('blue of blue')
    expect(holder(swept, 6)).toBe('blue of blue|red')
  })

  it('holds from the first instant of a stretch, and is possible before (8)', () => {
    const model = told({
      ...saw('x', 'red', [3, 9]),
      claim: control({ holder: held('red'), throughout: true }),
    })
    expect(holder(model, 2)).toBe('- of -|red')
    expect(holder(model, 3)).toBe('red of red')
    expect(facet(model, 'holder', 5)?.supportedAt).toBe(5)
    expect(facet(model, 'holder', 15)?.supportedAt).toBe(8)
  })

  it('does not let a change reach back (8)', () => {
    expect(holder(told(took('x', 'red', 5)), 4)).toBe('unsaid')
  })

  it('lapses into unsaid, and earlier claims do not come back (9)', () => {
    const model = told(took('x', 'blue', 1), took('y', 'red', 3, { until: [5, 7] }))
    expect(holder(model, 4)).toBe('red of red')
    expect(holder(model, 5)).toBe('red of -|red')
    expect(holder(model, 6)).toBe('unsaid')
  })

  it('tells an open end from an unknown one, which came by the publication (9)', () => {
    expect(holder(told(took('x', 'red', 3, { until: 'open' })), 99)).toBe('red of red')
    const unknown = told(took('x', 'red', 3, { until: 'unknown', published: 9 }))
    expect(holder(unknown, 3)).toBe('red of red')
    expect(holder(unknown, 8)).toBe('red of -|red')
    expect(holder(unknown, 9)).toBe('unsaid')
  })

  it('keeps start before end within overlapping windows (9)', () => {
    const model = told(took('x', 'red', [2, 9], { until: [0, 6] }))
    expect(holder(model, 2)).toBe('- of -|red')
    expect(holder(model, 4)).toBe('red of -|red')
    expect(holder(model, 5)).toBe('unsaid')
  })

  it('lets a lapse come before what begins at the same instant (9)', () => {
    expect(holder(told(took('x', 'red', 3, { until: 6 }), took('y', 'blue', 6)), 6)).toBe(
      'blue of blue',
    )
  })

  it('ends what is said of a facet without saying anything new (9)', () => {
    const model = told(took('x', 'red', 3), {
      ...took('y', '', 6),
      claim: control({ ends: ['holder'], mode: 'change' }),
    })
    expect(holder(model, 5)).toBe('red of red')
    expect(holder(model, 6)).toBe('unsaid')
  })

  it('clears contest and siege with full control, in parts too, and ends who holds them (10)', () => {
    const model = told(
      place('w'),
      place('p', { partOf: ['w'] }),
      { id: 'c', by: 'a', claim: control({ contest: ['red'], siege: ['red'] }), when: 2 },
      took('h', 'blue', 2),
      {
        id: 'f',
        by: 'a',
        claim: control({ place: 'w', holder: full('red'), mode: 'change' }),
        when: 5,
      },
    )
    expect(facet(model, 'contest', 5)).toMatchObject({ settled: [], derived: true, carrier: 'f' })
    expect(facet(model, 'siege', 5)?.settled).toEqual([])
    expect(holder(model, 4)).toBe('blue of blue')
    expect(holder(model, 5)).toBe('unsaid')
    expect(facet(model, 'contest', 5, { place: 'w' })).toMatchObject({
      settled: [],
      derived: false,
    })
  })

  it('reaches the parts in force at the last instant of its start, and no others (10)', () => {
    const claimed = (when: Saying['when']): Saying => ({
      id: 'f',
      by: 'a',
      claim: control({ place: 'w', holder: full('red'), mode: 'change' }),
      when: when!,
    })
    const entered = [place('w'), place('p', { partOf: ['w'] }, { when: 4, until: 8 })]
    const reaches = (when: Saying['when']) =>
      facet(told(...entered, took('h', 'blue', 1), claimed(when)), 'contest', 15) !== undefined
    expect([3, 4, 8, 9].map(reaches)).toEqual([false, true, true, false])
    expect(reaches([0, 5])).toBe(true)
    expect(reaches([5, 10])).toBe(false)
  })

  it('clears nothing with an unstated extent (10)', () => {
    const model = told(
      { id: 'c', by: 'a', claim: control({ contest: ['red'] }), when: 2 },
      took('h', 'red', 5),
    )
    expect(facet(model, 'contest', 6)?.settled).toEqual(['red'])
  })

  it('replaces a facet as a whole and leaves the others (11)', () => {
    const model = told(
      {
        id: 'x',
        by: 'a',
        claim: control({ holder: held('blue', 'red'), siege: ['green'] }),
        when: 2,
      },
      took('y', 'red', 5),
    )
    expect(facet(model, 'holder', 5)?.settled).toEqual({ actors: ['red'] })
    expect(facet(model, 'siege', 5)?.settled).toEqual(['green'])
  })

  it('shows a default as such and gives it no voice (14)', () => {
    const byDefault: Saying = {
      id: 'x',
      by: 'a',
      claim: control({ holder: held('red'), mode: 'change', basis: 'default' }),
      when: 2,
    }
    expect(facet(told(byDefault), 'holder', 3)).toMatchObject({ basis: 'default', voiced: [null] })
    expect(told(byDefault).standing('control', 'p', at(3), ALL)).toBe('unreported')
    const against = told(byDefault, { ...took('y', 'blue', 2), by: 'b' })
    const view = against.place('control', 'p', at(3), ALL)
    expect(view.standing).toBe('sole')
    expect(view.disputes).toMatchObject([{ kind: 'who', open: true, cause: 'scope' }])
    expect(view.resolved.holder).toMatchObject({ decided: true, support: ['b'], opposition: [] })
  })

  it('renews with a sweep what it covers and changes nothing else (15)', () => {
    const base = [place('p'), place('q'), source('a', { coverage: { places: ['p'] } })]
    const model = told(
      ...base,
      took('x', 'red', 2),
      {
        ...took('y', 'red', 2),
        claim: control({ place: 'q', holder: held('red'), mode: 'change' }),
      },
      sweep('s', 6),
    )
    expect([5, 6, 9].map((t) => facet(model, 'holder', t)?.supportedAt)).toEqual([2, 6, 6])
    expect(facet(model, 'holder', 9, { place: 'q' })?.supportedAt).toBe(2)
    expect(holder(model, 9)).toBe('red of red')
    expect(holder(told(sweep('s', 6)), 9)).toBe('unsaid')
  })
})

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
    expect(through({ include: [] })).toEqual([])
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
        cause: null,
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
    expect(view.resolved.holder).toEqual({
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

function sweep(id: string, when: number): Saying {
  return { id, by: 'a', claim: { kind: 'sweep' }, when }
}

function place(id: string, fields = {}, rest: Partial<Saying> = {}): Saying {
  return { id: `place/${id}`, claim: { kind: 'place', place: id, ...fields }, ...rest }
}

function source(id: string, fields = {}, rest: Partial<Saying> = {}): Saying {
  return { id: `source/${id}`, claim: { kind: 'source', source: id, ...fields }, ...rest }
}
