import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { isRashomonError } from '../../src/errors.js'
import { openDoor } from '../../src/report/door.js'
import { type ClaimDefinition, defineClaim } from '../../src/report/kind.js'
import { KINDS } from '../../src/report/kinds/all.js'
import { LIMITS } from '../../src/report/limits.js'
import { claimOf, context, door, doorWith, GOOD } from './support.js'

const read = (input: unknown) => door.read(input, context)
const code = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (isRashomonError(error)) return error.code
    throw error
  }
  return 'let in'
}

describe('a report as a person writes it', () => {
  test('becomes a stored report: sets sorted, bounds derived, marks that say nothing left out', () => {
    const { report, references, hidden } = read({
      ...GOOD,
      id: 'a report',
      batch: 'b',
      claim: {
        kind: 'control',
        place: 'town',
        holder: ['reds', 'blues'],
        extent: 'full',
        mode: 'observation',
        expected: false,
        basis: 'told',
      },
      attribution: [{ source: 'herald', stance: 'none' }, 'herald/witness'],
    })
    expect(report.claim).toEqual({
      kind: 'control',
      place: 'town',
      holder: { actors: ['blues', 'reds'], extent: 'full' },
      basis: 'told',
    })
    expect(report.attribution).toEqual([{ source: 'herald' }, { source: 'herald/witness' }])
    expect([report.id, report.batch, report.revision]).toEqual(['a report', 'b', 1])
    expect(report.start).toMatchObject({ zone: 'Asia/Damascus', rules: 'test' })
    expect(report.start?.from).toBe(Date.parse('2015-11-12T12:00+02:00'))
    expect(report.start?.to).toBe(Date.parse('2015-11-12T20:00+02:00'))
    expect(hidden).toEqual({})
    expect(references).toMatchObject({
      places: ['town'],
      actors: ['blues', 'reds'],
      sources: ['herald', 'herald/witness'],
    })
  })

  test('keeps a stance of a hop that relays', () => {
    const attribution = [{ source: 'gazette', stance: 'doubt' }, 'herald', 'herald/witness']
    expect(read({ ...GOOD, attribution }).report.attribution[0]).toEqual(attribution[0])
  })

  test('keeps citation, summary and outline apart from what is hashed in the clear', () => {
    const clash = { kind: 'engagement', type: 'clash', places: 'town', summary: 'They clashed.' }
    const { report, hidden } = read({ claim: clash, attribution: 'herald', citation: 'page 3' })
    expect(hidden).toEqual({ summary: 'They clashed.', citation: 'page 3' })
    expect(JSON.stringify(report)).not.toContain('They clashed.')
    const ring = [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ]
    const drawn = read({ claim: { kind: 'place', place: 'x', outline: ring } })
    expect(drawn.hidden).toEqual({ outline: { type: 'Polygon', coordinates: ring } })
    expect(drawn.report.claim).toEqual({ kind: 'place', place: 'x' })
  })

  test('may have an outline of as many vertices as the limit says', () => {
    const outline = [Array.from({ length: LIMITS.vertices }, () => [12.5, 41.5])]
    expect(read({ claim: { kind: 'place', place: 'x', outline } }).hidden.outline).toBeDefined()
  })
})

describe('the zone of local times', () => {
  const zoneOf = (input: Readonly<Record<string, unknown>>) =>
    read({ when: '2015-11-12T12:00', attribution: 'herald', ...input }).report.start?.zone

  const clash = (places: string[]) => ({ kind: 'engagement', type: 'clash', places })

  test('is the one given', () => {
    expect(zoneOf({ claim: clash(['town']), zone: 'Europe/Rome' })).toBe('Europe/Rome')
  })
  test('else that of the place, as far as places have one', () => {
    expect(zoneOf({ claim: clash(['town', 'elsewhere']) })).toBe('Asia/Damascus')
  })
  test('and none where places have several', () => {
    expect(code(() => zoneOf({ claim: clash(['town', 'kyiv']) }))).toBe('invalid-time')
  })
  test('and none where nothing has one', () => {
    expect(code(() => zoneOf({ claim: clash(['elsewhere']) }))).toBe('invalid-time')
  })
  test("and an entry's own, in its usual spelling", () => {
    const { report } = read({
      claim: { kind: 'place', place: 'x', zone: 'asia/damascus' },
      when: '2015',
    })
    expect([report.start?.zone, report.claim.zone]).toEqual(['Asia/Damascus', 'Asia/Damascus'])
  })
})

