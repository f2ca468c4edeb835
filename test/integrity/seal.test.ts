import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { isRashomonError } from '../../src/errors.js'
import { contentOf, piecesOf, wholeOf } from '../../src/integrity/canonical.js'
import { hex, sha256, sha256Hex } from '../../src/integrity/hash.js'
import { leafForm, leafHash } from '../../src/integrity/leaf.js'
import { pooled, SALT_BYTES } from '../../src/integrity/salt.js'
import {
  commitment,
  derivedId,
  restoreSealed,
  sameContent,
  seal,
} from '../../src/integrity/seal.js'
import { canonical } from '../../src/report/canonical.js'
import type { Draft } from '../../src/report/door.js'
import type { Json, Report } from '../../src/report/types.js'
import { instant } from '../../src/time/instant.js'
import { position } from '../../src/time/position.js'

const UTF8 = new TextDecoder()
const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const json = fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }) as fc.Arbitrary<Json>

const time = fc.record({
  wording: text,
  zone: text,
  granule: fc.constant('range'),
  from: fc.option(fc.integer()),
  to: fc.integer(),
})

/** Reports of any content, written in no order. */
const content = fc.record(
  {
    revision: fc.nat(9),
    start: time,
    published: time,
    end: fc.constant({ end: 'open', wording: '..' }),
    attribution: fc.array(fc.record({ source: text })),
    claim: fc.dictionary(text, json).map((claim) => ({ ...claim, kind: 'control' })),
    batch: text,
  },
  { requiredKeys: ['revision', 'attribution', 'claim'] },
) as unknown as fc.Arbitrary<Omit<Report, 'id' | 'parts'>>

const hidden = fc.dictionary(fc.constantFrom('citation', 'summary', 'outline'), json)
const draft = fc.record({ report: content, hidden }) as fc.Arbitrary<
  Pick<Draft, 'report' | 'hidden'>
>

/** Salts that count up: the same for every sealing. */
function counting(): (bytes: number) => Uint8Array {
  let next = 0
  return (bytes) => new Uint8Array(bytes).fill(++next)
}

const reportOf = (sealed: { bytes: Uint8Array }) => JSON.parse(UTF8.decode(sealed.bytes)) as Report

describe('canonical form in pieces', () => {
  test.prop([content, text, fc.option(fc.dictionary(text, text), { nil: undefined })])(
    'is the canonical form of the whole',
    (report, id, parts) => {
      const pieces = piecesOf(report)
      const whole = { ...report, id, ...(parts && { parts }) }
      expect(wholeOf(pieces, id, parts)).toBe(canonical(whole))
      expect(contentOf(pieces)).toBe(canonical(report))
    },
  )
})

describe('a sealed report', () => {
  test.prop([draft])('is canonical bytes with their hash', (one) => {
    const sealed = seal(one)
    expect(UTF8.decode(sealed.bytes)).toBe(canonical(reportOf(sealed)))
    expect(sealed.hash).toEqual(sha256(sealed.bytes))
    expect(reportOf(sealed).id).toBe(sealed.id)
  })

  test.prop([draft])('commits to its parts and shows nothing of them', (one) => {
    const sealed = seal(one)
    const { parts = {} } = reportOf(sealed)
    expect(Object.keys(parts).sort()).toEqual(Object.keys(one.hidden).sort())
    for (const part of sealed.parts) {
      expect(parts[part.name]).toBe(sha256Hex(Buffer.concat([part.salt, part.bytes])))
      expect(UTF8.decode(part.bytes)).toBe(canonical(one.hidden[part.name]))
      expect(part.salt.length).toBe(SALT_BYTES)
    }
  })

  test.prop([draft])(
    'has an id of its content, not of what may be hidden, nor of chance',
    (one) => {
      const { id } = seal(one)
      expect(id).toMatch(/^r-[a-z2-7]{26}$/)
      expect(seal(one).id).toBe(id)
      expect(seal({ ...one, hidden: { citation: 'another' } }).id).toBe(id)
      expect(seal({ ...one, report: { ...one.report, revision: 10 } }).id).not.toBe(id)
    },
  )

  test('whose id were derived from all of its form would have another each time', () => {
    const one = { report: reportNamed('x'), hidden: { citation: 'page 3' } }
    const broken = () => derivedId(UTF8.decode(seal(one).bytes))
    expect(broken()).not.toBe(broken())
  })

  test('keeps the id it was given', () => {
    expect(seal({ report: { ...reportNamed('x'), id: 'mine' }, hidden: {} }).id).toBe('mine')
  })

  test('has a salt of its own for each part of each report', () => {
    const one = { report: reportNamed('x'), hidden: { citation: 'a', summary: 'a' } }
    const salts = [...seal(one).parts, ...seal(one).parts].map((part) => hex(part.salt))
    expect(new Set(salts).size).toBe(4)
  })
})

function reportNamed(place: string): Omit<Report, 'id' | 'parts'> {
  return {
    revision: 1,
    attribution: [{ source: 'herald' }],
    claim: { kind: 'control', place, contest: [] },
  }
}

