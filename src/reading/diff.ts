/**
 * Diff: what differs between two readings, whichever of their coordinates differ. Two instants:
 * what happened; two positions or publication dates: what was learned; two sets of accounts or two
 * resolvers: where they part. Every change names the reports that caused it.
 *
 * Only places are asked that something between the readings touches, and of these only the accounts
 * it touches are read twice.
 */
import type { RegisterProjection } from '../fold/projection.js'
import type { Carrier, FacetAt } from '../fold/register.js'
import type { Store } from '../fold/store.js'
import { compareUtf8 } from '../report/utf8.js'
import { type Instant, printInstant } from '../time/instant.js'
import { dispute } from '../weigh/dispute.js'
import { standingAlone, type Telling } from '../weigh/standing.js'
import { type Coordinates, settledReading } from './coordinates.js'
import {
  type Bare,
  type Change,
  type Diff,
  isSame,
  type Resolved,
  type Whole,
  weighed,
} from './diff-answers.js'
import { Causes } from './diff-causes.js'
import { type Touched, touchedBetween } from './diff-touched.js'
import { type Engine, resolveAll, weighingAt } from './subject.js'
import { type AccountRows, accountsOf, tellingsAt } from './tellings.js'
import type { Standing } from './types.js'

/** Two readings of one log. */
export type Pair = readonly [a: Coordinates, b: Coordinates]

export function diffOf(engine: Engine, store: Store, pair: Pair): Diff {
  const [a, b] = pair
  const touched = touchedBetween(engine, store, pair)
  const comparing = new Comparing(engine, store, pair, touched)
  const changes: Change[] = []
  for (const place of [...touched.places.keys()].sort(compareUtf8))
    for (const change of comparing.changesAt(place, touched.places.get(place)!))
      changes.push(change)
  return { from: settledReading(a), to: settledReading(b), changes }
}

/** What the accounts of a place say at both readings, those of one place in the order of their names. */
interface Told {
  readonly place: string
  readonly rows: readonly [readonly AccountRows[], readonly AccountRows[]]
  readonly tellings: readonly [readonly Telling[], readonly Telling[]]
}

class Comparing {
  readonly #engine: Engine
  readonly #store: Store
  readonly #pair: Pair
  readonly #touched: Touched
  readonly #causes: Causes
  readonly #projection: RegisterProjection
  /** In the order of their UTF-8 bytes. */
  readonly #facets: readonly string[]
  /** What is only supported anew changes nothing but that. */
  readonly #agesMatter: boolean

  constructor(engine: Engine, store: Store, pair: Pair, touched: Touched) {
    this.#engine = engine
    this.#store = store
    this.#pair = pair
    this.#touched = touched
    this.#causes = new Causes(engine, store, pair)
    this.#projection = store.projection as RegisterProjection
    this.#facets = [...this.#projection.facets].sort(compareUtf8)
    this.#agesMatter = pair.some(({ resolver }) => resolver !== dispute)
  }

  /** All that changes of one place, in the order of a diff; `touched` are the accounts that may say something else, `null` for all anew. */
  changesAt(place: string, touched: ReadonlySet<string> | null): Change[] {
    const told = this.#tellings(place, touched)
    const [before, after] = told.tellings.map(byAccount) as [ByAccount, ByAccount]
    const names = touched ?? new Set([...before.keys(), ...after.keys()])
    const facets: Bare[] = []
    const moved: Moved[] = []
    let bears = touched === null
    for (const account of [...names].sort(compareUtf8)) {
      const [x, y] = [before.get(account)?.facets, after.get(account)?.facets]
      for (const facet of this.#facets) {
        const [from, to] = [x?.get(facet), y?.get(facet)]
        if (from === to) continue
        const weighs = this.#agesMatter ? !isAlike(from, to) : !saysAlike(from, to)
        const differs = !answersAlike(from, to)
        if (weighs || differs) moved.push({ account, facet })
        if (differs) facets.push(changeOf({ place, account, facet }, from, to))
        bears ||= weighs
      }
    }
    return this.#withCauses([...(bears ? this.#weighed(told) : []), ...facets], told, moved)
  }

