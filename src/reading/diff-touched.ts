/**
 * Which answers may differ between two readings: the accounts of places under whose keys a row came,
 * went or passed a bound, what reaches them from wholes, sweeps of their accounts, and what bears on
 * how accounts are weighed. Found by what lies between the readings; nothing else is asked.
 */
import { type Cut, everythingAt } from '../fold/cut.js'
import type { Key } from '../fold/projection.js'
import { REGARD } from '../fold/regard.js'
import { SWEEPS } from '../fold/register.js'
import { settingsOf } from '../fold/settings.js'
import type { Store } from '../fold/store.js'
import { place as placed } from '../fold/told.js'
import { turnsOf } from '../fold/turns.js'
import { accountOf } from '../report/account.js'
import type { Report } from '../report/types.js'
import type { Instant } from '../time/instant.js'
import { dispute, latest } from '../weigh/resolvers.js'
import type { Coordinates } from './coordinates.js'
import type { Pair } from './diff.js'
import type { Engine } from './subject.js'
import type { Resolver } from './types.js'

export interface Touched {
  /** The accounts that may say something else; `null` where all of it is to be weighed anew. */
  readonly places: ReadonlyMap<string, ReadonlySet<string> | null>
  /** Whether entries of sources moved, or of actors. */
  readonly entries: boolean
  /** Whether ratings or stances did. */
  readonly regard: boolean
}

export function touchedBetween(engine: Engine, store: Store, pair: Pair): Touched {
  const [a, b] = pair
  for (const { cut } of pair) engine.ledger.bringForth(cut)
  const found = new Finding(engine, store)
  if (a.resolver !== b.resolver || !weighsPlacesAlone(a.resolver)) {
    for (const place of everyPlace(engine, store)) found.whole(place)
    return { places: found.places, entries: true, regard: true }
  }
  const apart = filteredApart(engine, pair)
  for (const { key, reaching } of movedKeys(engine, store, pair)) found.key(key, reaching)
  for (const account of apart) found.account(account)
  const sweeps = engine.ledger.store(SWEEPS)
  if (sweeps !== undefined)
    for (const { key } of movedKeys(engine, sweeps, pair)) found.account(key.account!)
  const weights = weighedApart(engine, store, pair, apart, found)
  return { places: found.places, ...weights }
}

/** Shipped resolvers ask for no record of a source, which may hang on what was said of any place. */
const ALONE =
  /^(dispute|latest|rated|cautious|against-interest|corroborated(\(.*\))?|ranked\(.*\))$/

function weighsPlacesAlone({ name }: Resolver): boolean {
  return ALONE.test(name)
}

class Finding {
  readonly places = new Map<string, Set<string> | null>()
  readonly #engine: Engine
  readonly #store: Store

  constructor(engine: Engine, store: Store) {
    this.#engine = engine
    this.#store = store
  }

