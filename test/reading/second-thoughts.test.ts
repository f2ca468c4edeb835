import { describe, expect, test } from 'vitest'
import { isRashomonError, type Timeline } from '../../src/index.js'
import { at, control, openWorld, type Said } from '../support.js'

const reds = { mode: 'change', holder: ['reds'] }
const blues = { mode: 'change', holder: ['blues'] }

const withdrawal = (id: string, of: string, attribution: unknown, published = 100): Said => ({
  id,
  claim: { kind: 'withdrawal', of },
  attribution,
  published: at(published),
})
const correction = (
  id: string,
  of: string,
  attribution: unknown,
  fields: object,
  published = 100,
): Said => ({
  id,
  claim: { kind: 'correction', of, reason: 'better known', fields },
  attribution,
  published: at(published),
})
const voided = (id: string, what: object): Said => ({
  id,
  claim: { kind: 'void', reason: 'our error', ...what },
})

function holders(timeline: Timeline, reading: object = {}) {
  const { accounts } = timeline.at({ valid: at(50), ...reading }).place('town')
  return Object.fromEntries(
    accounts.map((a) => [
      a.account,
      (a.control.holder as { actors: string[] } | undefined)?.actors.join(),
    ]),
  )
}

async function after(...said: Said[]): Promise<Timeline> {
  const timeline = await openWorld()
  for (const one of said) await timeline.append(one)
  return timeline
}

async function refusal(timeline: Timeline, said: Said) {
  const head = timeline.head
  const error = await timeline.append(said).then(
    () => null,
    (e: unknown) => e,
  )
  expect(timeline.head).toBe(head)
  return isRashomonError(error) ? error.code : error
}

const a = control('a', 'herald', at(1), reds)

describe('withdrawals and voids', () => {
  test('a withdrawn report no longer counts, withdrawing the withdrawal restores it', async () => {
    const timeline = await after(a, withdrawal('w', 'a', 'herald'))
    expect(holders(timeline)).toEqual({})
    await timeline.append(withdrawal('ww', 'w', 'herald'))
    expect(holders(timeline)).toEqual({ herald: 'reds' })
  })

  test('a report is out while any live withdrawal or void names it', async () => {
    const timeline = await after(
      a,
      withdrawal('w', 'a', 'herald'),
      voided('v', { of: 'a' }),
      withdrawal('ww', 'w', 'herald'),
    )
    expect(holders(timeline)).toEqual({})
    await timeline.append(voided('vv', { of: 'v' }))
    expect(holders(timeline)).toEqual({ herald: 'reds' })
  })

  test('a source’s withdrawal also obeys published, the desk’s void does not', async () => {
    const timeline = await after(a, withdrawal('w', 'a', 'herald', 200))
    expect(holders(timeline, { published: at(150) })).toEqual({ herald: 'reds' })
    expect(holders(timeline, { published: at(200) })).toEqual({})
    await timeline.append(voided('v', { of: 'a' }))
    expect(holders(timeline, { published: at(150) })).toEqual({})
  })

  test('the origin’s own withdrawal of a relay of it is a denial and leaves the relay', async () => {
    const timeline = await after(control('a', ['gazette', 'herald'], at(1), reds))
    const receipt = await timeline.append(withdrawal('w', 'a', 'herald'))
    expect(receipt).toMatchObject({ effect: 'denial' })
    expect(holders(timeline)).toEqual({ 'herald via gazette': 'reds' })
    await timeline.append(withdrawal('w2', 'a', ['gazette', 'herald']))
    expect(holders(timeline)).toEqual({})
  })

  test('only hops of the chain may withdraw or correct, through their own tellers or directly', async () => {
    const timeline = await after(control('a', ['herald', 'gazette', 'echo'], at(1), reds))
    expect(await refusal(timeline, withdrawal('w', 'a', 'herald/witness'))).toBe('invalid-report')
    expect(await refusal(timeline, withdrawal('w', 'a', ['herald', 'herald/witness']))).toBe(
      'unauthorised',
    )
    expect(await refusal(timeline, withdrawal('w', 'a', ['gazette', 'herald']))).toBe(
      'unauthorised',
    )
    expect(
      await refusal(timeline, correction('c', 'a', ['echo', 'gazette'], { when: at(2) })),
    ).toBe('unauthorised')
    expect(await refusal(timeline, withdrawal('w', 'nothing', 'herald'))).toBe('unknown-report')
    expect((await timeline.append(withdrawal('w', 'a', ['herald', 'gazette']))).out).toBe(false)
    expect(holders(timeline)).toEqual({})
  })

  test('a void of a batch covers all of it, closes it, and reopens it when voided itself', async () => {
    const timeline = await after(
      { ...a, batch: 'day-1' },
      { ...control('b', 'gazette', at(1), blues), batch: 'day-1' },
      control('c', 'echo', at(1), reds),
      voided('v', { batch: 'day-1' }),
    )
    expect(holders(timeline)).toEqual({ echo: 'reds' })
    const late = { ...control('d', 'gazette', at(2), blues), batch: 'day-1' }
    expect(await refusal(timeline, late)).toBe('batch-closed')
    expect(await timeline.append({ ...a, batch: 'day-1' })).toMatchObject({
      duplicate: true,
      out: true,
    })
    await timeline.append(voided('vv', { of: 'v' }))
    expect(holders(timeline)).toEqual({ echo: 'reds', gazette: 'blues', herald: 'reds' })
    await timeline.append(late)
    const { length } = [...timeline.reports()]
    const both = timeline.append([voided('v2', { batch: 'day-1' }), { ...late, id: 'e' }])
    await expect(both).rejects.toMatchObject({ code: 'batch-closed', place: { report: 1 } })
    expect(timeline.head).toBe(length)
    expect(await refusal(timeline, voided('v3', { batch: 'day-2' }))).toBe('unknown-report')
  })
})