describe('the pool of chance', () => {
  test.prop([fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 40 })])(
    'gives as many bytes as asked for, and none twice',
    (sizes) => {
      const random = pooled()
      const given = sizes.map((size) => random(size))
      expect(given.map((bytes) => bytes.length)).toEqual(sizes)
      const long = given.filter((bytes) => bytes.length >= 16).map(hex)
      expect(new Set(long).size).toBe(long.length)
      for (const bytes of given) bytes.fill(0)
      expect(hex(random(32))).not.toBe('00'.repeat(32))
    },
  )
})

describe('the same content', () => {
  test.prop([draft])('is what differs in salts alone', (one) => {
    expect(sameContent(seal(one), seal(one))).toBe(true)
  })
  test.prop([draft, draft])('is not what differs in anything else', (one, other) => {
    const same = canonical(one.report) === canonical(other.report)
    const alike = same && canonical(one.hidden) === canonical(other.hidden)
    const named = (of: typeof one) => seal({ ...of, report: { ...of.report, id: 'x' } })
    expect(sameContent(named(one), named(other))).toBe(alike)
  })
  test('is not what differs in a part, in its name, or in having one', () => {
    const named = (parts: Record<string, Json>) =>
      seal({ report: { ...reportNamed('x'), id: 'x' }, hidden: parts })
    const one = named({ citation: 'a' })
    expect(sameContent(one, named({ citation: 'b' }))).toBe(false)
    expect(sameContent(one, named({ summary: 'a' }))).toBe(false)
    expect(sameContent(one, named({}))).toBe(false)
    expect(sameContent(one, named({ citation: 'a', summary: 'a' }))).toBe(false)
  })
  test('may have lost a part to redaction', () => {
    const one = seal({ report: { ...reportNamed('x'), id: 'x' }, hidden: { citation: 'a' } })
    expect(
      sameContent(
        { bytes: one.bytes, parts: [] },
        seal({ report: { ...reportNamed('x'), id: 'x' }, hidden: { citation: 'a' } }),
      ),
    ).toBe(true)
  })
  test('by bytes alone would miss it, for salts differ', () => {
    const one = { report: { ...reportNamed('x'), id: 'x' }, hidden: { citation: 'a' } }
    expect(hex(seal(one).hash)).not.toBe(hex(seal(one).hash))
    expect(hex(seal(one, counting()).hash)).toBe(hex(seal(one, counting()).hash))
  })
})

describe('a restored report', () => {
  test.prop([draft])('has the bytes, the hash and the parts it had', (one) => {
    const sealed = seal(one)
    expect(restoreSealed(reportOf(sealed), sealed.parts)).toEqual(sealed)
  })
  test('names where it was first recorded', () => {
    const sealed = seal({ report: reportNamed('x'), hidden: {} })
    const from = { log: 'l', position: position(3), recorded: instant(5) }
    expect(restoreSealed(reportOf(sealed), [], from).from).toEqual(from)
  })
  test('with a part that is not its own is refused', () => {
    const sealed = seal({ report: reportNamed('x'), hidden: { citation: 'a' } })
    const [part] = sealed.parts
    const refused = (parts: (typeof part)[]) => {
      try {
        restoreSealed(reportOf(sealed), parts as never)
        return 'let in'
      } catch (error) {
        return isRashomonError(error) ? `${error.code} at ${error.place.field}` : String(error)
      }
    }
    expect(refused([part])).toBe('let in')
    expect(refused([{ ...part!, bytes: new TextEncoder().encode('"b"') }])).toBe(
      'invalid-report at parts.citation',
    )
    expect(refused([{ ...part!, salt: new Uint8Array(16) }])).toBe(
      'invalid-report at parts.citation',
    )
    expect(refused([{ ...part!, name: 'summary' }])).toBe('invalid-report at parts.summary')
  })
  test('does not let a byte pass from the salt to the text', () => {
    const sealed = seal({ report: reportNamed('x'), hidden: { citation: 'a' } })
    const { name, salt, bytes } = sealed.parts[0]!
    const shifted = {
      name,
      salt: Uint8Array.from([...salt, bytes[0]!]),
      bytes: bytes.slice(1),
    }
    expect(commitment(shifted)).toBe(commitment({ salt, bytes }))
    expect(() => restoreSealed(reportOf(sealed), [shifted])).toThrow('parts.citation')
  })
})

describe('a leaf', () => {
  const leaf = fc.record(
    {
      position: fc.integer({ min: 1 }).map(position),
      recorded: fc.integer().map(instant),
      hash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      from: fc.record({
        log: text,
        position: fc.integer({ min: 1 }).map(position),
        recorded: fc.integer().map(instant),
      }),
    },
    { requiredKeys: ['position', 'recorded', 'hash'] },
  )
  test.prop([leaf])('is the canonical form of position, stamp, report and origin', (one) => {
    const { hash, ...rest } = one
    const form = canonical({ ...rest, report: hex(hash) })
    expect(leafForm(one)).toBe(form)
    expect(leafHash(one)).toEqual(sha256(form))
  })
  test.prop([leaf, leaf])('is another for another', (one, other) => {
    expect(hex(leafHash(one)) === hex(leafHash(other))).toBe(leafForm(one) === leafForm(other))
  })
})
