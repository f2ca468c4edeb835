import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { LIMITS, openTimeline } from '../../src/index.js'
import { aleppo } from '../../src/testing/aleppo.js'
import { answered, inside, refused } from './inside.js'
import { file, folder } from './program.js'

let log: string
let before: Head

interface Head {
  readonly head: number
  readonly leaf: string
}

async function headOf(path: string): Promise<Head> {
  const timeline = await openTimeline({ log: path, create: false, readonly: true })
  try {
    const { head } = timeline
    const [last] = timeline.reports({ after: head - 1 })
    return { head, leaf: last?.leaf ?? '' }
  } finally {
    await timeline.close()
  }
}

/** A report that is right; what a case changes of it is wrong. */
const SOUND = {
  claim: { kind: 'control', place: 'al-eiss', holder: ['hezbollah'] },
  when: '2015-11-13T10:00+02:00',
  attribution: 'al-masdar',
  published: '2015-11-13T12:00+02:00',
}
const text = (change: object) => JSON.stringify({ ...SOUND, ...change }, null, 1)
const claim = (change: object) => text({ claim: { ...SOUND.claim, ...change } })
const thought = (fields: object, attribution: unknown = 'al-masdar') =>
  text({ claim: { of: 'masdar-2015-11-12/6', ...fields }, when: undefined, attribution })

interface Case {
  readonly title: string
  readonly input: string | Uint8Array
  readonly code: string
  readonly place: Readonly<Record<string, unknown>>
}

const bad = (
  title: string,
  input: string | Uint8Array,
  code: string,
  place: Readonly<Record<string, unknown>> = {},
): Case => ({ title, input, code, place })

const json = 'invalid-json'
const report = 'invalid-report'
const time = 'invalid-time'

