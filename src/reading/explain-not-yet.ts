/**
 * What bears on a facet of a subject and is not counted at the reading, and why: recorded later,
 * taken back, published later, filtered out, or not begun.
 */
import { type Cut, everythingAt } from '../fold/cut.js'
import { deniedWord, isDenial } from '../fold/meanings.js'
import type { FacetValue } from '../fold/projection.js'
import { seenRows } from '../fold/register.js'
import { place as placed } from '../fold/told.js'
import { NO_WORD, UNSET } from '../fold/values.js'
import { accountOf } from '../report/account.js'
import type { Hop } from '../report/types.js'
import { instant, printInstant } from '../time/instant.js'
import type { Asked } from './explain-asked.js'
import type { NotYet } from './explain-types.js'
import type { AccountRows } from './tellings.js'

type Why = Pick<NotYet, 'why' | 'from' | 'by'>

/** In the order of the log; `accounts` are those that the reading hears. */
export function notYetOf(
  asked: Asked,
  facet: string,
  accounts: readonly AccountRows[],
): readonly NotYet[] {
  const { ledger } = asked.engine
  const found = new Map<number, NotYet>()
  const seen = rowsSeen(asked, facet, accounts)
  for (const [at, row] of new Map([...rowsEver(asked, facet), ...seen])) {
    const why = seen.has(at) ? notBegun(asked, row) : unseen(asked, at)
    if (why !== null) {
      const account = accountOf(ledger.chain(asked.store.columns.chain[row]!)).name
      found.set(at, { report: ledger.id(at), account, value: saidBy(asked, row, facet), ...why })
    }
    for (const thought of ledger.thoughtsAbout(at)) {
      const hidden = unseenBy(asked.c.cut, thought)
      if (hidden === null) continue
      const account = accountOf(thought.chain).name
      const about = 'entry' in thought.about ? ledger.id(thought.about.entry) : ledger.id(at)
      found.set(thought.position, { report: thought.id, account, value: null, about, ...hidden })
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([, told]) => told)
}

/** A row of every report that the reading sees set the facet. */
function rowsSeen(
  { store }: Asked,
  facet: string,
  accounts: readonly AccountRows[],
): Map<number, number> {
  const number = store.values.facets.indexOf(facet)
  const rows = accounts.flatMap(({ keyRows }) => seenRows(keyRows))
  const setting = rows.filter((row) => store.word(row, number) !== UNSET)
  return new Map(setting.map((row) => [store.columns.report[row]!, row]))
}

/** A row of every report that ever set it, in its newest form that did. */
function rowsEver({ engine, store, place }: Asked, facet: string): Map<number, number> {
  const { ledger, registry } = engine
  const number = store.values.facets.indexOf(facet)
  const everything = everythingAt(ledger.head)
  const found = new Map<number, number>()
  const places = [place, ...registry.wholesInAnyForm(place)]
  for (const [i, at] of places.entries())
    for (const slot of store.slotsWith('place', at))
      for (const row of store.list(slot, i === 0 ? 'own' : 'reaching')) {
        if (store.word(row, number) === UNSET) continue
        const last = instant(store.columns.latest[row]! - 1)
        if (i > 0 && !registry.isPart(place, at, last, everything)) continue
        const report = store.columns.report[row]!
        const known = found.get(report)
        if (known === undefined || store.columns.shown[known]! < store.columns.shown[row]!)
          found.set(report, row)
      }
  return found
}

/** What a row says of a facet; `null` where it says that nothing holds, and of a denial what it denies. */
function saidBy({ store }: Asked, row: number, facet: string): FacetValue | null {
  const word = store.word(row, store.values.facets.indexOf(facet))
  if (word === NO_WORD) return null
  return store.values.word(isDenial(word) ? deniedWord(word) : word)
}

function notBegun({ store, c }: Asked, row: number): Why | null {
  const { earliest, latest } = store.columns
  if (latest[row]! - 1 <= c.valid) return null
  const begins = earliest[row]! > c.valid
  const from = begins ? earliest[row]! : latest[row]! - 1
  return { why: begins ? 'valid' : 'possible', from: printed(from), by: [] }
}

function unseen({ engine: { ledger }, c: { cut } }: Asked, at: number): Why | null {
  if (at > cut.known) return { why: 'known', from: at, by: [] }
  const thoughts = ledger.thoughtsAbout(at)
  const form = ledger.formAt(at, cut)
  if (form === undefined) {
    const by = thoughts.filter(
      (thought) =>
        thought.act.type === 'out' &&
        !('entry' in thought.about && thought.about.entry !== at) &&
        unseenBy(cut, thought) === null &&
        !ledger.isOut(thought.position, cut),
    )
    return { why: 'out', from: null, by: by.map(({ id }) => id) }
  }
  const { published } = placed(form, ledger.recorded(at))
  const why = unseenBy(cut, { position: at, published, chain: form.attribution })
  if (why !== null) return why
  // It counts, in a form that says nothing of this.
  const corrections = thoughts.filter(({ act }) => act.type === 'correct')
  const coming = corrections.flatMap((thought) => unseenBy(cut, thought) ?? [])
  if (coming[0] !== undefined) return coming[0]
  return { why: 'out', from: null, by: corrections.map(({ id }) => id) }
}

/** The first reason for which a cut does not see an entry. */
function unseenBy(
  cut: Cut,
  { position, published, chain }: { position: number; published: number; chain: readonly Hop[] },
): Why | null {
  if (position > cut.known) return { why: 'known', from: position, by: [] }
  if (chain.length === 0) return null
  if (published > cut.published) return { why: 'published', from: printed(published), by: [] }
  if (cut.passes !== null && !cut.passes(chain))
    return { why: 'accounts', from: accountOf(chain).name, by: [] }
  return null
}

/** `null` where no instant that has a date would do. */
function printed(at: number): string | null {
  return Number.isFinite(at) ? printInstant(instant(at)) : null
}
