/**
 * Disputes over a stretch of valid time: every maximal stretch in which two accounts differ on the same
 * facets of a place, in the same kind, for the same cause and as openly or not, that lies in part within
 * what is asked for. What accounts say changes at turns alone, so it is asked there and nowhere else:
 * within what is asked for at each, beyond it as long as something that stood at its edge goes on.
 */
import { RashomonError } from '../errors.js'
import type { RegisterProjection } from '../fold/projection.js'
import type { Store } from '../fold/store.js'
import { compareUtf8 } from '../report/utf8.js'
import { type Instant, instant, printInstant } from '../time/instant.js'
import { stretchOf } from '../time/steps.js'
import { disputesBetween } from '../weigh/standing.js'
import type { Asking } from './compare.js'
import { atInstant, type Coordinates } from './coordinates.js'
import { refuseUnknownPlace } from './disputes.js'
import type { DisputeOver } from './disputes-types.js'
import type { Engine } from './subject.js'
import { type AccountRows, accountsOf, tellingsAt } from './tellings.js'
import { wordsTurning } from './turns.js'
import type { Dispute, Reading } from './types.js'

export interface DisputesOverOptions extends Omit<Reading, 'valid' | 'resolver'> {
  /** A date, month or year, which means its beginning; or an instant. */
  readonly from: string
  /** A date, month or year, which means its end; or the instant before which the stretch ends. */
  readonly to: string
  /** Ids; every place unless given. */
  readonly places?: readonly string[]
}

/** Half-open. */
interface Asked {
  readonly from: Instant
  readonly to: Instant
}

/**
 * By place, then by beginning, then by the names of the parties.
 *
 * @throws `invalid-reading` for a stretch that is none, `unknown-name` for a place that no entry knows.
 */
export function disputesOver(
  { engine, store, coordinates }: Asking,
  { from, to, places, ...reading }: DisputesOverOptions,
): DisputeOver[] {
  const zone = reading.zone === undefined ? {} : { zone: reading.zone }
  const asked = stretchOf({ from, to }, (valid) => coordinates({ valid, ...zone }).valid)
  if (asked.to <= asked.from)
    throw new RashomonError(
      'invalid-reading',
      `to: ${to} is not after ${from}; a later one would be right`,
      { place: { field: 'to' } },
    )
  refuseThen(reading)
  const c = coordinates({ ...reading, valid: printInstant(instant(asked.to - 1)) })
  for (const place of places ?? []) refuseUnknownPlace(engine, store, place)
  engine.ledger.bringForth(c.cut)
  return [...(places ?? placesWithSeveral(engine, store))].flatMap((place) => {
    const accounts = accountsOf(engine, store, place, c.cut)
    if (accounts.length < 2) return []
    const differ = (t: number) => between(engine, store, accounts, atInstant(c, instant(t)))
    const turns = wordsTurning(store, accounts)
    return runsOf(turns, asked, differ).map((run) => overOf(place, run, asked))
  })
}

/** A stretch runs through many instants, so there is none that "then" could mean. */
function refuseThen(reading: Pick<Reading, 'known' | 'published'>): void {
  for (const field of ['known', 'published'] as const)
    if (reading[field] === 'then')
      throw new RashomonError(
        'invalid-reading',
        `${field}: "then" means the instant asked for, and a stretch asks for many; an instant would be right`,
        { place: { field } },
      )
}

/** Places of which more than one account may speak, in the order of their ids. */
function placesWithSeveral({ registry }: Engine, store: Store): string[] {
  const accounts = new Map<string, string | null>()
  const add = (place: string, account: string) => {
    const other = accounts.get(place)
    if (other === undefined) accounts.set(place, account)
    else if (other !== account) accounts.set(place, null)
  }
  for (const { key, reaches } of store.slots()) {
    const { place, account } = key
    if (place === undefined || account === undefined) continue
    add(place, account)
    if (reaches) for (const part of registry.partsEver(place)) add(part, account)
  }
  return [...accounts]
    .filter(([, account]) => account === null)
    .map(([place]) => place)
    .sort(compareUtf8)
}

type Differing = ReadonlyMap<string, Dispute>

/** Disputes of every two accounts, by what tells them apart. */
function between(
  engine: Engine,
  store: Store,
  accounts: readonly AccountRows[],
  c: Coordinates,
): Differing {
  const tellings = tellingsAt(engine, store, accounts, c)
  const { disputes } = store.projection as RegisterProjection
  const found = new Map<string, Dispute>()
  for (const [i, a] of tellings.entries())
    for (const b of tellings.slice(i + 1))
      for (const one of disputesBetween(a, b, disputes))
        found.set(JSON.stringify([one.parties, one.kind, one.facets, one.cause, one.open]), one)
  return found
}

interface Run {
  readonly dispute: Dispute
  /** Half-open; infinite where it has no beginning or end. */
  readonly from: number
  to: number
}

/** Maximal runs that meet `[from, to)`. Between two turns, and before the first, nothing changes. */
function runsOf(
  turns: readonly number[],
  { from, to }: Asked,
  differ: (t: number) => Differing,
): Run[] {
  const starts = [Number.NEGATIVE_INFINITY, ...turns]
  const at = (i: number) => differ(i === 0 ? (turns[0] ?? from) - 1 : starts[i]!)
  const endOf = (i: number) => starts[i + 1] ?? Number.POSITIVE_INFINITY
  const first = starts.findLastIndex((start) => start <= from)
  const runs: Run[] = []
  let live = new Map<string, Run>()
  const step = (i: number, mayBegin: boolean) => {
    const next = new Map<string, Run>()
    for (const [key, dispute] of at(i)) {
      const run = live.get(key)
      if (run === undefined && !mayBegin) continue
      const going = run ?? { dispute, from: begins(i, key), to: 0 }
      going.to = endOf(i)
      if (run === undefined) runs.push(going)
      next.set(key, going)
    }
    live = next
  }
  /** What stands at the first may have begun before it. */
  const before = new Map<number, Differing>()
  const begins = (i: number, key: string): number => {
    if (i !== first) return starts[i]!
    let start = first
    for (; start > 0; start--) {
      const known = before.get(start - 1) ?? at(start - 1)
      before.set(start - 1, known)
      if (!known.has(key)) break
    }
    return starts[start]!
  }
  let i = first
  for (; i < starts.length && (i === first || starts[i]! < to); i++) step(i, true)
  for (; i < starts.length && live.size > 0; i++) step(i, false)
  return runs.sort((a, b) => a.from - b.from || compareParties(a.dispute, b.dispute))
}

function compareParties({ parties: a }: Dispute, { parties: b }: Dispute): number {
  return compareUtf8(a[0], b[0]) || compareUtf8(a[1], b[1])
}

function overOf(place: string, { dispute, from, to }: Run, asked: Asked): DisputeOver {
  const text = (at: number) => (Number.isFinite(at) ? printInstant(instant(at)) : null)
  return {
    place,
    ...dispute,
    from: text(from),
    to: text(to),
    duration: Number.isFinite(to - from) ? to - from : null,
    within: Math.min(to, asked.to) - Math.max(from, asked.from),
  }
}
