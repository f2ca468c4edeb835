import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  defineClaim,
  defineProjection,
  isRashomonError,
  openTimeline,
  type RashomonError,
  type Timeline,
} from '../../src/index.js'
import { plain } from '../../src/testing/plain.js'
import { at, control, openWorld, WORLD } from '../support.js'

const reds = { mode: 'change', holder: ['reds'] }
const a = control('a', 'herald', at(1), reds)

async function refused(append: Promise<unknown>): Promise<RashomonError> {
  const error = await append.then(
    () => null,
    (e: unknown) => e,
  )
  if (isRashomonError(error)) return error
  throw new Error(`not refused: ${String(error)}`)
}

describe('appending', () => {
  test('answers with a receipt that can be asked for again', async () => {
    const timeline = await openWorld()
    const receipt = await timeline.append(a)
    expect(receipt).toMatchObject({
      position: WORLD.length + 1,
      id: 'a',
      durability: 'memory',
      duplicate: false,
      out: false,
    })
    expect(receipt.leaf).toMatch(/^[0-9a-f]{64}$/)
    expect(timeline.receipt('a')).toEqual({ ...receipt, duplicate: true })
    expect(timeline.receipt('b')).toBeUndefined()
  })

  test('the same again is the first receipt; the same id with other content a conflict', async () => {
    const timeline = await openWorld()
    const first = await timeline.append(a)
    expect(await timeline.append(a)).toEqual({ ...first, duplicate: true })
    const error = await refused(timeline.append(control('a', 'herald', at(2), reds)))
    expect([error.code, error.category, error.data.position]).toEqual([
      'id-taken',
      'conflict',
      first.position,
    ])
    expect(timeline.head).toBe(first.position)
  })

  test('the same report twice in one commit is one entry', async () => {
    const timeline = await openWorld()
    const [first, second] = await timeline.append([a, a])
    expect([first?.duplicate, second?.duplicate, second?.position]).toEqual([
      false,
      true,
      first?.position,
    ])
    expect(
      (
        await refused(
          timeline.append([
            control('b', 'herald', at(1), reds),
            control('b', 'herald', at(2), reds),
          ]),
        )
      ).code,
    ).toBe('id-taken')
  })

  test('ids that are not given come from the content; differing in hideable parts alone asks for ids', async () => {
    const timeline = await openWorld()
    const { id: _id, ...nameless } = a
    const first = await timeline.append({ ...nameless, citation: { text: 'one' } })
    expect(first.id).toMatch(/^r-[a-z2-7]{26}$/)
    expect((await timeline.append({ ...nameless, citation: { text: 'one' } })).duplicate).toBe(true)
    expect((await refused(timeline.append({ ...nameless, citation: { text: 'two' } }))).code).toBe(
      'id-taken',
    )
  })

  test('a commit is all or nothing, and the error says which report and field', async () => {
    const timeline = await openWorld()
    const bad = control('b', 'herald', at(1), { ...reds, holder: ['greens'] })
    const error = await refused(timeline.append([a, bad]))
    expect([error.code, error.place.report]).toEqual(['unknown-name', 1])
    expect(timeline.head).toBe(WORLD.length)
    expect(timeline.receipt('a')).toBeUndefined()
  })

  test('what a report refers to may stand before it in the same commit, not after it', async () => {
    const timeline = await openWorld()
    const entry = { claim: { kind: 'actor', actor: 'greens' } }
    const of = control('b', 'herald', at(1), { mode: 'change', holder: ['greens'] })
    expect((await refused(timeline.append([of, entry]))).code).toBe('unknown-name')
    const withdrawn = {
      claim: { kind: 'withdrawal', of: 'b' },
      attribution: 'herald',
      published: at(100),
    }
    const receipts = await timeline.append([entry, of, withdrawn])
    expect(receipts.map(({ out }) => out)).toEqual([false, true, false])
  })

  test('register enters what is unknown as bare entries in the same commit and lists it', async () => {
    const timeline = await openWorld()
    const said = control('b', ['wire', 'wire/stringer'], at(1), {
      place: 'ford',
      holder: ['greens'],
    })
    const appended = await timeline.record([said, a], { register: true })
    expect(appended.registered).toEqual([
      { kind: 'place', id: 'ford' },
      { kind: 'actor', id: 'greens' },
      { kind: 'source', id: 'wire' },
      { kind: 'source', id: 'wire/stringer' },
    ])
    expect(appended.receipts.map(({ position }) => position - WORLD.length)).toEqual([5, 6])
    expect(
      new Set([...timeline.reports({ after: WORLD.length })].map(({ commit }) => commit)).size,
    ).toBe(1)
  })

  test('dryRun says what would happen and appends nothing', async () => {
    const timeline = await openWorld()
    const said = control('b', 'herald', at(1), { place: 'ford', holder: ['reds'] })
    const { receipts, registered } = await timeline.record([said], { register: true, dryRun: true })
    expect(registered).toEqual([{ kind: 'place', id: 'ford' }])
    expect(receipts).toMatchObject([{ position: WORLD.length + 2, duplicate: false }])
    expect(timeline.head).toBe(WORLD.length)
    expect((await refused(timeline.record([said], { dryRun: true }))).code).toBe('unknown-name')
  })

  test('nearest known names come with the refusal of an unknown one', async () => {
    const timeline = await openWorld()
    const error = await refused(
      timeline.append(control('b', 'herald', at(1), { place: 'tawn', holder: ['reds'] })),
    )
    expect(error.message).toContain('town (The Town)')
    expect(error.data).toMatchObject({ kind: 'place', id: 'tawn', nearest: [{ id: 'town' }] })
  })
})

