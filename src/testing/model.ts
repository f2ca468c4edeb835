/**
 * The naive model: what every read of the engine must equal.
 *
 * It keeps the array of what was appended and nothing else. Each read starts from that array:
 * what counts at the cut (model-forms), the registry (model-registry), who writes a facet
 * (model-register) and every possible world of it (model-worlds), how accounts stand to each
 * other (model-dispute) and how they are weighed (model-weigh). It is quadratic and worse, shares
 * only types with the engine, and is meant for a few dozen reports whose instants are small whole
 * numbers.
 */
import type {
  FoldProjection,
  Key,
  Projection,
  RegisterProjection,
  Told,
} from '../fold/projection.js'
import type { AccountFilter, Dispute, Standing } from '../reading/types.js'
import { END, type Instant, instant } from '../time/instant.js'
import type { Window } from '../time/window.js'
import { disputesAmong, standingOf } from './model-dispute.js'
import { type Form, formsAt, type ModelEntry, type Passes } from './model-forms.js'
import { byBytes, canonical, sortedValues } from './model-order.js'
import { facetsOf, laterWords, rowsOf, type Seen, toldOf } from './model-register.js'
import { ModelRegistry, type RegistryFields, type RegistryKind } from './model-registry.js'
import { resolveFacets } from './model-resolve.js'
import {
  type ModelBelief,
  type ModelPlace,
  type ModelStretch,
  runs,
  stretches,
} from './model-runs.js'
import type { ModelAccount, ModelFacet } from './model-weigh.js'
import type { Picks } from './model-worlds.js'

export interface Cut {
  /** Last position seen; `Infinity` for all. */
  readonly known: number
  /** What was published at or before it; `END` for all. */
  readonly published: Instant
  readonly accounts?: AccountFilter
}

/** Everything the log holds. */
export const ALL: Cut = { known: Number.POSITIVE_INFINITY, published: END }

/** A name of a resolver, with its arguments. */
export type ModelResolver = string

export class Model {
  readonly #log: ModelEntry[] = []
  readonly #projections: readonly Projection[]
  readonly #picks: Picks

  /** `picks` says how worlds are enumerated; `every` is for checking `cells` against it. */
  constructor({ projections, picks }: { projections: readonly Projection[]; picks?: Picks }) {
    this.#projections = projections
    this.#picks = picks ?? 'cells'
  }

  append(entries: readonly ModelEntry[]): void {
    this.#log.push(...entries)
  }

  /** Position of the newest entry, 0 when there is none. */
  get head(): number {
    return this.#log.length
  }

  /** The last position recorded strictly before an instant. */
  positionBefore(recorded: Instant): number {
    return this.#log.filter((entry) => entry.recorded < recorded).length
  }

  /**
   * Every report that counts, in its form, in canonical order; second thoughts are not among
   * them. `t` is the instant of which the filter's alignments are asked, the end of time unless
   * given.
   */
  forms(cut: Cut, t: Instant = END): readonly Form[] {
    return this.#see(cut, t).forms
  }

  /** The keys of which some counting report ever says anything, in canonical order. */
  keys(projection: Projection, cut: Cut, t: Instant = END): Key[] {
    const seen = this.#see(cut, t)
    const keys =
      projection.type === 'register'
        ? rowsOf(projection, seen).map(({ key }) => key)
        : told(projection, seen).flatMap((report) => [...projection.keys(report)])
    return sortedValues(keys) as Key[]
  }

  /** What is settled and possible of every facet of a key at `t`; facets wholly unsaid are left out. */
  register(
    projection: RegisterProjection | string,
    key: Key,
    t: Instant,
    cut: Cut,
  ): Record<string, ModelFacet> {
    const register = this.#projection(projection, 'register')
    const seen = this.#see(cut, t)
    return facetsOf(register, key, rowsOf(register, seen), seen)
  }

  /** State of a key over what has certainly begun at `t`, with ids folded and those that may have begun. */
  fold<S>(
    projection: FoldProjection<S> | string,
    key: Key,
    t: Instant,
    cut: Cut,
  ): { state: S; folded: string[]; possible: string[] } {
    const fold = this.#projection(projection, 'fold') as FoldProjection<S>
    const ours = told(fold, this.#see(cut, t)).filter((report) =>
      [...fold.keys(report)].some((one) => canonical(one) === canonical(key)),
    )
    const certain = ours.filter(({ start }) => start.to - 1 <= t)
    const possible = ours.filter(({ start }) => start.from <= t && t < start.to - 1)
    const state = structuredClone(fold.initial(key))
    for (const report of certain) fold.apply(state, structuredClone(report), key)
    return { state, folded: certain.map(({ id }) => id), possible: possible.map(({ id }) => id) }
  }