describe('pairs of times', () => {
  const times = (more: Readonly<Record<string, unknown>>, marks = {}) =>
    code(() => read({ ...GOOD, claim: { ...GOOD.claim, ...marks }, ...more }))

  test.each([
    ['a start at the very instant of the publication', { when: '2015-11-12T21:00+02:00' }, {}],
    ['a start that may lie before it', { when: '2015-11-12T12:00/2015-11-14' }, {}],
    ['a start after it that is expected', { when: '2015-11-14' }, { expected: true }],
    ['a start after an unstated publication', { when: '2030', published: undefined }, {}],
    ['an end that may come after the start', { until: '2015-11-12T12:00/2015-11-12T12:01' }, {}],
    ['an unknown end', { until: 'unknown' }, {}],
    ['an open end', { until: '..' }, {}],
    ['a stretch throughout', {}, { throughout: true }],
    ['no start and an end long ago', { when: undefined, until: '1200' }, {}],
  ])('let in: %s', (_name, more, marks) => {
    expect(times(more, marks)).toBe('let in')
  })

  test.each([
    ['a start one millisecond after the publication', { when: '2015-11-12T19:00:00.001Z' }],
    ['an end within the first millisecond', { until: '2015-11-12T12:00:00.000' }],
  ])('refused: %s', (_name, more) => {
    expect(times(more)).toBe('invalid-time')
  })
})

