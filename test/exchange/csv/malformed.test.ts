/** Whatever a file, a table or a mapping holds: rows or a refusal of ours, and never half a file. */
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseMapping, readMapping } from '../../../src/exchange/csv/schema.js'
import { openTable, ROW, type TableRow } from '../../../src/exchange/csv/table.js'
import { isRashomonError } from '../../../src/index.js'
import { csv, empty, file, HEADER, HELD, heldRow, importHeld, mapped, refusal } from './tables.js'

async function tableOf(path: string): Promise<{ header: readonly string[]; rows: TableRow[] }> {
  const { header, rows } = await openTable(path)
  const all: TableRow[] = []
  for await (const batch of rows) all.push(...batch)
  return { header, rows: all }
}

/** Runs work; what it throws must be ours and the caller's. */
async function refusedOr<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (isRashomonError(error) && error.category === 'caller') return null
    throw error
  }
}

const text = fc.array(heldRow, { minLength: 1, maxLength: 12 }).map((rows) => csv(HEADER, rows))
const bytes = fc.uint8Array({ maxLength: 40 })

/** Bytes with a stretch taken out, put in, or turned. */
function damaged(sound: Uint8Array): fc.Arbitrary<Buffer> {
  const whole = Buffer.from(sound)
  return fc
    .tuple(fc.nat(whole.length), fc.nat(12), bytes)
    .map(([at, length, put]) =>
      Buffer.concat([whole.subarray(0, at), put, whole.subarray(at + length)]),
    )
}

describe('an import of anything', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((raw) => Buffer.from(raw)),
    text.chain((sound) => damaged(Buffer.from(sound))),
    text.chain((sound) => damaged(gzipSync(Buffer.from(sound)))),
    fc
      .stringMatching(/^[a-c",\r\n{} ]{0,80}$/)
      .map((raw) => Buffer.from(`${HEADER.join()}\n${raw}`)),
  )

  test('appends all of a file or nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (raw) => {
        const timeline = await empty()
        const done = await refusedOr(() => importHeld(timeline, [file(raw)], { commit: 2 }))
        if (done === null) expect(timeline.head).toBe(0)
        else expect(timeline.head).toBe(done.appended)
      }),
      { numRuns: 150 },
    )
  })

  test('that passes over bad rows accounts for every row', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (raw) => {
        const timeline = await empty()
        const path = file(raw)
        const done = await refusedOr(() => importHeld(timeline, [path], { skipBad: true }))
        if (done === null) {
          expect(timeline.head).toBe(0)
          return
        }
        const { rows } = await tableOf(path)
        const bad = new Set(done.skipped.map(({ row }) => row))
        expect(done.reports + bad.size).toBe(rows.length)
        expect(timeline.head).toBe(done.appended)
      }),
      { numRuns: 100 },
    )
  })

  test('a gzip that is cut short anywhere is refused', async () => {
    const packed = gzipSync(Buffer.from(csv(HEADER, [['a', 'b', 'c', 'd', 'e']])))
    for (let end = 3; end < packed.length; end++) {
      const error = await refusal(tableOf(file(packed.subarray(0, end))))
      expect([error.code, error.message]).toEqual(['invalid-csv', expect.stringContaining('gzip')])
    }
  })
})

