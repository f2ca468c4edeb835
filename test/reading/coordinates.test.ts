import { describe, expect, test } from 'vitest'
import { isRashomonError } from '../../src/index.js'
import { plain } from '../../src/testing/plain.js'
import { at, control, openWorld, WORLD, within } from '../support.js'

const reds = { mode: 'change', holder: ['reds'] }
const blues = { mode: 'change', holder: ['blues'] }
const holder = (view: { control: Readonly<Record<string, unknown>> } | undefined) =>
  (view?.control.holder as { actors: string[] } | undefined)?.actors ?? null

describe('the coordinates of a reading', () => {
  test('a date means its last instant in the zone of the reading, and the answer prints it', async () => {
    const timeline = await openWorld()
    expect(timeline.at({ valid: '2022-09-10' }).reading.valid).toBe('2022-09-10T23:59:59.999Z')
    const kyiv = timeline.at({ valid: '2022-09-10', zone: 'Europe/Kyiv' })
    expect(kyiv.reading.valid).toBe('2022-09-10T20:59:59.999Z')
  })

  test('an earlier position is answered as it was, whatever came since', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds))
    const then = timeline.at({ valid: at(50) })
    const before = plain(then.place('town'))
    await timeline.append(control('b', 'herald', at(2), blues))
    await timeline.append({ claim: { kind: 'void', of: 'a', reason: 'typed twice' } })
    expect(plain(then.place('town'))).toEqual(before)
    expect(plain(timeline.at({ valid: at(50), known: WORLD.length + 1 }).place('town'))).toEqual(
      before,
    )
    expect(holder(timeline.at({ valid: at(50) }).place('town').accounts[0])).toEqual(['blues'])
  })

  test('known at an instant sees what was recorded strictly before it, and a later stamp never falls behind it', async () => {
    let now = 1_000
    const timeline = await openWorld({ clock: () => now })
    now = 2_000
    await timeline.append(control('a', 'herald', at(1), reds))
    const known = (ms: number) => timeline.at({ valid: at(50), known: at(ms) }).reading
    now = 3_000
    expect(known(2_000).known).toBe(WORLD.length)
    expect(known(2_001).known).toBe(WORLD.length + 1)
    expect(known(3_000).known).toBe(WORLD.length + 1)
    now = 2_500
    const receipt = await timeline.append(control('b', 'herald', at(2), blues))
    expect(receipt.recorded).toBe(at(3_000))
    expect(known(3_000).known).toBe(WORLD.length + 1)
    expect(known(9_000)).toMatchObject({
      known: WORLD.length + 2,
      knownNote: expect.stringContaining('not come'),
    })
  })

  test('published sees what was published at or before it; then is the valid instant', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds, { published: at(10) }))
    await timeline.append(control('b', 'herald', at(2), blues, { published: at(20) }))
    const read = (t: number, published: string) =>
      holder(timeline.at({ valid: at(t), published }).place('town').accounts[0])
    expect(read(50, at(9))).toBeNull()
    expect(read(50, at(10))).toEqual(['reds'])
    expect(read(50, at(20))).toEqual(['blues'])
    expect(read(15, 'then')).toEqual(['reds'])
  })

  test('accounts are included and excluded by hop, origin, publisher and alignment', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', at(1), reds))
    await timeline.append(control('b', ['herald', 'herald/witness'], at(1), reds))
    await timeline.append(control('c', ['gazette', 'herald'], at(1), reds))
    await timeline.append(control('d', 'gazette', at(1), reds))
    const read = (accounts: object) =>
      timeline
        .at({ valid: at(50), accounts })
        .place('town')
        .accounts.map((account) => account.account)
    expect(read({ include: ['herald'] })).toEqual([
      'herald',
      'herald via gazette',
      'herald/witness',
    ])
    expect(read({ exclude: ['herald'] })).toEqual(['gazette'])
    expect(read({ include: [{ origin: 'herald' }] })).toEqual(['herald', 'herald via gazette'])
    expect(read({ include: [{ publisher: 'gazette' }] })).toEqual(['gazette', 'herald via gazette'])
    expect(read({ exclude: [{ alignment: 'blues' }] })).toEqual(['herald', 'herald/witness'])
    expect(read({ include: ['herald via gazette'] })).toEqual(['herald via gazette'])
  })

  test('a filter takes the withdrawals of those filtered out along', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', ['gazette', 'herald'], at(1), reds))
    await timeline.append({
      claim: { kind: 'withdrawal', of: 'a' },
      attribution: 'gazette',
      published: at(100),
    })
    const count = (reading: object) =>
      timeline.at({ valid: at(50), ...reading }).place('town').accounts.length
    expect(count({})).toBe(0)
    expect(count({ accounts: { include: [{ origin: 'herald' }] } })).toBe(1)
  })

  test('what is no reading is refused by name', async () => {
    const timeline = await openWorld()
    const refused = (reading: object) => {
      try {
        timeline.at({ valid: at(1), ...reading })
      } catch (error) {
        if (isRashomonError(error)) return [error.code, error.place.field]
      }
      return null
    }
    expect(refused({ known: 99 })).toEqual(['invalid-reading', 'known'])
    expect(refused({ known: -1 })).toEqual(['invalid-reading', 'known'])
    expect(refused({ known: 1.5 })).toEqual(['invalid-reading', 'known'])
    expect(refused({ resolver: 'coin' })).toEqual(['invalid-reading', 'resolver'])
    expect(refused({ zones: 'UTC' })).toEqual(['invalid-reading', 'zones'])
    expect(refused({ accounts: { include: [{ colour: 'red' }] } })).toEqual([
      'invalid-reading',
      'accounts',
    ])
    expect(refused({ accounts: { exclude: [null] } })).toEqual(['invalid-reading', 'accounts'])
    expect(refused({ accounts: 'herald' })).toEqual(['invalid-reading', 'accounts'])
    expect(refused({ accounts: { exlude: ['herald'] } })).toEqual(['invalid-reading', 'accounts'])
    expect(refused({ resolver: {} })).toEqual(['invalid-reading', 'resolver'])
    expect(() => timeline.at(undefined as never)).toThrow(/reading: undefined is none/)
    expect(refused({ valid: 5 })).toEqual(['invalid-reading', 'valid'])
    expect(refused({ valid: 'yesterday' })?.[0]).toBe('invalid-reading')
    expect(() => timeline.at({ valid: at(1) }).place('nowhere')).toThrow(/knows no place "nowhere"/)
  })
})

