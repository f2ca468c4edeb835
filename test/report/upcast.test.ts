import { describe, expect, test } from 'vitest'
import { isRashomonError } from '../../src/errors.js'
import type { ClaimKind } from '../../src/report/kind.js'
import { doorWith, roadCut } from './support.js'

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const report = (revision: number, claim: object) => ({
  id: 'x',
  revision,
  attribution: [{ source: 'herald' }],
  claim: { kind: 'road-cut', ...claim },
})
const code = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (isRashomonError(error)) return error.code
    throw error
  }
  return 'opened'
}

const door = doorWith([roadCut])

describe('a stored report', () => {
  test.each([
    [1, { road: 'M5', cut: true, mode: 'change' }],
    [2, { road: 'M5', state: 'cut', mode: 'change' }],
    [3, { roads: ['M5'], state: 'cut', mode: 'change' }],
  ])('of revision %i is opened at the present one', (revision, claim) => {
    expect(door.open(bytes(report(revision, claim)))).toEqual(
      report(3, { roads: ['M5'], state: 'cut', mode: 'change' }),
    )
  })

  test('of an old revision is restored as it was', () => {
    const old = report(1, { road: 'M5', cut: false })
    expect(door.stored(old, []).report).toEqual(old)
    expect(code(() => door.stored(report(1, { road: 7, cut: false }), []))).toBe('invalid-report')
  })

  test('of a later revision, or of a kind that nobody defined, is refused', () => {
    expect(code(() => door.open(bytes(report(4, {}))))).toBe('invalid-definition')
    expect(code(() => doorWith().open(bytes(report(3, {}))))).toBe('invalid-definition')
  })

  test('that a step cannot bring forward is refused', () => {
    const broken = { ...roadCut, upcast: { ...roadCut.upcast, 1: () => null as never } }
    const throwing = {
      ...roadCut,
      upcast: {
        ...roadCut.upcast,
        1: () => {
          throw new Error('no')
        },
      },
    }
    const missing = { ...roadCut, upcast: {} }
    const old = bytes(report(1, { road: 'M5', cut: true }))
    expect(code(() => doorWith([throwing]).open(old))).toBe('invalid-definition')
    expect(code(() => doorWith([missing]).open(old))).toBe('invalid-definition')
    expect(code(() => doorWith([broken]).open(old))).toBe('invalid-definition')
  })

  test('keeps its kind whatever a step makes of it', () => {
    const renaming = { ...roadCut, upcast: { 1: () => ({ kind: 'other' }), 2: roadCut.upcast[2]! } }
    const opened = doorWith([renaming as ClaimKind<object>]).open(bytes(report(1, {})))
    expect(opened.claim.kind).toBe('road-cut')
  })

  test('that is no report is damage', () => {
    for (const value of [null, 7, [], {}, { claim: {} }, { claim: { kind: 'control' } }])
      expect(code(() => door.open(bytes(value)))).toBe('log-damaged')
    expect(code(() => door.open(new Uint8Array([0x7b])))).toBe('log-damaged')
    expect(code(() => door.open(new Uint8Array([0xff])))).toBe('log-damaged')
  })
})

test('a correction made at an old revision is brought forward with what it corrects', () => {
  const correction = {
    id: 'y',
    revision: 1,
    attribution: [{ source: 'herald' }],
    claim: {
      kind: 'correction',
      of: 'x',
      reason: 'misheard',
      fields: { claim: { road: 'M4', cut: null } },
      form: { kind: 'road-cut', revision: 1 },
    },
  }
  expect(door.open(bytes(correction)).claim).toMatchObject({
    fields: { claim: { roads: ['M4'], state: null } },
    form: { kind: 'road-cut', revision: 3 },
  })
})
