import { describe, expect, test } from 'vitest'
import { plain } from '../../src/testing/plain.js'
import { at, control, openWorld, type Said, within } from '../support.js'

async function townAt(t: number, said: readonly Said[], reading = {}) {
  const timeline = await openWorld()
  await timeline.append(said)
  return timeline.at({ valid: at(t), ...reading }).place('town')
}

const reds = { mode: 'change', holder: ['reds'] }
const blues = { mode: 'change', holder: ['blues'] }

describe('how the accounts of a place stand', () => {
  test('nothing said is unreported, one voice is sole, two origins that fit agree', async () => {
    expect((await townAt(50, [])).standing).toBe('unreported')
    expect((await townAt(50, [control('a', 'herald', at(1), reds)])).standing).toBe('sole')
    const both = [control('a', 'herald', at(1), reds), control('b', 'gazette', at(1), reds)]
    expect((await townAt(50, both)).standing).toBe('agreed')
  })

  test('a relay, a known copy and a default lend no agreement', async () => {
    const first = control('a', 'herald', at(1), reds)
    for (const other of [
      control('b', ['gazette', 'herald'], at(1), reds),
      control('b', 'echo', at(1), reds),
      control('b', 'gazette', at(1), { ...reds, basis: 'default' }),
    ])
      expect((await townAt(50, [first, other])).standing).toBe('sole')
  })

  test('different holders are a dispute on who; its parties and what they share are named', async () => {
    const view = await townAt(50, [
      control('a', 'herald', at(1), reds),
      control('b', 'gazette', at(2), blues),
    ])
    expect(view.standing).toBe('disputed')
    expect(view.disputes).toEqual([
      {
        kind: 'who',
        open: false,
        facets: ['holder'],
        parties: ['gazette', 'herald'],
        cause: 'contradiction',
        shared: [],
      },
    ])
  })

  test('naming fewer of the same holders is no clash, nobody against somebody is', async () => {
    const both = control('a', 'herald', at(1), { mode: 'change', holder: ['blues', 'reds'] })
    expect((await townAt(50, [both, control('b', 'gazette', at(1), reds)])).standing).toBe('agreed')
    const nobody = control('b', 'gazette', at(1), { mode: 'change', holder: [] })
    expect((await townAt(50, [both, nobody])).disputes[0]?.kind).toBe('who')
  })

  test('full against partial among the same is extent, unstated fits either', async () => {
    const full = control('a', 'herald', at(1), { ...reds, extent: 'full' })
    const partial = control('b', 'gazette', at(1), { ...reds, extent: 'partial' })
    expect((await townAt(50, [full, partial])).disputes[0]?.kind).toBe('extent')
    expect((await townAt(50, [full, control('b', 'gazette', at(1), reds)])).standing).toBe('agreed')
  })

  test('fighting against holding alone is extent; against a part held it is none', async () => {
    const fought = control('a', 'herald', at(1), { contest: ['blues', 'reds'] })
    expect(
      (await townAt(50, [fought, control('b', 'gazette', at(1), reds)])).disputes[0]?.kind,
    ).toBe('extent')
    const partial = control('b', 'gazette', at(1), { ...reds, extent: 'partial' })
    expect((await townAt(50, [fought, partial])).disputes).toEqual([])
  })

  test('fire control by one against the hold of the other is no dispute', async () => {
    const fire = control('a', 'herald', at(1), { fireControl: ['reds'] })
    expect((await townAt(50, [fire, control('b', 'gazette', at(1), blues)])).standing).toBe('sole')
  })

  test('where what is possible of both could be right the clash is open and not disputed', async () => {
    const view = await townAt(5, [
      control('a', 'herald', at(1), reds),
      control('b', 'gazette', at(1), blues),
      control('c', 'gazette', within(4, 9), reds),
    ])
    expect(view.standing).toBe('sole')
    expect(view.disputes).toMatchObject([{ kind: 'who', open: true, cause: 'contradiction' }])
  })

  test('a clash with a default is open, for scope', async () => {
    const view = await townAt(50, [
      control('a', 'herald', at(1), reds),
      control('b', 'gazette', at(1), { ...blues, basis: 'default' }),
    ])
    expect(view.standing).toBe('sole')
    expect(view.disputes).toMatchObject([{ kind: 'who', open: true, cause: 'scope' }])
  })

  test('agreeing changes whose windows do not meet are a dispute on when; observations make none', async () => {
    const early = control('a', 'herald', within(1, 3), reds)
    const late = control('b', 'gazette', within(3, 5), reds)
    expect((await townAt(50, [early, late])).disputes).toMatchObject([
      { kind: 'when', open: false },
    ])
    const seen = control('b', 'gazette', within(3, 5), { holder: ['reds'] })
    expect((await townAt(50, [early, seen])).standing).toBe('agreed')
  })

  test('a relay that clashes with its origin is a dispute of kind relay', async () => {
    const view = await townAt(50, [
      control('a', 'herald', at(1), reds),
      control('b', ['gazette', 'herald'], at(1), blues),
    ])
    expect(view.accounts.map((account) => account.account)).toEqual([
      'herald',
      'herald via gazette',
    ])
    expect(view.disputes).toMatchObject([{ kind: 'relay', shared: ['origin', 'alignment'] }])
  })

  test('an unnamed source under its publisher shares publisher and alignment with it', async () => {
    const view = await townAt(50, [
      control('a', 'herald', at(1), reds),
      control('b', ['herald', 'herald/witness'], at(1), blues),
    ])
    expect(view.disputes[0]?.shared).toEqual(['publisher', 'alignment'])
  })
})

