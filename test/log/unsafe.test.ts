/** Stores that do not do as they are told: opening must notice. */
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { refused } from '../contract/log.contract.js'
import { commit, folder, openLog } from './support.js'

/** Which setting the store under test takes for another. */
const fault = vi.hoisted(() => ({ told: '', does: '' }))

vi.mock('better-sqlite3', async (original) => {
  const { default: Database } = await original<{ default: typeof import('better-sqlite3') }>()
  class Faulty extends Database {
    override pragma(source: string, options?: import('better-sqlite3').PragmaOptions): unknown {
      return super.pragma(source === fault.told ? fault.does : source, options)
    }
    override prepare<B extends unknown[] | object, R = unknown>(source: string) {
      return super.prepare<B, R>(source === fault.told ? fault.does : source) as never
    }
  }
  return { default: Faulty }
})

beforeEach(() => {
  Object.assign(fault, { told: '', does: '' })
})

test.each([
  ['synchronous = FULL', 'synchronous = NORMAL', 'synchronous reads back as normal'],
  ['synchronous = FULL', 'synchronous = OFF', 'synchronous reads back as off'],
  ['journal_mode = WAL', 'journal_mode = DELETE', 'journal_mode reads back as delete'],
  ['fullfsync = ON', 'fullfsync', 'fullfsync reads back as off'],
  ['foreign_keys = ON', 'foreign_keys = OFF', 'foreign_keys reads back as off'],
  ['trusted_schema = OFF', 'trusted_schema = ON', 'trusted_schema reads back as on'],
  ['cell_size_check = ON', 'cell_size_check', 'cell_size_check reads back as off'],
  ['recursive_triggers = ON', 'recursive_triggers', 'recursive_triggers reads back as off'],
  ['busy_timeout = 20', 'busy_timeout = 5000', 'busy_timeout reads back as 5000'],
  ['SELECT sqlite_version()', "SELECT '3.51.2'", 'SQLite is 3.51.2, at least 3.51.3'],
])('a store that makes of "%s" "%s" is refused', (told, does, says) => {
  const file = join(folder(), 'log.db')
  const log = openLog(file)
  commit(log, ['a'])
  log.close()
  Object.assign(fault, { told, does })
  const error = refused('log-unsafe', () => openLog(file))
  expect(error.message).toContain(says)
  expect(error.data).toMatchObject({ faults: [expect.stringContaining(says)] })
})

test('a store that does as it is told is opened', () => {
  expect(openLog(join(folder(), 'log.db')).head()).toBe(0)
})
