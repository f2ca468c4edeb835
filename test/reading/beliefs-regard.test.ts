/** Beliefs move where grades, stances and denials do, and name the entry that moved them. */
import { describe, expect, test } from 'vitest'
import type { Timeline } from '../../src/index.js'
import { at, control, openWorld, WORLD } from '../support.js'

const reds = { mode: 'change', holder: ['reds'] }
const blues = { mode: 'change', holder: ['blues'] }
const JUDGE = ['herald', 'herald/witness']

async function quarrel(): Promise<Timeline> {
  const timeline = await openWorld()
  await timeline.append(control('a', 'herald', at(1), reds))
  await timeline.append(control('b', 'gazette', at(3), blues))
  return timeline
}

const said = (id: string, published: number, claim: object) => ({
  id,
  claim,
  attribution: JUDGE,
  published: at(published),
})

const moves = (timeline: Timeline, resolver: string, by: 'known' | 'published') =>
  timeline.beliefs('town', { valid: at(50), resolver, by }).map(({ from, entry, state }) => {
    const holder = state.resolved.holder
    return [from, entry, holder?.decided === true ? holder.value : null]
  })

const RED = { actors: ['reds'] }
const BLUE = { actors: ['blues'] }
const head = WORLD.length

describe('beliefs', () => {
  test('move with ratings, and with what replaces or takes them back', async () => {
    const timeline = await quarrel()
    const rates = (source: string, reliability: string) => ({ kind: 'rating', source, reliability })
    await timeline.append(said('r1', 110, rates('gazette', 'B')))
    await timeline.append(said('r2', 120, rates('herald', 'A')))
    await timeline.append(said('r3', 130, rates('herald', 'C')))
    await timeline.append(said('w', 140, { kind: 'withdrawal', of: 'r1' }))
    expect(moves(timeline, 'rated', 'known').slice(2)).toEqual([
      [head + 2, 'b', null],
      [head + 3, 'r1', BLUE],
      [head + 4, 'r2', RED],
      [head + 5, 'r3', BLUE],
      [head + 6, 'w', RED],
    ])
    expect(moves(timeline, 'rated', 'published').slice(-4)).toEqual([
      [at(110), 'r1', BLUE],
      [at(120), 'r2', RED],
      [at(130), 'r3', BLUE],
      [at(140), 'w', RED],
    ])
  })

  test('move with stances', async () => {
    const timeline = await quarrel()
    await timeline.append(said('s', 110, { kind: 'stance', of: 'b', stance: 'corroborate' }))
    await timeline.append(said('n', 120, { kind: 'stance', of: 'b', stance: 'none' }))
    expect(moves(timeline, 'corroborated(2)', 'known').slice(-3)).toEqual([
      [head + 2, 'b', null],
      [head + 3, 's', BLUE],
      [head + 4, 'n', null],
    ])
  })

  test('move with denials', async () => {
    const timeline = await quarrel()
    const not = control(
      'n',
      'gazette',
      at(5),
      { not: { holder: ['blues'] } },
      { published: at(110) },
    )
    await timeline.append(not)
    expect(moves(timeline, 'latest', 'known').slice(-2)).toEqual([
      [head + 2, 'b', BLUE],
      [head + 3, 'n', { not: ['blues'] }],
    ])
  })

  test('are not moved by what is thought of reports about other places', async () => {
    const timeline = await quarrel()
    await timeline.append(control('h', 'echo', at(1), { ...reds, place: 'hill' }))
    await timeline.append(said('s', 110, { kind: 'stance', of: 'h', stance: 'deny' }))
    expect(moves(timeline, 'corroborated(1)', 'known').at(-1)?.[1]).toBe('b')
  })
})
