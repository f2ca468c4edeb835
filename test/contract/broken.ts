/** Broken logs: for each duty at least one that the duty's check must catch. */
import { isRashomonError } from '../../src/errors.js'
import type { Entry, Log, Sealed, Transaction } from '../../src/log/contract.js'
import type { Instant } from '../../src/time/instant.js'
import { position } from '../../src/time/position.js'
import { alter, alterTransaction } from '../log/support.js'

type Break = (log: Log) => Log

/** Alters every entry on its way out. */
const entries =
  (change: (entry: Entry) => Entry): Break =>
  (log) => {
    const walk = function* (from: Iterable<Entry>) {
      for (const entry of from) yield change(entry)
    }
    const maybe = (entry: Entry | undefined) => (entry === undefined ? entry : change(entry))
    return alter(
      alterTransaction(log, (own) => ({
        append: (reports, now) => own.append(reports, now).map(change),
        read: (after) => walk(own.read(after)),
        find: (id) => maybe(own.find(id)),
      })),
      (altered) => ({
        transact: (work) => altered.transact(work),
        find: (id) => maybe(log.find(id)),
        at: (where) => maybe(log.at(where)),
        read: (after, upTo) => walk(log.read(after, upTo)),
      }),
    )
  }

/** Alters how a transaction appends. */
const appending =
  (append: (own: Transaction, reports: readonly Sealed[], now: Instant) => Entry[]): Break =>
  (log) =>
    alterTransaction(log, (own) => ({ append: (reports, now) => append(own, reports, now) }))

/** Work that fails is committed all the same, and then the failure is told. */
const keepsHalf: Break = (log) =>
  alter(log, () => ({
    transact: (work) => {
      let failed: { error: unknown } | undefined
      const result = log.transact((own) => {
        try {
          return { value: work(own) }
        } catch (error) {
          failed = { error }
          return undefined
        }
      })
      if (failed !== undefined) throw failed.error
      return result!.value
    },
  }))

const swallowing = (code: 'id-taken' | 'usage' | 'log-closed', instead: () => unknown): Break => {
  const swallow = <T>(action: () => T): T => {
    try {
      return action()
    } catch (error) {
      if (isRashomonError(error, code)) return instead() as T
      throw error
    }
  }
  return (log) =>
    alter(
      alterTransaction(log, (own) => ({
        append: (reports, now) => swallow(() => own.append(reports, now)),
        head: () => swallow(() => own.head()),
      })),
      (altered) => ({
        transact: (work) => swallow(() => altered.transact(work)),
        head: () => swallow(() => log.head()),
      }),
    )
}

/** Hands out one and the same object for a position, and the caller's own bytes. */
const shares: Break = (log) => {
  const shared = new Map<number, Entry>()
  return entries((entry) => {
    const first = shared.get(entry.position) ?? entry
    shared.set(entry.position, first)
    return first
  })(log)
}

