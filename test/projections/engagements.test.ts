import { describe, expect, test } from 'vitest'
import { engagements } from '../../projections/index.js'
import { at, openWorld, type Said, within } from '../support.js'

const told = (
  id: string,
  attribution: unknown,
  when: string,
  claim: object,
  more: object = {},
): Said => ({
  id,
  claim: { kind: 'engagement', engagement: 'battle', type: 'clash', places: ['town'], ...claim },
  when,
  attribution,
  published: at(100),
  ...more,
})

async function read(account: string, said: readonly Said[], engagement = 'battle', t = 50) {
  const timeline = await openWorld()
  await timeline.append(said)
  return timeline.at({ valid: at(t) }).state(engagements, { engagement, account })
}

describe('engagements', () => {
  test('accounts of one engagement stand side by side, and losses are never added', async () => {
    const lost = (low: number, high: number) => ({
      casualties: [{ actor: 'reds', killed: { low, high } }],
    })
    const said = [told('a', 'herald', at(1), lost(1, 3)), told('b', 'gazette', at(1), lost(10, 30))]
    expect((await read('herald', said)).state.casualties).toEqual({
      reds: { killed: { low: 1, high: 3 } },
    })
    expect((await read('gazette', said)).state.casualties).toEqual({
      reds: { killed: { low: 10, high: 30 } },
    })
  })

  test('a later report of one account replaces what it states and leaves the rest', async () => {
    const { state, folded } = await read('herald', [
      told('a', 'herald', at(1), {
        belligerents: { attackers: ['reds'], defenders: ['blues'] },
        outcome: { result: 'undecided' },
        casualties: [{ actor: 'reds', killed: { low: 1, high: 3 } }],
        summary: 'a fight',
      }),
      told('b', 'herald', at(2), {
        outcome: { result: 'won', victors: ['reds'] },
        casualties: [{ civilians: true, wounded: { low: 2, best: 4, high: 9 } }],
      }),
    ])
    expect(folded).toEqual(['a', 'b'])
    expect(state).toMatchObject({
      belligerents: { attackers: ['reds'], defenders: ['blues'] },
      outcome: { result: 'won', victors: ['reds'] },
      casualties: {
        reds: { killed: { low: 1, high: 3 } },
        civilians: { wounded: { low: 2, best: 4, high: 9 } },
      },
      summary: 'a fight',
      reports: ['a', 'b'],
    })
  })

  test('reports that may have begun are listed beside the state, not folded', async () => {
    const { folded, possible, state } = await read(
      'herald',
      [told('a', 'herald', at(1), {}), told('b', 'herald', within(5, 60), { type: 'siege' })],
      'battle',
      10,
    )
    expect([folded, possible, state.type]).toEqual([['a'], ['b'], 'clash'])
  })

  test('without an id a report tells of an engagement of its own', async () => {
    const { engagement: _engagement, ...claim } = told('a', 'herald', at(1), {}).claim
    const said = { ...told('a', 'herald', at(1), {}), claim }
    expect((await read('herald', [said], 'a')).folded).toEqual(['a'])
  })

  test('that two are one, or one part of another, is told by account too', async () => {
    const timeline = await openWorld()
    const relation = (id: string, claim: object): Said => ({
      id,
      claim: { ...claim } as Said['claim'],
      attribution: 'echo',
      published: at(100),
    })
    await timeline.append([
      told('a', 'herald', at(1), {}),
      relation('s', { kind: 'same-engagement', engagements: ['battle', 'fight'] }),
      relation('p', { kind: 'part-of-engagement', part: 'battle', whole: 'campaign' }),
    ])
    const state = (engagement: string, account: string) =>
      timeline.at({ valid: at(500) }).state(engagements, { engagement, account }).state
    expect(state('battle', 'echo')).toMatchObject({ sameAs: ['fight'], partOf: ['campaign'] })
    expect(state('campaign', 'echo').parts).toEqual(['battle'])
    expect(state('battle', 'herald').sameAs).toEqual([])
  })

  test('what was corrected or withdrawn is folded as it then stands', async () => {
    const timeline = await openWorld()
    await timeline.append([
      told('a', 'herald', at(1), { summary: 'a fight' }),
      told('b', 'herald', at(2), { type: 'siege' }),
    ])
    const before = timeline.head
    await timeline.append({
      claim: {
        kind: 'correction',
        of: 'a',
        reason: 'it was shelling',
        fields: { claim: { type: 'shelling' } },
      },
      attribution: 'herald',
      published: at(100),
    })
    await timeline.append({
      claim: { kind: 'withdrawal', of: 'b' },
      attribution: 'herald',
      published: at(100),
    })
    const state = (known: number) =>
      timeline
        .at({ valid: at(50), known })
        .state(engagements, { engagement: 'battle', account: 'herald' }).state
    expect(state(timeline.head)).toMatchObject({
      type: 'shelling',
      summary: 'a fight',
      reports: ['a'],
    })
    expect(state(before)).toMatchObject({ type: 'siege', reports: ['a', 'b'] })
  })
})
