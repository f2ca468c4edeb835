/**
 * Power lost at every point of what a process wrote, replayed: what it had acknowledged is there.
 * What a disk may keep and lose is said in power-disk.ts; a seed repeats a run:
 * RASHOMON_SEED=… as printed.
 */
import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { instant } from '../../src/time/instant.js'
import { work } from './compiled.js'
import { judge, NAME, type Verdict } from './power-check.js'
import { type Choice, replay } from './power-replay.js'
import { type Done, doneIn, recordInto } from './power-trace.js'
import { idOf, leafHash, lineOf } from './power-words.js'
import { folder, LONG, openLog, sealed, withoutStrace } from './support.js'

const SEED = Number(process.env.RASHOMON_SEED ?? Math.floor(Math.random() * 2 ** 31))
const ROUNDS = LONG ? 100 : 40
/** What is replayed of a log, and of each log that does what none may do. */
const SOUND = { seed: SEED, draws: 5, most: LONG ? 5000 : 500 }
const BROKEN = { seed: SEED, draws: 2, most: LONG ? 500 : 150 }

/** What a process did that appended under `synchronous`, on a disk of its own. */
async function recorded(synchronous: string): Promise<Done[]> {
  const where = realpathSync(folder())
  const trace = join(where, 'trace')
  const args = [join(where, NAME), SEED, ROUNDS, synchronous]
  const worker = work(args, recordInto(trace), 'power-worker')
  expect(await worker.ended).toBe(0)
  return doneIn(where, readFileSync(trace, 'latin1'))
}

/** Replays what a process did, and prints how much of it was replayed. */
async function replayed(synchronous: string, choice: Choice) {
  const done = await recorded(synchronous)
  const found = await replay(done, choice)
  const { states, of, lost, faulty } = found
  const came = `${lost.length} lost what was acknowledged, ${faulty.length} were no sound log`
  console.log(`${synchronous}: ${states} of ${of} states replayed, ${came}; RASHOMON_SEED=${SEED}`)
  return { done, ...found }
}

/** How often the log's own file was synced after the log was made: once a checkpoint. */
function checkpoints(done: readonly Done[]): number {
  const opened = done.findIndex((one) => one.what === 'printed')
  const file = done.find((one) => one.what === 'made' && one.name === NAME)
  return done
    .slice(opened)
    .filter((one) => one.what === 'synced' && file?.what === 'made' && one.file === file.file)
    .length
}

describe('when power is lost', { timeout: LONG ? 3_600_000 : 60_000 }, () => {
  beforeEach(({ skip }) => {
    const reason = withoutStrace()
    if (reason !== undefined) skip(reason)
  })

  test('a log opens, whole, with everything that it acknowledged', async () => {
    const { done, states, lost, faulty } = await replayed('FULL', SOUND)
    expect(lost).toEqual([])
    expect(faulty).toEqual([])
    expect(states).toBeGreaterThan(SOUND.most)
    expect(checkpoints(done)).toBeGreaterThan(3)
  })

  test('a log that commits under NORMAL is caught losing what it acknowledged', async () => {
    const { lost } = await replayed('NORMAL', BROKEN)
    expect(lost).not.toEqual([])
  })

  test('a log that never syncs is caught damaged', async () => {
    const { faulty } = await replayed('OFF', BROKEN)
    expect(faulty).not.toEqual([])
  })
})

describe('what is judged', () => {
  /** A log of two commits, its file altered behind its back, and what is said of it. */
  function judged(alteration: string): Verdict {
    const file = join(folder(), NAME)
    const log = openLog(file, { leafHash })
    const printed = [`opened ${log.id}`]
    for (const size of [2, 3]) {
      const reports = Array.from({ length: size }, (_, index) => sealed(idOf(size, index, size)))
      const entries = log.transact((own) => own.append(reports, instant(size)))
      printed.push(...entries.map((entry) => lineOf(entry, [])))
    }
    log.close()
    const raw = new Database(file)
    const triggers = raw.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all()
    for (const { name } of triggers as { name: string }[]) raw.exec(`DROP TRIGGER ${name}`)
    raw.exec(alteration)
    for (const { sql } of triggers as { sql: string }[]) raw.exec(sql)
    raw.close()
    return judge(new Map([[NAME, readFileSync(file)]]), printed)
  }

  test('is sound when nothing was altered', () => {
    expect(judged('')).toEqual({ lost: [], faults: [] })
  })

  test.for([
    ['a byte changed', "UPDATE entries SET bytes = x'00' WHERE position = 2"],
    ['a leaf changed', 'UPDATE entries SET leaf = hash WHERE position = 2'],
    ['half a commit gone', 'DELETE FROM entries WHERE position = 5'],
    ['a gap', 'DELETE FROM entries WHERE position = 2'],
    ['another log', "UPDATE meta SET value = 'other'"],
  ] as const)('shows %s', ([what, alteration]) => {
    const verdict = judged(alteration)
    expect(verdict.lost).toHaveLength(1)
    expect(verdict.faults.length > 0).toBe(what !== 'another log')
  })
})
