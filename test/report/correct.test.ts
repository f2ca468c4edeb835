import { describe, expect, test } from 'vitest'
import { isRashomonError } from '../../src/errors.js'
import { type CorrectionFields, corrected } from '../../src/report/correct.js'
import type { Part, Report } from '../../src/report/types.js'
import type { Instant } from '../../src/time/instant.js'
import { context, door } from './support.js'

const time = (from: number, to: number) => ({
  wording: 'x',
  zone: 'UTC',
  granule: 'range' as const,
  from: from as Instant,
  to: to as Instant,
})

const original: Report = {
  id: 'fall',
  revision: 1,
  attribution: [{ source: 'herald' }],
  claim: {
    kind: 'control',
    place: 'town',
    holder: { actors: ['reds'] },
    contest: [],
    throughout: true,
  },
  start: time(10, 20),
  end: { end: 'open', wording: '..' },
  published: time(100, 200),
  batch: 'b',
  parts: { citation: 'a'.repeat(64) },
}

function fault(form: unknown, parts: readonly Part[] = []): string {
  try {
    door.stored(form, parts)
  } catch (error) {
    if (isRashomonError(error)) return `${error.code} at ${error.place.field}`
    throw error
  }
  return 'let in'
}

describe('a correction', () => {
  test('replaces whole fields, and null removes one', () => {
    const form = corrected(original, {
      start: time(12, 14),
      end: null,
      claim: { holder: { actors: ['blues'] }, contest: null, status: 'quiet' },
    })
    const { end, ...rest } = original
    expect(end).toBeDefined()
    expect(form).toEqual({
      ...rest,
      start: time(12, 14),
      claim: {
        kind: 'control',
        place: 'town',
        holder: { actors: ['blues'] },
        status: 'quiet',
        throughout: true,
      },
    })
  })
  test('of nothing leaves the report, and none changes what it was given', () => {
    const before = structuredClone(original)
    expect(corrected(original, {})).toEqual(original)
    corrected(original, { start: null, claim: { holder: null } })
    expect(original).toEqual(before)
  })
  test('never changes id, kind, batch or parts', () => {
    const form = corrected(original, { claim: { kind: 'engagement' } } as CorrectionFields)
    expect(form.claim.kind).toBe('control')
    expect([form.id, form.batch, form.parts]).toEqual(['fall', 'b', original.parts])
  })
})

describe('a corrected form', () => {
  const formFault = (fields: CorrectionFields) => {
    try {
      door.checkForm(corrected(original, fields))
    } catch (error) {
      if (isRashomonError(error)) return `${error.code} at ${error.place.field}`
      throw error
    }
    return 'let in'
  }

  test('is let in where it could have been a report of its own', () => {
    expect(formFault({ start: time(12, 14), claim: { place: 'kyiv' } })).toBe('let in')
    expect(
      door.checkForm(corrected(original, { claim: { place: 'kyiv', siege: ['greens'] } })),
    ).toEqual({ places: ['kyiv'], actors: ['reds', 'greens'], sources: ['herald'] })
  })
  test.each<[string, CorrectionFields, string]>([
    [
      'nothing is left to say',
      { claim: { holder: null, contest: null } },
      'invalid-report at claim',
    ],
    ['its place is gone', { claim: { place: null } }, 'invalid-report at claim.place'],
    ['its start comes after its publication', { start: time(300, 400) }, 'invalid-time at when'],
    ['its publication comes before its start', { published: time(0, 5) }, 'invalid-time at when'],
    ['a stretch loses its bounds', { start: null }, 'invalid-report at claim.throughout'],
    [
      'its end comes before its start',
      { end: { end: 'at', ...time(0, 11) } },
      'invalid-time at until',
    ],
    ['nobody says it any more', { attribution: [] }, 'invalid-report at attribution'],
    [
      'its chain is broken',
      { attribution: [{ source: 'a/b' }] },
      'invalid-report at attribution[0]',
    ],
  ])('is refused where %s', (_name, fields, expected) => {
    expect(formFault(fields)).toBe(expected)
  })
})

