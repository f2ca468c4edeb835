import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { make, toldOf } from '../../src/commit.js'
import { leafHash } from '../../src/integrity/leaf.js'
import { createMemoryLog } from '../../src/log/memory.js'
import { openDoor } from '../../src/report/door.js'
import { KINDS } from '../../src/report/kinds/all.js'
import { LIMITS } from '../../src/report/limits.js'
import type { Report } from '../../src/report/types.js'
import { State } from '../../src/state.js'
import { histories } from '../../src/testing/arbitraries.js'
import { instant } from '../../src/time/instant.js'

/** A report as it is handed on, and as the log tells it afterwards. */
interface Twofold {
  readonly handed: Report | undefined
  readonly told: Report
}

/** Appends reports one by one, all through one door, so that it meets again what it has read. */
function appended(inputs: readonly unknown[]): Twofold[] {
  const door = openDoor({ kinds: KINDS, limits: LIMITS, rules: 'test' })
  const log = createMemoryLog({ leafHash })
  const state = new State({ log, door, projections: [], snapshots: null })
  const byId = new Map<string, Report>()
  return inputs.map((input) => {
    const zoneOf = () => 'Asia/Damascus'
    const { draft, ...made } = make(door.read(input, { zoneOf, reportOf: (id) => byId.get(id) }))
    const [entry] = log.transact((transaction) => transaction.append([made.sealed], instant(0)))
    const told = state.tell(entry!).report
    byId.set(told.id, told)
    return { handed: toldOf({ ...made, committed: made.committed, report: draft.report }), told }
  })
}

const one = <T>(...values: T[]) => fc.constantFrom(...values)

/** Reports with all that may stand in one, few values each, so that they come again. */
const reports = fc.array(
  fc.record(
    {
      claim: one(
        { kind: 'control', place: 'town', holder: 'reds' },
        { holder: { extent: 'full', actors: ['reds', 'blues'] }, place: 'town', kind: 'control' },
        { kind: 'control', status: 'разом', place: 'z', ends: true, basis: 'told' },
        { kind: 'control', place: 'town', mode: 'change', contest: ['reds', 'blues'] },
        {
          kind: 'engagement',
          type: 'clash',
          places: 'town',
          belligerents: { defenders: 'x', attackers: 'y' },
        },
        { kind: 'engagement', type: 'clash', places: ['town'], summary: 'They clashed.' },
      ),
      attribution: one<unknown>(
        'herald',
        ['wire', 'herald'],
        [{ stance: 'doubt', source: 'wire' }, 'herald'],
      ),
      when: one<unknown>(
        '2015',
        '2015-11-12~',
        '2015-11-12T12:00/2015-11-12T20:00',
        '2015-11-12T10:00Z',
        { words: 'evening', bounds: '2015-11-12T18:00/2015-11-12T22:00' },
      ),
      until: one('..', 'unknown', '2016-01[Europe/Kyiv]'),
      zone: one('UTC', 'Europe/Kyiv', '+02:00'),
      published: one('2015-12-01', '2015-12-01T12:00Z', '2016'),
      batch: one('b', 'c'),
      citation: one<unknown>('page 3', { url: 'https://example.org', a: { z: 1, b: [null] } }),
    },
    { requiredKeys: ['claim', 'attribution'] },
  ),
  { maxLength: 24 },
)

/** Equal as texts: in every value and in the order of every key. */
function expectAlike(all: readonly Twofold[]) {
  for (const { handed, told } of all)
    if (handed !== undefined) expect(JSON.stringify(handed)).toBe(JSON.stringify(told))
}

describe('the report that is handed on beside its entry', () => {
  test.prop([reports])('is the one that the log tells', (inputs) => {
    const ided = inputs.map((input, i) => ({ id: `r${i}`, ...input }))
    expectAlike(appended(ided))
  })

  test.prop([histories({ moves: 8 })])('whatever it is about', ({ commits }) => {
    expectAlike(appended(commits.flat()))
  })

  test('is there for all but what has hidden fields or corrects', () => {
    const claim = { kind: 'control', place: 'town', holder: 'reds' }
    const plain = { id: 'a', claim, attribution: 'herald' }
    const clash = { kind: 'engagement', type: 'clash', places: 'town', summary: 'They clashed.' }
    const fixed = { kind: 'correction', of: 'a', reason: 'no', fields: { when: '2015' } }
    const all = appended([
      plain,
      { ...plain, id: 'b', citation: 'page 3' },
      { ...plain, id: 'c', claim: clash },
      { ...plain, id: 'd', claim: fixed },
    ])
    expect(all.map(({ handed }) => handed !== undefined)).toEqual([true, true, false, false])
  })

  test('shares nothing with one that says the same', () => {
    const claim = { kind: 'control', place: 'town', holder: 'reds' }
    const said = { claim, attribution: 'herald', when: '2015', published: '2016' }
    const all = appended(['a', 'b', 'c', 'd'].map((id) => ({ id, ...said })))
    const [c, d] = all.slice(2).map(({ handed }) => handed as Report)
    for (const field of ['attribution', 'claim', 'start', 'published'] as const) {
      expect(c?.[field]).toEqual(d?.[field])
      expect(c?.[field]).not.toBe(d?.[field])
    }
    expect(c?.claim.holder).not.toBe(d?.claim.holder)
    expect(c?.attribution[0]).not.toBe(d?.attribution[0])
  })

  test('one with a key out of its order would be seen', () => {
    const claim = { kind: 'control', place: 'town', holder: 'reds' }
    const [{ told }] = appended([{ id: 'a', claim, attribution: 'herald' }]) as [Twofold]
    const { id, ...others } = told
    const handed = { ...others, id }
    expect(handed).toEqual(told)
    expect(() => expectAlike([{ handed, told }])).toThrow()
  })
})