describe('corrections', () => {
  test('apply field by field in the order published, then by id', async () => {
    const timeline = await after(
      a,
      correction('c2', 'a', 'herald', { claim: { holder: ['blues'] }, when: at(3) }, 120),
      correction('c1', 'a', 'herald', { claim: { holder: ['blues', 'reds'] } }, 110),
    )
    expect(holders(timeline)).toEqual({ herald: 'blues' })
    expect(holders(timeline, { published: at(115) })).toEqual({ herald: 'blues,reds' })
    expect(holders(timeline, { published: at(105) })).toEqual({ herald: 'reds' })
    expect(holders(timeline, { published: at(115), known: timeline.head - 1 })).toEqual({
      herald: 'reds',
    })
    expect(timeline.at({ valid: at(50) }).place('town').accounts[0]?.since.holder?.from).toBe(at(3))
  })

  test('may move a report to another place, and naming one undoes it', async () => {
    const timeline = await after(a, correction('c', 'a', 'herald', { claim: { place: 'hill' } }))
    expect(holders(timeline)).toEqual({})
    expect(timeline.at({ valid: at(50) }).place('hill').accounts).toHaveLength(1)
    await timeline.append(withdrawal('w', 'c', 'herald'))
    expect(holders(timeline)).toEqual({ herald: 'reds' })
    expect(timeline.at({ valid: at(50) }).place('hill').accounts).toHaveLength(0)
  })

  test('attribution is the desk’s alone to correct, and is then put to the filter', async () => {
    const timeline = await after(a)
    expect(
      await refusal(timeline, correction('c', 'a', 'herald', { attribution: 'gazette' })),
    ).toBe('invalid-report')
    await timeline.append({
      id: 'e',
      claim: {
        kind: 'entry-correction',
        of: 'a',
        reason: 'mistyped',
        fields: { attribution: 'gazette' },
      },
    })
    expect(holders(timeline)).toEqual({ gazette: 'reds' })
    expect(holders(timeline, { accounts: { exclude: ['gazette'] } })).toEqual({})
    expect(holders(timeline, { known: timeline.head - 1 })).toEqual({ herald: 'reds' })
  })

  test('a corrected publication is put to the cut', async () => {
    const timeline = await after(a, {
      id: 'e',
      claim: {
        kind: 'entry-correction',
        of: 'a',
        reason: 'mistyped',
        fields: { published: at(300) },
      },
    })
    expect(holders(timeline, { published: at(200) })).toEqual({})
    expect(holders(timeline, { published: at(300) })).toEqual({ herald: 'reds' })
  })

  test('what would not be a report of its own, or is no original, is refused', async () => {
    const timeline = await after(a, correction('c', 'a', 'herald', { when: at(2) }))
    expect(
      await refusal(timeline, correction('d', 'a', 'herald', { claim: { holder: null } })),
    ).toBe('invalid-report')
    expect(
      await refusal(
        timeline,
        correction('d', 'a', 'herald', { claim: { holder: ['nobody-known'] } }),
      ),
    ).toBe('unknown-name')
    expect(
      await refusal(timeline, correction('d', 'a', 'herald', { claim: { colour: 'red' } })),
    ).toBe('invalid-report')
    expect(await refusal(timeline, correction('d', 'c', 'herald', { when: at(3) }))).toBe(
      'invalid-report',
    )
    expect(await refusal(timeline, correction('d', 'a', 'herald', { id: 'b' }))).toBe(
      'invalid-report',
    )
    expect(await refusal(timeline, correction('d', 'a', 'herald', { until: at(1) }))).toMatch(
      /^invalid/,
    )
  })
})

