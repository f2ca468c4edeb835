import { describe, expect, test } from 'vitest'
import { at, control, openWorld, type Said, within } from '../support.js'

const full = { mode: 'change', holder: ['reds'], extent: 'full' }

async function read(place: string, t: number, said: readonly Said[]) {
  const timeline = await openWorld()
  await timeline.append(said)
  return timeline.at({ valid: at(t) }).place(place).accounts[0]
}

describe('full control', () => {
  const fought = { contest: ['blues', 'reds'] }

  test('sets contest and siege to none unless it says otherwise', async () => {
    const before = control('a', 'herald', at(1), { contest: ['blues', 'reds'], siege: ['blues'] })
    const cleared = await read('town', 50, [before, control('b', 'herald', at(2), full)])
    expect(cleared?.control).toMatchObject({ contest: [], siege: [] })
    const said = await read('town', 50, [
      before,
      control('b', 'herald', at(2), { ...full, contest: ['blues'] }),
    ])
    expect(said?.control).toMatchObject({ contest: ['blues'], siege: [] })
  })

  test('an unstated extent, a partial one, and nobody clear nothing', async () => {
    for (const claim of [
      { mode: 'change', holder: ['reds'] },
      { mode: 'change', holder: ['reds'], extent: 'partial' },
      { mode: 'change', holder: [] },
    ]) {
      const account = await read('town', 50, [
        control('a', 'herald', at(1), fought),
        control('b', 'herald', at(2), claim),
      ])
      expect(account?.control.contest).toEqual(['blues', 'reds'])
    }
  })

  test('reaches the parts in force then, ends who was said to hold them, and is marked', async () => {
    const part = control('a', 'herald', at(1), {
      place: 'flank',
      mode: 'change',
      holder: ['blues'],
      contest: ['blues', 'reds'],
    })
    const account = await read('flank', 50, [part, control('b', 'herald', at(2), full)])
    expect(account?.control).toEqual({ contest: [], siege: [] })
    expect(account?.derived).toEqual(['contest', 'siege'])
    const elsewhere = await read('hill', 50, [control('b', 'herald', at(2), full)])
    expect(elsewhere).toBeUndefined()
  })

  test('reaches no other account, and not what is said of the part later', async () => {
    const timeline = await openWorld()
    await timeline.append([
      control('a', 'gazette', at(1), { place: 'flank', contest: ['blues'] }),
      control('b', 'herald', at(2), full),
      control('c', 'herald', at(3), { place: 'flank', contest: ['reds'] }),
    ])
    const { accounts } = timeline.at({ valid: at(50) }).place('flank')
    expect(accounts.map(({ account, control: c }) => [account, c.contest])).toEqual([
      ['gazette', ['blues']],
      ['herald', ['reds']],
    ])
  })

  test('derived words dispute but do not agree', async () => {
    const timeline = await openWorld()
    await timeline.append(control('b', 'herald', at(2), full))
    await timeline.append(
      control('c', 'gazette', at(3), { place: 'flank', mode: 'change', contest: [] }),
    )
    expect(timeline.at({ valid: at(50) }).place('flank').standing).toBe('sole')
    await timeline.append(
      control('d', 'gazette', at(4), { place: 'flank', mode: 'change', contest: ['blues'] }),
    )
    expect(timeline.at({ valid: at(50) }).place('flank').standing).toBe('disputed')
  })
})

describe('ends, lapses and sweeps', () => {
  const held = (t: number, ...said: Said[]) =>
    read('town', t, said).then((account) => [
      account?.control.holder ?? null,
      account?.possible.holder ?? [null],
    ])
  const reds = { actors: ['reds'] }
  const change = { mode: 'change', holder: ['reds'] }

  test('a claim with an end lapses there into unsaid; earlier claims do not come back', async () => {
    const first = control('a', 'herald', at(1), { mode: 'change', holder: ['blues'] })
    const second = control('b', 'herald', at(5), change, { until: at(9) })
    expect(await held(8, first, second)).toEqual([reds, [reds]])
    expect(await held(9, first, second)).toEqual([null, [null]])
  })

  test('an open end lasts, an unknown one came by its publication', async () => {
    const open = control('a', 'herald', at(5), change, { until: '..' })
    expect(await held(500, open)).toEqual([reds, [reds]])
    const unknown = control('a', 'herald', at(5), change, { until: 'unknown', published: at(20) })
    expect(await held(5, unknown)).toEqual([reds, [reds]])
    expect(await held(19, unknown)).toEqual([reds, [null, reds]])
    expect(await held(20, unknown)).toEqual([null, [null]])
  })

  test('a report can end what its account says and say nothing new', async () => {
    const end = control('b', 'herald', within(5, 8), { ends: ['holder'] })
    const first = control('a', 'herald', at(1), change)
    expect(await held(6, first, end)).toEqual([reds, [null, reds]])
    expect(await held(7, first, end)).toEqual([null, [null]])
  })

  test('an observation is possible back to the report before it, never behind a sweep', async () => {
    const first = control('a', 'herald', at(1), { mode: 'change', holder: ['blues'] })
    const seen = control('b', 'herald', at(9), { holder: ['reds'] })
    const blues = { actors: ['blues'] }
    expect(await held(4, first, seen)).toEqual([blues, [blues, reds]])
    const sweep: Said = {
      id: 's',
      claim: { kind: 'sweep' },
      when: at(5),
      attribution: 'herald',
      published: at(100),
    }
    expect(await held(4, first, seen, sweep)).toEqual([blues, [blues]])
    expect(await held(5, first, seen, sweep)).toEqual([blues, [blues, reds]])
  })

  test('a sweep covers its source’s coverage in force then, parts included', async () => {
    const timeline = await openWorld()
    await timeline.append({
      claim: { kind: 'source', source: 'herald', coverage: { places: ['town'] } },
    })
    await timeline.append([
      control('a', 'herald', at(1), change),
      control('b', 'herald', at(1), { ...change, place: 'flank' }),
      control('c', 'herald', at(1), { ...change, place: 'hill' }),
      { id: 's', claim: { kind: 'sweep' }, when: at(5), attribution: 'herald', published: at(100) },
    ])
    const age = (place: string) =>
      timeline.at({ valid: at(50) }).place(place).accounts[0]?.supportAge.holder
    expect([age('town'), age('flank'), age('hill')]).toEqual([45, 45, 49])
  })

  test('a report without a time began by its publication, and is flagged as unstated', async () => {
    const unstated = control('a', 'herald', undefined, change, { published: at(20) })
    expect(await held(19, unstated)).toEqual([null, [null, reds]])
    const account = await read('town', 20, [unstated])
    expect(account?.since.holder).toEqual({
      from: null,
      to: at(21),
      open: 'from',
      flag: 'unstated',
    })
    const stated = await read('town', 20, [control('a', 'herald', at(5), change)])
    expect(stated?.since.holder).not.toHaveProperty('flag')
  })

  test('a stretch told as throughout supports until its end', async () => {
    const account = await read('town', 8, [
      control('a', 'herald', within(2, 20), { holder: ['reds'], throughout: true }),
    ])
    expect(account).toMatchObject({ certainty: { holder: 'certain' }, supportAge: { holder: 0 } })
  })
})
