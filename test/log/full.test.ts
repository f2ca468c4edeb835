/** A disk without room: appends are refused, reads go on, and so do appends when there is room. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { isRashomonError } from '../../src/errors.js'
import type { Log } from '../../src/log/contract.js'
import { createWriter } from '../../src/log/writer.js'
import { instant } from '../../src/time/instant.js'
import { NOWHERE } from '../../src/time/position.js'
import { refused } from '../contract/log.contract.js'
import { commit, folder, openLog, sealed } from './support.js'

/** The connections that logs have opened here. */
const connections = vi.hoisted(() => [] as import('better-sqlite3').Database[])

vi.mock('better-sqlite3', async (original) => {
  const { default: Database } = await original<{ default: typeof import('better-sqlite3') }>()
  class Noted extends Database {
    constructor(file: string, options: import('better-sqlite3').Options) {
      super(file, options)
      connections.push(this)
    }
  }
  return { default: Noted }
})

const large = (id: string) => sealed(id, { bytes: new Uint8Array(20_000).fill(1) })

/** Appends commits of three until there is no room; the number of commits that were acknowledged. */
function fill(log: Log): number {
  for (let count = 0; ; count++) {
    try {
      const three = [0, 1, 2].map((n) => large(`${count}.${n}`))
      log.transact((own) => own.append(three, instant(count)))
    } catch (error) {
      if (!isRashomonError(error, 'log-full')) throw error
      return count
    }
  }
}

test('a database that may not grow refuses appends, reads on, and goes on by itself', async () => {
  const log = openLog(join(folder(), 'log.db'))
  const connection = connections.at(-1)!
  connection.pragma('max_page_count = 60')
  const count = fill(log)
  expect(count).toBeGreaterThan(0)
  expect(log.head()).toBe(3 * count)
  expect([...log.read(NOWHERE)]).toHaveLength(3 * count)
  const writer = createWriter(log)
  const three = ['x', 'y', 'z'].map(large)
  await expect(writer.run((own) => own.append(three, instant(0)))).rejects.toMatchObject({
    code: 'log-full',
  })
  refused('log-full', () =>
    log.transact((own) => {
      try {
        own.append(three, instant(0))
      } catch {
        // Work that swallows the failure still commits nothing.
      }
    }),
  )
  expect(log.head()).toBe(3 * count)
  connection.pragma('max_page_count = 1000')
  expect(await writer.run((own) => own.append([large('x')], instant(0)))).toMatchObject([
    { position: 3 * count + 1 },
  ])
})

/** A disk of a megabyte, or why there is none. */
function smallDisk(): { path: string } | { none: string } {
  const path = mkdtempSync(join(tmpdir(), 'rashomon-disk-'))
  const { status, stderr, error } = spawnSync(
    'mount',
    ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path],
    { encoding: 'utf8' },
  )
  onTestFinished(() => {
    if (status === 0) spawnSync('umount', [path])
    rmSync(path, { recursive: true, force: true })
  })
  if (status === 0) return { path }
  return { none: `a tmpfs cannot be mounted here: ${(error?.message ?? stderr).trim()}` }
}

test('a full disk refuses appends, reads on, and goes on by itself', ({ skip }) => {
  const disk = smallDisk()
  if ('none' in disk) return skip(disk.none)
  const ballast = join(disk.path, 'ballast')
  writeFileSync(ballast, Buffer.alloc(300_000))
  const file = join(disk.path, 'log.db')
  const log = openLog(file)
  const count = fill(log)
  expect(count).toBeGreaterThan(0)
  expect([...log.read(NOWHERE)]).toHaveLength(3 * count)
  const three = ['x', 'y', 'z'].map(large)
  refused('log-full', () => log.transact((own) => own.append(three, instant(0))))
  rmSync(ballast)
  expect(commit(log, ['a', 'b']).map((entry) => entry.position)).toEqual([
    3 * count + 1,
    3 * count + 2,
  ])
  log.close()
  expect(openLog(file).head()).toBe(3 * count + 2)
})