  /** Accounts that nothing touches say the same at both, so they are read at the first alone. */
  #tellings(place: string, touched: ReadonlySet<string> | null): Told {
    const [a, b] = this.#pair
    const { cut } = a
    const rows = accountsOf(this.#engine, this.#store, place, cut)
    const isOneCut =
      cut.known === b.cut.known && cut.published === b.cut.published && cut.passes === b.cut.passes
    const others = isOneCut ? rows : accountsOf(this.#engine, this.#store, place, b.cut)
    const before = tellingsAt(this.#engine, this.#store, rows, a)
    const read = (some: readonly AccountRows[]) => tellingsAt(this.#engine, this.#store, some, b)
    if (touched === null) return { place, rows: [rows, others], tellings: [before, read(others)] }
    const known = byAccount(before)
    const after = others.flatMap((one) => {
      const { name } = one.account
      const telling = known.get(name)
      return touched.has(name) ? read([one]) : telling === undefined ? [] : [telling]
    })
    return { place, rows: [rows, others], tellings: [before, after] }
  }

  /** How standing and resolved values change. */
  #weighed({ place, tellings }: Told): Bare[] {
    const changes: Bare[] = []
    const [from, to] = this.#pair.map((c, i) => this.#standing(tellings[i]!, c))
    if (from !== to) changes.push({ type: 'standing', place, from: from!, to: to! })
    const [before, after] = this.#pair.map((c, i) =>
      resolveAll(c.resolver, weighingAt(this.#engine, this.#store, tellings[i]!, c)),
    )
    for (const facet of this.#facets) {
      const [x, y] = [before?.[facet], after?.[facet]]
      if (x === undefined && y === undefined) continue
      const resolved = { from: x ? weighed(x) : null, to: y ? weighed(y) : null }
      if (!isDecidedAlike(resolved.from, resolved.to) && !isSame(resolved.from, resolved.to))
        changes.push({ type: 'resolved', place, facet, ...resolved })
    }
    return changes
  }

  #standing(tellings: readonly Telling[], { valid, cut }: Coordinates): Standing {
    const { registry } = this.#engine
    return standingAlone(tellings, this.#projection.disputes, (x, y) =>
      registry.independent(x, y, valid, cut),
    )
  }

  /** The same changes with the reports that caused them; `moved` is what the accounts may say otherwise. */
  #withCauses(
    changes: readonly Bare[],
    { place, rows, tellings }: Told,
    moved: readonly Moved[],
  ): Change[] {
    if (changes.length === 0) return []
    const causes = this.#causes
    const facets = moved.map(({ account, facet }) => ({
      account,
      facet,
      found: causes.ofFacet(place, account, facet),
    }))
    const { entries, regard } = this.#touched
    const moves = entries || regard
    const sources = new Set(moves ? rows.flat().flatMap(({ chain }) => chain) : [])
    const reports = new Set(regard ? tellings.flat().flatMap(reportsIn) : [])
    return changes.map((change): Change => {
      const found = new Set<number>()
      const isOf = (one: Moved) =>
        change.type === 'standing' ||
        (one.facet === change.facet &&
          (change.type === 'resolved' || one.account === change.account))
      for (const one of facets) if (isOf(one)) for (const at of one.found) found.add(at)
      if (change.type !== 'facet' && entries) causes.ofSources(sources, found)
      if (change.type === 'resolved' && regard) causes.ofRegard(sources, reports, found)
      // A resolver may look at other facets than the one that it decides.
      if (change.type === 'resolved' && found.size === 0)
        for (const one of facets) for (const at of one.found) found.add(at)
      return { ...change, reports: causes.ids(found) }
    })
  }
}

function reportsIn({ facets }: Telling): string[] {
  return [...facets.values()].flatMap(({ evidence }) => evidence)
}

/** What an account may say otherwise, or on other grounds. */
interface Moved {
  readonly account: string
  readonly facet: string
}

function changeOf(
  about: Moved & { readonly place: string },
  from: FacetAt | undefined,
  to: FacetAt | undefined,
): Bare {
  return { type: 'facet', ...about, from: wholeOf(from), to: wholeOf(to) }
}

type ByAccount = ReadonlyMap<string, Telling>

function byAccount(tellings: readonly Telling[]): ByAccount {
  return new Map(tellings.map((telling) => [telling.account.name, telling]))
}

function wholeOf(at: FacetAt | undefined): Whole | null {
  if (at === undefined) return null
  const { settled, possible, evidence, supportedAt } = at
  return { settled, possible, carriers: evidence, supportedAt: printed(supportedAt) }
}

const printed = (at: Instant | null) => (at === null ? null : printInstant(at))

/** Whether both give the same answer. */
function answersAlike(x: FacetAt | undefined, y: FacetAt | undefined): boolean {
  if (x === undefined || y === undefined) return x === y
  return (
    x.supportedAt === y.supportedAt &&
    isSame(x.settled, y.settled) &&
    areSame(x.possible, y.possible) &&
    areSame(x.evidence, y.evidence)
  )
}

/** Whether all that accounts are weighed by is alike, the age of their support apart. */
function saysAlike(x: FacetAt | undefined, y: FacetAt | undefined): boolean {
  if (x === undefined || y === undefined) return x === y
  return (
    isSame(x.settled, y.settled) &&
    areSame(x.possible, y.possible) &&
    areSame(x.voiced, y.voiced) &&
    carriedAlike(x.carrier, y.carrier)
  )
}

/** Of all but the id, which the position stands for. */
function carriedAlike(x: Carrier | null, y: Carrier | null): boolean {
  if (x === null || y === null) return x === y
  return (
    x.position === y.position &&
    x.start.from === y.start.from &&
    x.start.to === y.start.to &&
    x.flag === y.flag &&
    x.change === y.change &&
    x.basis === y.basis &&
    x.status === y.status &&
    x.published === y.published &&
    x.derived === y.derived
  )
}

function isAlike(x: FacetAt | undefined, y: FacetAt | undefined): boolean {
  return x?.supportedAt === y?.supportedAt && saysAlike(x, y)
}

function areSame(x: readonly unknown[], y: readonly unknown[]): boolean {
  return x.length === y.length && x.every((one, i) => isSame(one, y[i]))
}

function isDecidedAlike(x: Resolved | null, y: Resolved | null): boolean {
  return x?.decided === true && y?.decided === true && x.value === y.value
}
