/** Several processes on one file: writing at once, killed, and holding the lock. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isRashomonError } from '../../src/errors.js'
import type { Log } from '../../src/log/contract.js'
import { examineSqliteLog } from '../../src/log/examine.js'
import { createWriter } from '../../src/log/writer.js'
import { instant } from '../../src/time/instant.js'
import { NOWHERE } from '../../src/time/position.js'
import { work } from './compiled.js'
import { alter, folder, LONG, leafHash, openLog, sealed, sha256 } from './support.js'

const examine = (file: string) => examineSqliteLog({ file, reportHash: sha256, leafHash })

/** What was acknowledged: position and commit by id. */
const acknowledged = (lines: readonly string[]) =>
  lines
    .filter((line) => line.startsWith('ack '))
    .map((line) => {
      const [, id, position, commit] = line.split(' ') as [string, string, string, string]
      return { id, position: Number(position), commit: Number(commit) }
    })

/** What was acknowledged and is not in the log as it was acknowledged. */
function lost(lines: readonly string[], log: Log) {
  return acknowledged(lines).filter(({ id, position, commit }) => {
    const entry = log.find(id)
    return entry?.position !== position || entry.commit !== commit
  })
}

/** Rounds of which a part only is in the log; each process appends a round as one commit. */
function halves(log: Log, entriesOf: (round: number) => number) {
  const found = new Map<string, number>()
  for (const { id } of log.read(NOWHERE)) {
    const commit = id.slice(0, id.lastIndexOf('/'))
    found.set(commit, (found.get(commit) ?? 0) + 1)
  }
  return [...found].filter(([commit, size]) => size !== entriesOf(Number(commit.split('/')[1])))
}

describe('processes that append at once', () => {
  test('make one dense log in which nothing is lost, from the making of the file on', async () => {
    const file = join(folder(), 'log.db')
    const rounds = LONG ? 400 : 40
    const workers = ['a', 'b', 'c', 'd'].map((name) => work(['append', file, name, rounds]))
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0])
    const lines = workers.flatMap((worker) => worker.lines)
    const log = openLog(file, { create: false })
    expect(new Set(lines.filter((line) => line.startsWith('opened')))).toEqual(
      new Set([`opened ${log.id}`]),
    )
    const acks = acknowledged(lines).sort((a, b) => a.position - b.position)
    expect(acks.map(({ position }) => position)).toEqual(acks.map((_, index) => index + 1))
    expect(log.head()).toBe(acks.length)
    expect(lost(lines, log)).toEqual([])
    expect(halves(log, (round) => 1 + (round % 3))).toEqual([])
    expect(examine(file)).toMatchObject({ ok: true, findings: [] })
    // An entry that is not there, or elsewhere, would have been noticed.
    const without = alter(log, () => ({
      find: (id) => (id === 'b/7/1' ? undefined : log.find(id)),
    }))
    expect(lost(lines, without)).toHaveLength(1)
  })

  test('are read by another process as they commit', async () => {
    const file = join(folder(), 'log.db')
    const log = openLog(file)
    const worker = work(['append', file, 'a', 5])
    await worker.ended
    expect([...log.read(NOWHERE)].map(({ id }) => id)).toEqual(
      acknowledged(worker.lines).map(({ id }) => id),
    )
  })
})

describe('a process that is killed', () => {
  /** Kills a process some time after its first acknowledgement. */
  async function killed(mode: string, file: string, name: string, after: number) {
    const worker = work([mode, file, name, 0])
    await worker.printed('ack')
    await new Promise((done) => setTimeout(done, after))
    worker.child.kill('SIGKILL')
    expect(await worker.ended).toBe('SIGKILL')
    return worker.lines
  }

  test('loses nothing that it acknowledged, and leaves no half commit', async () => {
    const file = join(folder(), 'log.db')
    const lines: string[] = []
    for (let cycle = 0; cycle < (LONG ? 200 : 15); cycle++) {
      lines.push(...(await killed('endless', file, `c${cycle}`, (cycle * 13) % 60)))
      const log = openLog(file, { create: false })
      expect(lost(lines, log)).toEqual([])
      expect(halves(log, () => 3)).toEqual([])
      const { position } = log.transact((own) =>
        own.append(
          [sealed(`after/${cycle}/0`), sealed(`after/${cycle}/1`), sealed(`after/${cycle}/2`)],
          instant(0),
        ),
      )[0]!
      expect(position).toBe(log.head() - 2)
      log.close()
    }
    expect(examine(file)).toMatchObject({ ok: true, findings: [] })
  })

  test('that acknowledged before COMMIT is caught', async () => {
    const file = join(folder(), 'log.db')
    const worker = work(['early', file, 'a', 0])
    await worker.printed('ack a/3/2')
    worker.child.kill('SIGKILL')
    await worker.ended
    const log = openLog(file, { create: false })
    expect(lost(worker.lines, log).map(({ id }) => id)).toEqual(['a/3/0', 'a/3/1', 'a/3/2'])
  })
})

describe('a lock that another process holds', () => {
  /** How often the event loop came round while another process held the lock, and what came of a run. */
  async function meanwhile(make: (log: Log) => Log) {
    const file = join(folder(), 'log.db')
    const log = openLog(file)
    const holder = work(['hold', file, 'holder', 700])
    await holder.printed('held')
    let turns = 0
    const timer = setInterval(() => turns++, 10)
    const writer = createWriter(make(log))
    const [entry] = await writer.run((own) => own.append([sealed('a')], instant(0)))
    clearInterval(timer)
    expect(await holder.ended).toBe(0)
    return { turns, position: entry?.position }
  }

  test('is waited for without blocking the event loop', async () => {
    const { turns, position } = await meanwhile((log) => log)
    expect(position).toBe(1)
    expect(turns).toBeGreaterThan(5)
  })

  test('a log that waits for it by itself is caught', async () => {
    const insistent = (log: Log) =>
      alter(log, () => ({
        transact: (job) => {
          for (;;) {
            try {
              return log.transact(job)
            } catch (error) {
              if (!isRashomonError(error, 'log-busy')) throw error
            }
          }
        },
      }))
    const { turns, position } = await meanwhile(insistent)
    expect(position).toBe(1)
    expect(turns).toBeLessThanOrEqual(5)
  })

  test('is given up with `log-busy`, and reads go on all the while', async () => {
    const file = join(folder(), 'log.db')
    const log = openLog(file)
    const holder = work(['hold', file, 'holder', 600])
    await holder.printed('held')
    const writer = createWriter(log, { retryFor: 60 })
    const run = writer.run((own) => own.append([sealed('a')], instant(0)))
    expect(log.head()).toBe(0)
    await expect(run).rejects.toMatchObject({ code: 'log-busy' })
    await holder.ended
    expect(await writer.run((own) => own.head())).toBe(0)
  })
})