describe('appending under a condition', () => {
  const b = control('b', 'gazette', at(1), { ...reds, place: 'hill' })

  test('that the head is still where it was', async () => {
    const timeline = await openWorld()
    const after = timeline.head
    await timeline.append(a)
    const error = await refused(timeline.append(b, { unless: { after } }))
    expect(error.code).toBe('condition-failed')
    expect(error.data.reports).toEqual([{ position: after + 1, id: 'a' }])
    expect((await timeline.append(b, { unless: { after: after + 1 } })).duplicate).toBe(false)
  })

  test('and a condition or option that is misspelt is refused, not passed over', async () => {
    const timeline = await openWorld()
    const after = timeline.head
    const wrong = async (options: object) =>
      (await refused(timeline.append(a, options as never))).place.field
    expect(await wrong({ unles: { after } })).toBe('options.unles')
    expect(await wrong({ unless: { after, plac: 'town' } })).toBe('unless.plac')
    expect(await wrong({ unless: null })).toBe('unless')
    expect(await wrong({ unless: { place: 'town' } })).toBe('unless.after')
    expect(await timeline.append([])).toEqual([])
    expect(timeline.head).toBe(after)
  })

  test('that nothing about a place, by an account, of a kind came after it', async () => {
    const timeline = await openWorld()
    const after = timeline.head
    await timeline.append(a)
    await timeline.append(b, { unless: { after, place: 'hill' } })
    const c = control('c', 'herald', at(3), reds)
    for (const filter of [{ place: 'town' }, { account: 'herald' }, { kind: 'control' }])
      expect((await refused(timeline.append(c, { unless: { after, ...filter } }))).code).toBe(
        'condition-failed',
      )
    await timeline.append(c, { unless: { after, account: 'echo' } })
    expect((await refused(timeline.append(c, { unless: { after: 99 } }))).code).toBe(
      'invalid-report',
    )
  })

  test('a second thought came about the places of what it bears on, and where it moves it', async () => {
    const timeline = await openWorld()
    await timeline.append([{ ...a, batch: 'day' }, b])
    const by = { attribution: 'gazette', published: at(100) }
    const after = timeline.head
    await timeline.append({ claim: { kind: 'void', batch: 'day', reason: 'error' } })
    const fields = { claim: { place: 'flank' } }
    const moved = { kind: 'correction', of: 'b', reason: 'there', fields }
    await timeline.append({ id: 'm', claim: moved, ...by })
    await timeline.append({ claim: { kind: 'withdrawal', of: 'm' }, ...by })
    expect([...timeline.reports({ after })].map(({ places }) => places)).toEqual([
      ['town'],
      ['hill', 'flank'],
      ['hill', 'flank'],
    ])
    const c = control('c', 'herald', at(3), reds)
    for (const place of ['town', 'flank'])
      expect((await refused(timeline.append(c, { unless: { after, place } }))).code).toBe(
        'condition-failed',
      )
  })
})

