import { join } from 'node:path'
import { fc } from '@fast-check/vitest'
import { assert, describe, expect, test, vi } from 'vitest'
import { type ErrorCode, isRashomonError, RashomonError } from '../../src/errors.js'
import type { Log, Transaction } from '../../src/log/contract.js'
import { createMemoryLog } from '../../src/log/memory.js'
import { createWriter, type Writer } from '../../src/log/writer.js'
import { instant } from '../../src/time/instant.js'
import { NOWHERE } from '../../src/time/position.js'
import { alter, alterTransaction, folder, leafHash, openLog, sealed } from './support.js'

const fresh = () => createMemoryLog({ leafHash })
const ids = (log: Log) => [...log.read(NOWHERE)].map((entry) => entry.id)
const append = (id: string) => (own: Transaction) => own.append([sealed(id)], instant(0))[0]!

/** What a promise came to. */
async function outcome(promise: Promise<unknown>) {
  try {
    return { value: await promise }
  } catch (error) {
    return { error: isRashomonError(error) ? error.code : (error as Error).message }
  }
}

/** Counts transactions, and lets the `fails` first of them fail after their work or before it. */
function counted(log: Log, fails = 0, code: ErrorCode = 'log-busy', when = 'before') {
  const count = { transactions: 0 }
  const fail = () => {
    throw new RashomonError(code, 'told to fail')
  }
  const own = alter(log, () => ({
    transact: (work) => {
      const failing = ++count.transactions <= fails
      if (failing && when === 'before') fail()
      return log.transact((transaction) => {
        const result = work(transaction)
        if (failing) fail()
        return result
      })
    },
  }))
  return { log: own, count }
}

type Make = (log: Log) => Writer

/** What jobs of each manner do, and what must come of each. */
const MANNERS = {
  appends: (id: string) => append(id),
  'appends two commits': (id: string) => (own: Transaction) => {
    append(`${id}.1`)(own)
    return append(id)(own)
  },
  'only reads': () => (own: Transaction) => own.head(),
  'throws first': () => () => {
    throw new Error('throws first')
  },
  'throws after appending': (id: string) => (own: Transaction) => {
    append(id)(own)
    throw new Error('throws after appending')
  },
  'repeats an id': () => (own: Transaction) => {
    if (own.find('held') === undefined) append('held')(own)
    append('held')(own)
  },
  'returns a promise': (id: string) => async (own: Transaction) => append(id)(own),
} as const

type Manner = keyof typeof MANNERS
const SPOILS = new Set<Manner>(['throws after appending', 'returns a promise', 'repeats an id'])
const KEEPS = new Set<Manner>(['appends', 'appends two commits'])

/** Jobs of any manners, run at once: who fails, fails alone; the rest is committed together. */
const together = (make: Make) =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...(Object.keys(MANNERS) as Manner[])), { maxLength: 30 }),
      async (manners) => {
        const { log, count } = counted(fresh())
        const writer = make(log)
        const answers = await Promise.all(
          manners.map((manner, index) => outcome(writer.run(MANNERS[manner](`j${index}`)))),
        )
        answers.forEach((answer, index) => {
          const manner = manners[index]!
          if (KEEPS.has(manner)) expect(answer).toMatchObject({ value: { id: `j${index}` } })
          else if (manner === 'only reads') expect(answer).toHaveProperty('value')
          else if (manner === 'repeats an id') expect(answer).toEqual({ error: 'id-taken' })
          else if (manner === 'returns a promise') expect(answer).toEqual({ error: 'usage' })
          else expect(answer).toEqual({ error: manner })
        })
        const kept = manners.flatMap((manner, index) =>
          manner === 'appends two commits'
            ? [`j${index}.1`, `j${index}`]
            : manner === 'appends'
              ? [`j${index}`]
              : [],
        )
        expect(ids(log)).toEqual(kept)
        const spoilt = manners.filter((manner) => SPOILS.has(manner)).length
        expect(count.transactions).toBeLessThanOrEqual(1 + spoilt)
      },
    ),
    { numRuns: 60 },
  )

