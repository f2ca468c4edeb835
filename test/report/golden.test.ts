import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { hex, sha256Hex } from '../../src/integrity/hash.js'
import { restoreSealed } from '../../src/integrity/seal.js'
import { canonical } from '../../src/report/canonical.js'
import { KINDS } from '../../src/report/kinds/all.js'
import type { Part, Report } from '../../src/report/types.js'
import { doorWith, roadCut } from './support.js'

const linesOf = (name: string) =>
  readFileSync(new URL(`../golden/reports/${name}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')

const texts = ['reports.jsonl', 'regard.jsonl'].flatMap(linesOf)
const hashes = ['hashes.txt', 'regard-hashes.txt'].flatMap(linesOf).map((line) => ({
  hash: line.slice(0, 64),
  id: line.slice(66),
}))
const parts = linesOf('parts.jsonl').map(
  (line) => JSON.parse(line) as { report: string; name: string; salt: string; text: string },
)
const bytesOf = (text: string) => new TextEncoder().encode(text)
const partsOf = (id: string): Part[] =>
  parts
    .filter((part) => part.report === id)
    .map(({ name, salt, text }) => ({ name, salt: Buffer.from(salt, 'hex'), bytes: bytesOf(text) }))

const door = doorWith([roadCut])
const golden = texts.map((text, i) => ({ text, ...hashes[i]! }))

/** Covers the lines in their order: one changed, lost or moved would show. */
const WHOLE = '43783f20d4d7f6a63b05c3ce8da57204cd9f9c3020caeadaa85db52b8d3c4e6f'
const WHOLE_REGARD = 'a4ef939329b7a69ebe9f650b9fe27f6d49268256566859e3281a78b1d1d804b2'

describe('the golden log', () => {
  test('is as it was written', () => {
    const whole = ['reports.jsonl', 'hashes.txt', 'parts.jsonl'].flatMap(linesOf).join('\n')
    expect(sha256Hex(whole)).toBe(WHOLE)
    const regard = ['regard.jsonl', 'regard-hashes.txt'].flatMap(linesOf).join('\n')
    expect(sha256Hex(regard)).toBe(WHOLE_REGARD)
  })

  test('holds every kind there is', () => {
    const kinds = new Set(texts.map((text) => (JSON.parse(text) as Report).claim.kind))
    expect([...kinds].sort()).toEqual([...KINDS.map(({ kind }) => kind), 'road-cut'].sort())
  })
})

describe.each(golden)('the golden report $id', ({ text, hash, id }) => {
  const stored = JSON.parse(text) as Report

  test('has its hash, of its canonical bytes', () => {
    expect(sha256Hex(text)).toBe(hash)
    expect(canonical(stored)).toBe(text)
  })

  test('opens at the present revision of its kind', () => {
    const report = door.open(bytesOf(text))
    expect(report.id).toBe(id)
    expect(report.revision).toBe(door.kinds.get(stored.claim.kind)?.revision)
    expect(report.start).toEqual(stored.start)
    expect(door.checkForm(report)).toBeDefined()
  })

  test('is restored to the same bytes, with its parts', () => {
    const { report, hidden } = door.stored(stored, partsOf(id))
    expect(Object.keys(hidden)).toEqual(Object.keys(stored.parts ?? {}))
    const sealed = restoreSealed(report, partsOf(id))
    expect([hex(sealed.hash), new TextDecoder().decode(sealed.bytes)]).toEqual([hash, text])
  })
})

test('what was once stored of a road is read as it is understood now', () => {
  const claims = texts
    .map((text) => door.open(bytesOf(text)).claim)
    .filter(
      ({ kind, form }) => kind === 'road-cut' || (form as { kind?: string })?.kind === 'road-cut',
    )
  expect(claims).toEqual([
    { kind: 'road-cut', roads: ['M5'], state: 'cut' },
    { kind: 'road-cut', roads: ['M5'], state: 'open' },
    { kind: 'road-cut', roads: ['M4', 'M5'], state: 'cut' },
    {
      kind: 'correction',
      of: 'golden/road-1',
      reason: 'Misheard.',
      fields: { claim: { roads: ['M4'] } },
      form: { kind: 'road-cut', revision: 3 },
    },
  ])
})
