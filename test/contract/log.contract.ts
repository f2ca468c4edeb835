/** The duties of src/log/contract.ts, each as a check that any log passes and a broken one does not. */

import { fc } from '@fast-check/vitest'
import { assert, expect } from 'vitest'
import { RashomonError } from '../../src/errors.js'
import type { Entry, Log, Transaction } from '../../src/log/contract.js'
import { instant } from '../../src/time/instant.js'
import { NOWHERE, position } from '../../src/time/position.js'
import { commit, leafHash, sealed } from '../log/support.js'

export interface Duty {
  readonly duty: string
  /** Throws where an empty, open log does not do its duty. `fresh` makes another. */
  readonly check: (fresh: () => Log) => void
}

/** Commits of reports under a clock that jumps, as a generated history. */
const histories = fc.array(
  fc.record({
    now: fc.integer({ min: -5, max: 5 }).map((hours) => hours * 3_600_000),
    reports: fc.array(
      fc.record({
        bytes: fc.uint8Array({ maxLength: 40 }),
        parts: fc.uniqueArray(fc.constantFrom('citation', 'summary', 'outline'), { maxLength: 3 }),
        merged: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  { maxLength: 8 },
)

type History = typeof histories extends fc.Arbitrary<infer T> ? T : never

const sealedAs = (id: string, report: History[number]['reports'][number]) =>
  sealed(id, {
    bytes: report.bytes,
    parts: report.parts.map((name, index) => ({
      name,
      salt: new Uint8Array([index]),
      bytes: new TextEncoder().encode(`${id} ${name}`),
    })),
    ...(report.merged
      ? { from: { log: 'other', position: position(7), recorded: instant(-1) } }
      : {}),
  })

/** Replays a history and returns what each append answered, with what was given. */
function replay(log: Log, history: History) {
  let count = 0
  return history.map(({ now, reports }) => {
    const given = reports.map((report) => sealedAs(`r${++count}`, report))
    const entries = log.transact((transaction) => transaction.append(given, instant(now)))
    return { now, given, entries }
  })
}

/** Checks a duty over generated histories, each in a log of its own. */
function always(check: (log: Log, history: History) => void) {
  return (fresh: () => Log) =>
    fc.assert(
      fc.property(histories, (history) => {
        const log = fresh()
        check(log, history)
        log.close()
      }),
      { numRuns: 25 },
    )
}

const once = (check: (log: Log) => void) => (fresh: () => Log) => {
  const log = fresh()
  check(log)
  log.close()
}

const all = (log: Log) => [...log.read(NOWHERE)]
const ids = (entries: Iterable<Entry>) => [...entries].map((entry) => entry.id)

/** Expects a refusal with this code. */
export function refused(code: string, action: () => unknown): RashomonError {
  try {
    action()
  } catch (error) {
    assert(error instanceof RashomonError, `not typed: ${String(error)}`)
    expect(error.code).toBe(code)
    return error
  }
  assert.fail(`${code} was expected, nothing was refused`)
}

export const duties: readonly Duty[] = [
  {
    duty: 'positions are 1, 2, 3 … in commit order',
    check: always((log, history) => {
      const answered = replay(log, history).flatMap(({ entries }) => entries)
      const dense = answered.map((_, index) => index + 1)
      expect(answered.map((entry) => entry.position)).toEqual(dense)
      expect(all(log).map((entry) => entry.position)).toEqual(dense)
      expect(log.head()).toBe(dense.length)
    }),
  },
  {
    duty: 'the entries of one commit carry the position of its last',
    check: always((log, history) => {
      for (const { entries } of replay(log, history)) {
        const last = entries.at(-1)?.position
        expect(entries.map((entry) => entry.commit)).toEqual(entries.map(() => last))
      }
    }),
  },
  {
    duty: 'two appends in one transaction are two commits',
    check: once((log) => {
      log.transact((transaction) => {
        transaction.append([sealed('a'), sealed('b')], instant(0))
        transaction.append([sealed('c')], instant(0))
      })
      expect(all(log).map((entry) => entry.commit)).toEqual([2, 2, 3])
    }),
  },
  {
    duty: 'work that throws leaves nothing behind, and the next goes on behind what stood',
    check: once((log) => {
      commit(log, ['a'])
      const work = (transaction: Transaction) => {
        transaction.append([sealed('b'), sealed('c')], instant(5))
        throw new TypeError('thought better of it')
      }
      expect(() => log.transact(work)).toThrow(TypeError)
      expect(ids(all(log))).toEqual(['a'])
      expect(log.find('b')).toBeUndefined()
      expect(log.parts(position(2))).toEqual([])
      expect(commit(log, ['b']).map((entry) => entry.position)).toEqual([2])
    }),
  },
  {
    duty: 'work that returns a promise is refused and taken back',
    check: once((log) => {
      const later = async (transaction: Transaction) => {
        transaction.append([sealed('a')], instant(0))
      }
      const thenable = (transaction: Transaction) => {
        transaction.append([sealed('a')], instant(0))
        // biome-ignore lint/suspicious/noThenProperty: what is refused
        return { then: (done: () => void) => done() }
      }
      refused('usage', () => log.transact(later))
      refused('usage', () => log.transact(thenable))
      expect(log.head()).toBe(0)
    }),
  },
  {
    duty: 'an id is held once: the second is refused, and nothing of its commit is kept',
    check: once((log) => {
      commit(log, ['a', 'b'])
      const error = refused('id-taken', () => commit(log, ['c', 'b']))
      expect(error.data).toEqual({ id: 'b', position: 2 })
      expect(error.place).toMatchObject({ report: 1, field: 'id' })
      expect(ids(all(log))).toEqual(['a', 'b'])
    }),
  },
  {
    duty: 'an id given twice in one commit is refused',
    check: once((log) => {
      refused('id-taken', () => commit(log, ['a', 'a']))
      expect(log.head()).toBe(0)
    }),
  },
  {
    duty: 'an append that is refused has appended nothing, even if the work goes on',
    check: once((log) => {
      commit(log, ['a'])
      log.transact((transaction) => {
        refused('id-taken', () => transaction.append([sealed('b'), sealed('a')], instant(0)))
        transaction.append([sealed('c')], instant(0))
      })
      expect(ids(all(log))).toEqual(['a', 'c'])
    }),
  },
  {
    duty: 'a part is named once beside its report',
    check: once((log) => {
      const part = { name: 'citation', salt: new Uint8Array(1), bytes: new Uint8Array(1) }
      const twice = sealed('a', { parts: [part, part] })
      refused('usage', () => log.transact((own) => own.append([twice], instant(0))))
      expect(log.head()).toBe(0)
    }),
  },
  {
    duty: 'nothing given, nothing appended',
    check: once((log) => {
      expect(commit(log, [])).toEqual([])
      expect(log.head()).toBe(0)
    }),
  },
  {
    duty: 'stamps never decrease under a clock that jumps',
    check: always((log, history) => {
      let newest = Number.NEGATIVE_INFINITY
      for (const { now, entries } of replay(log, history)) {
        newest = Math.max(newest, now)
        for (const entry of entries) expect(entry.recorded).toBe(newest)
      }
      const stamps = all(log).map((entry) => entry.recorded)
      expect(stamps).toEqual([...stamps].sort((a, b) => a - b))
    }),
  },
  {
    duty: 'an entry says by how much the clock stood behind its stamp',
    check: always((log, history) => {
      for (const { now, entries } of replay(log, history))
        for (const entry of entries) expect(entry.behind).toBe(entry.recorded - now)
    }),
  },
  {
    duty: 'a stamp that is no whole number of milliseconds is refused',
    check: once((log) => {
      for (const now of [Number.NaN, 0.5, Number.POSITIVE_INFINITY, 2 ** 60])
        refused('usage', () => commit(log, ['a'], instant(now)))
      expect(log.head()).toBe(0)
    }),
  },
  {
    duty: 'bytes, hashes, provenance and leaf come back as they were given',
    check: always((log, history) => {
      for (const { given, entries } of replay(log, history)) {
        entries.forEach((entry, index) => {
          const { id, bytes, hash, from } = given[index]!
          expect(entry).toMatchObject({ id, bytes, hash })
          expect(entry.from).toEqual(from)
          const { position, recorded } = entry
          const content = { position, recorded, hash, ...(from === undefined ? {} : { from }) }
          expect(entry.leaf).toEqual(leafHash(content))
          expect(log.at(position)).toEqual(entry)
        })
      }
    }),
  },
  {
    duty: 'parts come back by name, bytes and salt as they were given',
    check: always((log, history) => {
      for (const { given, entries } of replay(log, history)) {
        entries.forEach((entry, index) => {
          const parts = [...given[index]!.parts].sort((a, b) => (a.name < b.name ? -1 : 1))
          expect(log.parts(entry.position)).toEqual(parts)
        })
      }
    }),
  },
  {
    duty: 'what is handed in or out cannot be used to change what is held',
    check: once((log) => {
      const salt = new Uint8Array([1])
      const given = sealed('a', { parts: [{ name: 'citation', salt, bytes: salt }] })
      const kept = given.bytes.slice()
      const [answer] = log.transact((own) => own.append([given], instant(0)))
      given.bytes.fill(0)
      salt.fill(9)
      answer!.bytes.fill(0)
      log.find('a')!.bytes.fill(0)
      log.parts(position(1))[0]!.bytes.fill(0)
      for (const entry of log.read(NOWHERE)) entry.bytes.fill(0)
      expect(log.at(position(1))!.bytes).toEqual(kept)
      expect(log.parts(position(1))[0]!.bytes).toEqual(new Uint8Array([1]))
    }),
  },
  {
    duty: 'a range is read after its first position, up to and with its last',
    check: always((log, history) => {
      const answered = replay(log, history).flatMap(({ entries }) => entries)
      for (let after = 0; after <= answered.length + 1; after++) {
        expect([...log.read(position(after))]).toEqual(answered.slice(after))
        for (const upTo of [0, after, after + 1, answered.length, answered.length + 3])
          expect([...log.read(position(after), position(upTo))]).toEqual(
            answered.slice(after, Math.max(after, upTo)),
          )
      }
    }),
  },
  {
    duty: 'a long read gives every entry once, in order, over any number of pages',
    check: once((log) => {
      const many = Array.from({ length: 1030 }, (_, index) => `r${index + 1}`)
      commit(log, many)
      expect(ids(log.read(NOWHERE))).toEqual(many)
      expect(ids(log.read(position(255), position(513)))).toEqual(many.slice(255, 513))
    }),
  },
  {
    duty: 'a read ends at the head of the moment it was called',
    check: once((log) => {
      commit(log, ['a', 'b'])
      const read = log.read(NOWHERE)
      commit(log, ['c'])
      expect(ids(read)).toEqual(['a', 'b'])
      const seen: string[] = []
      for (const entry of log.read(NOWHERE)) {
        seen.push(entry.id)
        if (seen.length < 10) commit(log, [`more${seen.length}`])
      }
      expect(seen).toEqual(['a', 'b', 'c'])
    }),
  },
  {
    duty: 'entries are found by id and position, and nothing else is',
    check: always((log, history) => {
      for (const { entries } of replay(log, history))
        for (const entry of entries) {
          expect(log.find(entry.id)).toEqual(entry)
          expect(log.at(entry.position)).toEqual(entry)
          expect(log.idAt(entry.position)).toBe(entry.id)
        }
      expect(log.find('nobody')).toBeUndefined()
      for (const nowhere of [0, -1, log.head() + 1]) {
        expect(log.at(position(nowhere))).toBeUndefined()
        expect(log.idAt(position(nowhere))).toBeUndefined()
        expect(log.parts(position(nowhere))).toEqual([])
      }
    }),
  },
  {
    duty: 'a transaction sees what it appended',
    check: once((log) => {
      commit(log, ['a'])
      log.transact((transaction) => {
        expect(transaction.head()).toBe(1)
        const [entry] = transaction.append([sealed('b')], instant(3))
        expect(transaction.head()).toBe(2)
        expect(transaction.find('b')).toEqual(entry)
        expect(ids(transaction.read(NOWHERE))).toEqual(['a', 'b'])
        expect(ids(transaction.read(position(1)))).toEqual(['b'])
      })
    }),
  },
  {
    duty: 'a transaction is dead once its work has ended',
    check: once((log) => {
      const kept: { transaction?: Transaction; read?: Iterable<Entry> } = {}
      log.transact((transaction) => {
        transaction.append([sealed('a')], instant(0))
        kept.transaction = transaction
        kept.read = transaction.read(NOWHERE)
      })
      const dead = kept.transaction!
      refused('usage', () => dead.append([sealed('b')], instant(0)))
      refused('usage', () => dead.head())
      refused('usage', () => dead.find('a'))
      refused('usage', () => [...dead.read(NOWHERE)])
      refused('usage', () => [...kept.read!])
      expect(log.head()).toBe(1)
    }),
  },
  {
    duty: 'a transaction inside another is refused, and the outer goes on',
    check: once((log) => {
      log.transact((transaction) => {
        refused('usage', () => commit(log, ['b']))
        refused('usage', () => log.close())
        transaction.append([sealed('a')], instant(0))
      })
      expect(ids(all(log))).toEqual(['a'])
    }),
  },
  {
    duty: 'transact returns what its work returned',
    check: once((log) => {
      expect(log.transact(() => 41)).toBe(41)
    }),
  },
  {
    duty: 'a closed log refuses everything but to be closed again',
    check: once((log) => {
      commit(log, ['a'])
      const begun = log.read(NOWHERE)
      log.close()
      log.close()
      refused('log-closed', () => log.head())
      refused('log-closed', () => log.find('a'))
      refused('log-closed', () => log.at(position(1)))
      refused('log-closed', () => log.idAt(position(1)))
      refused('log-closed', () => log.read(NOWHERE))
      refused('log-closed', () => log.parts(position(1)))
      refused('log-closed', () => log.settings())
      refused('log-closed', () => commit(log, ['b']))
      refused('log-closed', () => [...begun])
    }),
  },
]