/** A commit that fails answers nobody with success and is told to the owner. */
const unanswered = async (make: (log: Log, onRollback: () => void) => Writer) => {
  const { log } = counted(fresh(), 1, 'log-full', 'after')
  const onRollback = vi.fn()
  const writer = make(log, onRollback)
  const throwing = writer.run(() => {
    throw new Error('first')
  })
  const answers = await Promise.all(
    [writer.run(append('a')), throwing, writer.run(append('b'))].map(outcome),
  )
  expect(answers).toEqual(['log-full', 'log-full', 'log-full'].map((error) => ({ error })))
  expect(ids(log)).toEqual([])
  expect(onRollback).toHaveBeenCalledTimes(1)
  expect(await writer.run(append('a'))).toMatchObject({ position: 1 })
}

/** Whether a check that must fail for a broken writer does. */
async function caught(check: Promise<void>) {
  const error = await check.then(
    () => assert.fail('the broken writer passed'),
    (reason: Error) => reason,
  )
  expect(((error.cause as Error | undefined) ?? error).name).toBe('AssertionError')
}

const notClosing = { close: async () => {} }

/** Every job in a transaction of its own. */
const oneByOne: Make = (log) => ({ ...notClosing, run: async (job) => log.transact(job) })

/** All jobs in one transaction; one that throws takes all of them with it. */
const allFail: Make = (log) => {
  const writer = createWriter(
    alter(log, () => ({
      transact: (work) => {
        let error: unknown
        const result = log.transact((own) => {
          try {
            return work(own)
          } catch (reason) {
            error = reason
            throw new RashomonError('log-full', String(reason))
          }
        })
        if (error !== undefined) throw error
        return result
      },
    })),
  )
  return writer
}

/** Answers as soon as a job has run. */
const early: Make = (log) => {
  const writer = createWriter(log)
  return {
    ...notClosing,
    run: (job) =>
      new Promise((resolve, reject) => {
        writer.run((own) => resolve(job(own))).catch(reject)
      }),
  }
}

describe('jobs that wait at once', () => {
  test('share a transaction, and who fails, fails alone', () => together(createWriter))

  test('a writer that commits them one by one is caught', () => caught(together(oneByOne)))

  test('a writer in which one takes all with it is caught', () => caught(together(allFail)))

  test('are answered after COMMIT, or not at all', () =>
    unanswered((log, onRollback) => createWriter(log, { onRollback })))

  test('a writer that answers before COMMIT is caught', () => caught(unanswered(early)))

  test('lead to far fewer syncs than jobs, on a file too', async () => {
    const { log, count } = counted(openLog(join(folder(), 'log.db')))
    const writer = createWriter(log)
    const entries = await Promise.all(
      Array.from({ length: 3000 }, (_, index) => writer.run(append(`r${index}`))),
    )
    expect(entries.map((entry) => entry.position)).toEqual(entries.map((_, index) => index + 1))
    expect(count.transactions).toBeLessThanOrEqual(3)
  })

  test('see what those ahead of them appended', async () => {
    const writer = createWriter(fresh())
    const heads = [1, 2, 3].map((n) =>
      writer.run((own) => {
        const before = own.head()
        append(`r${n}`)(own)
        return before
      }),
    )
    expect(await Promise.all(heads)).toEqual([0, 1, 2])
  })

  test('are run again after one has spoilt the transaction, once the owner has been told', async () => {
    const happened: string[] = []
    const writer = createWriter(fresh(), { onRollback: () => happened.push('rollback') })
    const job = (name: string) => (own: Transaction) => {
      happened.push(name)
      append(name)(own)
      if (name === 'b') throw new Error('b')
    }
    await Promise.all(['a', 'b', 'c'].map((name) => outcome(writer.run(job(name)))))
    expect(happened).toEqual(['a', 'b', 'rollback', 'a', 'c'])
  })
})

