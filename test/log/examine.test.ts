import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { examineSqliteLog } from '../../src/log/examine.js'
import { instant } from '../../src/time/instant.js'
import { position } from '../../src/time/position.js'
import { refused } from '../contract/log.contract.js'
import { commit, folder, leafHash, openLog, sealed, sha256 } from './support.js'

const examine = (file: string) => examineSqliteLog({ file, reportHash: sha256, leafHash })

/** A log of three commits, with a merged entry and parts. */
function made(): string {
  const file = join(folder(), 'log.db')
  const log = openLog(file)
  commit(log, ['a', 'b'], instant(10))
  const part = { name: 'citation', salt: new Uint8Array([1]), bytes: new Uint8Array([2]) }
  const from = { log: 'other', position: position(7), recorded: instant(3) }
  log.transact((own) => own.append([sealed('c', { parts: [part], from })], instant(5)))
  commit(log, ['d', 'e'], instant(20))
  log.close()
  return file
}

/** Changes a closed log behind the back of its guards, and puts these up again. */
function tamper(file: string, ...statements: readonly string[]) {
  const raw = new Database(file)
  const guards = raw
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all() as { name: string; sql: string }[]
  raw.pragma('foreign_keys = OFF')
  raw.pragma('ignore_check_constraints = ON')
  for (const { name } of guards) raw.exec(`DROP TRIGGER ${name}`)
  for (const statement of statements) raw.exec(statement)
  for (const { sql } of guards) raw.exec(sql)
  raw.close()
}

describe('examining a log', () => {
  test('finds nothing in a sound one, in use or not, and says how it is set', () => {
    const file = made()
    expect(examine(file)).toMatchObject({
      ok: true,
      findings: [],
      settings: { journal_mode: 'wal', synchronous: 'full', schema: 1 },
    })
    const log = openLog(file)
    commit(log, ['f'], instant(30))
    expect(examine(file)).toMatchObject({ ok: true, findings: [] })
  })

  test('finds nothing in an empty one', () => {
    const file = join(folder(), 'log.db')
    openLog(file).close()
    expect(examine(file)).toMatchObject({ ok: true, findings: [] })
  })

  test.each([
    ["UPDATE entries SET bytes = x'7b7d' WHERE position = 2", 'position 2: bytes do not match'],
    ["UPDATE entries SET leaf = x'00' WHERE position = 2", 'position 2: leaf does not match'],
    ['UPDATE entries SET recorded = 11 WHERE position = 2', 'position 2: leaf does not match'],
    ["UPDATE entries SET from_log = 'x' WHERE position = 3", 'position 3: leaf does not match'],
    ['UPDATE entries SET recorded = 9 WHERE position = 5', 'position 5: is stamped before'],
    ['DELETE FROM entries WHERE position = 4', 'position 5: follows 3; positions are not dense'],
    ['DELETE FROM entries WHERE position = 1', 'position 2: follows 0; positions are not dense'],
    ['DELETE FROM entries WHERE position = 5', 'position 4: its commit ends at 5, the log at 4'],
    [
      'UPDATE entries SET "commit" = 2 WHERE position = 3',
      'position 3: is of commit 2, expected 3',
    ],
    [
      'UPDATE entries SET "commit" = 9 WHERE position = 4',
      'position 5: is of commit 5, expected 9',
    ],
    ['DELETE FROM entries WHERE position = 3', 'position 3: has parts but no entry'],
    [
      'UPDATE entries SET behind = -1 WHERE position = 1',
      'position 1: its clock stood -1 ms behind',
    ],
    ['PRAGMA journal_mode = DELETE', 'journal_mode is delete, must be wal'],
  ])('finds what "%s" did', (statement, finding) => {
    const file = made()
    tamper(file, statement)
    const { ok, findings } = examine(file)
    expect(ok).toBe(false)
    expect(findings).toContainEqual(expect.stringContaining(finding))
  })

  test('finds a guard that is gone', () => {
    const file = made()
    const raw = new Database(file)
    raw.exec('DROP TRIGGER parts_once')
    raw.close()
    expect(examine(file)).toMatchObject({ ok: false, findings: ['schema: parts_once is missing'] })
  })

  test('finds damage in any page', () => {
    const file = made()
    const whole = readFileSync(file)
    for (let page = 1; page < whole.length / 4096; page++) {
      const bytes = Buffer.from(whole)
      bytes.fill(0xa5, page * 4096, page * 4096 + 200)
      writeFileSync(file, bytes)
      expect(examine(file).ok).toBe(false)
    }
  })

  test('counts what is too much to list', () => {
    const file = join(folder(), 'log.db')
    const log = openLog(file)
    commit(
      log,
      Array.from({ length: 130 }, (_, index) => `r${index}`),
    )
    log.close()
    tamper(file, "UPDATE entries SET bytes = x''")
    const { findings } = examine(file)
    expect(findings).toHaveLength(101)
    expect(findings.at(-1)).toBe('and 30 more')
  })

  test('misses a log where none is, and knows another file', () => {
    const where = folder()
    refused('log-missing', () => examine(join(where, 'none.db')))
    writeFileSync(join(where, 'text'), 'a text')
    refused('log-foreign', () => examine(join(where, 'text')))
  })
})
