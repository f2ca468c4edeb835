import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openTimeline } from '../../src/index.js'
import { answered, inside, refused } from './inside.js'
import { ended, file, folder, rashomon, start } from './program.js'

const MAPPING = {
  zone: 'Europe/Kyiv',
  reports: [
    {
      claim: {
        kind: 'control',
        mode: 'change',
        place: '{town}',
        holder: { by: '{held_by}', map: { RED: 'reds', BLUE: 'blues' } },
      },
      when: { date: '{day}', formats: ['YYYY-MM-DD', 'D.M.YYYY'] },
      attribution: '{source}',
      published: { date: '{day}', formats: ['YYYY-MM-DD', 'D.M.YYYY'] },
      batch: '{source}/{day}',
    },
  ],
}
const HEADER = 'source,town,day,held_by\n'
const SOUND = `${HEADER}herald,town,2022-03-01,RED\nherald,hill,2.3.2022,BLUE\n`

const map = (mapping: unknown = MAPPING) => file('map.json', JSON.stringify(mapping))
const newLog = () => join(folder(), 'log.db')

interface Imported {
  readonly rows: number
  readonly reports: number
  readonly appended: number
  readonly duplicates: number
  readonly head: number
  readonly interrupted: boolean
  readonly skipped: readonly { row: number; column?: string; reason: string }[]
  readonly registered: readonly { kind: string; id: string }[]
}

