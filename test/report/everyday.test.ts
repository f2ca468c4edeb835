import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { isRashomonError } from '../../src/errors.js'
import { canonical, inOrder } from '../../src/report/canonical.js'
import { readClaim, referencesOf } from '../../src/report/claim.js'
import { everydayControl } from '../../src/report/everyday.js'
import { CONTROL_FACETS, control } from '../../src/report/kinds/control.js'
import { LIMITS } from '../../src/report/limits.js'
import type { Json, JsonRecord } from '../../src/report/types.js'
import { context, doorWith } from './support.js'

const odd = fc.constantFrom('', ' x', 'x ', '"', '\\', 'é', 'e\u0301', '\u0007', 'a\nb', 'desk')
const id = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('reds', 'blues', 'greens', 'al-eiss', 'a b', '~') },
  { weight: 1, arbitrary: fc.oneof(odd, fc.string(), fc.constant('x'.repeat(201))) },
)
const wild = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>
const mostly = (usual: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: wild })

const actors = mostly(fc.oneof(id, fc.array(id, { maxLength: 3 })))
const extent = mostly(fc.constantFrom('full', 'partial'))
const holder = fc.oneof(
  actors,
  fc.record({ actors, extent }, { requiredKeys: ['actors'] }) as fc.Arbitrary<Json>,
  fc.record({ actors, extent, other: wild }, { requiredKeys: [] }) as fc.Arbitrary<Json>,
)
const facets = Object.fromEntries(CONTROL_FACETS.map((name) => [name, actors]))
const claims = fc
  .record(
    {
      ...facets,
      kind: fc.constant('control'),
      place: mostly(id),
      holder,
      extent,
      status: mostly(fc.oneof(fc.constantFrom('held', 'C'), odd, fc.string())),
      mode: mostly(fc.constantFrom('change', 'observation')),
      basis: mostly(fc.constantFrom('witnessed', 'default', 'rumour')),
      expected: mostly(fc.boolean()),
      throughout: mostly(fc.boolean()),
      ends: mostly(fc.constantFrom(true, 'siege')),
      stranger: wild,
    },
    { requiredKeys: ['kind'] },
  )
  .chain((whole) =>
    // Most claims say little; all fields at once would nearly always be refused.
    fc.shuffledSubarray(Object.keys(whole), { maxLength: 4 }).map((fields: string[]) => {
      const kept = ['kind', 'place', ...fields]
      return Object.fromEntries(
        kept.flatMap((field) => (field in whole ? [[field, whole[field as 'kind']]] : [])),
      ) as unknown as JsonRecord
    }),
  )

/** What the kind itself makes of it, `null` where it refuses. */
function slowly(said: JsonRecord) {
  try {
    const claim = readClaim(control, said, LIMITS)
    return { claim, references: referencesOf(control, claim) }
  } catch (error) {
    if (isRashomonError(error, 'invalid-report') || isRashomonError(error, 'too-large')) return null
    throw error
  }
}

describe('a claim of control read the everyday way', () => {
  test.prop([claims], { numRuns: 3000 })(
    'is the one that its kind reads, or left to it',
    (said) => {
      const read = everydayControl(said)
      if (read === null) return
      const { claim, references } = slowly(said)!
      expect(read.claim.text).toBe(canonical(claim))
      expect(JSON.stringify(read.claim.value)).toBe(read.claim.text)
      expect(read.references).toEqual(references)
      expect(read.hidden).toEqual({})
    },
  )

  test('is seldom left to it', () => {
    const written: JsonRecord[] = [
      { place: 'town', holder: 'reds' },
      { place: 'town', holder: ['reds', 'blues'], extent: 'full', mode: 'change' },
      { place: 'town', holder: { actors: 'reds', extent: 'partial' }, contest: [] },
      { place: 'town', holder: [], basis: 'default', status: 'UA' },
      { place: 'town', contest: ['reds', 'blues'], siege: 'reds', throughout: true },
      { place: 'town', presence: 'reds', expected: true, mode: 'observation' },
    ]
    for (const claim of written) {
      const read = everydayControl({ kind: 'control', ...claim })
      expect(read, JSON.stringify(claim)).not.toBeNull()
    }
  })

  test('is left to it where it says nothing, the same twice or what is for the kind to judge', () => {
    const written: JsonRecord[] = [
      { place: 'town' },
      { holder: 'reds' },
      { place: 'town', holder: ['reds', 'reds'] },
      { place: 'town', holder: [], extent: 'full' },
      { place: 'town', holder: { actors: 'reds' }, extent: 'full' },
      { place: 'town', contest: 'reds', extent: 'full' },
      { place: 'town', holder: 'reds', throughout: true, mode: 'change' },
      { place: 'town', ends: true },
      { place: 'town', holder: 'reds', other: 1 },
      { place: 'town', holder: 'reds', status: ' ' },
      { place: 'tówn', holder: 'reds' },
    ]
    for (const claim of written)
      expect(everydayControl({ kind: 'control', ...claim }), JSON.stringify(claim)).toBeNull()
  })
})

describe('texts that a door hands on beside what it read', () => {
  const when = fc.constantFrom(
    '2015-11-12',
    '2015-11-12T12:00Z/2015-11-12T20:00+02:00',
    '2015-11~',
    '2015-11-12[Europe/Kyiv]',
    '2015-10-29/2015-11-02',
  )
  const published = fc.constantFrom('2015-12-01', '2015-12-01T08:00:00.125Z', '2015-12[UTC]')

  test.prop([claims, when, published])('are canonical', (claim, when, published) => {
    const written = { claim: { ...claim, place: 'town' }, when, published, attribution: 'herald' }
    let draft: ReturnType<ReturnType<typeof doorWith>['read']>
    try {
      draft = doorWith().read(written, context)
    } catch (error) {
      if (isRashomonError(error)) return
      throw error
    }
    for (const [field, text] of Object.entries(draft.texts ?? {})) {
      const value = draft.report[field as 'claim']
      if (text !== undefined) expect(text, field).toBe(canonical(value))
      if (text !== undefined) expect(JSON.stringify(inOrder(value)), field).toBe(text)
    }
  })
})