describe('a table', () => {
  const cells = fc.array(
    fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { minLength: 2, maxLength: 2 }),
    { maxLength: 20 },
  )

  test('gives back the cells that were written, in NFC, from plain and gzip alike', async () => {
    await fc.assert(
      fc.asyncProperty(cells, fc.constantFrom('\n', '\r\n'), async (rows, end) => {
        const sound = rows.map((row) => row.map((cell) => Buffer.from(cell).toString()))
        const lines = [['a', 'b'], ...sound].map((row) =>
          row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','),
        )
        const whole = Buffer.from(lines.map((line) => line + end).join(''))
        const expected = sound.map((row) => row.map((cell) => cell.normalize('NFC')))
        for (const raw of [whole, gzipSync(whole), Buffer.concat([Buffer.from('\ufeff'), whole])]) {
          const table = await tableOf(file(raw))
          expect(table.header).toEqual(['a', 'b'])
          expect(table.rows.map((row) => row.cells)).toEqual(expected)
          expect(table.rows.map(({ row }) => row)).toEqual(expected.map((_, at) => at + 2))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('columns and cells may have the names of what objects have', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']
    const report = await mapped(names, names, {
      claim: {
        kind: '{constructor}',
        place: { by: '{__proto__}', map: {}, otherwise: '{toString}' },
      },
      batch: '{prototype} {hasOwnProperty}',
    })
    expect(report).toEqual({
      claim: { kind: 'constructor', place: 'toString' },
      batch: 'prototype hasOwnProperty',
    })
    expect(({} as Record<string, unknown>).place).toBeUndefined()
    expect(() => readMapping('{"reports":[{"claim":{"__proto__":{"x":1}}}]}')).toThrow('prototype')
    const own = JSON.parse('{"claim":{"object":{"__proto__":"x"}}}') as object
    expect(Object.getPrototypeOf(await mapped(['a'], ['1'], own).catch(() => ({})))).toBe(
      Object.prototype,
    )
  })

  test.each<[string, string | Uint8Array, object]>([
    ['an empty file', '', { message: /is empty/ }],
    ['a quote that does not close', 'a,b\n1,"2\n3,4\n', { row: 2, message: /does not close/ }],
    ['a quote inside a cell', 'a,b\n1,2"\n', { row: 2, message: /each quote within it/ }],
    ['text after a closing quote', 'a,b\n1,"2"3\n', { row: 2, message: /closing quote/ }],
    ['UTF-16', Buffer.from('\ufeffa,b\n', 'utf16le'), { message: /UTF-8 would be right/ }],
  ])('%s is refused', async (_, content, { row, message }: { row?: number; message?: RegExp }) => {
    const path = file(content)
    const error = await refusal(tableOf(path))
    expect(error.code).toBe('invalid-csv')
    expect(error.message).toMatch(message!)
    expect(error.place).toMatchObject(row === undefined ? { file: path } : { file: path, row })
  })

  test('rows that are wrong by themselves are told, and the next is read', async () => {
    const long = 'x'.repeat(ROW)
    const broken = Buffer.concat([Buffer.from('1,'), Buffer.from([0xff]), Buffer.from('\n')])
    const { rows } = await tableOf(
      file(
        Buffer.concat([Buffer.from(`a,b\n1\n1,2,3\n${long},2\n\n`), broken, Buffer.from('1,2\n')]),
      ),
    )
    expect(rows.map(({ row, fault }) => [row, fault?.place.column, fault?.message])).toEqual([
      [2, undefined, 'has 1 cells; 2, as in the header, would be right'],
      [3, undefined, 'has 3 cells; 2, as in the header, would be right'],
      [4, undefined, `has more than ${ROW} bytes; at most that would be right`],
      [6, 'b', 'bytes that are no UTF-8; text in UTF-8 would be right'],
      [7, undefined, undefined],
    ])
  })

  test('what can be read once only is refused', async () => {
    expect((await refusal(openTable('-'))).message).toContain('standard input')
    expect((await refusal(openTable('/dev/null'))).message).toContain('regular file')
    expect((await refusal(tableOf('.'))).message).toContain('folder')
    expect((await refusal(openTable('nowhere.csv'))).message).toContain('no such file')
    expect((await refusal(tableOf(file('a,b\n', 'plain.csv.gz')))).message).toContain('gzip')
  })
})

describe('a mapping of anything', () => {
  const keys = fc.constantFrom(
    ...['by', 'map', 'otherwise', 'if', 'give', 'first', 'lookup', 'key', 'number', 'list', 'each'],
    ...['id', 'prefix', 'date', 'formats', 'precision', 'from', 'to', 'words', 'object', 'with'],
    ...['claim', 'kind', 'place', 'cell', 'in', 'notIn', 'any', 'a', '__proto__', 'constructor'],
  )
  const words = fc.constantFrom('{a}', '{b} {a}', '{', '}}', '', 'YYYY', 'refuse', '{item}', 'x')
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      words,
      fc.constantFrom(1, true, null, -0, 1e300),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
    ),
  }))

  test('is taken or refused with the place in it, and what is taken maps or refuses rows', async () => {
    await fc.assert(
      fc.asyncProperty(tree, tree, async (claim, when) => {
        const mapping = { reports: [{ claim, when }] }
        const read = await refusedOr(async () => parseMapping(mapping))
        if (read === null) return
        await refusedOr(() => mapped(['a', 'b'], ['1', ''], { claim, when }))
      }),
      { numRuns: 1500 },
    )
  })

  test('any text is a mapping or refused', () => {
    const like = fc.oneof(
      fc.string(),
      fc.json(),
      damaged(Buffer.from(JSON.stringify(HELD))).map((raw) => raw.toString()),
    )
    fc.assert(
      fc.property(like, (raw) => {
        try {
          readMapping(raw, 'm.json')
        } catch (error) {
          expect(isRashomonError(error) && error.place.file).toBe('m.json')
        }
      }),
      { numRuns: 1000 },
    )
  })
})
