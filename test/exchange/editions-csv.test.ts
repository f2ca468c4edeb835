/** Editions as a person has them: files named by their dates, in which days are spelt otherwise each time. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { engagements } from '../../projections/index.js'
import { importCsv } from '../../src/exchange/csv/import.js'
import { parseMapping } from '../../src/exchange/csv/schema.js'
import { openTimeline, type Timeline } from '../../src/index.js'

const mapping = parseMapping({
  zone: 'UTC',
  file: 'list_{edition}.csv.gz',
  editions: 'list/',
  reports: [
    { id: 'list/place/{place}', claim: { kind: 'place', place: '{place}', name: '{place}' } },
    {
      id: 'list/{id}',
      claim: {
        kind: 'engagement',
        engagement: '{id}',
        type: 'clash',
        places: ['{place}'],
        casualties: [{ if: '{killed}', civilians: true, killed: { number: '{killed}' } }],
      },
      when: { date: '{day}', formats: ['ISO', 'M/D/YYYY h:mm:ss A'], precision: 'day' },
      attribution: 'lister',
      published: '{edition}',
    },
  ],
})

const FIRST = 'id,place,day,killed\n1,town,2022-01-03T00:00:00,2\n2,hill,2022-01-04T00:00:00,\n'
const SECOND = 'id,place,day,killed\n1,town,1/3/2022 12:00:00 AM,5\n3,hill,1/5/2022 12:00:00 AM,1\n'
const THIRD = 'id,place,day,killed\n1,town,2022-01-03,5\n2,hill,2022-01-04,\n3,hill,2022-01-05,1\n'

function files(editions: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'editions-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return Object.entries(editions).map(([date, text]) => {
    const file = join(folder, `list_${date}.csv.gz`)
    writeFileSync(file, gzipSync(text))
    return file
  })
}

const ALL = { '2022-02-01': FIRST, '2022-03-01': SECOND, '2022-04-01': THIRD }

/** Civilians killed by event at a publication; `null` for one that is not told of. */
function killed(timeline: Timeline, published: string) {
  const view = timeline.at({ valid: '2023-01-01', published })
  return ['1', '2', '3'].map((engagement) => {
    const { state, folded } = view.state(engagements, { engagement, account: 'lister' })
    return folded.length === 0 ? null : (state.casualties.civilians?.killed?.best ?? 'unsaid')
  })
}

describe('files that are editions', () => {
  test('are each compared with the one before, in the order of their dates', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    const [first = '', second = '', third = ''] = files(ALL)
    const options = { mapping, register: true }
    const done = await importCsv(timeline, { files: [third, first, second], ...options })
    expect(done.editions).toEqual([
      { published: '2022-02-01', reports: 2, added: 2, corrected: 0, withdrawn: 0, returned: 0 },
      { published: '2022-03-01', reports: 2, added: 1, corrected: 1, withdrawn: 1, returned: 0 },
      { published: '2022-04-01', reports: 3, added: 0, corrected: 0, withdrawn: 0, returned: 1 },
    ])
    const at = ['2022-01-31', '2022-02-28', '2022-03-01', '2022-04-01']
    expect(at.map((published) => killed(timeline, published))).toEqual([
      [null, null, null],
      [2, 'unsaid', null],
      [5, null, 1],
      [5, 'unsaid', 1],
    ])
    for (const file of [first, second, third])
      expect(await importCsv(timeline, { files: [file], ...options })).toMatchObject({
        appended: 0,
      })
  })

  test('tell what they would do, and do nothing', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    const [first = '', second = ''] = files(ALL)
    const options = { mapping, register: true }
    await importCsv(timeline, { files: [first], ...options })
    const { head } = timeline
    const dry = await importCsv(timeline, { files: [second], ...options, dryRun: true })
    expect(dry).toMatchObject({ appended: 3, editions: [{ added: 1, corrected: 1, withdrawn: 1 }] })
    expect(timeline.head).toBe(head)
  })

  test('that stop after a commit are completed by the same import again', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    const [first = '', second = ''] = files(ALL)
    await importCsv(timeline, { files: [first], mapping, register: true })
    const stop = new AbortController()
    const appending = { files: [second], mapping, register: true, commit: 1 }
    const onProgress = ({ phase }: { phase: string }) => {
      if (phase === 'append') stop.abort()
    }
    const cut = await importCsv(timeline, { ...appending, signal: stop.signal, onProgress })
    expect(cut).toMatchObject({ interrupted: true })
    const rest = await importCsv(timeline, appending)
    expect(cut.appended + rest.appended).toBe(3)
    expect(killed(timeline, '2022-03-01')).toEqual([5, null, 1])
  })

  test('say which row is wrong, before anything is appended', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    const [bad = ''] = files({ '2022-02-01': FIRST.replace('2022-01-04T', '2022-02-04T') })
    await expect(
      importCsv(timeline, { files: [bad], mapping, register: true }),
    ).rejects.toMatchObject({
      code: 'invalid-time',
      message: expect.stringContaining('when: lies wholly after the publication'),
      place: { file: bad, row: 3, column: 'day' },
    })
    expect(timeline.head).toBe(0)
  })

  test('cannot pass over bad rows', async () => {
    const timeline = await openTimeline({ log: ':memory:' })
    await expect(
      importCsv(timeline, { files: files(ALL), mapping, skipBad: true }),
    ).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('--skip-bad') })
  })
})
