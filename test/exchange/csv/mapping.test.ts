/** What expressions of a mapping make of a row, and what is wrong with one that is refused. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idOf, RowIds } from '../../../src/exchange/csv/ids.js'
import { OPERATORS } from '../../../src/exchange/csv/language.js'
import { loadTables } from '../../../src/exchange/csv/lookup.js'
import { mappingSchema, parseMapping, readMapping } from '../../../src/exchange/csv/schema.js'
import { openTimeline } from '../../../src/index.js'
import { csv, file, mapped, refusal, rowsOf } from './tables.js'

/** The value of one expression on a row of the columns a, b and c. */
async function made(expression: unknown, cells: readonly string[] = ['1', '2', '']) {
  const report = (await mapped(['a', 'b', 'c'], cells, { citation: { x: expression } })) as {
    citation?: { x?: unknown }
  }
  return report.citation?.x
}

describe('an expression', () => {
  test.each<[string, unknown, unknown]>([
    ['text with columns', '{a}-{b}', '1-2'],
    ['text with an empty cell is absent', '{a}-{c}', undefined],
    ['braces', '{{{a}}}', '{1}'],
    ['plain values stand', [1, true, null, 'x'], [1, true, null, 'x']],
    ['an object loses its absent members', { p: '{a}', q: '{c}' }, { p: '1' }],
    ['one that lost all is absent', { q: '{c}' }, undefined],
    ['a list that lost all is absent', ['{c}'], undefined],
    ['an empty list stays', [], []],
    ['an object with a condition', { if: '{c}', p: 'x' }, undefined],
    [
      'merged objects, own members winning',
      { with: [{ p: 1, q: 2 }, { q: 3 }], p: 4 },
      { p: 4, q: 3 },
    ],
    ['a map', { by: '{a}', map: { 1: 'one' } }, 'one'],
    ['a map of an empty cell', { by: '{c}', map: { '': 'none' } }, 'none'],
    ['a map with otherwise', { by: '{b}', map: { 1: 'one' }, otherwise: '{b}!' }, '2!'],
    [
      'a map with otherwise absent',
      { by: '{b}', map: { 1: 'one' }, otherwise: 'absent' },
      undefined,
    ],
    ['a choice', { if: { cell: '{a}', in: ['1'] }, give: 'yes', otherwise: 'no' }, 'yes'],
    ['the other choice', { if: { cell: '{a}', notIn: ['1'] }, give: 'yes', otherwise: 'no' }, 'no'],
    ['no other choice', { if: ['{a}', '{c}'], give: 'yes' }, undefined],
    ['any of several', { if: { any: ['{a}', '{c}'] }, give: 'yes' }, 'yes'],
    ['the first', { first: ['{c}', '{b}', '{a}'] }, '2'],
    ['a number', { number: '{a}' }, 1],
    ['no number', { number: '{c}' }, undefined],
    ['a key of an operator, as it is', { object: { date: '{a}' } }, { date: '1' }],
  ])('%s', async (_, expression, value) => {
    expect(await made(expression)).toEqual(value)
  })

  test.each<[string, string, object, unknown]>([
    ['thousands', '16,356', { thousands: ',' }, 16356],
    ['a decimal comma', '3,5', { decimal: ',' }, 3.5],
    ['what is no number', 'many', { unreadable: 'absent' }, undefined],
    ['a sign', ' -2.50 ', {}, -2.5],
  ])('a number with %s', async (_, cell, more, value) => {
    expect(await made({ number: '{a}', ...more }, [cell, '', ''])).toBe(value)
  })

  test('a list, each item as it is told', async () => {
    const list = { list: '{a}', separator: '|', each: { id: '{item}', prefix: 'x/' }, unique: true }
    expect(await made(list, ['Al B| al b||C ', '', ''])).toEqual(['x/al-b', 'x/c'])
  })

  test.each<[string, readonly string[], object, unknown]>([
    ['a day', ['2022-03-01', ''], {}, '2022-03-01'],
    ['a day of a clock', ['2022-03-01T00:00:00', 'day'], {}, '2022-03-01'],
    ['a day of a clock in a zone', ['2022-03-01T23:00:00Z', 'day'], {}, '2022-03-01[UTC]'],
    ['an hour', ['2022-12-31 23:05', 'hour'], {}, '2022-12-31T23:00:00/2023-01-01T00:00:00'],
    ['a zone', ['2022-03-01', ''], { zone: 'Europe/Kyiv' }, '2022-03-01[Europe/Kyiv]'],
    ['none', ['2022-03-01', 'none'], {}, undefined],
    ['no finer than it is', ['2022-03', 'day'], {}, '2022-03'],
    ['unreadable', ['soon', ''], { unreadable: 'absent' }, undefined],
  ])('a date: %s', async (_, [cell, precision], more, value) => {
    const date = { date: '{a}', precision: '{b}', ...more }
    expect(await made(date, [cell!, precision!, ''])).toBe(value)
  })

  test.each<[string, readonly string[], unknown]>([
    ['both', ['2022-03-01', '2022-03-05'], '2022-03-01/2022-03-05'],
    ['one and the same', ['2022-03-01', '2022-03-01'], '2022-03-01'],
    ['an open side', ['', '2022-03-05'], '../2022-03-05'],
    ['neither', ['', ''], undefined],
    ['words', ['in spring', '2022-03-05'], { words: 'in spring', bounds: '../2022-03-05' }],
  ])('a range: %s', async (_, [from, to], value) => {
    const range = { from: { date: '{a}', unreadable: 'wording' }, to: { date: '{b}' } }
    expect(await made(range, [from!, to!, ''])).toEqual(value)
  })

  test.each<[unknown, string, string]>([
    [{ by: '{b}', map: { RU: 1 } }, 'b', '"2" is not in the map; "RU" would be right'],
    [{ number: '{a}{b}x' }, 'a, b', '"12x" is no number'],
    [{ date: '{a}' }, 'a', '"1" is no date; one as in YYYY-MM-DD would be right'],
    [{ date: '{c}x', formats: ['D/M/YY'] }, '', ''],
    [{ with: '{a}' }, 'a', '"1" is merged in; an object would be right'],
  ])('%j is refused with its column', async (expression, column, words) => {
    if (column === '') return expect(await made(expression)).toBeUndefined()
    const error = await refusal(made(expression))
    expect(error.place).toMatchObject({ row: 2, column, field: 'citation.x' })
    expect(error.message).toContain(words)
  })
})

