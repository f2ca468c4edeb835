import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { older } from '../../src/log/connection.js'
import { failure } from '../../src/log/failure.js'
import { OBJECTS, SCHEMA } from '../../src/log/schema.js'
import { instant } from '../../src/time/instant.js'
import { NOWHERE, position } from '../../src/time/position.js'
import { refused } from '../contract/log.contract.js'
import { commit, folder, openLog, sealed } from './support.js'

/** Changes the file of a closed log by other means than a log's. */
function tamper(file: string, ...statements: readonly string[]) {
  const raw = new Database(file)
  try {
    raw.unsafeMode()
    for (const statement of statements) raw.exec(statement)
  } finally {
    raw.close()
  }
}

const withEntries = (file: string) => {
  const log = openLog(file)
  log.transact((own) => {
    const part = { name: 'citation', salt: new Uint8Array([1]), bytes: new Uint8Array([2]) }
    own.append([sealed('a', { parts: [part] }), sealed('b')], instant(5))
  })
  return log
}

describe('opening', () => {
  test('makes a log with an id of its own, for its owner alone, and finds it again', () => {
    const file = join(folder(), 'log.db')
    const log = openLog(file, { newId: () => 'the-id' })
    expect(log).toMatchObject({ id: 'the-id', readonly: false, durability: 'full' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const made = commit(log, ['a', 'b'], instant(-7))
    log.close()
    const again = openLog(file, { create: false, newId: () => 'another' })
    expect(again.id).toBe('the-id')
    expect([...again.read(NOWHERE)]).toEqual(made)
    expect(commit(again, ['c'])[0]).toMatchObject({ position: 3, recorded: 0 })
  })

  test('makes a log in an empty file', () => {
    const file = join(folder(), 'log.db')
    writeFileSync(file, '')
    refused('log-missing', () => openLog(file, { create: false }))
    expect(statSync(file).size).toBe(0)
    expect(openLog(file).head()).toBe(0)
  })

  test('misses a log where none is, and makes nothing', () => {
    const where = folder()
    const file = join(where, 'log.db')
    refused('log-missing', () => openLog(file, { create: false }))
    refused('log-missing', () => openLog(file, { readonly: true }))
    refused('log-missing', () => openLog(join(where, 'nowhere', 'log.db')))
    expect(existsSync(file)).toBe(false)
  })

  test('wants a file', () => {
    for (const file of ['', ':memory:']) refused('usage', () => openLog(file))
  })

  test.each([
    ['a text', (file: string) => writeFileSync(file, 'place,holder\n')],
    ['a short text', (file: string) => writeFileSync(file, 'SQLite format 3\0')],
    ['many zeros', (file: string) => writeFileSync(file, Buffer.alloc(8192))],
    ['a folder', (file: string) => mkdirSync(file)],
    ['another database', (file: string) => tamper(file, 'CREATE TABLE entries (position)')],
    ['an empty database', (file: string) => tamper(file, 'VACUUM', 'PRAGMA user_version = 1')],
    [
      'another database in WAL mode',
      (file: string) => tamper(file, 'PRAGMA journal_mode = WAL', 'CREATE TABLE a (b)'),
    ],
  ])('refuses %s and leaves it untouched', (_, make) => {
    const file = join(folder(), 'log.db')
    make(file)
    const before = statSync(file).isFile() ? readFileSync(file) : undefined
    for (const more of [{}, { readonly: true }, { create: false }])
      refused('log-foreign', () => openLog(file, more))
    if (before !== undefined) expect(readFileSync(file)).toEqual(before)
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  test('leaves the WAL of another database where it is', () => {
    const where = folder()
    const raw = new Database(join(where, 'other.db'))
    raw.pragma('journal_mode = WAL')
    raw.exec('CREATE TABLE a (b)')
    for (const end of ['', '-wal'])
      copyFileSync(join(where, `other.db${end}`), join(where, `log.db${end}`))
    raw.close()
    const wal = readFileSync(join(where, 'log.db-wal'))
    expect(wal.length).toBeGreaterThan(0)
    refused('log-foreign', () => openLog(join(where, 'log.db')))
    expect(readFileSync(join(where, 'log.db-wal'))).toEqual(wal)
  })

  test('refuses a log of a later schema', () => {
    const file = join(folder(), 'log.db')
    openLog(file).close()
    tamper(file, `PRAGMA user_version = ${SCHEMA + 1}`)
    const error = refused('log-foreign', () => openLog(file))
    expect(error.message).toContain(`schema ${SCHEMA + 1}`)
  })

  test('refuses a log whose guards are gone or not its own, but reads it', () => {
    for (const change of [
      'DROP TRIGGER entries_never_removed',
      'DROP TRIGGER entries_next; CREATE TRIGGER entries_next BEFORE INSERT ON entries BEGIN SELECT 1; END',
      'CREATE TRIGGER helper AFTER INSERT ON entries BEGIN SELECT 1; END',
    ]) {
      const file = join(folder(), 'log.db')
      withEntries(file).close()
      tamper(file, change)
      refused('log-unsafe', () => openLog(file))
      expect(openLog(file, { readonly: true }).head()).toBe(2)
    }
  })

  test('tells a damaged file', () => {
    const file = join(folder(), 'log.db')
    withEntries(file).close()
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(0xa5, 4096))
    const opened = () => {
      const log = openLog(file)
      return [...log.read(NOWHERE)]
    }
    refused('log-damaged', opened)
  })
})

describe('settings', () => {
  test('are read back as they must be', () => {
    const log = withEntries(join(folder(), 'log.db'))
    expect(log.settings()).toMatchObject({
      journal_mode: 'wal',
      synchronous: 'full',
      fullfsync: 'on',
      foreign_keys: 'on',
      trusted_schema: 'off',
      cell_size_check: 'on',
      recursive_triggers: 'on',
      busy_timeout: 20,
      schema: SCHEMA,
    })
    const { sqlite, page_count, wal_frames, wal_bytes } = log.settings()
    expect(older(String(sqlite), '3.51.3')).toBe(false)
    expect(page_count).toBeGreaterThan(1)
    expect(wal_frames).toBeGreaterThan(0)
    expect(wal_bytes).toBeGreaterThan(0)
  })

  test('an older SQLite is told from a later one', () => {
    const order = ['3.8.11', '3.51.2', '3.51.3', '3.51.10', '3.53.2', '4.0.0']
    for (const [i, a] of order.entries())
      for (const [j, b] of order.entries()) expect(older(a, b)).toBe(i < j)
  })
})

describe('reading alone', () => {
  test('reads what another connection writes, and appends nothing', () => {
    const file = join(folder(), 'log.db')
    const log = withEntries(file)
    const reader = openLog(file, { readonly: true })
    expect(reader.readonly).toBe(true)
    commit(log, ['c'])
    expect(reader.head()).toBe(3)
    expect(reader.settings()).toMatchObject({ synchronous: 'full' })
    refused('log-readonly', () => commit(reader, ['d']))
    expect(log.head()).toBe(3)
  })
})

const FORBIDDEN = [
  "UPDATE entries SET id = 'z' WHERE position = 1",
  'UPDATE entries SET position = 9 WHERE position = 2',
  'UPDATE entries SET rowid = 9 WHERE position = 2',
  'DELETE FROM entries WHERE position = 2',
  'DELETE FROM entries',
  ...['INSERT OR REPLACE', 'REPLACE', 'INSERT', 'INSERT OR IGNORE'].flatMap((insert) => [
    // The same position, the same id, a position left out, an earlier stamp.
    `${insert} INTO entries VALUES (2, 2, 'z', 9, x'', x'', x'', 0, NULL, NULL, NULL)`,
    `${insert} INTO entries VALUES (3, 3, 'b', 9, x'', x'', x'', 0, NULL, NULL, NULL)`,
    `${insert} INTO entries VALUES (4, 4, 'z', 9, x'', x'', x'', 0, NULL, NULL, NULL)`,
    `${insert} INTO entries VALUES (3, 3, 'z', 4, x'', x'', x'', 0, NULL, NULL, NULL)`,
    `${insert} INTO parts VALUES (1, 'citation', x'', x'')`,
    `${insert} INTO meta VALUES ('id', 'z')`,
  ]),
  `INSERT INTO entries VALUES (3, 3, 'b', 9, x'', x'', x'', 0, NULL, NULL, NULL)
     ON CONFLICT (id) DO UPDATE SET recorded = 9`,
  "UPDATE parts SET bytes = x'' WHERE position = 1",
  'DELETE FROM parts',
  "UPDATE meta SET value = 'z'",
  'DELETE FROM meta',
]

describe('append-only', () => {
  /** The statements of `FORBIDDEN` after which a log of this file no longer holds what it held. */
  const harmful = (file: string, set: (raw: Database.Database) => void) => {
    const dump = (raw: Database.Database) =>
      ['entries', 'parts', 'meta'].map((table) => raw.prepare(`SELECT * FROM ${table}`).all())
    return FORBIDDEN.filter((statement) => {
      const raw = new Database(file)
      set(raw)
      const before = dump(raw)
      raw.exec('BEGIN')
      try {
        raw.exec(statement)
      } catch {
        // The guard spoke.
      }
      const after = dump(raw)
      raw.exec('ROLLBACK')
      raw.close()
      return JSON.stringify(before) !== JSON.stringify(after)
    })
  }

  test('no statement changes, removes or replaces what is held, however the connection is set', () => {
    const file = join(folder(), 'log.db')
    withEntries(file).close()
    expect(harmful(file, (raw) => raw.pragma('recursive_triggers = ON'))).toEqual([])
    expect(harmful(file, (raw) => raw.pragma('recursive_triggers = OFF'))).toEqual([])
  })

  test.each(Object.keys(OBJECTS).filter((name) => name.includes('_')))(
    'without the guard %s something is harmed',
    (guard) => {
      const file = join(folder(), 'log.db')
      withEntries(file).close()
      tamper(file, `DROP TRIGGER ${guard}`)
      expect(harmful(file, (raw) => raw.pragma('recursive_triggers = OFF'))).not.toEqual([])
    },
  )
})

describe('failures', () => {
  test.each([
    ['SQLITE_BUSY', 'log-busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'log-busy'],
    ['SQLITE_FULL', 'log-full'],
    ['SQLITE_IOERR_SHMSIZE', 'log-full'],
    ['SQLITE_READONLY', 'log-readonly'],
    ['SQLITE_READONLY_DIRECTORY', 'log-readonly'],
    ['SQLITE_CORRUPT', 'log-damaged'],
    ['SQLITE_CORRUPT_INDEX', 'log-damaged'],
    ['SQLITE_NOTADB', 'log-damaged'],
    ['SQLITE_IOERR', 'log-failed'],
    ['SQLITE_IOERR_FSYNC', 'log-failed'],
    ['SQLITE_CANTOPEN', 'log-failed'],
    ['SQLITE_CONSTRAINT_TRIGGER', 'log-failed'],
    ['SQLITE_WHATEVER', 'log-failed'],
  ])('%s is %s', (code, meaning) => {
    expect(failure(Object.assign(new Error('told'), { code }), 'a.db')).toMatchObject({
      code: meaning,
      place: { file: 'a.db' },
      data: { sqlite: code },
    })
  })

  test("a failure that is not the store's stays what it was", () => {
    const error = Object.assign(new Error('told'), { code: 'ENOENT' })
    expect(failure(error, 'a.db')).toBe(error)
  })

  test('a log whose file was taken away takes no more', () => {
    const where = folder()
    const log = withEntries(join(where, 'log.db'))
    openLog(join(where, 'another.db')).close()
    renameSync(join(where, 'another.db'), join(where, 'log.db'))
    refused('log-failed', () => commit(log, ['c']))
    refused('log-failed', () => commit(log, ['c']))
    expect(log.at(position(1))?.id).toBe('a')
  })

  test('a store that fails inside a transaction lets nothing be committed', () => {
    const file = join(folder(), 'log.db')
    const log = withEntries(file)
    const first = refused('log-failed', () =>
      log.transact((own) => {
        own.append([sealed('c')], instant(9))
        // What better-sqlite3 cannot bind or a constraint refuses stands in for a failing disk.
        try {
          own.append(
            [sealed('d', { from: { log: 'x', position: null as never, recorded: instant(0) } })],
            instant(9),
          )
        } catch {
          // Work that swallows the failure.
        }
        return 'done'
      }),
    )
    expect(first.data).toEqual({ sqlite: 'SQLITE_CONSTRAINT_CHECK' })
    expect(log.head()).toBe(2)
    expect(refused('log-failed', () => commit(log, ['c']))).toBe(first)
    log.close()
    expect(commit(openLog(file), ['c'])[0]?.position).toBe(3)
  })
})
