/**
 * What a reading knows beside the words of the accounts: grades in force for sources and reports,
 * stances on reports, whose origin took back what a relay carries, and which side an actor is on.
 * Each is looked up when it is first asked for.
 */
import { REGARD } from '../fold/regard.js'
import { type Carrier, readFacets, rowsOf } from '../fold/register.js'
import type { Slot } from '../fold/slot.js'
import type { Credibility, Reliability, StanceOn } from '../reading/types.js'
import { type Account, accountNamed, accountOf } from '../report/account.js'
import type { Hop, Stance } from '../report/types.js'
import { compareUtf8 } from '../report/utf8.js'
import type { WeighedAt } from './weighing.js'

interface Said {
  readonly slot: Slot
  readonly value: unknown
}

export class Regards {
  readonly #at: WeighedAt
  readonly #reliability = new Map<string, readonly Reliability[]>()
  readonly #credibility = new Map<string, readonly Credibility[]>()
  readonly #stances = new Map<string, readonly StanceOn[]>()
  readonly #copies = new Map<string, ReadonlySet<string>>()
  readonly #sides = new Map<string, ReadonlySet<string>>()

  constructor(at: WeighedAt) {
    this.#at = at
  }

  reliability(origin: string): readonly Reliability[] {
    return remembered(this.#reliability, origin, () => {
      const grades = this.#said('source', origin, 'reliability').map(({ value }) => value)
      return [...new Set(grades as Reliability[])].sort()
    })
  }

  credibility(report: string): readonly Credibility[] {
    return remembered(this.#credibility, report, () => {
      const grades = this.#said('report', report, 'credibility').map(({ value }) => value)
      return [...new Set(grades as Credibility[])].sort((a, b) => a - b)
    })
  }

  /** A hop's stance in the chain of the report gives way to one that it states of its own. */
  stances(account: Account, carrier: Carrier): readonly StanceOn[] {
    return remembered(this.#stances, carrier.id, () => {
      const chain = account.via.length === 0 ? [] : this.#chainOf(carrier)
      const found = new Map<string, StanceOn>()
      const tellers = chain.slice(0, -1)
      for (const [i, { stance }] of tellers.entries()) {
        const { name, origin } = accountOf(chain.slice(0, i + 1))
        if (stance !== undefined) found.set(name, { account: name, origin, stance, relay: true })
      }
      for (const { slot, value } of this.#said('report', carrier.id, 'stance')) {
        const account = slot.key.account!
        const { origin } = accountNamed(account)
        const relay = tellers.some((teller) => teller.source === origin)
        const stance = value as Stance
        if (stance === 'none') found.delete(account)
        else found.set(account, { account, origin, stance, ...(relay ? { relay } : {}) })
      }
      return [...found.values()].sort((a, b) => compareUtf8(a.account, b.account))
    })
  }

  /** Whether the origin itself withdrew or denies a relay of it. */
  disowned({ name, origin }: Account, { position, id }: Carrier): boolean {
    if (name === origin) return false
    const { ledger, cut } = this.#at
    if (ledger.isDenied(position, cut)) return true
    return this.#said('report', id, 'stance').some(
      ({ slot, value }) => slot.key.account === origin && value === 'deny',
    )
  }

  sides(actor: string): ReadonlySet<string> {
    return remembered(this.#sides, actor, () => {
      const { registry, valid, cut } = this.#at
      const found = new Set([actor])
      // Grows while it is walked, so that what is reached is asked in turn.
      for (const one of found)
        for (const field of ['memberOf', 'alliedWith'] as const)
          for (const next of registry.ids('actor', one, field, valid, cut)) found.add(next)
      return found
    })
  }

  copies(origin: string): ReadonlySet<string> {
    return remembered(this.#copies, origin, () => {
      const { registry, valid, cut } = this.#at
      return registry.reaches('source', origin, 'copies', valid, cut)
    })
  }

  /** With the stances of its hops, which only the report holds. */
  #chainOf({ position }: Carrier): readonly Hop[] {
    return this.#at.ledger.formAt(position, this.#at.cut)?.attribution ?? []
  }

  /** What each account that says anything of it holds at the reading, in no order. */
  #said(what: 'report' | 'source', id: string, facet: string): Said[] {
    const { ledger, registry, cut, valid } = this.#at
    const store = ledger.store(REGARD)
    if (store === undefined || store.columns.size === 0) return []
    ledger.bringForth(cut)
    return store.slotsWith(what, id).flatMap((slot) => {
      const rows = rowsOf(ledger, store, slot.key, cut, registry)
      const facets = store.values.facets
      const value = readFacets(ledger, store, rows, facets, valid).get(facet)?.settled ?? null
      return value === null ? [] : [{ slot, value }]
    })
  }
}

function remembered<K, V>(known: Map<K, V>, key: K, read: () => V): V {
  const found = known.get(key)
  if (found !== undefined) return found
  const value = read()
  known.set(key, value)
  return value
}
