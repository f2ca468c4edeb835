import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { linesOf } from '../../src/exchange/lines.js'

async function linesIn(chunks: readonly Uint8Array[], options = {}): Promise<string[]> {
  const found: string[] = []
  for await (const line of linesOf(chunks, options)) found.push(line)
  return found
}

/** Bytes in pieces: cut at each of the places. */
function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b)
  return [0, ...at].map((from, n) => bytes.subarray(from, at[n] ?? bytes.length))
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const text = fc.array(
  fc.constantFrom('a', 'é', 'ح', '😀', '\n', '\r', '\u2028', '\u2029', '\u0085', '\ufeff', '{}'),
)

property.prop([text, fc.array(fc.nat(), { maxLength: 6 })])(
  'lines are those between line feeds, however the bytes come in',
  async (parts, cuts) => {
    const whole = `|${parts.join('')}`
    const expected = whole.split('\n')
    if (expected.at(-1) === '') expected.pop()
    expect(await linesIn(pieces(utf8(whole), cuts))).toEqual(expected)
  },
)

test('what is kept of a piece does not change with the piece', async () => {
  const piece = utf8('ab')
  async function* reused() {
    yield piece
    piece.fill(120)
    yield utf8('\n')
  }
  const found: string[] = []
  for await (const line of linesOf(reused())) found.push(line)
  expect(found).toEqual(['ab'])
})

test('a line that is too long is refused before it has come to its end', async () => {
  let given = 0
  function* endless() {
    for (;;) {
      given++
      yield utf8('x'.repeat(100))
    }
  }
  const reading = (async () => {
    for await (const line of linesOf(endless(), { file: 'big.jsonl', line: 1000 }))
      expect(line).toBe('')
  })()
  await expect(reading).rejects.toMatchObject({
    code: 'too-large',
    place: { file: 'big.jsonl', row: 1 },
  })
  expect(given).toBe(11)
  expect(await linesIn([utf8('x'.repeat(1000))], { line: 1000 })).toHaveLength(1)
})

test('bytes that are not UTF-8 are refused with their row', async () => {
  for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]])
    await expect(linesIn([utf8('{}\n'), new Uint8Array(bytes), utf8('\n')])).rejects.toMatchObject({
      code: 'invalid-json',
      place: { row: 2 },
    })
})
