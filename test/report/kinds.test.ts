import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { CONTROL_FACETS } from '../../src/report/kinds/control.js'
import { compareUtf8 } from '../../src/report/utf8.js'
import { claimOf, context, door } from './support.js'

/** Ids whose order by UTF-16 units is not that by bytes among them. */
const actor = fc.constantFrom('reds', 'blues', 'сині', '\u{1f534}', '\uff21', 'Reds', 'a b')
const set = fc.uniqueArray(actor, { maxLength: 5 })
const extent = fc.constantFrom('full', 'partial')

const holder = fc.oneof(
  set.map((held) => ({ holder: held })),
  actor.map((held) => ({ holder: held })),
  fc
    .tuple(fc.uniqueArray(actor, { minLength: 1, maxLength: 4 }), extent)
    .chain(([held, how]) =>
      fc.constantFrom({ holder: held, extent: how }, { holder: { actors: held, extent: how } }),
    ),
  fc
    .uniqueArray(actor, { minLength: 2, maxLength: 4 })
    .map((held) => ({ holder: { oneOf: held } })),
)

const controlClaim = fc
  .record({
    held: fc.option(holder, { nil: {} }),
    sets: fc.dictionary(
      fc.constantFrom(...CONTROL_FACETS.filter((facet) => facet !== 'holder')),
      set,
    ),
    denied: fc.dictionary(
      fc.constantFrom(...CONTROL_FACETS),
      fc.uniqueArray(actor, { minLength: 1, maxLength: 5 }),
    ),
    ended: fc.uniqueArray(fc.constantFrom(...CONTROL_FACETS)),
    marks: fc.record(
      {
        mode: fc.constantFrom('change', 'observation'),
        expected: fc.boolean(),
        basis: fc.constantFrom('witnessed', 'default'),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ held, sets, denied, ended, marks: { expected, ...marks } }) => {
    const claim: Record<string, unknown> = { kind: 'control', place: 'town', ...held, ...sets }
    const not = Object.entries(denied).filter(([facet]) => claim[facet] === undefined)
    if (not.length > 0) claim.not = Object.fromEntries(not)
    else if (expected !== undefined) claim.expected = expected
    const ends = ended.filter(
      (facet) => claim[facet] === undefined && not.every(([denied]) => denied !== facet),
    )
    const says = not.length > 0 || CONTROL_FACETS.some((facet) => claim[facet] !== undefined)
    if (ends.length > 0) claim.ends = ends
    else if (!says) claim.ends = true
    return { ...claim, ...(says ? marks : { ...marks, mode: 'change' }) }
  })

const count = fc.nat(9)
const losses = fc.oneof(
  count,
  fc.tuple(count, count, count).map((three) => {
    const [low, best, high] = three.sort((a, b) => a - b)
    return { low, best, high }
  }),
)
const engagementClaim = fc.record(
  {
    kind: fc.constant('engagement'),
    type: fc.constantFrom('assault', 'air strike', 'siege'),
    places: fc.constantFrom('town', ['town'], ['town', 'kyiv']),
    belligerents: fc.dictionary(
      fc.constantFrom('attackers', 'defenders'),
      fc.uniqueArray(actor, { minLength: 1, maxLength: 3 }),
    ),
    outcome: fc.constantFrom('a rout', { result: 'a rout', victors: 'reds' }),
    casualties: fc.uniqueArray(
      fc.tuple(fc.option(actor), losses).map(([of, killed]) => ({
        ...(of === null ? { civilians: true } : { actor: of }),
        killed,
      })),
      { maxLength: 3, selector: (toll) => ('actor' in toll ? toll.actor : null) },
    ),
    summary: fc.constantFrom('They fought.', 'They\nfought.'),
  },
  { requiredKeys: ['kind', 'type', 'places'] },
)

describe('what a claim is stored as', () => {
  const claim = fc.oneof(controlClaim, engagementClaim)

  test.prop([claim])('is read again as it is', (written) => {
    const stored = claimOf(written)
    expect(claimOf(stored)).toEqual(stored)
  })

  test.prop([claim])('is a form of its own: the stored form passes the check of it', (written) => {
    const { report } = door.read({ claim: written, attribution: 'herald' }, context)
    expect(() => door.checkForm({ ...report, id: 'x' })).not.toThrow()
  })

  test.prop([controlClaim])('does not depend on the order in which sets are written', (written) => {
    const turned = Object.fromEntries(
      Object.entries(written).map(([field, value]) => [field, turnedAround(value)]),
    )
    expect(claimOf(turned)).toEqual(claimOf(written))
  })

  test.prop([controlClaim])('has its sets in the order of UTF-8 bytes', (written) => {
    const { holder, not, ...sets } = claimOf(written) as Record<string, unknown>
    const { actors, oneOf } = (holder ?? {}) as { actors?: unknown; oneOf?: readonly unknown[] }
    for (const list of [actors, ...Object.values(not ?? {}), ...Object.values(sets)])
      if (Array.isArray(list)) expect(list).toEqual([...list].sort(byBytes))
    const texts = oneOf?.map((one) => JSON.stringify(one)) ?? []
    expect(texts).toEqual([...texts].sort(byBytes))
  })
})

describe('every shipped kind', () => {
  /** Written so that each has something to normalise, where there is anything. */
  const WRITTEN: readonly Readonly<Record<string, unknown>>[] = [
    { kind: 'control', place: 'x', holder: 'reds', extent: 'full', ends: ['siege', 'contest'] },
    { kind: 'control', place: 'x', ends: true },
    { kind: 'control', place: 'x', holder: { oneOf: ['reds', 'blues'] }, not: { siege: 'reds' } },
    {
      kind: 'engagement',
      type: 'assault',
      places: 'x',
      belligerents: { defenders: ['reds', 'blues'] },
      outcome: { result: 'a rout', victors: 'reds' },
      casualties: [{ actor: 'reds', killed: 3 }],
    },
    { kind: 'same-engagement', engagements: ['b', 'a'] },
    { kind: 'part-of-engagement', part: 'a', whole: 'b' },
    { kind: 'sweep' },
    { kind: 'withdrawal', of: 'fall', reason: 'no' },
    { kind: 'correction', of: 'fall', reason: 'no', fields: { claim: { holder: 'blues' } } },
    { kind: 'entry-correction', of: 'fall', reason: 'no', fields: { when: '2015[UTC]' } },
    { kind: 'void', batch: 'b', reason: 'error' },
    { kind: 'stance', of: 'fall', stance: 'doubt', reason: 'no' },
    { kind: 'rating', source: 'x', reliability: 'B' },
    { kind: 'place', place: 'x', names: ['X', { name: 'Y' }], zone: 'asia/damascus', partOf: 'y' },
    { kind: 'actor', actor: 'x', names: ['X'], memberOf: 'y', alliedWith: ['z', 'b'] },
    { kind: 'source', source: 'x', names: ['X'], coverage: { places: 'x' }, copies: ['z', 'b'] },
  ]
  const readings = WRITTEN.map((claim) => {
    const kind = door.kinds.get(String(claim.kind))
    const attribution = kind?.by === 'desk' ? {} : { attribution: 'herald' }
    return door.read({ claim, ...attribution }, context)
  })

  test('leaves what it has stored as it is, so that it need not be asked each time', () => {
    expect(new Set(readings.map(({ kind }) => kind.kind))).toEqual(new Set(door.kinds.keys()))
    for (const { kind, report } of readings) {
      const { kind: _kind, mode: _mode, ...fields } = report.claim
      const again = kind.schema.safeParse(fields) as { readonly data: Record<string, unknown> }
      const { mode: _again, ...data } = again.data
      expect(data).toEqual(fields)
    }
  })
})

function turnedAround(value: unknown): unknown {
  if (Array.isArray(value)) return [...value].reverse()
  if (typeof value !== 'object' || value === null || !('oneOf' in value)) return value
  return { oneOf: turnedAround(value.oneOf) }
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

const words = fc.string({ unit: 'grapheme' })

test.prop([words, words])('compareUtf8 orders as bytes do', (a, b) => {
  expect(Math.sign(compareUtf8(a, b))).toBe(byBytes(a, b))
})

test('an order by UTF-16 units would be seen', () => {
  expect(byBytes('\uff21', '\u{1f534}')).toBe(-1)
  expect('\uff21' < '\u{1f534}').toBe(false)
})
