/**
 * Which reports moved an answer from one reading to another: those that bear on it at either, and
 * came, went or changed their form between the two, or a bound of which lies between their
 * instants. Registry entries and what sources think of reports and of each other are reports too.
 */
import { type Cut, everythingAt } from '../fold/cut.js'
import { Near, narrow, type Rows, rowAt } from '../fold/narrow.js'
import type { RegisterProjection } from '../fold/projection.js'
import { REGARD } from '../fold/regard.js'
import { type KeyRows, rowsOf, SWEEPS } from '../fold/register.js'
import type { Store } from '../fold/store.js'
import { UNSET } from '../fold/values.js'
import { instant } from '../time/instant.js'
import type { Coordinates } from './coordinates.js'
import type { Engine } from './subject.js'

/** Positions of reports. */
type Reports = Set<number>

/** A row at each of the two readings: whether it counts there. */
interface Counts {
  readonly a: boolean
  readonly b: boolean
}

export class Causes {
  readonly #engine: Engine
  readonly #store: Store
  readonly #a: Coordinates
  readonly #b: Coordinates
  readonly #from: number
  readonly #to: number

  constructor(engine: Engine, store: Store, [a, b]: readonly [Coordinates, Coordinates]) {
    this.#engine = engine
    this.#store = store
    this.#a = a
    this.#b = b
    this.#from = Math.min(a.valid, b.valid)
    this.#to = Math.max(a.valid, b.valid)
  }

