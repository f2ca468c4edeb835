/**
 * What a log holds, counted in one pass over its entries without folding them: reports are read as
 * they are stored, before corrections, and those that no longer count are counted.
 */
import { accountOf, DESK } from '../report/account.js'
import { isRegard, isSecondThought } from '../report/thought.js'
import type { Report } from '../report/types.js'
import type { Instant } from '../time/instant.js'
import type { Entry } from './contract.js'

/** The earliest and the latest instant of something; `null` where there is none. */
export type Extent = { readonly from: Instant; readonly to: Instant } | null

export interface KindCount {
  readonly kind: string
  readonly entries: number
}

export interface AccountCount {
  /** `desk` for the desk's own. */
  readonly account: string
  readonly entries: number
  /** From the earliest bound of a start to the latest bound of a start or an end. */
  readonly valid: Extent
  readonly published: Extent
}

export interface Census {
  readonly entries: number
  readonly commits: number
  /** The most frequent first. */
  readonly kinds: readonly KindCount[]
  readonly accounts: readonly AccountCount[]
  /** Ids that were ever entered. */
  readonly registry: { readonly places: number; readonly actors: number; readonly sources: number }
  readonly batches: { readonly named: number; readonly entries: number; readonly voided: number }
  /** Withdrawals, corrections and voids, by kind. */
  readonly secondThoughts: Readonly<Record<string, number>>
  readonly valid: Extent
  readonly published: Extent
  readonly recorded: Extent
  /** Reports of sources that state no start, and no publication. */
  readonly unstated: { readonly start: number; readonly published: number }
  /** Texts that lie beside reports. */
  readonly parts: number
}

export function takeCensus(entries: Iterable<Entry>): Census {
  const decoder = new TextDecoder()
  const tally = new Tally()
  for (const entry of entries) tally.take(entry, JSON.parse(decoder.decode(entry.bytes)) as Report)
  return tally.census()
}

/** A stretch that grows. */
class Growing {
  #from = Number.POSITIVE_INFINITY
  #to = Number.NEGATIVE_INFINITY

  take(...instants: readonly (number | null | undefined)[]): void {
    for (const at of instants) {
      if (at === null || at === undefined) continue
      if (at < this.#from) this.#from = at
      if (at > this.#to) this.#to = at
    }
  }

  get extent(): Extent {
    return this.#from > this.#to ? null : { from: this.#from as Instant, to: this.#to as Instant }
  }
}

class Account {
  entries = 0
  readonly valid = new Growing()
  readonly published = new Growing()
}

const REGISTRY = ['place', 'actor', 'source'] as const

class Tally {
  #entries = 0
  #commits = 0
  #commit = 0
  #parts = 0
  #batched = 0
  readonly #kinds = new Map<string, number>()
  readonly #accounts = new Map<string, Account>()
  readonly #entered = { place: new Set(), actor: new Set(), source: new Set() }
  readonly #batches = new Set<string>()
  readonly #voided = new Set<unknown>()
  readonly #thoughts: Record<string, number> = {}
  readonly #unstated = { start: 0, published: 0 }
  readonly #valid = new Growing()
  readonly #published = new Growing()
  readonly #recorded = new Growing()

  take(entry: Entry, report: Report): void {
    const { claim, batch, parts } = report
    this.#entries++
    if (entry.commit !== this.#commit) this.#commits++
    this.#commit = entry.commit
    this.#recorded.take(entry.recorded)
    this.#kinds.set(claim.kind, (this.#kinds.get(claim.kind) ?? 0) + 1)
    this.#parts += parts === undefined ? 0 : Object.keys(parts).length
    if (batch !== undefined) {
      this.#batched++
      this.#batches.add(batch)
    }
    if (isSecondThought(claim.kind)) {
      this.#thoughts[claim.kind] = (this.#thoughts[claim.kind] ?? 0) + 1
      if (claim.kind === 'void' && claim.batch !== undefined) this.#voided.add(claim.batch)
    }
    for (const kind of REGISTRY) if (claim.kind === kind) this.#entered[kind].add(claim[kind])
    this.#takeAccount(report)
  }

  #takeAccount({ attribution, claim, start, end, published }: Report): void {
    const { name } = accountOf(attribution)
    const account = this.#accounts.get(name) ?? new Account()
    this.#accounts.set(name, account)
    account.entries++
    if (name === DESK) return
    if (start === undefined && !isSecondThought(claim.kind) && !isRegard(claim.kind))
      this.#unstated.start++
    if (published === undefined) this.#unstated.published++
    const bounds = end?.end === 'at' ? end : undefined
    const instants = [start?.from, last(start?.to), bounds?.from, last(bounds?.to)]
    for (const stretch of [this.#valid, account.valid]) stretch.take(...instants)
    // A date of publication counts at its last instant.
    for (const stretch of [this.#published, account.published]) stretch.take(last(published?.to))
  }

  census(): Census {
    const { place, actor, source } = this.#entered
    return {
      entries: this.#entries,
      commits: this.#commits,
      kinds: [...this.#kinds].map(([kind, entries]) => ({ kind, entries })).sort(mostFirst),
      accounts: [...this.#accounts]
        .map(([account, { entries, valid, published }]) => {
          return { account, entries, valid: valid.extent, published: published.extent }
        })
        .sort(mostFirst),
      registry: { places: place.size, actors: actor.size, sources: source.size },
      batches: { named: this.#batches.size, entries: this.#batched, voided: this.#voided.size },
      secondThoughts: { ...this.#thoughts },
      valid: this.#valid.extent,
      published: this.#published.extent,
      recorded: this.#recorded.extent,
      unstated: { ...this.#unstated },
      parts: this.#parts,
    }
  }
}

/** The last instant of a window that ends, exclusively, there. */
function last(to: number | null | undefined): number | null {
  return to === null || to === undefined ? null : to - 1
}

function mostFirst(a: { readonly entries: number }, b: { readonly entries: number }): number {
  return b.entries - a.entries
}
