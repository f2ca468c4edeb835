/**
 * Law 7, cache: what is kept in memory or beside the log, after any appends and reads, after
 * reopening and after a crash at any point, answers as one full fold of the log does.
 */
import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import type { Reading } from '../../reading/types.js'
import type { History } from '../arbitraries-input.js'
import { readings } from '../arbitraries-readings.js'
import { answersAt, holds, sameAnswers, statesAt } from './answers.js'
import { Bench, type Subject } from './subject.js'

export interface Crash {
  /** During which commit, counted from the last. */
  readonly back: number
  /** How much of the log's unsettled writes reached the disk: 0 none, 1 all. */
  readonly written: number
}

export function cache(subject: Subject) {
  const cases = subject.histories().chain((history) =>
    fc.record({
      history: fc.constant(history),
      crash: fc.record({
        back: fc.nat({ max: history.commits.length - 1 }),
        written: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      reading: readings(history).map(({ known: _, ...reading }): Reading => reading),
    }),
  )
  return fc.asyncProperty(cases, ({ history, crash, reading }) =>
    foldsAlike(subject, history, crash, reading),
  )
}

/** Whether an engine that grew, one that was reopened, and one that crashed and was fed again answer alike. */
export async function foldsAlike(
  subject: Subject,
  history: History,
  { back, written }: Crash,
  reading: Reading,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rashomon-cache-'))
  const open: Bench[] = []
  const opened = async (name: string) => {
    const bench = await Bench.open(subject, join(folder, name))
    open.push(bench)
    return bench
  }
  const last = history.commits.length - 1 - back
  try {
    const grown = await opened('log')
    const ends = [0]
    for (const index of history.commits.keys()) {
      await grown.write(history, index, index + 1)
      ends.push(grown.engine.head)
      statesAt(grown.engine, subject, reading)
      if (index === last) copyCut(join(folder, 'log'), join(folder, 'crashed'), written)
    }
    const full = answersAt(grown.engine, subject, reading)
    await grown.engine.close()

    const reopened = await opened('log')
    sameAnswers('reopened', full, answersAt(reopened.engine, subject, reading))

    const crashed = await opened('crashed')
    const { head } = crashed.engine
    holds(ends.slice(0, last + 2).includes(head), `a crash left ${head} entries, half a commit`)
    const known = { ...reading, known: head }
    const then = answersAt(reopened.engine, subject, known)
    sameAnswers('after a crash', then, answersAt(crashed.engine, subject, known))
    await crashed.write(history)
    const again = answersAt(crashed.engine, subject, reading)
    sameAnswers('after a crash and all of it again', full, again)
  } finally {
    for (const { engine } of open) await engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a loss of power may leave of a log's file: all that is settled, and a part of the rest. */
function copyCut(from: string, to: string, written: number): void {
  copyFileSync(from, to)
  copyFileSync(`${from}-wal`, `${to}-wal`)
  truncateSync(`${to}-wal`, Math.floor(statSync(`${from}-wal`).size * written))
}