describe('what is the user’s own', () => {
  const road = defineClaim({
    kind: 'road-cut',
    schema: z.strictObject({ road: z.string(), cut: z.boolean() }),
  })
  const roads = defineProjection({
    type: 'register',
    name: 'roads',
    reads: ['road-cut'],
    facets: ['cut'],
    *sets({ claim, account }) {
      yield { key: { road: String(claim.road), account }, facets: { cut: claim.cut as boolean } }
    },
  })
  const cuts = defineProjection<{ count: number }>({
    type: 'fold',
    name: 'cuts',
    reads: ['road-cut'],
    *keys({ account }) {
      yield { account }
    },
    initial: () => ({ count: 0 }),
    apply(state, { claim }) {
      if (claim.cut === true) state.count++
    },
  })
  const cut = (id: string, when: string, isCut: boolean) => ({
    id,
    claim: { kind: 'road-cut', mode: 'change', road: 'm5', cut: isCut },
    when,
    attribution: 'herald',
    published: at(100),
  })

  test('claim kinds are checked, folded, lapse, and are withdrawn like the shipped ones', async () => {
    const timeline = await openWorld({ claims: [road], projections: [roads, cuts] })
    await timeline.append([cut('a', at(1), true), { ...cut('b', at(5), false), until: at(9) }])
    const read = (t: number) =>
      timeline.at({ valid: at(t) }).state(roads, { road: 'm5', account: 'herald' }).facets.cut
    expect([read(0), read(1)?.settled, read(5)?.settled, read(9)]).toEqual([
      undefined,
      true,
      false,
      undefined,
    ])
    expect(timeline.at({ valid: at(9) }).state(cuts, { account: 'herald' }).state).toEqual({
      count: 1,
    })
    const error = await refused(
      timeline.append({ ...cut('c', at(1), true), claim: { kind: 'road-cut', road: 7 } }),
    )
    expect([error.code, error.place.field]).toEqual(['invalid-report', 'claim.road'])
    await timeline.append({
      claim: { kind: 'withdrawal', of: 'a' },
      attribution: 'herald',
      published: at(100),
    })
    expect(read(1)).toBeUndefined()
  })

  test('a projection that was not named at opening is refused by a view', async () => {
    const timeline = await openWorld()
    expect(() =>
      timeline.at({ valid: at(1) }).state(roads, { road: 'm5', account: 'herald' }),
    ).toThrow(/not opened with roads/)
  })
})

describe('one file, several timelines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rashomon-'))
  const opened: Timeline[] = []
  const open = async (options = {}) => {
    const timeline = await openTimeline({ log: join(folder, 'town.db'), ...options })
    opened.push(timeline)
    return timeline
  }
  afterEach(async () => {
    for (const timeline of opened.splice(0)) await timeline.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('see each other’s entries in every later read, append over each other, and give dense positions', async () => {
    const { mkdirSync } = await import('node:fs')
    mkdirSync(folder, { recursive: true })
    const one = await open()
    const two = await open()
    await one.append(WORLD)
    await Promise.all([
      one.append(a),
      two.append(control('b', 'gazette', at(1), reds)),
      one.append(control('c', 'echo', at(1), reds)),
    ])
    expect([...two.reports()].map(({ position }) => position)).toEqual(
      Array.from({ length: WORLD.length + 3 }, (_, i) => i + 1),
    )
    expect(plain(two.at({ valid: at(50) }).place('town'))).toEqual(
      plain(one.at({ valid: at(50) }).place('town')),
    )
    expect(two.at(one.at({ valid: at(50) }).token).place('town').standing).toBe('agreed')
    expect((await two.append(a)).duplicate).toBe(true)
  })

  test('reopened, a log answers as before; closed, a timeline refuses; read-only, it takes nothing', async () => {
    const { mkdirSync } = await import('node:fs')
    mkdirSync(folder, { recursive: true })
    const one = await open()
    await one.append(WORLD)
    const receipt = await one.append({
      ...a,
      citation: { url: 'https://example.org', text: 'quoted' },
    })
    expect(receipt.durability).toBe('full')
    const { token } = one.at({ valid: at(50) })
    const answer = plain(one.at(token).place('town'))
    await one.close()
    await one.close()
    expect(() => one.at({ valid: at(50) })).toThrow(/closed/)
    expect((await refused(one.append(a))).code).toBe('log-closed')
    const two = await open({ readonly: true })
    expect(plain(two.at(token).place('town'))).toEqual(answer)
    expect([...two.reports({ kind: 'control' })][0]?.citation).toEqual({
      url: 'https://example.org',
      text: 'quoted',
    })
    expect((await refused(two.append(control('z', 'herald', at(1), reds)))).code).toBe(
      'log-readonly',
    )
  })
})