  /** What the registry holds of an id at `t`; `null` where it was never entered. */
  registry(kind: RegistryKind, id: string, t: Instant, cut: Cut): RegistryFields | null {
    return this.#see(cut, t).registry.fields(kind, id, t)
  }

  /** Accounts of a place side by side; the projection's keys are `{ place, account }`. */
  place(
    projection: RegisterProjection | string,
    place: string,
    t: Instant,
    cut: Cut,
    resolver: ModelResolver = 'dispute',
  ): ModelPlace {
    const register = this.#projection(projection, 'register')
    const seen = this.#see(cut, t)
    const rows = rowsOf(register, seen)
    const named = new Map(seen.forms.map(({ account }) => [account.name, account]))
    const accounts = [...named.values()]
      .sort((a, b) => byBytes(a.name, b.name))
      .map((account): ModelAccount => {
        const key = { place, account: account.name }
        const facets = facetsOf(register, key, rows, seen)
        const chain = [...account.via, account.origin]
        const alignment = seen.registry.alignment(chain, t)
        return { account, alignment, facets, later: laterWords(key, rows, t) }
      })
      .filter(({ facets }) => Object.keys(facets).length > 0)
    const rules = register.disputes
    return {
      place,
      standing: standingOf(accounts, rules, (a, b) => seen.registry.independent(a, b, t)),
      disputes: disputesAmong(accounts, rules),
      accounts,
      resolved: resolveFacets({ ...seen, accounts, facets: register.facets, t }, resolver),
    }
  }

  standing(projection: RegisterProjection | string, place: string, t: Instant, cut: Cut): Standing {
    return this.place(projection, place, t, cut).standing
  }

  disputes(
    projection: RegisterProjection | string,
    place: string,
    t: Instant,
    cut: Cut,
  ): readonly Dispute[] {
    return this.place(projection, place, t, cut).disputes
  }

  /** Stretches of equal answers over every whole instant of `[from, to)`. */
  history(
    projection: RegisterProjection | string,
    place: string,
    { from, to }: Window,
    cut: Cut,
    resolver: ModelResolver = 'dispute',
  ): ModelStretch[] {
    return stretches({ from, to }, (t) => this.place(projection, place, t, cut, resolver))
  }

  /** How the answer for `t` moved as entries came in, from before the first. */
  beliefs(
    projection: RegisterProjection | string,
    place: string,
    t: Instant,
    cut: Cut,
    resolver: ModelResolver = 'dispute',
  ): ModelBelief[] {
    const answers = Array.from({ length: Math.min(this.head, cut.known) + 1 }, (_, known) => ({
      at: known === 0 ? null : known,
      entry: this.#log[known - 1]?.report.id ?? null,
      state: this.place(projection, place, t, { ...cut, known }, resolver),
    }))
    return runs(answers)
  }

  /** How the answer for `t` moved as sources published, over instants of publication up to the cut's. */
  beliefsByPublication(
    projection: RegisterProjection | string,
    place: string,
    t: Instant,
    cut: Cut,
    instants: readonly Instant[],
    resolver: ModelResolver = 'dispute',
  ): { from: Instant | null; to: Instant | null; state: ModelPlace }[] {
    const asked = [...new Set(instants)].filter((at) => at <= cut.published).sort((a, b) => a - b)
    const before = instant((asked[0] ?? 0) - 1)
    const answers = [before, ...asked].map((published, index) => ({
      at: index === 0 ? null : published,
      entry: null,
      state: this.place(projection, place, t, { ...cut, published }, resolver),
    }))
    return runs(answers).map(({ from, to, state }) => ({
      from: from as Instant | null,
      to: to as Instant | null,
      state,
    }))
  }

  #projection(named: Projection | string, type: 'register'): RegisterProjection
  #projection(named: Projection | string, type: 'fold'): FoldProjection
  #projection(named: Projection | string, type: Projection['type']): Projection {
    const found =
      typeof named === 'string' ? this.#projections.find(({ name }) => name === named) : named
    if (found?.type !== type) throw new Error(`${String(named)} is no ${type} of this model`)
    return found
  }

  /** The registry is the desk's: no filter and no published cut bears on it. */
  #see(cut: Cut, t: Instant): Seen {
    const see = (passes: Passes) =>
      formsAt(this.#log, { known: cut.known, published: cut.published, passes })
    const registry = new ModelRegistry(see(() => false))
    return {
      registry,
      t,
      picks: this.#picks,
      forms: see((chain) => registry.passes(cut.accounts, chain, t)),
    }
  }
}

function told(projection: Projection, { forms }: Seen): Told[] {
  return forms.filter(({ claim }) => projection.reads.includes(claim.kind)).map(toldOf)
}