const CASES: readonly Case[] = [
  bad('nothing at all', '', json, { row: 1, column: 1 }),
  bad('blanks alone', ' \n\t\n', json),
  bad('a document cut short', '[{"claim":{"kind":"con', json, { row: 1, report: 0 }),
  bad('an object that does not end', '{"claim":', json, { row: 1 }),
  bad('a second row that does not end', '[\n{"id":"x"', json, { row: 2 }),
  bad('a comma before the end', '{"claim":{"kind":"sweep",}}', json, { row: 1, column: 25 }),
  bad('two documents in one row', '{} {}', json, { row: 1, column: 4 }),
  bad('a comment', '// a report\n{}', json, { row: 1, column: 1 }),
  bad('single quotes', "{'claim':1}", json, { column: 2 }),
  bad('a key given twice', '{"id":"a",\n"id":"b"}', json, { row: 2, column: 1, field: 'id' }),
  bad('a key given twice by an escape', '{"id":"a","\\u0069d":"b"}', json, { row: 1 }),
  bad('a name that reaches a prototype', '{"__proto__":{"x":1}}', json, { row: 1, column: 2 }),
  bad('half a surrogate pair', '{"id":"\\ud800"}', json, { field: 'id' }),
  bad('text not in NFC', '{"id":"e\u0301"}', json, { field: 'id' }),
  bad('a number with a sign too many', '{"id":+1}', json, { column: 7 }),
  bad('a number that is not kept', '{"id":12345678901234567890}', json, { field: 'id' }),
  bad('a number beyond all', '{"id":1e999}', json, { field: 'id' }),
  bad('a leading nought', '{"id":007}', json, { column: 7 }),
  bad('NaN', '{"id":NaN}', json, { column: 7 }),
  bad('a raw line feed in a string', '{"id":"a\nb"}', json, { row: 1 }),
  bad('an escape that is none', '{"id":"\\x41"}', json, { row: 1 }),
  bad('bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22]), json, { row: 1 }),
  bad('UTF-16 with its mark', Buffer.from('\ufeff{}', 'utf16le'), json, { row: 1 }),
  bad('a mark of byte order inside', '{\ufeff"id":1}', json, { row: 1, column: 2 }),
  bad('a string too long', text({ id: 'x'.repeat(LIMITS.string + 1) }), 'too-large', {
    field: 'id',
  }),
  bad('a document too long', ' '.repeat(LIMITS.body + 1), 'too-large'),
  bad('too deep', `${'['.repeat(100)}${']'.repeat(100)}`, 'too-large', { row: 1 }),
  bad('too many keys', JSON.stringify(Object.fromEntries(keys(600))), 'too-large', { row: 1 }),
  bad('too many reports', JSON.stringify(Array(LIMITS.reports + 1).fill(0)), 'too-large'),
  bad('too many reports in lines', '{"id":1}\n'.repeat(LIMITS.reports + 1), 'too-large', {
    row: LIMITS.reports + 1,
  }),
  bad('a number for a report', '7', report, { row: 1, column: 1, report: 0 }),
  bad('a list in a list', '[[]]', report, { row: 1, column: 2, report: 0 }),
  bad('null among reports', `[${text({})},\nnull]`, report, { row: 13, column: 1, report: 1 }),
  bad('no claim', '{"when":"2015"}', report, { field: 'claim' }),
  bad('a claim of no kind', text({ claim: {} }), report, { field: 'claim.kind' }),
  bad('a kind that is none', claim({ kind: 'contrl' }), report, { field: 'claim.kind', row: 3 }),
  bad('a field that is none', text({ wen: '2015' }), report, { field: 'wen', row: 12, column: 9 }),
  bad('a facet that is none', claim({ heldBy: [] }), report, { field: 'claim.heldBy' }),
  bad('a claim that says nothing', claim({ holder: undefined }), report, { report: 0 }),
  bad('a holder that is a number', claim({ holder: 7 }), report, { field: 'claim.holder', row: 5 }),
  bad('an extent of nobody', claim({ holder: { actors: [], extent: 'full' } }), report),
  bad('a control without place', claim({ place: undefined }), report, { field: 'claim.place' }),
  bad('an empty id', text({ id: '' }), report, { field: 'id' }),
  bad('no attribution', text({ attribution: undefined }), report, { field: 'attribution' }),
  bad('a source twice', text({ attribution: ['al-masdar', 'al-masdar'] }), report),
  bad(
    'a stance that is none',
    text({ attribution: [{ source: 'al-masdar', stance: 'yes' }] }),
    report,
  ),
  bad('a day that does not exist', text({ when: '2015-02-30' }), time, { field: 'when' }),
  bad('a month that does not exist', text({ when: '2015-13' }), time, { field: 'when' }),
  bad('words for a time', text({ when: 'in the evening' }), time, { field: 'when' }),
  bad('a zone that is none', text({ when: '2015-11-13', zone: 'Asia/Damascu' }), time),
  bad('an end before the start', text({ until: '2015-11-12T10:00+02:00' }), time),
  bad('told before it was so', text({ when: '2015-11-14T10:00+02:00' }), time),
  bad('an unknown place', claim({ place: 'al-eis' }), 'unknown-name', {
    field: 'claim.place',
    row: 4,
  }),
  bad('an unknown actor', claim({ holder: ['hezbolah'] }), 'unknown-name', {
    field: 'claim.holder[0]',
    row: 6,
    column: 4,
  }),
  bad('an unknown source', text({ attribution: 'al-masdr' }), 'unknown-name', {
    field: 'attribution',
  }),
  bad('a withdrawal of nothing', thought({ kind: 'withdrawal', of: 'none' }), 'unknown-report'),
  bad(
    'a withdrawal by another',
    thought({ kind: 'withdrawal' }, ['al-masdar', 'al-masdar/ground-source']),
    'unauthorised',
    { field: 'attribution' },
  ),
  bad(
    'a void of no batch',
    text({
      claim: { kind: 'void', batch: 'b', reason: 'r' },
      attribution: undefined,
      when: undefined,
      published: undefined,
    }),
    'unknown-report',
  ),
  bad('an id that is held', text({ id: 'masdar-2015-11-12/6' }), 'id-taken', { field: 'id' }),
  bad('one that is wrong among many', `[${text({})},${text({})},${claim({ place: 7 })}]`, report, {
    report: 2,
    field: 'claim.place',
  }),
  bad(
    'one wrong line among many',
    `{"claim":{"kind":"place","place":"p"}}\n\n{"claim":3}`,
    report,
    {
      row: 3,
      report: 1,
    },
  ),
]

function keys(count: number): [string, number][] {
  return Array.from({ length: count }, (_, at) => [`k${at}`, at])
}

beforeAll(async () => {
  log = join(folder(), 'aleppo.db')
  await inside(['demo', '--log', log])
  before = await headOf(log)
})

describe('what is wrong', () => {
  test.each(CASES)('$title is refused at its place, and nothing is appended', async (it) => {
    const path = file('reports.json', it.input)
    for (const name of [path, 'standard input']) {
      const from = name === path ? [path] : []
      const error = await refused(['record', ...from, '--log', log], { input: it.input })
      expect(error).toMatchObject({ code: it.code, place: { file: name, ...it.place } })
      expect(error.message.length).toBeGreaterThan(20)
    }
    expect(await headOf(log)).toEqual(before)
  })

  test('is told in words as well', async () => {
    const path = file('reports.json', claim({ place: 'al-eis' }))
    const { code, stdout, stderr } = await inside(['record', path, '--log', log])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^error: .*"al-eis".*\n/)
    expect(stderr).toContain('{"claim":{"kind":"place","place":"al-eis"}}')
    expect(stderr).toMatch(/nearest.*al-eiss/)
    expect(stderr).toContain(`where: ${path}, row 4, column 12, field claim.place, report 1`)
  })

  test('leaves no log where there was none', async () => {
    const fresh = join(folder(), 'fresh.db')
    for (const { input } of CASES.slice(0, 5).concat(CASES.slice(-5)))
      await refused(['record', '--log', fresh], { input })
    expect(existsSync(fresh)).toBe(false)
    expect((await inside(['record', 'no-such-file.json', '--log', fresh])).code).toBe(2)
    expect((await inside(['record', folder(), '--log', fresh])).code).toBe(2)
    expect(existsSync(fresh)).toBe(false)
  })

  test('whatever is cut out of a good document is refused, or is good', async () => {
    const whole = JSON.stringify(aleppo.reports.slice(0, 3), null, 1)
    const span = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 30 }))
    await fc.assert(
      fc.asyncProperty(span, async ([at, length]) => {
        const input = whole.slice(0, at) + whole.slice(at + length)
        const { code, stdout, stderr } = await inside(
          ['record', '--dry-run', '--json', '--log', log],
          {
            input,
          },
        )
        expect([0, 2]).toContain(code)
        expect(() => JSON.parse(code === 0 ? stdout : stderr)).not.toThrow()
      }),
      { numRuns: 40 },
    )
    expect(await headOf(log)).toEqual(before)
  })
})