export const broken: Readonly<Record<string, readonly Break[]>> = {
  'positions are 1, 2, 3 … in commit order': [
    entries((entry) => ({
      ...entry,
      position: position(entry.position > 2 ? entry.position + 1 : entry.position),
    })),
  ],
  'the entries of one commit carry the position of its last': [
    entries((entry) => ({ ...entry, commit: entry.position })),
  ],
  'two appends in one transaction are two commits': [
    entries((entry) => ({ ...entry, commit: position(3) })),
  ],
  'work that throws leaves nothing behind, and the next goes on behind what stood': [keepsHalf],
  'work that returns a promise is refused and taken back': [
    (log) =>
      alter(log, () => ({
        transact: (work) => log.transact((own) => ({ value: work(own) })).value,
      })),
  ],
  'an id is held once: the second is refused, and nothing of its commit is kept': [
    swallowing('id-taken', () => []),
    appending((own, reports, now) =>
      own.append(
        reports.map((report) =>
          own.find(report.id) === undefined ? report : { ...report, id: `${report.id} again` },
        ),
        now,
      ),
    ),
  ],
  'an id given twice in one commit is refused': [
    appending((own, reports, now) =>
      own.append([...new Map(reports.map((report) => [report.id, report])).values()], now),
    ),
  ],
  'an append that is refused has appended nothing, even if the work goes on': [
    appending((own, reports, now) => reports.flatMap((report) => own.append([report], now))),
  ],
  'a part is named once beside its report': [
    appending((own, reports, now) =>
      own.append(
        reports.map((report) => ({ ...report, parts: report.parts.slice(0, 1) })),
        now,
      ),
    ),
  ],
  'nothing given, nothing appended': [
    appending((own, reports, now) =>
      reports.length > 0
        ? own.append(reports, now)
        : own.append(
            [{ id: 'x', bytes: new Uint8Array(), hash: new Uint8Array(), parts: [] }],
            now,
          ),
    ),
  ],
  'stamps never decrease under a clock that jumps': [
    entries((entry) => ({ ...entry, recorded: (entry.recorded - entry.behind) as Instant })),
  ],
  'an entry says by how much the clock stood behind its stamp': [
    entries((entry) => ({ ...entry, behind: 0 })),
  ],
  'a stamp that is no whole number of milliseconds is refused': [
    appending((own, reports, now) =>
      own.append(reports, (Number.isFinite(now) ? Math.floor(now) % 1000 : 0) as Instant),
    ),
  ],
  'bytes, hashes, provenance and leaf come back as they were given': [
    entries((entry) => ({ ...entry, bytes: Uint8Array.from([...entry.bytes, 10]) })),
    entries(({ from: _, ...entry }) => entry),
    entries((entry) => ({ ...entry, leaf: entry.hash })),
  ],
  'parts come back by name, bytes and salt as they were given': [
    (log) => alter(log, () => ({ parts: (where) => [...log.parts(where)].reverse() })),
    (log) => alter(log, () => ({ parts: () => [] })),
  ],
  'what is handed in or out cannot be used to change what is held': [shares],
  'a range is read after its first position, up to and with its last': [
    (log) =>
      alter(log, () => ({
        read: (after, upTo) => log.read(position(Math.max(after - 1, 0)), upTo),
      })),
    (log) =>
      alter(log, () => ({
        read: (after, upTo) => log.read(after, position((upTo ?? log.head() + 1) - 1)),
      })),
  ],
  'a long read gives every entry once, in order, over any number of pages': [
    (log) =>
      alter(log, () => ({ read: (after) => log.read(after, position(Math.max(after, 0) + 256)) })),
  ],
  'a read ends at the head of the moment it was called': [
    (log) =>
      alter(log, () => ({
        *read(after, upTo) {
          yield* log.read(after, upTo)
        },
      })),
    (log) =>
      alter(log, () => ({
        *read(after) {
          for (let at = after + 1; at <= log.head(); at++) yield log.at(position(at))!
        },
      })),
  ],
  'entries are found by id and position, and nothing else is': [
    (log) => alter(log, () => ({ find: () => undefined })),
    (log) => alter(log, () => ({ at: (where) => log.at(position(Math.max(where, 1))) })),
    (log) => alter(log, () => ({ idAt: (where) => log.idAt(position(Math.max(where, 1))) })),
    (log) => alter(log, () => ({ idAt: (where) => log.idAt(position(where + 1)) })),
  ],
  'a transaction sees what it appended': [
    (log) =>
      alter(log, () => ({
        transact: (work) => {
          const before = log.head()
          return alterTransaction(log, () => ({ head: () => before })).transact(work)
        },
      })),
    (log) => alterTransaction(log, () => ({ find: () => undefined })),
  ],
  'a transaction is dead once its work has ended': [
    (log) => alterTransaction(log, () => ({ head: () => log.head() })),
  ],
  'a transaction inside another is refused, and the outer goes on': [
    (log) => {
      let outer: Transaction | undefined
      return alter(log, () => ({
        transact: (work) => {
          if (outer !== undefined) return work(outer)
          return log.transact((own) => {
            outer = own
            try {
              return work(own)
            } finally {
              outer = undefined
            }
          })
        },
      }))
    },
  ],
  'transact returns what its work returned': [
    (log) =>
      alter(log, () => ({
        transact: (work) => {
          log.transact((own) => {
            work(own)
          })
          return undefined as never
        },
      })),
  ],
  'a closed log refuses everything but to be closed again': [
    (log) => alter(log, () => ({ close: () => {} })),
    swallowing('log-closed', () => 0),
  ],
}