  /** What an account says of a place; where the rows reach, of its parts. */
  key({ place, account }: Key, reaching: boolean): void {
    if (place === undefined || account === undefined) return
    this.#add(place, account)
    if (reaching)
      for (const part of this.#engine.registry.partsEver(place)) this.#add(part, account)
  }

  /** Everything that an account says. */
  account(account: string): void {
    for (const { key, reaches } of this.#store.slotsWith('account', account)) this.key(key, reaches)
  }

  /** All that is said of the places that an account speaks of. */
  weighed(account: string): void {
    for (const { key, reaches } of this.#store.slotsWith('account', account))
      if (key.place !== undefined) this.whole(key.place, reaches)
  }

  whole(place: string, withParts = false): void {
    this.places.set(place, null)
    if (withParts)
      for (const part of this.#engine.registry.partsEver(place)) this.places.set(part, null)
  }

  #add(place: string, account: string): void {
    const accounts = this.places.get(place)
    if (accounts === undefined) this.places.set(place, new Set([account]))
    else accounts?.add(account)
  }
}

/** Every place that anything was ever said of, those reached as parts among them. */
function everyPlace({ registry }: Engine, store: Store): Set<string> {
  const places = new Set<string>()
  for (const { key, reaches } of store.slots()) {
    if (key.place === undefined) continue
    places.add(key.place)
    if (reaches) for (const part of registry.partsEver(key.place)) places.add(part)
  }
  return places
}

/** Accounts of which one reading's filter takes what the other's leaves out. */
function filteredApart({ ledger }: Engine, [a, b]: Pair): Set<string> {
  const accounts = new Set<string>()
  const passes = ({ cut }: Coordinates, chain: ReturnType<typeof ledger.chain>) =>
    cut.passes?.(chain) ?? true
  if (a.cut.passes !== b.cut.passes)
    for (const chain of ledger.chains)
      if (passes(a, chain) !== passes(b, chain)) accounts.add(accountOf(chain).name)
  return accounts
}

interface MovedKey {
  readonly key: Key
  /** The row is one that reaches to parts. */
  readonly reaching: boolean
}

function* movedKeys(engine: Engine, store: Store, pair: Pair): Iterable<MovedKey> {
  const rows = movedRows(engine, store, pair)
  for (const row of rows) yield* keysHolding(engine, store, row)
}

/** The key of a row; of one that came since the base was laid out, every key that its report sets. */
function* keysHolding({ ledger }: Engine, store: Store, row: number): Iterable<MovedKey> {
  const slot = turnsOf(store).slot(row)
  if (slot !== null) {
    yield { key: slot.key, reaching: row >= slot.middle }
    return
  }
  yield* keysSet(store, ledger.bodyOf(store, row), ledger.recorded(store.columns.report[row]!))
}

function* keysSet(store: Store, report: Report, recorded: Instant): Iterable<MovedKey> {
  const { told } = placed(report, recorded)
  for (const { key, where } of settingsOf([store], told))
    yield { key, reaching: where === 'reaching' }
}

/** Rows that one reading sees and the other does not, and such as pass a bound between their instants. */
function movedRows({ ledger }: Engine, store: Store, [a, b]: Pair): Set<number> {
  const turns = turnsOf(store)
  const [before, after] = [ledger.sight(store, a.cut), ledger.sight(store, b.cut)]
  const moved = new Set<number>()
  if (a.valid !== b.valid)
    for (const row of turns.bounded(stretch(a.valid, b.valid)))
      if (before.sees(row) || after.sees(row)) moved.add(row)
  const differ = (row: number) => {
    if (before.sees(row) !== after.sees(row)) moved.add(row)
  }
  if (a.cut.known !== b.cut.known)
    for (const row of turns.shown(stretch(a.cut.known, b.cut.known))) differ(row)
  if (a.cut.published !== b.cut.published)
    for (const row of turns.published(stretch(a.cut.published, b.cut.published))) differ(row)
  if (!isSameCut(a.cut, b.cut))
    for (const forms of store.forms.values())
      for (const rows of forms.values()) for (const row of rows) differ(row)
  return moved
}

const stretch = (a: number, b: number) => ({ from: Math.min(a, b), to: Math.max(a, b) })

function isSameCut(a: Cut, b: Cut): boolean {
  return a.known === b.known && a.published === b.published && a.passes === b.passes
}

/** What bears on how accounts are weighed: the registry, ratings and stances, and what origins took back. */
function weighedApart(
  engine: Engine,
  store: Store,
  pair: Pair,
  apart: ReadonlySet<string>,
  found: Finding,
): Pick<Touched, 'entries' | 'regard'> {
  const { ledger } = engine
  const [a, b] = pair
  const entries = movedEntries(engine, pair)
  for (const place of entries.places) found.whole(place, true)
  for (const account of accountsNaming(engine, entries.sources)) found.weighed(account)
  if (entries.sides && a.resolver !== dispute && a.resolver !== latest)
    for (const place of everyPlace(engine, store)) found.whole(place)

  const keys = movedRegard(engine, pair, apart)
  const rated = new Set(keys.flatMap(({ source }) => (source === undefined ? [] : [source])))
  for (const chain of rated.size === 0 ? [] : ledger.chains)
    if (rated.has(chain.at(-1)?.source ?? '')) found.weighed(accountOf(chain).name)
  const judged = new Set<number>()
  for (const { report } of keys) {
    const position = report === undefined ? undefined : ledger.positionOf(report)
    if (position !== undefined) judged.add(position)
  }
  if (!isSameCut(a.cut, b.cut))
    for (const position of store.forms.keys())
      if (ledger.isDenied(position, a.cut) !== ledger.isDenied(position, b.cut))
        judged.add(position)
  for (const position of judged)
    for (const { key, reaching } of keysOfReport(engine, store, pair, position))
      if (key.place !== undefined) found.whole(key.place, reaching)
  return { entries: entries.sources.size > 0 || entries.sides, regard: keys.length > 0 }
}

/** What of the registry turned, came or went, and bears on answers: of each kind the ids. */
function movedEntries({ ledger, registry }: Engine, pair: Pair) {
  const unfiltered = pair.map((c) => ({ ...c, cut: everythingAt(c.cut.known) }))
  const [a, b] = unfiltered as [Coordinates, Coordinates]
  const found = { places: new Set<string>(), sources: new Set<string>(), sides: false }
  const { store } = registry
  const sets = (row: number, fields: readonly string[]) =>
    fields.some((field) => store.facet(row, field) !== undefined)
  for (const row of movedRows({ ledger, registry }, store, [a, b]))
    for (const { key } of keysHolding({ ledger, registry }, store, row)) {
      if (key.place !== undefined && sets(row, ['partOf'])) found.places.add(key.place)
      if (key.source !== undefined && sets(row, ['copies', 'alignment', 'coverage']))
        found.sources.add(key.source)
      if (key.actor !== undefined && sets(row, ['memberOf', 'alliedWith'])) found.sides = true
    }
  return found
}

/** Accounts with one of the sources in their chain, or one that ever copied one of them. */
function accountsNaming({ ledger, registry }: Engine, sources: ReadonlySet<string>): string[] {
  if (sources.size === 0) return []
  const leads = (chain: readonly { readonly source: string }[]) => {
    const reached = new Set(chain.map(({ source }) => source))
    // Grows while it is walked, so that what is copied is asked in turn.
    for (const source of reached) {
      if (sources.has(source)) return true
      for (const other of registry.idsInAnyForm('source', source, 'copies')) reached.add(other)
    }
    return false
  }
  return ledger.chains.filter(leads).map((chain) => accountOf(chain).name)
}

/** Keys of ratings and stances that moved. */
function movedRegard(engine: Engine, pair: Pair, apart: ReadonlySet<string>): Key[] {
  const regard = engine.ledger.store(REGARD)
  if (regard === undefined) return []
  const moved = Array.from(movedKeys(engine, regard, pair), ({ key }) => key)
  const filtered = [...apart].flatMap((account) => regard.slotsWith('account', account))
  return [...moved, ...filtered.map(({ key }) => key)]
}

/** Keys that a report sets in its form at either reading. */
function* keysOfReport(
  { ledger }: Engine,
  store: Store,
  pair: Pair,
  position: number,
): Iterable<MovedKey> {
  for (const { cut } of pair) {
    const report = ledger.formAt(position, cut)
    if (report === undefined || !store.projection.reads.includes(report.claim.kind)) continue
    yield* keysSet(store, report, ledger.recorded(position))
  }
}
