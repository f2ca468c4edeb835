/**
 * The naive model's registry: the desk's account of places, actors and sources, folded with
 * certain intervals (RULINGS 28), and what follows from it: parts, coverage, copies, alignments
 * and the filter of a reading.
 */
import type { AccountFilter, AccountName } from '../reading/types.js'
import type { Hop, Json } from '../report/types.js'
import type { Instant } from '../time/instant.js'
import { accountOfChain, type Form } from './model-forms.js'
import { byBytes } from './model-order.js'

export type RegistryKind = 'place' | 'actor' | 'source'
export type RegistryFields = Readonly<Record<string, Json>>

export class ModelRegistry {
  readonly #entries: readonly Form[]

  constructor(forms: readonly Form[]) {
    this.#entries = forms
  }

  ids(kind: RegistryKind): string[] {
    const ids = this.#entries
      .filter(({ claim }) => claim.kind === kind)
      .map(({ claim }) => String(claim[kind]))
    return [...new Set(ids)].sort(byBytes)
  }

  /**
   * What is entered of an id at `t`, or `null` where nothing ever was. An entry begins at the
   * earliest bound of its start, or with time itself; per field the one that began last holds,
   * through the latest instant of its end, and then no earlier one comes back.
   */
  fields(kind: RegistryKind, id: string, t: Instant): RegistryFields | null {
    const entries = this.#entries.filter(({ claim }) => claim.kind === kind && claim[kind] === id)
    if (entries.length === 0) return null
    const fields: Record<string, Json> = {}
    const begun = entries
      .filter((entry) => entry.start.from <= t)
      .sort(
        (a, b) =>
          (a.start.from < b.start.from ? -1 : a.start.from > b.start.from ? 1 : 0) ||
          a.published - b.published ||
          byBytes(a.id, b.id),
      )
    for (const { claim, end } of begun)
      for (const [field, value] of Object.entries(claim))
        if (field !== 'kind' && field !== kind && value !== undefined) {
          if (end !== null && end.to <= t) delete fields[field]
          else fields[field] = value
        }
    return fields
  }

  /** Every place that `place` is part of at `t`, directly or not, itself first. */
  wholes(place: string, t: Instant): string[] {
    return this.#reach('place', 'partOf', place, t)
  }

  /** Every place that is part of `place` at `t`, directly or not. */
  parts(place: string, t: Instant): string[] {
    return this.ids('place').filter((id) => id !== place && this.wholes(id, t).includes(place))
  }

  /** Whether `source` speaks of `place` at all at `t`; where no coverage is recorded it may, of anything. */
  covers(source: string, place: string | undefined, t: Instant): boolean {
    const coverage = this.fields('source', source, t)?.coverage as
      | { places: readonly string[] }
      | undefined
    if (coverage === undefined) return true
    return place !== undefined && this.wholes(place, t).some((id) => coverage.places.includes(id))
  }

  /** Whether two sources are not known at `t` to copy one another or a common third, directly or not. */
  independent(a: string, b: string, t: Instant): boolean {
    const copied = this.#reach('source', 'copies', a, t)
    return !this.#reach('source', 'copies', b, t).some((source) => copied.includes(source))
  }

  /** Every source that `source` copies at `t`, directly or not. */
  copies(source: string, t: Instant): string[] {
    return this.#reach('source', 'copies', source, t).filter((other) => other !== source)
  }

  /** Every actor that `actor` is member of or allied with at `t`, directly or not, itself first. */
  sides(actor: string, t: Instant): string[] {
    const reached = [actor]
    for (const id of reached)
      for (const field of ['memberOf', 'alliedWith'])
        for (const next of (this.fields('actor', id, t)?.[field] ?? []) as readonly string[])
          if (!reached.includes(next)) reached.push(next)
    return reached
  }

  /** The side an account stands on at `t`: its origin's, else that of the nearest teller that has one. */
  alignment(chain: readonly string[], t: Instant): string | null {
    const sides = chain.map((source) => this.fields('source', source, t)?.alignment)
    return sides.filter((side) => typeof side === 'string').at(-1) ?? null
  }

  /**
   * Whether a chain passes the filter (RULINGS 17): a name is that of a hop or of the whole
   * account, an alignment that of a hop at `t`. An empty list asks for nothing.
   */
  passes(filter: AccountFilter | undefined, attribution: readonly Hop[], t: Instant): boolean {
    const chain = attribution.map((hop) => hop.source)
    const matches = (name: AccountName): boolean => {
      if (typeof name === 'string')
        return chain.includes(name) || accountOfChain(chain).name === name
      if ('origin' in name) return chain.at(-1) === name.origin
      if ('publisher' in name) return chain[0] === name.publisher
      return chain.some((source) => this.alignment([source], t) === name.alignment)
    }
    const { include = [], exclude = [] } = filter ?? {}
    return (include.length === 0 || include.some(matches)) && !exclude.some(matches)
  }

  #reach(kind: RegistryKind, field: string, from: string, t: Instant): string[] {
    const reached = [from]
    // Grows while it is walked, so that what is reached is asked in turn.
    for (const id of reached)
      for (const next of (this.fields(kind, id, t)?.[field] ?? []) as readonly string[])
        if (!reached.includes(next)) reached.push(next)
    return reached
  }
}