describe('a failure of the store', () => {
  test('in a job that has appended is told to the owner, who may hold what is not there', async () => {
    const onRollback = vi.fn()
    const log = fresh()
    const writer = createWriter(log, { onRollback })
    await outcome(
      writer.run((own) => {
        append('a')(own)
        throw new RashomonError('log-full', 'no room')
      }),
    )
    expect(onRollback).toHaveBeenCalledTimes(1)
    expect(log.head()).toBe(0)
  })
})

describe('a busy log', () => {
  test('is tried again on timers until it is free, and nothing ran meanwhile', async () => {
    const { log, count } = counted(fresh(), 5)
    const onRollback = vi.fn()
    const writer = createWriter(log, { onRollback })
    expect(await writer.run(append('a'))).toMatchObject({ position: 1 })
    expect(count.transactions).toBe(6)
    expect(onRollback).not.toHaveBeenCalled()
  })

  test('is given up after `retryFor`, each job after its own', async () => {
    let now = 0
    const { log } = counted(fresh(), Number.POSITIVE_INFINITY)
    const writer = createWriter(
      alter(log, () => ({
        transact: (work) => {
          now += 30
          return log.transact(work)
        },
      })),
      { retryFor: 100, clock: () => now },
    )
    const answered: [string, number][] = []
    const run = (name: string) =>
      outcome(writer.run(append(name))).then((answer) => {
        expect(answer).toEqual({ error: 'log-busy' })
        answered.push([name, now])
      })
    const first = run('a')
    while (now < 60) await new Promise((done) => setTimeout(done, 1))
    await Promise.all([first, run('b')])
    expect(answered).toEqual([
      ['a', 120],
      ['b', expect.toSatisfy((at: number) => at >= 160 && at <= 210)],
    ])
  })

  test('is tried once more at the next run', async () => {
    const { log } = counted(fresh(), 1)
    const writer = createWriter(log, { retryFor: 0 })
    expect(await outcome(writer.run(append('a')))).toEqual({ error: 'log-busy' })
    expect(await outcome(writer.run(append('a')))).toMatchObject({ value: { position: 1 } })
  })
})

describe('a log that fails', () => {
  test.each(['log-failed', 'log-damaged'] as const)('%s ends writing', async (code) => {
    const { log, count } = counted(fresh(), 1, code, 'after')
    const writer = createWriter(log)
    const answers = await Promise.all(['a', 'b'].map((id) => outcome(writer.run(append(id)))))
    expect(answers).toEqual([{ error: code }, { error: code }])
    expect(await outcome(writer.run(append('c')))).toEqual({ error: code })
    expect(count.transactions).toBe(1)
    expect(ids(log)).toEqual([])
  })

  test('inside a job fails the whole group, whatever the job makes of it', async () => {
    const log = alterTransaction(fresh(), (own) => ({
      append: (reports, now) => {
        if (reports[0]?.id === 'b') throw new RashomonError('log-full', 'told to fail')
        return own.append(reports, now)
      },
    }))
    const writer = createWriter(log)
    const answers = await Promise.all(['a', 'b', 'c'].map((id) => outcome(writer.run(append(id)))))
    expect(answers).toEqual(['log-full', 'log-full', 'log-full'].map((error) => ({ error })))
    expect(ids(log)).toEqual([])
  })
})

describe('closing', () => {
  test('answers those that wait and refuses those that come', async () => {
    const { log } = counted(fresh(), 3)
    const writer = createWriter(log)
    const waiting = writer.run(append('a'))
    const closed = writer.close()
    expect(await outcome(writer.run(append('b')))).toEqual({ error: 'log-closed' })
    await closed
    expect(ids(log)).toEqual(['a'])
    expect(await waiting).toMatchObject({ position: 1 })
    await writer.close()
    expect(log.head()).toBe(1)
  })
})
