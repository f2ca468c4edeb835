/**
 * Tellings: what each account says of a subject. Its rows are looked up once and can then be read at
 * one instant after another.
 */

import type { Cut } from '../fold/cut.js'
import { laterWords } from '../fold/later.js'
import { rowAt } from '../fold/narrow.js'
import type { RegisterProjection } from '../fold/projection.js'
import { type KeyRows, readFacets, rowsOf } from '../fold/register.js'
import type { Store } from '../fold/store.js'
import { type Account, accountOf } from '../report/account.js'
import { compareUtf8 } from '../report/utf8.js'
import type { Instant } from '../time/instant.js'
import type { Telling } from '../weigh/standing.js'
import type { Engine } from './subject.js'

/** An account of a place at a cut, with the rows that bear on it; good until rows are added. */
export interface AccountRows {
  readonly account: Account
  /** Ids of sources, the publisher first. */
  readonly chain: readonly string[]
  readonly keyRows: KeyRows
}

/** An instant as a cut sees it. */
export interface At {
  readonly valid: Instant
  readonly cut: Cut
}

/** Every account with rows that bear on a place, or those named of them, in the order of their names. */
export function accountsOf(
  engine: Engine,
  store: Store,
  place: string,
  cut: Cut,
  named?: readonly string[],
): AccountRows[] {
  const { ledger, registry } = engine
  const places = [place, ...registry.wholes(place, cut)]
  ledger.bringForth(cut)
  const chains = new Map<string, readonly string[]>()
  for (const [i, at] of places.entries())
    for (const slot of store.slotsWith('place', at)) {
      const account = slot.key.account
      if (account === undefined || chains.has(account)) continue
      const rows = store.rows(slot, i === 0 ? 'own' : 'reaching')
      if (rows.from === rows.to) continue
      const row = rowAt(rows, rows.from)
      chains.set(
        account,
        ledger.chain(store.columns.chain[row]!).map(({ source }) => source),
      )
    }
  const names = [...chains.keys()]
    .filter((name) => named === undefined || named.includes(name))
    .sort(compareUtf8)
  return names.map((name) => {
    const chain = chains.get(name)!
    return {
      account: accountOf(chain.map((source) => ({ source }))),
      chain,
      keyRows: rowsOf(ledger, store, { place, account: name }, cut, registry),
    }
  })
}

/** What those accounts say at an instant; those with nothing settled or possible are left out. */
export function tellingsAt(
  { ledger, registry }: Engine,
  store: Store,
  accounts: readonly AccountRows[],
  { valid, cut }: At,
): Telling[] {
  const projection = store.projection as RegisterProjection
  return accounts.flatMap(({ account, chain, keyRows }) => {
    const facets = readFacets(ledger, store, keyRows, projection.facets, valid)
    if (facets.size === 0) return []
    return [
      {
        account,
        alignment: registry.alignment(chain, valid, cut),
        facets,
        later: (of: readonly string[]) => laterWords(store, keyRows, of, valid),
      },
    ]
  })
}
