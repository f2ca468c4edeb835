/** A disk whose n-th sync fails, once or from then on: no failure goes unnoticed, nothing is lost. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { examineSqliteLog } from '../../src/log/examine.js'
import { work } from './compiled.js'
import { folder, LONG, leafHash, openLog, sha256, withoutStrace } from './support.js'

const COMMITS = 7

/** Runs a process whose syncs fail as `when` says, and tells what was printed and what failed. */
async function run(mode: 'large' | 'heedless', where: string, when: string) {
  const file = join(where, `log-${when}.db`)
  const trace = join(where, `trace-${when}`)
  const inject = `inject=fsync:error=EIO:when=${when}`
  const strace = ['strace', '-f', '-y', '-qq', '-o', trace, '-e', 'trace=fsync', '-e', inject]
  const worker = work([mode, file, 'a', COMMITS], strace)
  expect(await worker.ended).toBe(0)
  const failed = readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => line.includes('INJECTED'))
    .map((line) => line.match(/fsync\(\d+<(.*)>\)/)?.[1] ?? line)
  return { file, lines: worker.lines, failed }
}

const from = (lines: readonly string[], word: string) =>
  lines.filter((line) => line.startsWith(word)).map((line) => line.split(' ')[1] as string)

const TIMES = LONG
  ? Array.from({ length: 30 }, (_, n) => [`${n + 1}`, `${n + 1}+`]).flat()
  : ['1', '4', '9', '11', '11+', '13', '14', '15', '16', '99']

test.for(TIMES)('when sync %s fails', async (when, { skip }) => {
  const reason = withoutStrace()
  if (reason !== undefined) return skip(reason)
  const where = folder()
  const { file, lines, failed } = await run('large', where, when)
  // SQLite passes over a folder that cannot be synced.
  const felt = failed.filter((path) => path !== where)
  const failures = from(lines, 'failed')
  const unopened = from(lines, 'unopened')
  expect([...failures, ...unopened].every((code) => code === 'log-failed')).toBe(true)
  expect(failures.length + unopened.length > 0).toBe(felt.length > 0)

  const acks = from(lines, 'ack')
  if (failures.length > 0) {
    // From the failure on, nothing more was taken, and reading went on.
    expect(acks).toHaveLength((COMMITS - failures.length) * 50)
    expect(lines.findIndex((line) => line.startsWith('failed'))).toBeGreaterThan(acks.length)
    expect(from(lines, 'read')).toEqual([String(acks.length)])
  }
  if (!existsSync(file)) return
  const log = openLog(file)
  expect(acks.filter((id) => log.find(id) === undefined)).toEqual([])
  expect(log.head() % 50).toBe(0)
  log.close()
  const { findings } = examineSqliteLog({ file, reportHash: sha256, leafHash })
  expect(findings).toEqual([])
})

test('a process that takes a failed sync for a done one is caught', async ({ skip }) => {
  const reason = withoutStrace()
  if (reason !== undefined) return skip(reason)
  const { file, lines } = await run('heedless', folder(), '13')
  const log = openLog(file)
  expect(from(lines, 'ack').filter((id) => log.find(id) === undefined)).not.toEqual([])
})
