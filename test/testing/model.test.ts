import { describe, expect, it } from 'vitest'
import { ALL } from '../../src/testing/model.js'
import { at, facet, holder, place, saw, source, sweep, told, took } from './asking.js'
import { control, full, held, type Saying } from './stored.js'

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
