import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Log } from '../../src/log/contract.js'
import { createMemoryLog } from '../../src/log/memory.js'
import { openSqliteLog } from '../../src/log/sqlite.js'
import { leafHash } from '../log/support.js'
import { broken } from './broken.js'
import { duties } from './log.contract.js'

const folder = mkdtempSync(join(tmpdir(), 'rashomon-contract-'))
const opened: Log[] = []
let files = 0

const makers: Readonly<Record<string, () => Log>> = {
  memory: () => createMemoryLog({ leafHash }),
  sqlite: () => {
    const file = join(folder, `${++files}.db`)
    const log = openSqliteLog({ file, leafHash, newId: () => 'made' })
    opened.push(log)
    return log
  },
}

afterAll(() => {
  for (const log of opened) log.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(Object.entries(makers))('a log in %s', (_, fresh) => {
  test.each(duties)('$duty', ({ check }) => check(fresh))
})

/** What a check says: `caught` where an expectation failed, alone or as a property's cause. */
function verdict(check: () => void): unknown {
  try {
    check()
  } catch (error) {
    const { cause = error } = error as { cause?: unknown }
    return (cause as Error).name === 'AssertionError' ? 'caught' : error
  }
  return 'passed'
}

describe('a broken log is caught', () => {
  test.each(duties)('$duty', ({ duty, check }) => {
    const variants = broken[duty] ?? []
    expect(variants.length).toBeGreaterThan(0)
    for (const breaks of variants) {
      expect(verdict(() => check(() => breaks(createMemoryLog({ leafHash }))))).toBe('caught')
    }
  })

  test('and every broken log belongs to a duty', () => {
    expect(Object.keys(broken).sort()).toEqual(duties.map(({ duty }) => duty).sort())
  })
})