describe('a mapping', () => {
  test.each<[string, unknown, string, string]>([
    ['no object', [], '', 'an object with `reports` would be right'],
    ['no templates', {}, 'reports', 'is missing'],
    ['a field misspelt', { reports: [{ wen: 1 }] }, 'reports[0].wen', 'did you mean "when"?'],
    [
      'an option misspelt',
      { reports: [{ when: { date: '{d}', formts: [] } }] },
      'reports[0].when.formts',
      'did you mean "formats"?',
    ],
    [
      'a brace left open',
      { reports: [{ claim: { place: '{a' } }] },
      'reports[0].claim.place',
      '"{column}" would be right',
    ],
    ['no such zone', { zone: 'Europe/Kyv', reports: [{}] }, 'zone', 'Europe/Kyiv'],
    [
      'no such format',
      { reports: [{ when: { date: '{d}', formats: ['DD'] } }] },
      'reports[0].when.formats[0]',
      'YYYY or YY would be right',
    ],
    [
      'a condition without cells',
      { reports: [{ if: { cell: '{a}', in: [] } }] },
      'reports[0].if.in',
      'at least one text',
    ],
    [
      'a map that is none',
      { reports: [{ claim: { by: '{a}', map: 3 } }] },
      'reports[0].claim.map',
      'an entry for each text',
    ],
    [
      'a deep one',
      { reports: [{ claim: { by: '{a}', map: { x: { first: [] } } } }] },
      'reports[0].claim.map.x.first',
      'at least one value',
    ],
    ['variables side by side', { file: '{a}{b}', reports: [{}] }, 'file', 'some text between them'],
  ])('with %s is refused at its place', async (_, mapping, field, words) => {
    const error = await refusal((async () => parseMapping(mapping))())
    expect(error.code).toBe('invalid-mapping')
    expect(error.place.field ?? '').toBe(field)
    expect(error.message).toContain(words)
  })

  test('read from a file says row and column, and is taken in NFC', async () => {
    const text = '{\n "reports": [\n  { "claim": "{a" }\n ]\n}'
    const error = await refusal((async () => readMapping(text, 'm.json'))())
    expect(error.place).toMatchObject({ file: 'm.json', row: 3, column: 14 })
    expect(readMapping('{"about":"cafe\u0301","reports":[{}]}').about).toBe('caf\u00e9')
  })

  test('names only columns that the file has', async () => {
    const error = await refusal(mapped(['a'], ['1'], { claim: { place: '{b}' } }))
    expect([error.code, error.place.field, error.place.column]).toEqual([
      'invalid-mapping',
      'reports[0].claim.place',
      'b',
    ])
    const lacking = refusal(mapped(['a'], ['1'], { id: '{a}' }, { columns: ['a', 'z'] }))
    expect((await lacking).message).toContain('no column "z"')
  })

  test('takes what the file is named by as columns', async () => {
    const path = file('a\n1\n', 'list_2022-03-01.csv')
    const mapping = { file: 'list_{edition}.csv', reports: [{ id: '{a}@{edition}' }] }
    expect((await rowsOf(path, mapping))[0]?.report.id).toBe('1@2022-03-01')
    const error = await refusal(rowsOf(file('a\n1\n', 'other.csv'), mapping))
    expect(error.message).toContain('list_{edition}.csv')
  })

  test('may name the columns of a file without a header row, and leave out spaces', async () => {
    const mapping = { header: ['x', 'y'], trim: true, separator: ';', reports: [{ id: '{x}{y}' }] }
    const rows = await rowsOf(file(' 1;2 \n3;4\n'), mapping)
    expect(rows.map(({ row, report }) => [row, report.id])).toEqual([
      [1, '12'],
      [2, '34'],
    ])
  })

  test('looks up in tables that are given', async () => {
    const table = file(
      csv(
        ['name', 'no', 'id', 'ok'],
        [
          ['A', '', '7', 'y'],
          ['A', '', '8', 'n'],
        ],
      ),
    )
    const mapping = {
      lookups: { ids: { key: ['name', 'no'], value: 'id', where: { ok: ['y'] } } },
      reports: [{ id: { lookup: 'ids', key: ['{n}', '{m}'], otherwise: 'none/{n}' } }],
    }
    const tables = await loadTables(parseMapping(mapping), new Map([['ids', table]]))
    const rows = await rowsOf(file('n,m\nA,\nB,\n'), mapping, { tables })
    expect(rows.map(({ report }) => report.id)).toEqual(['7', 'none/B'])
    const two = { ...mapping, lookups: { ids: { key: ['name', 'no'], value: 'id' } } }
    const error = await refusal(loadTables(parseMapping(two), new Map([['ids', table]])))
    expect(error.place).toMatchObject({ row: 3, column: 'id' })
    expect((await refusal(loadTables(parseMapping(mapping), new Map()))).message).toContain(
      '--lookup ids=FILE',
    )
  })
})

