import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { at, control, openWorld, type Said, WORLD, within } from '../support.js'

const reds = { mode: 'change', holder: ['reds'] }
const blues = { mode: 'change', holder: ['blues'] }
const holderOf = (state: {
  accounts: readonly { possible: Readonly<Record<string, readonly unknown[]>> }[]
}) =>
  (state.accounts[0]?.possible.holder ?? [null]).map((value) =>
    value === null ? null : (value as { actors: string[] }).actors.join(),
  )

describe('history', () => {
  test('is every maximal stretch from the beginning to the end of time, transitions marked', async () => {
    const timeline = await openWorld()
    await timeline.append([
      control('a', 'herald', within(5, 8), reds),
      control('b', 'herald', at(20), blues),
    ])
    const stretches = timeline.history('town')
    expect(stretches.map(({ from, to, kind, state }) => [from, to, kind, holderOf(state)])).toEqual(
      [
        [null, at(5), 'state', [null]],
        [at(5), at(7), 'transition', [null, 'reds']],
        [at(7), at(20), 'state', ['reds']],
        [at(20), null, 'state', ['blues']],
      ],
    )
  })

  test('evidence and ages do not split a stretch', async () => {
    const timeline = await openWorld()
    await timeline.append([
      control('a', 'herald', at(5), reds),
      control('b', 'herald', at(9), reds),
      {
        id: 's',
        claim: { kind: 'sweep' },
        when: at(12),
        attribution: 'herald',
        published: at(100),
      },
    ])
    expect(timeline.history('town').map(({ from }) => from)).toEqual([null, at(5)])
  })

  test('of an earlier position it is what it was; of a place never spoken of it is one stretch', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(5), reds))
    expect(timeline.history('town', { known: WORLD.length })).toHaveLength(1)
    expect(timeline.history('hill')).toMatchObject([
      { from: null, to: null, state: { standing: 'unreported' } },
    ])
    expect(() => timeline.history('nowhere')).toThrow(/knows no place/)
  })

  test('knows no "then", for it asks for every instant', async () => {
    const timeline = await openWorld()
    expect(() => timeline.history('town', { known: 'then' })).toThrow(/^known: "then" means/)
    expect(() => timeline.history('town', { published: 'then' })).toThrow(/^published: "then"/)
  })

  test('asked anywhere, the view answers as the stretch there does', async () => {
    const claim = fc.record({
      source: fc.constantFrom('herald', 'gazette', 'echo'),
      holder: fc.constantFrom('reds', 'blues'),
      mode: fc.constantFrom('change', 'observation'),
      from: fc.integer({ min: 0, max: 12 }),
      width: fc.integer({ min: 1, max: 4 }),
      lasts: fc.option(fc.integer({ min: 5, max: 9 })),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(claim, { maxLength: 5 }),
        fc.constantFrom('dispute', 'latest'),
        async (claims, resolver) => {
          const timeline = await openWorld()
          const said = claims.map((c, i): Said => {
            const until = c.lasts === null ? {} : { until: at(c.from + c.width + c.lasts) }
            return control(
              `r${i}`,
              c.source,
              within(c.from, c.from + c.width),
              { mode: c.mode, holder: [c.holder] },
              until,
            )
          })
          if (said.length > 0) await timeline.append(said)
          const stretches = timeline.history('town', { resolver })
          for (let t = -1; t < 30; t++) {
            const stretch = stretches.find(
              ({ from, to }) =>
                (from === null || Date.parse(from) <= t) && (to === null || t < Date.parse(to)),
            )
            const view = timeline.at({ valid: at(t), resolver }).place('town')
            expect(stretch?.state.standing).toBe(view.standing)
            expect(stretch?.state.accounts.map((a) => [a.account, a.control, a.possible])).toEqual(
              view.accounts.map((a) => [a.account, a.control, a.possible]),
            )
            const decided = (v: typeof view) =>
              Object.values(v.resolved).map((r) => (r.decided ? r.value : null))
            expect(decided(stretch!.state)).toEqual(decided(view))
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('beliefs', () => {
  test('are maximal runs of knowledge, each with the entry that began it', async () => {
    const timeline = await openWorld()
    const head = timeline.head
    await timeline.append(control('a', 'herald', at(5), reds, { published: at(30) }))
    await timeline.append(control('b', 'herald', at(6), reds, { published: at(31) }))
    await timeline.append(control('c', 'herald', at(7), blues, { published: at(32) }))
    await timeline.append({
      id: 'w',
      claim: { kind: 'withdrawal', of: 'c' },
      attribution: 'herald',
      published: at(40),
    })
    const byKnown = timeline.beliefs('town', { valid: at(50) })
    expect(byKnown.map(({ from, to, entry, state }) => [from, to, entry, holderOf(state)])).toEqual(
      [
        [null, head + 1, null, [null]],
        [head + 1, head + 3, 'a', ['reds']],
        [head + 3, head + 4, 'c', ['blues']],
        [head + 4, null, 'w', ['reds']],
      ],
    )
    const byPublished = timeline.beliefs('town', { valid: at(50), by: 'published' })
    expect(
      byPublished.map(({ from, to, entry, state }) => [from, to, entry, holderOf(state)]),
    ).toEqual([
      [null, at(30), null, [null]],
      [at(30), at(32), 'a', ['reds']],
      [at(32), at(40), 'c', ['blues']],
      [at(40), null, 'w', ['reds']],
    ])
  })

  test('asked at any position, the view answers as the run there does', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(5), reds))
    await timeline.append({ claim: { kind: 'source', source: 'gazette', copies: ['herald'] } })
    await timeline.append(control('b', 'gazette', at(5), reds))
    await timeline.append({ id: 'v', claim: { kind: 'void', of: 'a', reason: 'error' } })
    const runs = timeline.beliefs('town', { valid: at(50) })
    for (let known = 0; known <= timeline.head; known++) {
      const run = runs.findLast(({ from }) => from === null || Number(from) <= known)
      const view = timeline.at({ valid: at(50), known }).place('town')
      expect([known, run?.state.standing]).toEqual([known, view.standing])
    }
  })
})

test('beliefs by publication know the form that only the desk had corrected by then', async () => {
  const timeline = await openWorld()
  await timeline.append([
    control('a', 'herald', at(1), { ...reds, place: 'hill' }, { published: at(20) }),
    {
      id: 'c',
      claim: { kind: 'correction', of: 'a', reason: 'late', fields: { published: at(500) } },
      attribution: 'herald',
      published: at(50),
    },
    {
      id: 'e',
      claim: {
        kind: 'entry-correction',
        of: 'a',
        reason: 'mistyped',
        fields: { claim: { place: 'town' } },
      },
    },
  ])
  const runs = timeline.beliefs('town', { valid: at(60), by: 'published' })
  expect(runs.map(({ from, to, entry, state }) => [from, to, entry, holderOf(state)])).toEqual([
    [null, at(20), null, [null]],
    [at(20), at(50), 'a', ['reds']],
    [at(50), at(500), 'c', [null]],
    [at(500), null, 'a', ['reds']],
  ])
})