describe('a stored report', () => {
  const form = (more: object) => ({ ...original, ...more })
  const claim = (more: object) => form({ claim: { ...original.claim, ...more } })

  test('is let in as it stands, bounds and all, and says what it refers to', () => {
    const { report, references, kind } = door.stored(original, [])
    expect(report).toEqual(original)
    expect(kind.kind).toBe('control')
    expect(references).toEqual({ places: ['town'], actors: ['reds'], sources: ['herald'] })
  })

  test.each<[string, unknown, string]>([
    ['no id', form({ id: undefined }), 'invalid-report at id'],
    ['no revision', form({ revision: undefined }), 'invalid-report at revision'],
    ['revision 0', form({ revision: 0 }), 'invalid-report at revision'],
    ['a later revision', form({ revision: 2 }), 'invalid-definition at undefined'],
    ['a field of a person', form({ when: '2015' }), 'invalid-report at when'],
    [
      'a set out of order',
      claim({ contest: ['reds', 'blues'] }),
      'invalid-report at claim.contest',
    ],
    ['a holder as a person writes it', claim({ holder: 'reds' }), 'invalid-report at claim.holder'],
    ['a mark that says nothing', claim({ mode: 'observation' }), 'invalid-report at claim.mode'],
    [
      'a stance that is none',
      form({ attribution: [{ source: 'a', stance: 'none' }, { source: 'b' }] }),
      'invalid-report at attribution[0].stance',
    ],
    ['a window that is empty', form({ start: time(20, 20) }), 'invalid-report at start'],
    [
      'a bound that is no instant',
      form({ start: { ...time(1, 2), to: 1.5 } }),
      'invalid-report at start.to',
    ],
    [
      'a granule that is none',
      form({ start: { ...time(1, 2), granule: 'week' } }),
      'invalid-report at start.granule',
    ],
    [
      'a publication that is open',
      form({ published: { ...time(1, 2), to: null } }),
      'invalid-report at published',
    ],
    [
      'an end that is none',
      form({ end: { end: 'never', wording: '' } }),
      'invalid-report at end.end',
    ],
    [
      'a commitment that is none',
      form({ parts: { citation: 'abc' } }),
      'invalid-report at parts.citation',
    ],
    [
      'a commitment to no part',
      form({ parts: { holder: 'a'.repeat(64) } }),
      'invalid-report at parts.holder',
    ],
    [
      'a summary in the open',
      {
        ...original,
        claim: {
          kind: 'engagement',
          type: 'clash',
          places: ['town'],
          belligerents: {},
          summary: 'x',
        },
      },
      'invalid-report at claim.summary',
    ],
    [
      'attribution of a place',
      form({ claim: { kind: 'place', place: 'x' } }),
      'invalid-report at attribution',
    ],
    [
      'a withdrawal with a time',
      form({ claim: { kind: 'withdrawal', of: 'x' } }),
      'invalid-report at start',
    ],
    ['a kind that nobody knows', claim({ kind: 'capture' }), 'invalid-report at claim.kind'],
  ])('is refused with %s', (_name, value, expected) => {
    expect(fault(value)).toBe(expected)
  })

  test('has its parts read, and refuses those that are not its own', () => {
    const part = (name: string, text: string) => ({
      name,
      salt: new Uint8Array(16),
      bytes: new TextEncoder().encode(text),
    })
    expect(door.stored(original, [part('citation', '"page 3"')]).hidden).toEqual({
      citation: 'page 3',
    })
    expect(fault(original, [part('summary', '"x"')])).toBe('invalid-report at parts.summary')
    expect(fault(original, [part('citation', '{')])).toBe('invalid-report at parts.citation')
    expect(fault(original, [part('citation', '1'), part('citation', '1')])).toBe(
      'invalid-report at parts.citation',
    )
  })
})

test('what is read and stored is restored with the same content', () => {
  const { report } = door.read(
    { id: 'x', claim: { kind: 'control', place: 'town', ends: true }, attribution: 'herald' },
    context,
  )
  expect(door.stored(report, []).report).toEqual(report)
})