describe('the schema of mappings', () => {
  test('has every form that is taken, and refers to none that is not there', () => {
    const schema = mappingSchema() as { $defs: Record<string, unknown> }
    expect(Object.keys(schema.$defs)).toEqual(expect.arrayContaining(Object.keys(OPERATORS)))
    const text = JSON.stringify(schema)
    const refs = [...text.matchAll(/"#\/\$defs\/([^"]+)"/g)].map(([, name]) => name!)
    for (const name of refs) expect(schema.$defs).toHaveProperty(name)
    expect(text).not.toContain('"$schema":"https://json-schema.org/draft/2020-12/schema","$schema')
  })

  test('mappings that are shipped are taken', () => {
    const folder = fileURLToPath(new URL('../../../scripts/mappings', import.meta.url))
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
      const text = readFileSync(`${folder}/${name}`, 'utf8')
      if (text.trimStart().startsWith('{')) readMapping(text, name)
    }
  })
})

describe('ids', () => {
  test('made of any text are legal, stable and taken by a log', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    const rehearsal = timeline.rehearse()
    const texts = fc.string({ unit: 'grapheme', maxLength: 300 })
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom('', 'wiki/'), async (text, prefix) => {
        const id = idOf(text.normalize('NFC'), prefix)
        expect(idOf(text.normalize('NFD'), prefix)).toBe(idOf(text.normalize('NFD'), prefix))
        const report = { claim: { kind: 'place', place: id } }
        expect(await rehearsal.check([[{ report }]])).toMatchObject([{ type: 'sound' }])
      }),
      { numRuns: 500 },
    )
    expect(idOf("Al-'Eiss")).toBe('al-eiss')
    expect(idOf('Харків (місто)', 'ua/')).toBe('ua/харків-місто')
  })

  test('of rows are told by what they say, equal ones by their count', () => {
    const content = fc.array(fc.string({ maxLength: 4 }), { maxLength: 4 })
    fc.assert(
      fc.property(fc.array(content, { maxLength: 20 }), (rows) => {
        const [ids, again] = [new RowIds(), new RowIds()]
        const given = rows.map((row) => ids.next(row))
        expect(new Set(given).size).toBe(given.length)
        expect(
          [...rows]
            .reverse()
            .map((row) => again.next(row))
            .sort(),
        ).toEqual(given.sort())
      }),
    )
  })

  test('hang on no order of columns, nor on empty ones, but on the name of the mapping', async () => {
    const idsOf = async (text: string, more: object = {}) =>
      (await rowsOf(file(text), { reports: [{ citation: '{a}' }], ...more })).map(
        ({ report }) => report.id,
      )
    const ids = await idsOf('a,b\n1,2\n1,2\n3,4\n')
    expect(new Set(ids).size).toBe(3)
    expect(await idsOf('b,new,a\n2,,1\n4,,3\n2,,1\n')).toEqual([ids[0], ids[2], ids[1]])
    expect(await idsOf('a,b\n1,2\n', { name: 'other' })).not.toEqual([ids[0]])
  })
})