describe('import csv', () => {
  test('appends what the rows say, and nothing the second time', async () => {
    const log = newLog()
    const args = ['import', 'csv', file('a.csv', SOUND), '--map', map(), '--log', log, '--register']
    const first = await answered<Imported>(args)
    expect(first).toMatchObject({ format: 'csv', rows: 2, reports: 2, appended: 7, duplicates: 0 })
    expect(first.registered.map(({ id }) => id)).toEqual([
      'town',
      'reds',
      'herald',
      'hill',
      'blues',
    ])
    expect(await answered<Imported>(args)).toMatchObject({ appended: 0, duplicates: 2, head: 7 })
    const { stdout } = await inside(args)
    expect(stdout).toContain('read 2 rows, which make 2 reports')
    const at = await inside(['at', '2022-03-05', 'town', 'hill', '--log', log])
    expect(at.stdout).toMatch(/reds[\s\S]*blues|blues[\s\S]*reds/)
  })

  test('takes several files, plain and gzip', async () => {
    const more = file('b.csv.gz', gzipSync(`${HEADER}gazette,town,2022-03-04,BLUE\n`))
    const args = ['import', 'csv', file('a.csv', SOUND), more, '--map', map(), '--log', newLog()]
    expect(await answered<Imported>([...args, '--register'])).toMatchObject({ rows: 3, reports: 3 })
  })

  test('refuses a bad row with file, row and column before anything is appended', async () => {
    const log = newLog()
    const bad = file('bad.csv', `${SOUND}herald,ford,2022-02-30,RED\n`)
    const asked = ['import', 'csv', bad, '--map', map(), '--log', log, '--register']
    const error = await refused([...asked, '--commit', '1'])
    expect(error.place).toEqual({ file: bad, row: 4, column: 'day', field: 'when' })
    expect(existsSync(log)).toBe(false)
    const { stderr, code } = await inside(asked)
    expect(code).toBe(2)
    expect(stderr).toContain('"2022-02-30" is no date; one as in YYYY-MM-DD or D.M.YYYY')
    expect(stderr).toContain(`${bad}, row 4, column day`)
  })

  test('passes over bad rows where told to, and lists each', async () => {
    const log = newLog()
    const bad = file('bad.csv', `${SOUND}herald,ford,2022-03-02,GREEN\nherald,ford\n`)
    const args = ['import', 'csv', bad, '--map', map(), '--log', log, '--register', '--skip-bad']
    const { stdout } = await inside([...args, '--dry-run'])
    expect(stdout).toContain('passed over 2 bad rows:')
    expect(stdout).toContain(
      `${bad}, row 4, column held_by: claim.holder: "GREEN" is not in the map`,
    )
    expect(stdout).toContain('nothing was appended')
    expect(existsSync(log)).toBe(false)
    const done = await answered<Imported>(args)
    expect(done.skipped.map(({ row, column }) => [row, column])).toEqual([
      [4, 'held_by'],
      [5, undefined],
    ])
    expect(done).toMatchObject({ rows: 4, reports: 2 })
  })

  test('names the nearest where a name is unknown, and the column it came from', async () => {
    const log = newLog()
    await inside([
      'import',
      'csv',
      file('a.csv', SOUND),
      '--map',
      map(),
      '--log',
      log,
      '--register',
    ])
    const other = file('b.csv', `${HEADER}heralt,town,2022-03-09,RED\n`)
    const error = await refused(['import', 'csv', other, '--map', map(), '--log', log])
    expect(error).toMatchObject({ code: 'unknown-name', place: { row: 2, column: 'source' } })
    expect(error.data).toMatchObject({ nearest: [{ id: 'herald' }] })
  })

  test.each<[string, readonly string[], RegExp]>([
    ['no mapping', ['a.csv'], /--map: is missing/],
    ['no files', ['--map', 'MAP'], /no file is named/],
    ['standard input', ['-', '--map', 'MAP'], /standard input can be read once/],
    ['no such file', ['nowhere.csv', '--map', 'MAP'], /there is no such file/],
    ['no such mapping', ['a.csv', '--map', 'nowhere.json'], /there is no such file/],
    ['no size of a commit', ['a.csv', '--map', 'MAP', '--commit', '0'], /whole number from 1/],
    ['no pair', ['a.csv', '--map', 'MAP', '--lookup', 'ids'], /NAME=FILE/],
    ['no such lookup', ['a.csv', '--map', 'MAP', '--lookup', 'ids=a.csv'], /no lookup "ids"/],
  ])('refuses %s', async (_, rest, words) => {
    const args = rest.map((word) => (word === 'MAP' ? map() : word))
    const error = await refused(['import', 'csv', ...args, '--log', newLog()])
    expect(error.code).toBe('usage')
    expect(error.message).toMatch(words)
  })

  test('options of csv are none of jsonl', async () => {
    const error = await refused(['import', 'jsonl', 'a.jsonl', '--skip-bad', '--log', newLog()])
    expect(error.message).toContain('--skip-bad')
  })

  test('a mapping that is wrong is refused at its place', async () => {
    const wrong = file('wrong.json', '{\n  "reports": [{ "wen": "{day}" }]\n}')
    const error = await refused(['import', 'csv', file('a.csv', SOUND), '--map', wrong])
    expect(error).toMatchObject({
      code: 'invalid-mapping',
      place: { file: wrong, row: 2, field: 'reports[0].wen' },
    })
  })

  test('prints the schema of mappings', async () => {
    const { stdout, code } = await inside(['import', 'csv', '--schema'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toHaveProperty('$defs.expression')
  })
})

/** Enough rows that an import in commits of 25 takes its time. */
const MANY = `${HEADER}${Array.from({ length: 1500 }, (_, at) => {
  const day = new Date(Date.UTC(2022, 2, 1) + (at % 250) * 86_400_000).toISOString().slice(0, 10)
  return `herald,town-${at % 40},${day},${at % 3 === 0 ? 'RED' : 'BLUE'}\n`
}).join('')}`

/** All that an import decides of a log's entries, commits among it. */
async function entriesOf(log: string): Promise<unknown[]> {
  const timeline = await openTimeline({ log, create: false })
  try {
    return [...timeline.reports()].map(({ position, commit, id, hash }) => [
      position,
      commit,
      id,
      hash,
    ])
  } finally {
    await timeline.close()
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('an import that is cut short', () => {
  const cwd = folder()
  writeFileSync(join(cwd, 'many.csv'), MANY)
  writeFileSync(join(cwd, 'map.json'), JSON.stringify(MAPPING))
  const args = (log: string) => [
    ...['import', 'csv', 'many.csv', '--map', 'map.json', '--register'],
    ...['--commit', '25', '--log', log],
  ]
  const whole = join(cwd, 'whole.db')

  test('by kill -9 is completed by a second run, as if it had been one', async () => {
    expect((await rashomon(args(whole), { cwd })).code).toBe(0)
    const entries = await entriesOf(whole)
    for (const wait of [0, 150]) {
      const log = join(cwd, `killed-${wait}.db`)
      const child = start(args(log), { cwd })
      const end = ended(child)
      await until(() => existsSync(log) || child.exitCode !== null)
      await new Promise((resolve) => setTimeout(resolve, wait))
      child.kill('SIGKILL')
      await end
      expect((await rashomon(args(log), { cwd })).code).toBe(0)
      expect(await entriesOf(log)).toEqual(entries)
    }
  })

  test('by Ctrl-C stops after the commit under way, says how far, and is completed', async () => {
    const log = join(cwd, 'stopped.db')
    const child = start(args(log), { cwd })
    const end = ended(child)
    await until(() => existsSync(log) || child.exitCode !== null)
    child.kill('SIGINT')
    const { code, stdout } = await end
    expect(code).toBe(130)
    expect(stdout).toContain('stopped before the end')
    const some = await entriesOf(log)
    expect((await rashomon(args(log), { cwd })).code).toBe(0)
    const all = await entriesOf(log)
    expect(all.slice(0, some.length)).toEqual(some)
    expect(all).toEqual(await entriesOf(whole))
  })

  test('by Ctrl-C before or at its first commit leaves in the log what it says, and no more', async () => {
    const log = join(cwd, 'unbegun.db')
    const child = start([...args(log), '--json'], { cwd })
    const end = ended(child)
    await new Promise((resolve) => setTimeout(resolve, 700))
    child.kill('SIGINT')
    const { code, stdout } = await end
    expect(code).toBe(130)
    if (stdout !== '') {
      const done = JSON.parse(stdout) as Imported
      expect(done.interrupted).toBe(true)
      expect(existsSync(log) ? (await entriesOf(log)).length : 0).toBe(done.head)
      expect(done.appended).toBe(done.head)
    }
  })
})
