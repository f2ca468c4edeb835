import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { isRashomonError, type RashomonError } from '../../src/errors.js'
import { type Exported, exportJsonl, type Imported, readJsonl } from '../../src/exchange/jsonl.js'
import { readJson } from '../../src/report/json.js'
import { LIMITS } from '../../src/report/limits.js'

const utf8 = (text: string) => new TextEncoder().encode(text)

/** Whether a text is JSON that a log may hold. */
function holds(text: string): boolean {
  try {
    readJson(text, { limits: LIMITS })
    return true
  } catch {
    return false
  }
}

const bytes = fc
  .dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue(), { maxKeys: 4 })
  .map((value) => JSON.stringify({ ...value, id: 'r' }))
  .filter(holds)
  .map(utf8)
const name = fc
  .oneof(fc.constantFrom('citation', 'summary', 'fields.claim.summary'), fc.string())
  .filter((name) => holds(JSON.stringify({ [name]: 1 })))
const part = fc.record({
  name,
  salt: fc.uint8Array({ minLength: 1, maxLength: 16 }),
  bytes: fc.uint8Array({ maxLength: 40 }),
})
const byName = ({ name }: { name: string }) => name
const entries = fc
  .array(
    fc.array(
      fc.record({ bytes, parts: fc.uniqueArray(part, { selector: byName, maxLength: 3 }) }),
      { minLength: 1, maxLength: 3 },
    ),
    { maxLength: 4 },
  )
  .map((commits): Exported[] => {
    let head = 0
    return commits.flatMap((commit) => {
      const first = head + 1
      head += commit.length
      return commit.map((entry, n) => ({
        ...entry,
        position: first + n,
        commit: head,
        recorded: '2015-11-12T19:00:00.000Z',
      }))
    })
  })

const sorted = (parts: Exported['parts']) => [...parts].sort((a, b) => (a.name < b.name ? -1 : 1))

async function read(lines: readonly string[], options = {}): Promise<Imported[]> {
  const found: Imported[] = []
  for await (const entry of readJsonl(lines, options)) found.push(entry)
  return found
}

async function refusal(...lines: string[]): Promise<RashomonError> {
  const error = await read(lines).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!isRashomonError(error)) throw new Error('it was taken', { cause: error })
  return error
}

const EIGHT: Exported = {
  position: 8,
  commit: 8,
  recorded: '2015-11-12T19:00:00.000Z',
  bytes: utf8(
    '{"attribution":[{"source":"al-masdar"}],"claim":{"kind":"control"},"id":"masdar/8"}',
  ),
  parts: [{ name: 'citation', salt: utf8('pepper'), bytes: utf8('{"text":"under threat"}') }],
}
const [LINE = ''] = exportJsonl([EIGHT])
/** The line with one thing in it put otherwise. */
const but = (from: string, to: string) => {
  expect(LINE).toContain(from)
  return LINE.replace(from, to)
}

describe('a log as JSON lines', () => {
  property.prop([entries])('comes back byte for byte, parts and salts too', async (log) => {
    const back = await read([...exportJsonl(log)])
    expect(
      back.map(({ row, report, ...entry }) => ({ ...entry, parts: sorted(entry.parts) })),
    ).toEqual(log.map((entry) => ({ ...entry, parts: sorted(entry.parts) })))
    for (const { bytes, report } of back)
      expect(report).toEqual(JSON.parse(new TextDecoder().decode(bytes)))
  })

  property.prop([entries])('is the same again when what came back is written', async (log) => {
    const lines = [...exportJsonl(log)]
    expect([...exportJsonl(await read(lines))]).toEqual(lines)
  })

  test('has the canonical report in its line as it was hashed', () => {
    expect(LINE).toBe(
      '{"rashomon":1,"report":{"attribution":[{"source":"al-masdar"}],"claim":{"kind":"control"},"id":"masdar/8"},' +
        '"parts":{"citation":{"salt":"706570706572","bytes":"eyJ0ZXh0IjoidW5kZXIgdGhyZWF0In0="}},' +
        '"position":8,"commit":8,"recorded":"2015-11-12T19:00:00.000Z"}',
    )
  })

  test('is read however its lines are spaced and its fields ordered', async () => {
    const [report, parts] = [/"report":(.*),"parts"/, /"parts":(.*),"position"/].map(
      (pattern) => pattern.exec(LINE)?.[1],
    )
    const spaced = ` { "parts" : ${parts} ,\t"commit":8, "report" :  ${report} , "position":8,"recorded":"2015-11-12T19:00:00.000Z", "rashomon" : 1 } \r`
    const [entry] = await read(['', spaced, '  '])
    expect(entry).toMatchObject({ row: 2, bytes: EIGHT.bytes, parts: EIGHT.parts })
  })

  test('says its row in each entry, and which commit it belongs to', async () => {
    const lines = [
      ...exportJsonl([
        { ...EIGHT, commit: 9 },
        { ...EIGHT, position: 9, commit: 9 },
      ]),
    ]
    expect((await read(lines)).map(({ row, commit }) => [row, commit])).toEqual([
      [1, 9],
      [2, 9],
    ])
  })
})

