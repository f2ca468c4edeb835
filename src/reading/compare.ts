/**
 * The anatomy of a disagreement: two accounts compared over places and steps of time, each step read at
 * its last instant, and every place at every step put into exactly one of these counts:
 *
 *   bothSilent     nothing is settled in either account
 *   onlyA, onlyB   something is settled in one of them alone
 *   same           both speak, and nothing that they say clashes
 *   byDefault      nothing clashes, and at least one of them speaks only by default
 *   scope          they clash, but only with what is said by default
 *   vocabulary, lag, contradiction
 *                  their words clash, for that cause; of several the gravest, which is the last
 *   open.…         the same where settled words clash and what is possible of both could be right
 *
 * Causes are those of disputes (src/weigh/causes.ts). A dispute on when is none here: at the instant
 * both say the same.
 */
import { RashomonError } from '../errors.js'
import type { Frame } from '../fold/frame.js'
import type { Store } from '../fold/store.js'
import { compareUtf8 } from '../report/utf8.js'
import { END, printInstant } from '../time/instant.js'
import { type Step, stepsOf } from '../time/steps.js'
import type { Coordinates } from './coordinates.js'
import { type Difference, Pairs } from './pairs.js'
import type { Engine } from './subject.js'
import type { Reading } from './types.js'

/** How many places at steps; each is in one of them. */
export interface Counts {
  readonly bothSilent: number
  readonly onlyA: number
  readonly onlyB: number
  readonly same: number
  readonly byDefault: number
  readonly scope: number
  readonly vocabulary: number
  readonly lag: number
  readonly contradiction: number
  readonly open: {
    readonly vocabulary: number
    readonly lag: number
    readonly contradiction: number
  }
}

export interface PlaceCounts extends Counts {
  readonly place: string
  readonly name: string
}

export interface StepCounts extends Counts {
  /** As it was asked for: a date, week, month or year by its first day, or an instant. */
  readonly step: string
  /** The instant read. */
  readonly valid: string
}

export interface Comparison {
  readonly accounts: readonly [string, string]
  readonly total: Counts
  /** Places of which either says anything at any step, or those asked for; in the order of their ids. */
  readonly places: readonly PlaceCounts[]
  /** Over those places. */
  readonly steps: readonly StepCounts[]
}

export interface CompareOptions extends Omit<Reading, 'valid' | 'accounts' | 'resolver'> {
  /** Names of two accounts, as views print them; the first is A. */
  readonly accounts: readonly [string, string]
  /** A date, month or year, which means its beginning; or an instant. */
  readonly from: string
  /** A date, month or year, which means its end; or an instant. */
  readonly to: string
  /** How far apart the instants lie that are read: the last of every `day` unless given. */
  readonly step?: Step
  /** Ids; every place of which either account says anything unless given. */
  readonly places?: readonly string[]
}

/** What reads that ask at one instant after another stand on. */
export interface Asking {
  readonly engine: Engine
  readonly store: Store
  readonly coordinates: (reading: Reading) => Coordinates
}

/** Where each count lies among the numbers of a place or a step; of what clashes the graver later. */
const SLOTS = [
  'bothSilent',
  'onlyA',
  'onlyB',
  'same',
  'byDefault',
  'scope',
  'open vocabulary',
  'open lag',
  'open contradiction',
  'vocabulary',
  'lag',
  'contradiction',
] as const
const SLOT = Object.fromEntries(SLOTS.map((name, at) => [name, at])) as Record<
  (typeof SLOTS)[number],
  number
>

