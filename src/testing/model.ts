/**
 * The naive model: what every read of the engine must equal.
 *
 * It keeps the array of what was appended and nothing else. Each read starts from that array:
 * what counts at the cut (model-forms), the registry (model-registry), every possible world of
 * one facet (model-worlds), how accounts stand to each other (model-weigh). It is quadratic and
 * worse, shares only types with the engine, and is meant for a few dozen reports whose instants
 * are small whole numbers.
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
import { type Form, formsAt, type ModelEntry, type Passes } from './model-forms.js'
import { byBytes, canonical, sortedValues } from './model-order.js'
import { ModelRegistry, type RegistryFields, type RegistryKind } from './model-registry.js'
import {
  disputesAmong,
  type ModelAccount,
  type ModelFacet,
  type ModelResolution,
  resolveFacets,
  standingOf,
} from './model-weigh.js'
import { outcomes, type Picks, type Row } from './model-worlds.js'

export interface Cut {
  /** Last position seen; `Infinity` for all. */
  readonly known: number
  /** What was published at or before it; `END` for all. */
  readonly published: Instant
  readonly accounts?: AccountFilter
}

/** Everything the log holds. */
export const ALL: Cut = { known: Number.POSITIVE_INFINITY, published: END }

export interface ModelPlace {
  readonly place: string
  readonly standing: Standing
  readonly disputes: readonly Dispute[]
  /** In the order of their names; only those of which something is settled or possible. */
  readonly accounts: readonly ModelAccount[]
  readonly resolved: Readonly<Record<string, ModelResolution>>
}

/** `[from, to)` in valid time. */
export interface ModelStretch {
  readonly from: Instant
  readonly to: Instant
  readonly state: ModelPlace
}

/** From `from` up to before `to` in knowledge; `to` is `null` where it is still the answer. */
export interface ModelBelief {
  /** Position or instant of publication; `null` where it was the answer from the start. */
  readonly from: number | null
  readonly to: number | null
  /** Id of the entry that began it. */
  readonly entry: string | null
  readonly state: ModelPlace
}

export type ModelResolver = 'dispute' | 'latest'

interface Seen {
  readonly forms: readonly Form[]
  readonly registry: ModelRegistry
  readonly t: Instant
}