describe('resolvers', () => {
  const said = [control('a', 'herald', at(3), reds), control('b', 'gazette', at(1), blues)]

  test('latest takes the newest support in valid time, then the newest published, else none', async () => {
    const latest = (s: readonly Said[]) =>
      townAt(50, s, { resolver: 'latest' }).then((v) => v.resolved.holder)
    expect(await latest(said)).toMatchObject({
      decided: true,
      value: { actors: ['reds'] },
      support: ['herald'],
      opposition: ['gazette'],
    })
    const tied = [
      control('a', 'herald', at(3), reds),
      control('b', 'gazette', at(3), blues, { published: at(101) }),
    ]
    expect(await latest(tied)).toMatchObject({ decided: true, support: ['gazette'] })
    expect(await latest([tied[0]!, control('b', 'gazette', at(3), blues)])).toMatchObject({
      decided: false,
    })
  })

  test('a sweep is support too', async () => {
    const swept = [
      ...said,
      {
        id: 's',
        claim: { kind: 'sweep' },
        when: at(9),
        attribution: 'gazette',
        published: at(100),
      },
    ]
    const view = await townAt(50, swept, { resolver: 'latest' })
    expect(view.resolved.holder).toMatchObject({ support: ['gazette'] })
    expect(view.accounts[0]?.supportAge.holder).toBe(41)
  })

  test('dispute decides only what every voice says alike', async () => {
    const view = await townAt(50, said)
    expect(view.resolved.holder).toMatchObject({ decided: false })
    const alike = await townAt(50, [said[0]!, control('b', 'gazette', at(1), reds)])
    expect(alike.resolved.holder).toMatchObject({ decided: true, support: ['gazette', 'herald'] })
  })

  test('a resolver of the user’s own is opened by name, in a view and in its token', async () => {
    const { defineResolver } = await import('../../src/index.js')
    const first = defineResolver({
      name: 'first-name',
      resolve: (_facet, voices) => ({
        decided: true,
        value: voices[0]!.value,
        certainty: 'certain',
        rule: 'alphabet',
        support: [voices[0]!.account],
        opposition: [],
      }),
    })
    const timeline = await openWorld({ resolvers: [first] })
    await timeline.append(said)
    const view = timeline.at({ valid: at(50), resolver: 'first-name' })
    expect(view.place('town').resolved.holder).toMatchObject({
      rule: 'alphabet',
      support: ['gazette'],
    })
    expect(plain(timeline.at(view.token).place('town'))).toEqual(plain(view.place('town')))
  })
})