describe('the registry', () => {
  test('an earlier position sees an earlier registry, and voids count there too', async () => {
    let now = 1_000_000
    const timeline = await openWorld({ clock: () => now++ })
    const before = timeline.head
    await timeline.append({ id: 'n', claim: { kind: 'place', place: 'town', name: 'Newtown' } })
    const named = (known?: number) =>
      timeline.at({ valid: at(50), ...(known === undefined ? {} : { known }) }).place('town').name
    expect(named()).toBe('Newtown')
    expect(named(before)).toBe('The Town')
    await timeline.append(voided('v', { of: 'n' }))
    expect(named()).toBe('The Town')
  })

  test('relations hold from the first instant of their start through the last of their end', async () => {
    const timeline = await openWorld()
    await timeline.append({
      claim: { kind: 'place', place: 'hill', partOf: ['town'] },
      when: at(10),
      until: at(20),
    })
    const parts = (t: number) => timeline.at({ valid: at(t) }).place('town').parts
    expect([parts(9), parts(10), parts(20), parts(21)]).toEqual([
      ['flank'],
      ['flank', 'hill'],
      ['flank', 'hill'],
      ['flank'],
    ])
  })

  test('nothing comes to be part of itself', async () => {
    const timeline = await openWorld()
    const partOf = (place: string, whole: string) => ({
      claim: { kind: 'place', place, partOf: [whole] },
    })
    expect(await refusal(timeline, partOf('town', 'flank'))).toBe('cycle')
    await timeline.append(partOf('town', 'hill'))
    expect(await refusal(timeline, partOf('hill', 'flank'))).toBe('cycle')
    expect(await refusal(timeline, partOf('hill', 'hill'))).toBe('invalid-report')
  })
})

test('a form that only a cut shows is found under its key at the first reading', async () => {
  const { control: projection } = await import('../../projections/index.js')
  const timeline = await after(
    control('a', ['herald', 'herald/witness'], at(1), reds),
    correction('c', 'a', 'herald', { claim: { holder: ['blues'] } }, 120),
    correction('d', 'a', 'herald', { claim: { place: 'town' } }, 1_100_000),
    {
      claim: {
        kind: 'entry-correction',
        of: 'a',
        reason: 'mistyped',
        fields: { claim: { place: 'hill' } },
      },
    },
  )
  const view = timeline.at({ valid: at(50), accounts: { exclude: [{ origin: 'herald' }] } })
  const state = view.state(projection, { place: 'hill', account: 'herald/witness' })
  expect(state.facets.holder?.settled).toEqual({ actors: ['reds'] })
})

test.each([{ published: at(200) }, { accounts: { exclude: ['gazette'] } }, {}])(
  'a view that was read keeps its answer when a source first thinks twice: %j',
  async (cut) => {
    const timeline = await after(control('a', 'herald', at(1), reds))
    const view = timeline.at({ valid: at(50), ...cut })
    const places = [...view.places()]
    const said = JSON.stringify([view.place('town'), view.frame().column])
    await timeline.append(withdrawal('w', 'a', 'herald', 300))
    expect(JSON.stringify([view.place('town'), view.frame().column])).toBe(said)
    expect(places[0]?.accounts[0]?.evidence).toEqual({ holder: ['a'] })
  },
)