/** Drives a comparison to its end. */
export function compared(steps: Generator<string, Comparison, undefined>): Comparison {
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/**
 * Compares step by step, and tells each step when it was compared: whoever drives it may stop in between.
 *
 * @throws `invalid-reading` for one account twice, `unknown-name` for an account of which the log knows
 *   nothing, what a reading is refused with, `usage` for a stretch without a step in it.
 */
export function* comparing(
  { engine, store, coordinates }: Asking,
  { accounts, from, to, step: apart = 'day', places, ...reading }: CompareOptions,
): Generator<string, Comparison, undefined> {
  refuseStrange(engine, store, accounts)
  for (const place of places ?? []) refuseUnknown(engine, store, { place })
  const zone = reading.zone === undefined ? {} : { zone: reading.zone }
  const instantOf = (valid: string) => coordinates({ valid, ...zone }).valid
  const known = reading.known ?? engine.ledger.head
  const byPlace = new Map<string, Int32Array>()
  for (const place of places ?? []) byPlace.set(place, new Int32Array(SLOTS.length))
  const byStep: { step: string; valid: string; counts: Int32Array }[] = []
  for (const step of stepsOf({ from, to, step: apart }, instantOf)) {
    const { valid, cut } = coordinates({ ...reading, known, valid: step })
    const pairs = new Pairs(engine, store, { valid, cut })
    const counts = new Int32Array(SLOTS.length)
    for (const { place, rows } of rowsOfBoth(pairs.frame, accounts)) {
      const found = slotOf(pairs, rows)
      if (found === SLOT.bothSilent || (places !== undefined && !byPlace.has(place))) continue
      let own = byPlace.get(place)
      if (own === undefined) {
        own = new Int32Array(SLOTS.length)
        byPlace.set(place, own)
      }
      own[found]!++
      counts[found]!++
    }
    byStep.push({ step, valid: printInstant(valid), counts })
    yield step
  }
  return comparisonOf(engine, accounts, { byPlace, byStep })
}

function refuseStrange(engine: Engine, store: Store, accounts: readonly [string, string]): void {
  if (accounts[0] === accounts[1])
    throw new RashomonError(
      'invalid-reading',
      `accounts: ${JSON.stringify(accounts[0])} is given twice; two accounts would be right`,
      { place: { field: 'accounts' } },
    )
  for (const account of accounts) refuseUnknown(engine, store, { account })
}

function refuseUnknown(
  { ledger, registry }: Engine,
  store: Store,
  named: { readonly account: string } | { readonly place: string },
): void {
  const [field, kind, id] =
    'account' in named
      ? (['account', 'source', named.account] as const)
      : (['place', 'place', named.place] as const)
  if (store.slotsWith(field, id).length > 0 || registry.knows(kind, id, ledger.head)) return
  throw new RashomonError(
    'unknown-name',
    `${field}s: the log knows no ${field} ${JSON.stringify(id)}; one that views of it print would do`,
    { place: { field: `${field}s` }, data: { kind, id } },
  )
}

interface Both {
  readonly place: string
  /** -1 where the account has no row. */
  readonly rows: readonly [number, number]
}

/** Places of which either account has a row, with the rows of both. */
function* rowsOfBoth(
  { places, place, account, accounts, size }: Frame,
  parties: readonly [string, string],
): Iterable<Both> {
  const [a, b] = parties.map((name) => accounts.indexOf(name)) as [number, number]
  for (let row = 0; row < size; ) {
    const here = place[row]!
    let [x, y] = [-1, -1]
    for (; row < size && place[row] === here; row++)
      if (account[row] === a) x = row
      else if (account[row] === b) y = row
    if (x !== -1 || y !== -1) yield { place: places[here]!, rows: [x, y] }
  }
}

function slotOf(pairs: Pairs, [a, b]: readonly [number, number]): number {
  const speaksA = a !== -1 && pairs.speaks(a)
  const speaksB = b !== -1 && pairs.speaks(b)
  if (!speaksA) return speaksB ? SLOT.onlyB : SLOT.bothSilent
  if (!speaksB) return SLOT.onlyA
  // Rows come by the names of accounts, and the first by name is asked first.
  const gravest = gravestOf(pairs.differences(Math.min(a, b), Math.max(a, b)))
  if (gravest !== null) return gravest
  return pairs.voices(a) && pairs.voices(b) ? SLOT.same : SLOT.byDefault
}

/** What cannot both be right before what may, and of these the last in the order of causes. */
function gravestOf(differences: readonly Difference[]): number | null {
  if (differences.length === 0) return null
  const slots = differences.map(({ cause, open }) =>
    cause === 'scope' || !open ? SLOT[cause] : SLOT[`open ${cause}`],
  )
  return Math.max(...slots)
}

function comparisonOf(
  { ledger, registry }: Engine,
  accounts: readonly [string, string],
  {
    byPlace,
    byStep,
  }: {
    readonly byPlace: ReadonlyMap<string, Int32Array>
    readonly byStep: readonly { step: string; valid: string; counts: Int32Array }[]
  },
): Comparison {
  const total = new Int32Array(SLOTS.length)
  const places = [...byPlace]
    .sort(([a], [b]) => compareUtf8(a, b))
    .map(([place, counts]) => {
      counts[SLOT.bothSilent] = byStep.length - sum(counts)
      for (const [slot, count] of counts.entries()) total[slot]! += count
      const name = registry.entry('place', place, END, ledger.head)?.name ?? place
      return { place, name, ...countsOf(counts) }
    })
  const steps = byStep.map(({ step, valid, counts }) => {
    counts[SLOT.bothSilent] = byPlace.size - sum(counts)
    return { step, valid, ...countsOf(counts) }
  })
  return { accounts, total: countsOf(total), places, steps }
}

function sum(counts: Int32Array): number {
  return counts.reduce((all, count) => all + count, 0)
}

function countsOf(counts: Int32Array): Counts {
  const of = (slot: (typeof SLOTS)[number]) => counts[SLOT[slot]]!
  return {
    bothSilent: of('bothSilent'),
    onlyA: of('onlyA'),
    onlyB: of('onlyB'),
    same: of('same'),
    byDefault: of('byDefault'),
    scope: of('scope'),
    vocabulary: of('vocabulary'),
    lag: of('lag'),
    contradiction: of('contradiction'),
    open: {
      vocabulary: of('open vocabulary'),
      lag: of('open lag'),
      contradiction: of('open contradiction'),
    },
  }
}
