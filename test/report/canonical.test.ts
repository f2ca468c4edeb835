import { fc, test } from '@fast-check/vitest'
import canonicalize from 'canonicalize'
import { describe, expect } from 'vitest'
import { canonical, inOrder } from '../../src/report/canonical.js'
import { Remembered } from '../../src/report/remembered.js'
import { timeRead } from '../../src/report/times.js'
import type { SaidTime } from '../../src/time/said.js'
import { context, doorWith, GOOD } from './support.js'

const text = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 1 }),
    fc.constantFrom('"', '\\', '\n', '\u007f', 'é', '\ufb33', '\u{1f534}'),
  ),
})
const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' })

describe('canonical form', () => {
  test.prop([json])('is the one that the canonicalize package writes', (value) => {
    expect(canonical(value)).toBe(canonicalize(value))
  })

  test.prop([fc.dictionary(text, json)])('whatever keys are called', (value) => {
    expect(canonical(value)).toBe(canonicalize(value))
    expect(canonical({ ...value, left: undefined })).toBe(
      canonicalize({ ...value, left: undefined }),
    )
  })

  test.prop([fc.dictionary(text, json)])('of a copy in order is its JSON', (value) => {
    const copied = inOrder(value)
    expect(copied).toEqual(value)
    expect(JSON.stringify(copied)).toBe(JSON.stringify(JSON.parse(canonical(value))))
  })

  test('in name only would be seen', () => {
    const value = { b: 1, a: 2 }
    expect(JSON.stringify(value)).not.toBe(canonicalize(value))
  })
})

describe('a time that is written out', () => {
  const time = fc.record(
    {
      wording: text,
      words: text,
      zone: text,
      granule: fc.constantFrom('millisecond', 'about', 'day', 'month', 'year', 'range'),
      about: fc.constant(true),
      from: fc.option(fc.maxSafeInteger()),
      to: fc.option(fc.maxSafeInteger()),
      rules: text,
    },
    { requiredKeys: ['wording', 'zone', 'granule', 'from', 'to'] },
  ) as unknown as fc.Arbitrary<SaidTime>

  test.prop([time])('has its canonical form', (said) => {
    const { value, text } = timeRead(said)
    expect(text).toBe(canonicalize(said))
    expect(JSON.stringify(value)).toBe(text)
  })
})

describe('what is remembered', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', 'ab', 'a'.repeat(500)), { maxLength: 30 })
  const places = fc.constantFrom(1, 2, 64)

  test.prop([texts, places])('is what would be made of the same text again', (asked, many) => {
    const remembered = new Remembered<string>(many)
    for (const [i, one] of asked.entries()) {
      const beside = i % 3 === 0 ? 'UTC' : undefined
      const made = `${one} in ${beside}`
      expect(remembered.of(one, beside, () => made)).toBe(made)
    }
  })

  test('is made twice, not a third time', () => {
    const remembered = new Remembered<number>(64)
    let made = 0
    for (let i = 0; i < 5; i++) remembered.of('a', undefined, () => ++made)
    expect(made).toBe(2)
  })

  test('is nothing that was refused', () => {
    const remembered = new Remembered<number>(64)
    const refuse = () =>
      remembered.of('a', undefined, () => {
        throw new Error('no')
      })
    for (let i = 0; i < 3; i++) expect(refuse).toThrow('no')
    expect(remembered.of('a', undefined, () => 1)).toBe(1)
  })

  test('is handed out to each report as its own', () => {
    const door = doorWith([])
    const until = '2015-11-30~'
    const when = '2015-11-12~'
    const claim = { kind: 'control', place: 'town', holder: 'reds', ends: 'siege' }
    const read = () => door.read({ ...GOOD, claim, when, until }, context).report
    const objectsIn = (value: object): object[] => [
      value,
      ...Object.values(value).flatMap((member) =>
        typeof member === 'object' && member !== null ? objectsIn(member) : [],
      ),
    ]
    const drafts = [read(), read(), read(), read()]
    const all = drafts.flatMap(objectsIn)
    expect(new Set(all).size).toBe(all.length)
    expect(drafts.at(-1)).toEqual(drafts[0])
  })

  test('by a door changes nothing: zones, kinds and chains are read for what they are', () => {
    const readings = [
      GOOD,
      { ...GOOD, zone: 'Europe/Kyiv' },
      { ...GOOD, zone: 'UTC' },
      { ...GOOD, attribution: ['wire', 'herald'] },
      { ...GOOD, when: undefined },
      { ...GOOD, claim: { ...GOOD.claim, holder: 'blues' } },
    ]
    const door = doorWith([])
    for (let i = 0; i < 4; i++)
      for (const reading of readings) {
        const { report, references, hidden } = door.read(reading, context)
        const fresh = doorWith([]).read(reading, context)
        expect({ report, references, hidden }).toEqual({
          report: fresh.report,
          references: fresh.references,
          hidden: fresh.hidden,
        })
      }
  })
})