describe('a file that is no export is refused', () => {
  const deep = `{"a":${'['.repeat(100)}${']'.repeat(100)}}`
  const CASES: readonly (readonly [line: string, code: string, said: string])[] = [
    ['{', 'invalid-json', 'the text ends where a name should be'],
    [LINE.slice(0, -1), 'invalid-json', 'the text ends after a value'],
    [`${LINE}${LINE}`, 'invalid-json', 'after the end'],
    [but('"position":8', '"position":8,"position":8'), 'invalid-json', 'is given twice'],
    [but('"id":', '"id":"x","id":'), 'invalid-json', 'is given twice'],
    [but('"id":', '"i\\u0064":"x","id":'), 'invalid-json', 'is given twice'],
    [but('{"kind"', '{"kind":"x","kind"'), 'invalid-json', 'is given twice'],
    [but('"salt"', '"bytes":"","salt"'), 'invalid-json', 'is given twice'],
    ['[]', 'invalid-report', '"[]" is no object'],
    ['null', 'invalid-report', '"null" is no object'],
    ['"{}"', 'invalid-report', 'is no object'],
    ['{}', 'invalid-report', 'rashomon: is missing'],
    ['{"id":"masdar/8"}', 'invalid-report', 'id: is no field of a line'],
    [but('"rashomon":1', '"rashomon":2'), 'invalid-report', 'rashomon: "2" is not a form'],
    [but('"rashomon":1', '"rashomon":"1"'), 'invalid-report', 'rashomon'],
    [but('"position":8', '"position":0'), 'invalid-report', 'position: "0" is no position'],
    [but('"position":8', '"position":8.5'), 'invalid-report', 'position'],
    [but('"position":8', '"position":8e99'), 'invalid-json', 'position'],
    [but('"position":8', '"position":9007199254740993'), 'invalid-json', 'position'],
    [but('"commit":8', '"commit":7'), 'invalid-report', 'commit: 7 lies before'],
    [but('"commit":8', '"commit":"8"'), 'invalid-report', 'commit'],
    [but('"2015-11-12T19:00:00.000Z"', '"yesterday"'), 'invalid-report', 'recorded'],
    [but('"2015-11-12T19:00:00.000Z"', '1447354800000'), 'invalid-report', 'recorded'],
    [but('706570706572', '70657'), 'invalid-report', 'parts.citation.salt'],
    [but('706570706572', 'AA'), 'invalid-report', 'parts.citation.salt'],
    [but('eyJ0', 'ey?0'), 'invalid-report', 'parts.citation.bytes'],
    [but('In0=', 'In0'), 'invalid-report', 'parts.citation.bytes'],
    [but('"salt":"706570706572",', ''), 'invalid-report', 'parts.citation.salt'],
    [but('"salt"', '"pepper":1,"salt"'), 'invalid-report', 'parts.citation'],
    [LINE.replace(/"parts":.*,"pos/, '"parts":[],"pos'), 'invalid-report', 'parts'],
    [LINE.replace(/"parts":.*,"pos/, '"parts":null,"pos'), 'invalid-report', 'parts'],
    [
      LINE.replace(/"parts":.*,"pos/, '"parts":{"__proto__":{}},"pos'),
      'invalid-json',
      'reaches a prototype',
    ],
    [
      LINE.replace(/"report":.*,"parts/, '"report":[],"parts'),
      'invalid-report',
      'report: "[]" is no report',
    ],
    [LINE.replace(/"report":.*,"parts/, `"report":${deep},"parts`), 'too-large', 'deep'],
  ]
  test.each(CASES.map(([line, code, said]) => ({ line, code, said })))(
    '$code: $said',
    async ({ line, code, said }) => {
      const error = await refusal('', line)
      expect(error.code).toBe(code)
      expect(error.message).toContain(said)
      expect(error.message).toMatch(/would be right$|write it as text$/)
      expect(error.place.row).toBe(2)
    },
  )

  test('with the column where the text stops being JSON', async () => {
    expect((await refusal('{"rashomon":?}')).place).toMatchObject({ row: 1, column: 13 })
    expect((await refusal(but('"position":8', '"position":8,"position":8'))).place.column).toBe(
      but('"position":8', '"position":8,').lastIndexOf(',"commit') + 1,
    )
  })

  test('with the name of the file', async () => {
    const error = await read(['{'], { file: 'log.jsonl' }).catch((error: unknown) => error)
    expect(error).toMatchObject({ place: { file: 'log.jsonl', row: 1 } })
  })

  test('where half of a commit is missing', async () => {
    const [one = '', two = '', three = ''] = exportJsonl(
      [1, 2, 3].map((position) => ({ ...EIGHT, position, commit: 3 })),
    )
    expect(await read([one, two, three])).toHaveLength(3)
    for (const cut of [[one], [one, two], [one, three], [one, LINE], [two, one, two, three]]) {
      const error = await refusal(...cut)
      expect(error.code).toBe('invalid-report')
      expect(error.message).toContain('a commit that ends at 3')
    }
  })

  test('where a line is longer than it may be', async () => {
    expect(await read([LINE], { line: LINE.length })).toHaveLength(1)
    await expect(read([LINE], { line: LINE.length - 1 })).rejects.toMatchObject({
      code: 'too-large',
      place: { row: 1 },
    })
  })

  test('however deep its values lie', async () => {
    for (const open of ['[', '{"a":']) {
      const text = `{"report":${open.repeat(200_000)}`
      const closed =
        open === '[' ? `${text}${']'.repeat(200_000)}}` : `${text}1${'}'.repeat(200_001)}`
      expect((await refusal(closed)).code).toBe('too-large')
      expect((await refusal(text)).code).toBe('too-large')
    }
  })

  property.prop([fc.nat(), fc.string({ unit: 'binary', maxLength: 3 }), fc.nat({ max: 3 })])(
    'by a typed error, or read, whatever is changed in a line',
    async (at, put, cut) => {
      const from = at % LINE.length
      const line = LINE.slice(0, from) + put + LINE.slice(from + cut)
      const found = await read([line]).catch((error: unknown) => error)
      if (Array.isArray(found)) return
      expect(isRashomonError(found)).toBe(true)
      expect((found as RashomonError).category).toBe('caller')
    },
  )
})