interface KeyedRow extends Row {
  readonly key: Key
  readonly facet: string
}

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
        ? this.#rows(projection, seen).map(({ key }) => key)
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
    return this.#register(register, key, this.#rows(register, seen), seen)
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
    const rows = this.#rows(register, seen)
    const named = new Map(seen.forms.map(({ account }) => [account.name, account]))
    const accounts = [...named.values()]
      .sort((a, b) => byBytes(a.name, b.name))
      .map((account): ModelAccount => {
        const facets = this.#register(register, { place, account: account.name }, rows, seen)
        return { account, alignment: seen.registry.alignment(account.origin, t), facets }
      })
      .filter(({ facets }) => Object.keys(facets).length > 0)
    const rules = register.disputes
    return {
      place,
      standing: standingOf(accounts, rules, (a, b) => seen.registry.independent(a, b, t)),
      disputes: disputesAmong(accounts, rules),
      accounts,
      resolved: resolveFacets(accounts, resolver),
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
    const stretches: ModelStretch[] = []
    for (let t: number = from; t < to; t++) {
      const state = this.place(projection, place, instant(t), cut, resolver)
      const last = stretches.at(-1)
      if (last !== undefined && sameAnswer(last.state, state))
        stretches[stretches.length - 1] = { ...last, to: instant(t + 1) }
      else stretches.push({ from: instant(t), to: instant(t + 1), state })
    }
    return stretches
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
    return { registry, t, forms: see((chain) => registry.passes(cut.accounts, chain, t)) }
  }

  #register(
    projection: RegisterProjection,
    key: Key,
    all: readonly KeyedRow[],
    { forms, registry, t }: Seen,
  ): Record<string, ModelFacet> {
    const place = key.place
    const sweeps = forms.filter(
      ({ claim, account, start }) =>
        claim.kind === 'sweep' &&
        place !== undefined &&
        account.name === key.account &&
        registry.covers(account.origin, place, instant(start.to - 1)),
    )
    const rows = all.filter((row) => canonical(row.key) === canonical(key))
    const facets: Record<string, ModelFacet> = {}
    for (const facet of projection.facets) {
      const reading = this.#facet(
        rows.filter((row) => row.facet === facet),
        sweeps,
        t,
      )
      if (reading.possible.some((value) => value !== null)) facets[facet] = reading
    }
    return facets
  }

  #facet(rows: readonly Row[], sweeps: readonly Form[], t: Instant): ModelFacet {
    const windows = sweeps.map(({ start }) => start)
    const all = outcomes(rows, windows, t, this.#picks)
    const evidence = rows.filter((row) => all.some((outcome) => outcome.row === row))

    // The world in which everything comes at its latest: the last that has begun, unless over.
    const last = rows.filter(({ form }) => form.start.to - 1 <= t).at(-1)
    const over = last?.form.end && last.form.end.to - 1 <= t
    const carrier = last === undefined || over || typeof last.value === 'symbol' ? null : last
    const settled = carrier === null ? null : (carrier.value as ModelFacet['settled'])

    const byDefault = (value: ModelFacet['settled']) =>
      all
        .filter((outcome) => canonical(outcome.value) === canonical(value))
        .every(({ row }) => row?.form.claim.basis === 'default')
    const possible = sortedValues(all.map(({ value }) => value))
    const { form } = carrier ?? {}
    const renewals = sweeps
      .filter(({ start }) => form !== undefined && start.to - 1 <= t && start.to >= form.start.to)
      .map(({ start }) => start.to - 1)
    return {
      settled,
      possible,
      voiced: sortedValues(possible.map((value) => (byDefault(value) ? null : value))),
      certainty:
        possible.length === 1 && canonical(possible[0]) === canonical(settled)
          ? 'certain'
          : 'possible',
      since: form?.start ?? null,
      supportedAt:
        form === undefined ? null : instant(Math.max(Math.min(t, form.supportTo), ...renewals)),
      carrier: form?.id ?? null,
      mode: form === undefined ? null : form.claim.mode === 'change' ? 'change' : 'observation',
      basis: text(form?.claim.basis),
      status: text(form?.claim.status),
      published: form?.published ?? null,
      derived: carrier?.reached ?? false,
      evidence: [
        ...(carrier === null ? [] : [carrier.form.id]),
        ...evidence.filter((row) => row !== carrier).map((row) => row.form.id),
      ],
    }
  }

  /** What every report that counts sets, of its own keys and of the parts it reaches, in canonical order. */
  #rows(projection: RegisterProjection, { forms, registry }: Seen): KeyedRow[] {
    const rows: KeyedRow[] = []
    for (const form of forms.filter(({ claim }) => projection.reads.includes(claim.kind))) {
      const own = new Map<string, KeyedRow>()
      const reached = new Map<string, KeyedRow>()
      for (const { key, facets, parts } of projection.sets(toldOf(form))) {
        for (const [facet, value] of Object.entries(facets))
          if (value !== undefined)
            own.set(canonical([key, facet]), { form, key, facet, value, reached: false })
        if (parts === undefined || key.place === undefined) continue
        for (const part of registry.parts(key.place, instant(form.start.to - 1)))
          for (const [facet, value] of Object.entries(parts)) {
            const partKey = { ...key, place: part }
            if (value !== undefined)
              reached.set(canonical([partKey, facet]), {
                form,
                key: partKey,
                facet,
                value,
                reached: true,
              })
          }
      }
      rows.push(...new Map([...reached, ...own]).values())
    }
    return rows
  }
}

/** Equal settled, possible, standing and resolved values; evidence and ages do not count. */
export function sameAnswer(a: ModelPlace, b: ModelPlace): boolean {
  return canonical(answerOf(a)) === canonical(answerOf(b))
}

function answerOf(state: ModelPlace) {
  const resolved = Object.entries(state.resolved).map(([facet, resolution]) => [
    facet,
    resolution.decided ? resolution.value : resolution.candidates.map(({ value }) => value),
    resolution.decided,
  ])
  const accounts = state.accounts.map(({ account, facets }) => [
    account.name,
    Object.entries(facets).map(([name, { settled, possible }]) => [name, settled, possible]),
  ])
  return [state.standing, accounts, resolved] as Parameters<typeof canonical>[0]
}

function runs(
  answers: readonly { at: number | null; entry: string | null; state: ModelPlace }[],
): ModelBelief[] {
  const beliefs: ModelBelief[] = []
  for (const { at, entry, state } of answers) {
    const last = beliefs.at(-1)
    if (last !== undefined && sameAnswer(last.state, state)) continue
    if (last !== undefined) beliefs[beliefs.length - 1] = { ...last, to: at }
    beliefs.push({ from: at, to: null, entry, state })
  }
  return beliefs
}

function told(projection: Projection, { forms }: Seen): Told[] {
  return forms.filter(({ claim }) => projection.reads.includes(claim.kind)).map(toldOf)
}

function toldOf(form: Form): Told {
  return {
    id: form.id,
    claim: form.claim,
    account: form.account.name,
    teller: form.account,
    attribution: form.attribution,
    start: form.start,
    ...(form.end === null ? {} : { end: form.end }),
    published: form.published,
    ...(form.batch === undefined ? {} : { batch: form.batch }),
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : null)