describe('what is right', () => {
  interface Answer {
    readonly dryRun: boolean
    readonly appended: number
    readonly duplicates: number
    readonly head: number
    readonly receipts: readonly { position: number; id: string; duplicate: boolean; leaf: string }[]
    readonly registered: readonly { kind: string; id: string }[]
  }
  const record = (path: string, input: string, ...more: string[]) =>
    answered<Answer>(['record', ...more, '--log', path], { input })
  const fresh = () => join(folder(), 'fresh.db')
  const all = JSON.stringify(aleppo.all)

  test('one report, a list, or one a line make the same log', async () => {
    const lines = aleppo.all.map((each) => JSON.stringify(each)).join('\n')
    const [asList, asLines, byName] = [fresh(), fresh(), fresh()]
    await inside(['record', '--log', asList], { input: all })
    await inside(['record', '--log', asLines], { input: `\n${lines}\n\n` })
    await inside(['record', file('day.JSONL', lines), '--log', byName])
    const hashes = async (path: string) => {
      const { reports } = await answered<{ reports: { hash: string; commit: number }[] }>([
        ...['reports', '--log', path],
      ])
      return reports.map(({ commit }) => commit)
    }
    expect(await hashes(asLines)).toEqual(await hashes(asList))
    expect(await hashes(byName)).toEqual(await hashes(asList))
  })

  test('the same again is no second one', async () => {
    const path = fresh()
    const made = await inside(['record', '--log', path], { input: all })
    expect(made.stderr).toMatch(/there was no log/)
    expect(made.stdout).toMatch(/appended 40 entries in one commit; the head is 40/)
    const again = await record(path, all)
    expect(again).toMatchObject({ appended: 0, duplicates: 40, head: 40 })
    expect(again.receipts.every(({ duplicate }) => duplicate)).toBe(true)
    const { stdout } = await inside(['record', '--log', path], { input: all })
    expect(stdout).toMatch(/appended 0 entries in one commit; 40 held already/)
    expect(stdout).not.toContain('next:')
  })

  test('a dry run says what would happen, and does nothing', async () => {
    const path = fresh()
    const dry = await record(path, all, '--dry-run')
    expect(dry).toMatchObject({ dryRun: true, appended: 40, head: 0 })
    expect(existsSync(path)).toBe(false)
    const held = await record(log, text({}), '--dry-run')
    expect(held).toMatchObject({ dryRun: true, appended: 1, duplicates: 0, head: before.head })
    expect(held.receipts[0]?.position).toBe(before.head + 1)
    expect(await headOf(log)).toEqual(before)
    const { stdout } = await inside(['record', '--dry-run', '--log', path], { input: all })
    expect(stdout).toMatch(/would append 40 entries[\s\S]*nothing was appended/)
  })

  test('--register enters what is unknown in the same commit, and lists it', async () => {
    const path = fresh()
    const input = text({ claim: { ...SOUND.claim, holder: ['hezbollah', 'new-force'] } })
    const refusal = await refused(['record', '--log', path], { input })
    expect(refusal.code).toBe('unknown-name')
    const made = await record(fresh(), input, '--register')
    expect(made).toMatchObject({ appended: 5, head: 5 })
    expect(made.registered).toEqual(
      expect.arrayContaining([
        { kind: 'place', id: 'al-eiss' },
        { kind: 'actor', id: 'hezbollah' },
        { kind: 'actor', id: 'new-force' },
        { kind: 'source', id: 'al-masdar' },
      ]),
    )
    const { stdout } = await inside(['record', '--register', '--log', path], { input })
    expect(stdout).toMatch(/entered as bare entries[\s\S]*actor {3}new-force/)
    const { actors } = await answered<{ actors: { id: string }[] }>(['actors', '--log', path])
    expect(actors.map(({ id }) => id).sort()).toEqual(['hezbollah', 'new-force'])
  })

  test('a report that is withdrawn stays, and its receipt says that it is out', async () => {
    const path = fresh()
    await record(path, all)
    const [six] = aleppo.reports.filter(({ id }) => id?.endsWith('/6'))
    const withdrawal = thought({ kind: 'withdrawal', reason: 'misheard' }, [
      'al-masdar',
      'al-masdar/activists',
    ])
    await record(path, withdrawal)
    const { stdout } = await inside(['record', '--log', path], { input: JSON.stringify(six) })
    expect(stdout).toMatch(/held already, does not count/)
    const listed = await inside(['reports', '--place', 'al-eiss', '--log', path])
    expect(listed.stdout).toMatch(/counts[\s\S]*masdar-2015-11-12\/6 .* out/)
    const { places } = await answered<{ places: { standing: string }[] }>([
      ...['at', '2015-11-12', 'al-eiss', '--log', path],
    ])
    expect(places.map(({ standing }) => standing)).toEqual(['sole'])
  })

  test('a mark of byte order is passed over, an empty list appends nothing', async () => {
    const path = fresh()
    expect(await record(path, `\ufeff${all}`)).toMatchObject({ appended: 40 })
    expect(await record(path, '[]')).toMatchObject({ appended: 0, head: 40 })
  })

  test('a file is read whichever way its rows end', async () => {
    const path = join(folder(), 'crlf.json')
    writeFileSync(path, JSON.stringify(aleppo.all, null, 2).replaceAll('\n', '\r\n'))
    expect(await answered(['record', path, '--log', fresh()])).toMatchObject({ appended: 40 })
  })
})