  /** Ids in the order of the log. */
  ids(reports: ReadonlySet<number>): string[] {
    return [...reports].sort((a, b) => a - b).map((position) => this.#engine.ledger.id(position))
  }

  /** Of what one account says of a facet. */
  ofFacet(place: string, account: string, facet: string): Reports {
    const key = { place, account }
    const [a, b] = [this.#rowsAt(key, this.#a), this.#rowsAt(key, this.#b)]
    const number = (this.#store.projection as RegisterProjection).facets.indexOf(facet)
    const found: Reports = new Set()
    const near = (reading: KeyRows, { valid }: Coordinates) => this.#bearing(reading, number, valid)
    for (const row of new Set([...near(a, this.#a), ...near(b, this.#b)]))
      if (this.#moved(this.#store, row, this.#countsAt(row, a, b)))
        found.add(this.#store.columns.report[row]!)
    this.#sweeps(key, 'nearest', found)
    if (found.size > 0) return found
    // What holds an observation back may bear on nothing itself.
    for (const row of new Set([...eachRow(a.rows), ...eachRow(b.rows)]))
      if (this.#moved(this.#store, row, this.#countsAt(row, a, b)))
        found.add(this.#store.columns.report[row]!)
    this.#sweeps(key, 'all', found)
    if (found.size === 0) this.ofPlaces(place, found)
    return found
  }

  /** Entries of a place and of what it is part of, by which wholes reach it. */
  ofPlaces(place: string, found: Reports): void {
    const { registry } = this.#engine
    for (const id of [place, ...registry.wholesInAnyForm(place)])
      this.#entries({ place: id }, ['partOf'], found)
  }

  /** Entries of sources, and of all that those ever copied, by which they stand to each other. */
  ofSources(sources: Iterable<string>, found: Reports): void {
    const { registry } = this.#engine
    const seen = new Set(sources)
    for (const source of seen) {
      this.#entries({ source }, ['copies', 'alignment', 'coverage'], found)
      for (const other of registry.idsInAnyForm('source', source, 'copies')) seen.add(other)
    }
  }

  /** Ratings of the sources, and ratings and stances on the reports. */
  ofRegard(sources: Iterable<string>, reports: Iterable<string>, found: Reports): void {
    const store = this.#engine.ledger.store(REGARD)
    if (store === undefined) return
    const slots = [
      ...[...sources].flatMap((source) => store.slotsWith('source', source)),
      ...[...reports].flatMap((report) => store.slotsWith('report', report)),
    ]
    const { ledger } = this.#engine
    const [a, b] = [ledger.sight(store, this.#a.cut), ledger.sight(store, this.#b.cut)]
    for (const slot of slots)
      for (const row of store.list(slot, 'own'))
        if (this.#moved(store, row, { a: a.sees(row), b: b.sees(row) }))
          found.add(store.columns.report[row]!)
  }

  #rowsAt(key: { readonly place: string; readonly account: string }, c: Coordinates): KeyRows {
    const { ledger, registry } = this.#engine
    return rowsOf(ledger, this.#store, key, c.cut, registry)
  }

  /** Rows that can bear on the facet at the reading: those near its instant, and what supports them. */
  #bearing(keyRows: KeyRows, facet: number, t: number): number[] {
    const { columns } = this.#store
    const near = new Near()
    const counts = (row: number) =>
      this.#store.word(row, facet) !== UNSET && keyRows.sight.sees(row)
    narrow(columns, keyRows.rows, counts, instant(t), near)
    const rows = near.rows.slice(0, near.size)
    if (!keyRows.stretched) return rows
    const words = new Set(rows.map((row) => this.#store.word(row, facet)))
    const supports = [...eachRow(keyRows.rows)].filter(
      (row) =>
        counts(row) &&
        words.has(this.#store.word(row, facet)) &&
        columns.supportTo[row]! > columns.latest[row]! - 1,
    )
    return [...rows, ...supports]
  }

  #countsAt(row: number, a: KeyRows, b: KeyRows): Counts {
    const derived = a.derived.has(row) || b.derived.has(row)
    const counts = (at: KeyRows) => at.sight.sees(row) && (!derived || at.derived.has(row))
    const at = { a: counts(a), b: counts(b) }
    if (at.a === at.b || !this.#store.forms.has(this.#store.columns.report[row]!)) return at
    const again = [...eachRow(at.a ? b.rows : a.rows)].some(
      (other) => this.#saysTheSame(row, other) && (at.a ? b : a).sight.sees(other),
    )
    return again ? { a: true, b: true } : at
  }

  /** A form that was left and came back has rows of its own. */
  #saysTheSame(row: number, other: number): boolean {
    const c = this.#store.columns
    const same = ['report', 'chain', 'value', 'earliest', 'latest', 'endFrom', 'endTo'] as const
    return (
      row !== other &&
      same.every((column) => c[column][row] === c[column][other]) &&
      c.supportTo[row] === c.supportTo[other] &&
      c.published[row] === c.published[other]
    )
  }

  #moved({ columns: c }: Store, row: number, { a, b }: Counts): boolean {
    if (a !== b) return true
    if (!a || this.#from === this.#to) return false
    const last = c.latest[row]! - 1
    const support = c.supportTo[row]!
    const passed = (at: number) => this.#from < at && at <= this.#to
    return (
      [c.earliest[row]!, last, support, c.endFrom[row]!, c.endTo[row]! - 1].some(passed) ||
      (last < support && last <= this.#to && this.#from < support)
    )
  }

  /** Sweeps of the account that cover the place: the last before and the first after each instant, or all. */
  #sweeps(
    { place, account }: { readonly place: string; readonly account: string },
    which: 'nearest' | 'all',
    found: Reports,
  ): void {
    const store = this.#engine.ledger.store(SWEEPS)
    const slot = store?.slot({ account })
    if (store === undefined || slot === undefined) return
    const { ledger, registry } = this.#engine
    const c = store.columns
    const seen = ({ cut }: Coordinates) =>
      ledger.visible(store, slot, 'own', cut).filter((row) => {
        const origin = ledger.chain(c.chain[row]!).at(-1)!.source
        return registry.covers(origin, place, instant(c.latest[row]! - 1), cut)
      })
    const [a, b] = [seen(this.#a), seen(this.#b)]
    const near = (rows: readonly number[], t: number) => [
      rows.findLast((row) => c.latest[row]! - 1 <= t),
      rows.find((row) => c.earliest[row]! > t),
    ]
    const bearing =
      which === 'all' ? [...a, ...b] : [...near(a, this.#a.valid), ...near(b, this.#b.valid)]
    for (const row of new Set(bearing)) {
      if (row === undefined) continue
      if (this.#moved(store, row, { a: a.includes(row), b: b.includes(row) }))
        found.add(c.report[row]!)
    }
    const last = ledger.chain(c.chain[store.list(slot, 'own')[0]!]!).at(-1)!.source
    if (which === 'all') this.#entries({ source: last }, ['coverage'], found)
  }

  /** Entries of the registry that came, went or turned between the readings, and set one of the fields. */
  #entries(
    key: { readonly place: string } | { readonly source: string },
    fields: readonly string[],
    found: Reports,
  ): void {
    const { ledger, registry } = this.#engine
    const { store } = registry
    const slot = store.slot(key)
    if (slot === undefined) return
    const sight = (cut: Cut) => ledger.sight(store, everythingAt(cut.known))
    const [a, b] = [sight(this.#a.cut), sight(this.#b.cut)]
    for (const row of store.list(slot, 'own'))
      if (fields.some((field) => store.facet(row, field) !== undefined))
        if (this.#moved(store, row, { a: a.sees(row), b: b.sees(row) }))
          found.add(store.columns.report[row]!)
  }
}

function* eachRow(rows: Rows): Iterable<number> {
  for (let i = rows.from; i < rows.to; i++) yield rowAt(rows, i)
}
