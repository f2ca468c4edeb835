/**
 * Group commit: jobs that wait at once share one transaction, and nobody is answered before it
 * is committed. A held log is waited for on timers, so that the event loop is never blocked.
 *
 *   run(job) ──▶ waiting ──setImmediate──▶ transact(all that wait) ──COMMIT──▶ answers
 *                   ▲                            │ log-busy
 *                   └────────── backoff ─────────┘
 *
 * A job that throws before it has appended fails alone. One that throws after it has appended
 * takes the transaction back, and the others are run again without it. A job may therefore run
 * more than once; only its last run counts.
 */

import { isRashomonError, RashomonError } from '../errors.js'
import type { Log, Transaction } from './contract.js'
import { refusePromise } from './stamp.js'

export interface WriterOptions {
  /** Milliseconds for which a busy log is tried again; 10,000 unless said. */
  readonly retryFor?: number
  /** A monotonic clock in milliseconds. */
  readonly clock?: () => number
  /** Told after jobs have run and been taken back, before any of them is run again. */
  readonly onRollback?: () => void
}

export interface Writer {
  /**
   * Runs a job in a transaction, perhaps with others, and answers with what it returned once
   * that is durable. Errors: the job's own; `log-busy` after `retryFor`; `log-full`,
   * `log-failed`, `log-damaged`, `log-readonly`, `log-closed`.
   */
  run<T>(job: (transaction: Transaction) => T): Promise<T>
  /** Refuses later runs and resolves when all that wait are answered; the log stays open. */
  close(): Promise<void>
}

interface Job {
  readonly work: (transaction: Transaction) => unknown
  readonly since: number
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** What a job will be told once the transaction is committed. */
type Outcome = { readonly value: unknown } | { readonly error: unknown }

/** Most jobs that share one transaction: a bound on how long the event loop waits for it. */
const MOST = 1024

/** Milliseconds between tries of a busy log. */
const BACKOFF = [2, 5, 10, 20, 40, 80, 100] as const

/** Makes the one writer of a log in this process. */
export function createWriter(log: Log, options: WriterOptions = {}): Writer {
  const { retryFor = 10_000, clock = () => performance.now(), onRollback = () => {} } = options
  let waiting: Job[] = []
  let scheduled = false
  let tries = 0
  let closed = false
  let broken: unknown
  let whenIdle: (() => void)[] = []

  const schedule = () => {
    if (scheduled) return
    scheduled = true
    setImmediate(flush)
  }

  const flush = () => {
    const group = waiting.slice(0, MOST)
    waiting = waiting.slice(MOST)
    try {
      const outcomes = commitGroup(log, group, onRollback)
      tries = 0
      for (const [job, outcome] of outcomes) {
        if ('error' in outcome) job.reject(outcome.error)
        else job.resolve(outcome.value)
      }
    } catch (error) {
      if (isRashomonError(error, 'log-busy')) putOff(group, error)
      else fail(group, error)
    }
    next()
  }

  /** Puts a group back at the front, but for those that have waited long enough. */
  const putOff = (group: readonly Job[], error: RashomonError) => {
    const now = clock()
    const patient = group.filter((job) => now - job.since < retryFor)
    for (const job of group) if (now - job.since >= retryFor) job.reject(error)
    waiting = [...patient, ...waiting]
    tries++
  }

  const fail = (group: readonly Job[], error: unknown) => {
    tries = 0
    if (isRashomonError(error, 'log-failed') || isRashomonError(error, 'log-damaged')) {
      broken = error
      for (const job of waiting) job.reject(error)
      waiting = []
    }
    for (const job of group) job.reject(error)
  }

  const next = () => {
    if (waiting.length > 0) {
      if (tries === 0) setImmediate(flush)
      else setTimeout(flush, BACKOFF[Math.min(tries, BACKOFF.length) - 1])
      return
    }
    scheduled = false
    tries = 0
    for (const tell of whenIdle) tell()
    whenIdle = []
  }

  return {
    run<T>(work: (transaction: Transaction) => T): Promise<T> {
      if (closed) return Promise.reject(new RashomonError('log-closed', 'the writer is closed'))
      if (broken !== undefined) return Promise.reject(broken)
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, since: clock(), resolve: resolve as Job['resolve'], reject })
        schedule()
      })
    },
    close() {
      closed = true
      if (!scheduled) return Promise.resolve()
      return new Promise((resolve) => whenIdle.push(resolve))
    },
  }
}

/** Carries the job that takes a transaction back. */
class Spoiled {
  constructor(
    readonly job: Job,
    readonly error: unknown,
  ) {}
}

/**
 * Commits what the jobs append as one transaction, without those that throw after they have
 * appended, and returns what each is to be told. Throws what the store failed with, after which
 * nothing of the group is there.
 */
function commitGroup(
  log: Log,
  group: readonly Job[],
  onRollback: () => void,
): ReadonlyMap<Job, Outcome> {
  const left = new Map<Job, Outcome>()
  for (;;) {
    const outcomes = new Map<Job, Outcome>()
    let appended = false
    const onAppend = () => {
      appended = true
    }
    try {
      log.transact((transaction) => {
        for (const job of group) {
          if (!left.has(job)) outcomes.set(job, runJob(job, transaction, onAppend))
        }
      })
      return new Map([...left, ...outcomes])
    } catch (error) {
      // A job that the store failed has no outcome, and may have told of what it appended.
      if (appended || outcomes.size > 0) onRollback()
      if (!(error instanceof Spoiled)) throw error
      left.set(error.job, { error: error.error })
      if (left.size === group.length) return left
    }
  }
}

/** Runs one job; throws where the whole transaction has to be taken back. */
function runJob(job: Job, transaction: Transaction, onAppend: () => void): Outcome {
  let appended = false
  const watched: Transaction = {
    head: () => transaction.head(),
    find: (id) => transaction.find(id),
    read: (after) => transaction.read(after),
    append: (sealed, now) => {
      const entries = transaction.append(sealed, now)
      if (entries.length > 0) {
        appended = true
        onAppend()
      }
      return entries
    },
  }
  try {
    const value = job.work(watched)
    refusePromise(value)
    return { value }
  } catch (error) {
    if (isRashomonError(error) && error.category === 'store') throw error
    if (appended) throw new Spoiled(job, error)
    return { error }
  }
}