describe('a token', () => {
  test('reopens the identical answer after anything was appended', async () => {
    const timeline = await openWorld()
    await timeline.append(control('a', 'herald', within(1, 9), reds))
    const view = timeline.at({
      valid: at(5),
      published: at(200),
      accounts: { exclude: ['gazette'] },
      resolver: 'latest',
    })
    const answer = plain(view.place('town'))
    await timeline.append(control('b', 'herald', within(1, 2), blues))
    const again = timeline.at(view.token)
    expect(plain(again.place('town'))).toEqual(answer)
    expect(again.reading).toEqual(view.reading)
    expect(again.token).toBe(view.token)
  })

  test('of another log, a missing entry, or a resolver that is not here, is refused by what differs', async () => {
    const one = await openWorld()
    const two = await openWorld()
    const part = (token: string) => {
      try {
        two.at(token)
      } catch (error) {
        if (isRashomonError(error, 'token-mismatch')) return error.data.part
      }
      return null
    }
    const changed = (change: (pinned: Record<string, unknown>) => void) => {
      const token = two.at({ valid: at(1) }).token
      const pinned = JSON.parse(Buffer.from(token.slice(10), 'base64url').toString())
      change(pinned)
      return `rashomon1.${Buffer.from(JSON.stringify(pinned)).toString('base64url')}`
    }
    expect(part(one.at({ valid: at(1) }).token)).toBe('log')
    expect(
      part(
        changed((pinned) => {
          pinned.known = 99
        }),
      ),
    ).toBe('known')
    expect(
      part(
        changed((pinned) => {
          pinned.leaf = 'ff'
        }),
      ),
    ).toBe('leaf')
    expect(
      part(
        changed((pinned) => {
          pinned.resolver = ['coin', 1]
        }),
      ),
    ).toBe('resolver')
    expect(
      part(
        changed((pinned) => {
          pinned.projections = [['control', 9]]
        }),
      ),
    ).toBe('projection')
    const forged = (field: string, value: unknown) =>
      part(changed((pinned) => Object.assign(pinned, { [field]: value })))
    for (const [field, value] of [
      ['known', -1],
      ['valid', 9e15],
      ['published', 'x'],
      ['accounts', 5],
      ['resolver', [null, {}]],
      ['projections', 'control'],
    ] as const)
      expect([field, forged(field, value)]).toEqual([field, 'token'])
    expect(part('rashomon1.%%%')).toBe('token')
  })
})
