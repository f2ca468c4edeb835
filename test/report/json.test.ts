import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { isRashomonError, type RashomonError } from '../../src/errors.js'
import { locate, readJson } from '../../src/report/json.js'
import { LIMITS } from '../../src/report/limits.js'
import { checkValue } from '../../src/report/value.js'

const options = { limits: LIMITS }
const read = (text: string | Uint8Array) => readJson(text, options)

function faultOf(text: string | Uint8Array, row?: number): RashomonError {
  try {
    readJson(text, row === undefined ? options : { ...options, row })
  } catch (error) {
    if (isRashomonError(error)) return error
  }
  throw new Error('it was read, or failed otherwise')
}

/** JSON within the limits and in NFC, with -0 as 0. */
const json = fc
  .jsonValue({ maxDepth: 5, stringUnit: 'grapheme' })
  .map((value) => JSON.parse(JSON.stringify(value).normalize('NFC')))
  .filter((value) => {
    try {
      checkValue(value, LIMITS)
      return true
    } catch {
      return false
    }
  })

describe('JSON that JSON.parse reads and that can be kept', () => {
  test.prop([json, fc.constantFrom(0, 1, 2, '\t')])('is read alike', (value, indent) => {
    const text = JSON.stringify(value, null, indent)
    expect(JSON.stringify(read(text))).toBe(JSON.stringify(JSON.parse(text)))
    expect(read(new TextEncoder().encode(text))).toEqual(read(text))
  })

  test.prop([json])('is let in as a value, and copied', (value) => {
    const copy = checkValue(value, LIMITS)
    expect(copy).toEqual(value)
    if (typeof value === 'object' && value !== null) expect(copy).not.toBe(value)
  })

  test('has escapes, pairs and numbers in every form', () => {
    expect(read(' "\\u0041\\n\\"\\\\\\/\\ud83d\\ude00" ')).toBe('A\n"\\/😀')
    expect(read('[-0, 0, -1.5e-3, 1E2, 9007199254740991]')).toEqual([
      0, 0, -0.0015, 100, 9007199254740991,
    ])
    expect(Object.is(read('-0'), 0)).toBe(true)
    expect(Object.is(checkValue(-0, LIMITS), 0)).toBe(true)
    expect(read('\ufeff{}')).toEqual({})
  })
})

test('where JSON.parse reads otherwise it is refused, never read differently', () => {
  const text = '{"id": "a", "id": "b"}'
  expect(JSON.parse(text)).toEqual({ id: 'b' })
  expect(faultOf(text).code).toBe('invalid-json')
})

describe('a fault is placed', () => {
  test('by row and column, counted in characters', () => {
    expect(faultOf('{\n  "id": "😀😀", x').place).toEqual({ row: 2, column: 15 })
    expect(faultOf('{\r\n"id": nan}').place).toEqual({ field: 'id', row: 2, column: 7 })
  })
  test('from the row at which the text begins in its file', () => {
    expect(faultOf('{"a": \n\n?}', 41).place).toEqual({ field: 'a', row: 43, column: 1 })
  })
  test('by the index of the report and the field in it', () => {
    expect(faultOf('[{}, {"claim": {"holder": ["a", nul]}}]').place).toEqual({
      report: 1,
      field: 'claim.holder[1]',
      row: 1,
      column: 33,
    })
  })
  test('where bytes are no UTF-8', () => {
    const bytes = new Uint8Array([0x7b, 0x0a, 0x22, 0xff, 0x22])
    expect(faultOf(bytes)).toMatchObject({ code: 'invalid-json', place: { row: 2, column: 2 } })
  })
  test('with a name that is no word in brackets', () => {
    expect(faultOf('{"a b": {"c": ?}}').place.field).toBe('["a b"].c')
  })
})

describe('locate', () => {
  const text = '[{"id": "a"},\n {"claim": {"place": "town",\n  "holder": ["reds", "blues"]}}]'

  test('finds the value of a field', () => {
    expect(locate(text, '[1].claim.holder[1]', options)).toEqual({ row: 3, column: 22 })
    expect(locate(text, '[1].claim', options)).toEqual({ row: 2, column: 12 })
  })
  test('finds what the field is missing from', () => {
    expect(locate(text, '[1].claim.kind', options)).toEqual({ row: 2, column: 12 })
    expect(locate(text, '[0].claim.place', options)).toEqual({ row: 1, column: 2 })
  })
})

describe('limits', () => {
  const within = (text: string, limits: object) =>
    readJson(text, { limits: { ...LIMITS, ...limits } })

  test('hold to the item, and say what would be right', () => {
    expect(within('{"a": [1, 2]}', { keys: 2 })).toEqual({ a: [1, 2] })
    expect(() => within('{"a": [1, 2, 3]}', { keys: 2 })).toThrow(/more than 2 items/)
    expect(within('{"a": {"b": 1}}', { depth: 2 })).toEqual({ a: { b: 1 } })
    expect(() => within('{"a": {"b": []}}', { depth: 2 })).toThrow(/deeper than 2 levels/)
    expect(within('[{"a": {"b": 1}}]', { depth: 2 })).toEqual([{ a: { b: 1 } }])
    expect(within('"єє"', { string: 4 })).toBe('єє')
    expect(() => within('"єєx"', { string: 4 })).toThrow(/more than 4 bytes/)
  })
  test('let an outline have its vertices, and nothing else', () => {
    const ring = `[${Array(600).fill('[1,2]').join(',')}]`
    expect(read(`{"claim": {"outline": [${ring}]}}`)).toBeDefined()
    expect(() => read(`{"claim": {"contest": [${ring}]}}`)).toThrow(/more than 512 items/)
  })
  test('set without bound do not let the stack run out', () => {
    const deep = '['.repeat(200_000)
    expect(() => within(deep, { depth: 1e9 })).toThrow(/deeper than 512 levels/)
  })
})

describe('time is linear in the text', () => {
  const size = 500_000
  test.each([
    ['numbers', `[${'1'.repeat(size)}`],
    ['escapes', `"${'\\u0041'.repeat(size / 6)}`],
    ['backslashes', `"${'\\'.repeat(size)}`],
    ['spaces', `[${' '.repeat(size)}`],
    [
      'accents',
      `["${'a\u0316\u0301'.repeat(2000)}"${`, "${'\u0316\u0301'.repeat(2000)}"`.repeat(50)}]`,
    ],
    ['words', 'a'.repeat(size)],
  ])('for %s', (_name, text) => {
    const began = performance.now()
    faultOf(text)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})