describe('a kind of the user', () => {
  const withKind = <Out extends object>(definition: Omit<ClaimDefinition<Out>, 'kind'>) => {
    const own = doorWith([defineClaim<Out>({ kind: 'own', ...definition })])
    return (fields: object) =>
      own.read({ claim: { kind: 'own', ...fields }, attribution: 'herald' }, context)
  }

  test('is read as the shipped ones are', () => {
    const draft = withKind({ schema: z.object({ road: z.string(), cut: z.boolean() }) })
    expect(draft({ road: 'M5', cut: true, basis: 'imagery' }).report.claim).toEqual({
      kind: 'own',
      road: 'M5',
      cut: true,
      basis: 'imagery',
    })
  })
  test('has its unknown fields refused though its schema would drop them', () => {
    const draft = withKind({ schema: z.object({ road: z.string() }) })
    expect(() => draft({ road: 'M5', raod: 'M4' })).toThrow(
      'claim.raod: no field of this name; did you mean "road"?',
    )
  })
  test('may take any field where its schema says so', () => {
    const draft = withKind({ schema: z.looseObject({ road: z.string() }) })
    expect(draft({ road: 'M5', lanes: 4 }).report.claim.lanes).toBe(4)
  })
  test('has its refusals told in the words of the house', () => {
    const draft = withKind({
      schema: z.object({ road: z.enum(['M4', 'M5']), lanes: z.int().max(8).optional() }),
    })
    expect(() => draft({ road: 'M6' })).toThrow(
      'claim.road: "M6" is not allowed; "M4" or "M5" would be right',
    )
    expect(() => draft({ road: 'M5', lanes: 12 })).toThrow(
      'claim.lanes: 12 is too large; at most 8 would be right',
    )
    expect(() => draft({ road: 'M5', lanes: 'two' })).toThrow('claim.lanes: "two" is no number')
  })
  test('is told off where its schema changes what it made itself', () => {
    const draft = withKind({
      schema: z.object({ n: z.union([z.string(), z.number()]).transform((n) => `${n}!`) }),
    })
    expect(code(() => draft({ n: 1 }))).toBe('invalid-definition')
  })
  test('is told off where its schema refuses what it made itself', () => {
    const draft = withKind({ schema: z.object({ n: z.string().transform(Number) }) })
    expect(code(() => draft({ n: '1' }))).toBe('invalid-definition')
  })
  test('is told off where its schema makes what cannot be stored', () => {
    const draft = withKind({ schema: z.object({ day: z.coerce.date() }) })
    expect(code(() => draft({ day: '2015-11-12' }))).toBe('invalid-definition')
  })
  test('is told off where its schema throws or waits', () => {
    const throwing = withKind({
      schema: z.object({ n: z.number() }).transform((): object => {
        throw new Error('no')
      }),
    })
    const waiting = withKind({ schema: z.object({ n: z.number().refine(async () => true) }) })
    expect(code(() => throwing({ n: 1 }))).toBe('invalid-definition')
    expect(code(() => waiting({ n: 1 }))).toBe('invalid-definition')
  })
  test('is told off where its references throw', () => {
    const draft = withKind({
      schema: z.object({ n: z.number() }),
      references: () => {
        throw new Error('no')
      },
    })
    expect(code(() => draft({ n: 1 }))).toBe('invalid-definition')
  })
  test('may not hide what it cannot do without, nor take the name of another', () => {
    const open = (definition: Omit<ClaimDefinition<object>, 'kind'>, kind = 'own') =>
      code(() =>
        openDoor({
          kinds: [...KINDS, defineClaim({ kind, ...definition })],
          limits: LIMITS,
          rules: 'test',
        }),
      )
    const schema = z.object({ text: z.string() })
    expect(open({ schema, hidden: ['text'] })).toBe('invalid-definition')
    expect(open({ schema: schema.partial(), hidden: ['text'] })).toBe('let in')
    expect(open({ schema, hidden: ['citation'] })).toBe('invalid-definition')
    expect(open({ schema }, 'control')).toBe('invalid-definition')
  })
})

describe('a correction', () => {
  const correct = (fields: unknown, of = 'fall') =>
    read({ claim: { kind: 'correction', of, reason: 'misheard', fields }, attribution: 'herald' })

  test('is read by the kind of what it corrects', () => {
    const { report } = correct({
      when: '2015-11-12T11:00',
      until: null,
      claim: { holder: 'blues', contest: null, mode: 'observation', basis: 'told' },
    })
    expect(report.claim).toMatchObject({
      of: 'fall',
      form: { kind: 'control', revision: 1 },
      fields: {
        start: { zone: 'Asia/Damascus', from: Date.parse('2015-11-12T11:00+02:00') },
        end: null,
        claim: { holder: { actors: ['blues'] }, contest: null, mode: null, basis: 'told' },
      },
    })
  })
  test('keeps apart what the corrected report would', () => {
    const { report, hidden } = correct(
      { citation: 'page 4', claim: { summary: 'They did not.' } },
      'clash',
    )
    expect(hidden).toEqual({
      'fields.citation': 'page 4',
      'fields.claim.summary': 'They did not.',
    })
    expect(report.claim.fields).toEqual({ claim: {} })
  })
  test('may change an attribution where it is the desk who corrects', () => {
    const claim = {
      kind: 'entry-correction',
      of: 'fall',
      reason: 'mistyped',
      fields: { attribution: 'gazette' },
    }
    const { report, references } = read({ claim, desk: true })
    expect(report.claim.fields).toEqual({ attribution: [{ source: 'gazette' }] })
    expect([references.reports, references.sources]).toEqual([['fall'], ['gazette']])
  })
})

test('ends alone are a change', () => {
  expect(claimOf({ kind: 'control', place: 'town', ends: ['siege', 'contest'] })).toEqual({
    kind: 'control',
    place: 'town',
    ends: ['contest', 'siege'],
    mode: 'change',
  })
})
