import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, test } from 'vitest'
import { openTimeline } from '../../src/index.js'
import { answered, inside, refused } from './inside.js'
import { folder, main } from './program.js'

let log: string
const run = (...args: string[]) => inside([...args, '--log', log])
const ask = <T>(...args: string[]) => answered<T>([...args, '--log', log])
const refusal = (...args: string[]) => refused([...args, '--log', log])

beforeAll(async () => {
  log = join(folder(), 'aleppo.db')
  await inside(['demo', '--log', log])
})

describe('export and import', () => {
  test('lose nothing, and importing again adds nothing', async () => {
    const at = folder()
    const out = join(at, 'aleppo.jsonl')
    expect(await ask('export', 'jsonl', '--out', out)).toEqual({
      format: 'jsonl',
      file: out,
      entries: 40,
    })
    const piped = await run('export', 'jsonl')
    expect(piped.stdout).toBe(readFileSync(out, 'utf8'))
    expect(
      piped.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toHaveLength(40)

    const copy = join(at, 'copy.db')
    const dry = await answered(['import', 'jsonl', out, '--log', copy, '--dry-run'])
    expect(dry).toMatchObject({ appended: 40, dryRun: true })
    expect(existsSync(copy)).toBe(false)
    expect(await answered(['import', 'jsonl', out, '--log', copy])).toMatchObject({
      appended: 40,
      head: 40,
    })
    const again = await inside(['import', 'jsonl', '-', '--log', copy], { input: piped.stdout })
    expect(again.stdout).toMatch(/appended 0, 40 held already; the head is 40/)

    const hashes = async (of: string) => {
      type Hashed = { reports: { id: string; hash: string; commit: number }[] }
      const { reports } = await answered<Hashed>(['reports', '--log', of])
      return reports.map(({ id, hash, commit }) => [id, hash, commit])
    }
    expect(await hashes(copy)).toEqual(await hashes(log))
  })

  test('a line that is wrong is refused with its row, and nothing is appended', async () => {
    const lines = (await run('export', 'jsonl')).stdout.trim().split('\n')
    const at25 = (change: (line: string) => string) =>
      lines.map((line, at) => (at === 24 ? change(line) : line)).join('\n')
    const wrong: [string, number][] = [
      [at25((line) => line.slice(0, 50)), 25],
      [at25((line) => line.replace('full', 'most')), 25],
      [at25((line) => line.replace('"rashomon":1', '"rashomon":9')), 25],
      [lines.slice(0, 30).join('\n'), 30],
      ['{}', 1],
    ]
    const fresh = join(folder(), 'fresh.db')
    for (const [input, row] of wrong) {
      const error = await refused(['import', 'jsonl', '-', '--log', fresh], { input })
      expect(error.place.file).toBe('standard input')
      expect(error.place.row).toBe(row)
      expect(existsSync(fresh)).toBe(false)
    }
  })

  test('the log itself is never written over', async () => {
    expect(await refusal('export', 'jsonl', '--out', log)).toMatchObject({ code: 'usage' })
    const nowhere = join(folder(), 'no', 'such', 'folder.jsonl')
    expect(await refusal('export', 'jsonl', '--out', nowhere)).toMatchObject({ code: 'usage' })
    expect(await refusal('import', 'jsonl', 'nope.jsonl')).toMatchObject({ code: 'usage' })
    expect((await ask<{ ok: boolean }>('doctor')).ok).toBe(true)
  })
})

describe('doctor', () => {
  test('finds a sound log sound, with its settings as read back', async () => {
    expect(await ask('doctor')).toMatchObject({
      ok: true,
      findings: [],
      entries: 40,
      settings: { synchronous: 'full', journal_mode: 'wal', trusted_schema: 'off' },
    })
    expect((await run('doctor')).stdout).toMatch(/sound, 40 entries/)
  })

  test('exits with 1 when something is wrong, and says what', async () => {
    const bent = join(folder(), 'bent.db')
    const { stdout } = await run('export', 'jsonl')
    await inside(['import', 'jsonl', '-', '--log', bent], { input: stdout })
    const database = new Database(bent)
    for (const { name } of database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
      .all() as { name: string }[])
      database.exec(`DROP TRIGGER "${name}"`)
    database.exec('UPDATE entries SET hash = zeroblob(32) WHERE position = 7')
    database.close()
    const ran = await inside(['doctor', '--log', bent, '--json'])
    expect(ran.code).toBe(1)
    const told = JSON.parse(ran.stdout) as { ok: boolean; findings: string[] }
    expect(told.ok).toBe(false)
    expect(told.findings.join('\n')).toMatch(/position 7/)
    expect((await inside(['doctor', '--log', bent])).code).toBe(1)
  })

  test('notes where the clock stood behind, which is not wrong', async () => {
    const path = join(folder(), 'clock.db')
    let now = Date.UTC(2020, 0, 1)
    const timeline = await openTimeline({ log: path, clock: () => now })
    await timeline.append({ claim: { kind: 'place', place: 'a' } })
    now -= 5_000
    await timeline.append({ claim: { kind: 'place', place: 'b' } })
    await timeline.close()
    const told = await answered(['doctor', '--log', path])
    expect(told).toMatchObject({ ok: true, clock: [{ position: 2, behind: 5_000 }] })
    expect((await inside(['doctor', '--log', path])).stdout).toMatch(
      /the clock stood behind the stamps: 5000 ms at position 2/,
    )
  })

  test('a file that is no log is the store’s failure, one that is not there the caller’s', async () => {
    const foreign = await inside(['doctor', '--log', main])
    expect(foreign.code).toBe(3)
    expect(foreign.stderr).toMatch(/^error: /)
    expect((await inside(['doctor', '--log', 'nope.db'])).code).toBe(2)
  })
})

test('the program can be run as it is', () => {
  expect(execFileSync(main, ['--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/)
})
