/**
 * A source's record: of the claims it made before any independent origin did, how many were later
 * borne out, how many contradicted, and after how long. Counted claim by claim, never estimated.
 *
 * A *claim* is what a report says of one facet under one subject, in an account whose origin is the
 * source, where it says a value (nothing negative, no end of saying anything) that is no default and
 * was set by the report itself, not by one over a whole; and where that is new from the source: no
 * account of it had, published before (of what is published at once, before in canonical order),
 * the same value standing at the last instant of the claim's start. Full control that clears
 * fighting says that there is none, and that is a claim of its own.
 *
 * A claim is *first* where no independent origin had published, before it or at the same instant, a
 * word that fits and stood settled in its account at the last instant of the claim's start. What
 * others say by default is no word, and who copies the source, is copied by it, or copies whom it
 * copies, is nobody here (as the registry has it at the reading's instant). A denial of the account's
 * own takes from what stood what it contradicts (RULINGS 12), and is no word that fits.
 *
 * What decides is the *next* such word of an independent origin: published strictly later, certain at
 * the reading, not of earlier days alone (its start does not lie wholly before the claim's). The one
 * published first is next; of several published at once the one that starts first, in canonical
 * order. Where it fits, the claim was borne out; where it clashes, contradicted; where there is none,
 * or several start and are published alike and do not agree, it is left open. Words that say again
 * what their account said already count here: they were said later. So does a denial of what was
 * claimed, which clashes; the denial of something else says nothing of it.
 *
 * Values fit or clash as the projection's dispute rules have it of this facet alone; facets that no
 * rule judges fit where they are equal. Reports count as the reading shows them: withdrawn they are
 * out, corrected they say what they were corrected to. Claims count that have certainly begun by the
 * reading's instant. How long it took is told by publication, and in valid time from the last instant
 * of the claim's start to that of the next one's.
 */
import type { Key } from '../fold/projection.js'
import { keyText, type Slot } from '../fold/slot.js'
import type { Store } from '../fold/store.js'
import { compareUtf8 } from '../report/utf8.js'
import type { Coordinates } from './coordinates.js'
import { Tally } from './record-tally.js'
import { FacetWords, type Telling } from './record-words.js'
import type { Engine } from './subject.js'
import type { SourceRecord } from './types.js'

const kept = new WeakMap<Coordinates, Map<string, SourceRecord>>()

/** The record of a source at a reading; for the same coordinates it is counted once. */
export function recordOf(
  engine: Engine,
  store: Store,
  source: string,
  c: Coordinates,
): SourceRecord {
  const known = kept.get(c) ?? new Map<string, SourceRecord>()
  kept.set(c, known)
  const key = `${store.projection.name} ${source}`
  const record = known.get(key) ?? counted(engine, store, source, c)
  known.set(key, record)
  return record
}

/** Who is the origin of any report that the reading sees, in the order of their ids (UTF-8 bytes). */
export function originsIn(engine: Engine, store: Store, { cut }: Coordinates): string[] {
  engine.ledger.bringForth(cut)
  const sight = engine.ledger.sight(store, cut)
  const origins = new Set<string>()
  for (const slot of store.slots()) {
    const origin = originOf(engine, store, slot)
    if (origin === null || origins.has(origin)) continue
    if (store.list(slot, 'own').some((row) => sight.sees(row))) origins.add(origin)
  }
  return [...origins].sort(compareUtf8)
}

function counted(engine: Engine, store: Store, source: string, c: Coordinates): SourceRecord {
  const { ledger, registry } = engine
  ledger.bringForth(c.cut)
  const facets = store.values.facets.map(
    (_, facet) => new FacetWords(store, ledger.sight(store, c.cut), facet, c.valid),
  )
  const tally = new Tally(store.values.facets)
  const independent = remembering((origin) => registry.independent(source, origin, c.valid, c.cut))
  for (const { of, slots } of subjectsOf(store)) {
    const spoken = slots.map((slot) => ({ slot, origin: originOf(engine, store, slot) }))
    const ours = spoken.filter(({ origin }) => origin === source)
    if (ours.length === 0) continue
    const theirs = spoken.filter(({ origin }) => origin !== null && independent(origin))
    const spokenOf = ours.reduce((bits, { slot }) => bits | slot.facets, 0)
    for (const [number, words] of facets.entries()) {
      if (((spokenOf >>> (number & 31)) & 1) === 0) continue
      const tell = ({ slot }: { readonly slot: Slot }) => words.telling(slot)
      countFacet(tally, { of, words, ours: ours.map(tell), theirs: theirs.map(tell) })
    }
  }
  return tally.record(source, (row) => ledger.id(store.columns.report[row]!))
}

interface Told {
  readonly of: Key
  readonly words: FacetWords
  readonly ours: readonly Telling[]
  readonly theirs: readonly Telling[]
}

function countFacet(tally: Tally, { of, words, ours, theirs }: Told): void {
  const { facet } = words
  for (const claim of words.newIn(ours)) {
    tally.claim(facet)
    if (theirs.some((telling) => words.hadSaid(telling, claim))) continue
    const next = words.next(theirs, claim)
    const fit = new Set(next.map((row) => words.fits(claim, row)))
    const [decides] = next
    const first = { of, facet, claim, published: words.published(claim) }
    if (decides === undefined || fit.size > 1) tally.add({ ...first, outcome: 'open' })
    else {
      const outcome = fit.has(true) ? 'borneOut' : 'contradicted'
      tally.add({ ...first, outcome, next: decides, ...words.between(claim, decides) })
    }
  }
}

/** Slots that differ in nothing but their account, with what they have in common. */
function subjectsOf(store: Store): Iterable<{ readonly of: Key; readonly slots: Slot[] }> {
  const subjects = new Map<string, { of: Key; slots: Slot[] }>()
  for (const slot of store.ordered()) {
    const { account, ...of } = slot.key
    if (account === undefined) continue
    const text = keyText(of)
    const known = subjects.get(text)
    if (known === undefined) subjects.set(text, { of, slots: [slot] })
    else known.slots.push(slot)
  }
  return subjects.values()
}

/** Whose word an account is; `null` for one that nothing was said in. */
function originOf({ ledger }: Engine, store: Store, slot: Slot): string | null {
  const row = store.list(slot, 'own')[0]
  return row === undefined ? null : (ledger.chain(store.columns.chain[row]!).at(-1)?.source ?? null)
}

function remembering<T>(work: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>()
  return (name) => {
    if (!known.has(name)) known.set(name, work(name))
    return known.get(name)!
  }
}
