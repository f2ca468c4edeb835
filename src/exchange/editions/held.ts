/**
 * A list as the log holds it: the reports whose ids begin alike, and what their source took back and
 * corrected since. Each has the form that its source gave it by a publication; what the desk mended
 * in an entry is the desk's own, and no edition takes it back.
 *
 * An act (a correction, a withdrawal) is live when it was published by then and neither a live
 * withdrawal nor a void names it; a report is withdrawn while a live withdrawal names it.
 */
import type { CorrectionClaim, Hop, Json, Report, Timeline } from '../../index.js'
import { type Form, formOf, publishedOf } from './form.js'

export interface HeldReport {
  readonly id: string
  readonly kind: string
  readonly attribution: readonly Hop[]
  readonly batch: string | undefined
  /** As it was first published. */
  readonly first: Form
}

/** What the report's own chain of sources said of it, or of such an act, afterwards. */
export interface Act {
  readonly id: string
  readonly batch: string | undefined
  readonly published: number
  /** `null` for a withdrawal. */
  readonly corrects: Patch | null
}

/** Whole fields; `undefined` stays, `null` goes. */
export interface Patch {
  readonly claim?: Readonly<Record<string, Json>>
  readonly start?: Form['start'] | null
  readonly end?: Form['end'] | null
  readonly citation?: Json
  readonly published?: number
}

export class HeldList {
  readonly #reports = new Map<string, HeldReport>()
  readonly #acts = new Map<string, Act[]>()
  /** Voids, by what they name: `entry ID` or `batch ID`. */
  readonly #voids = new Map<string, { readonly id: string }[]>()
  #newest = Number.NEGATIVE_INFINITY

  /** Reads the log through. */
  static of(timeline: Timeline, prefix: string, upTo: number): HeldList {
    const list = new HeldList()
    const chains = new Map<string, string>()
    for (const { id, position, report, citation } of timeline.reports({ upTo })) {
      const { claim, attribution, batch } = report
      const chain = chainText(attribution)
      if (claim.kind === 'void') {
        const about = claim.of === undefined ? `batch ${claim.batch}` : `entry ${claim.of}`
        push(list.#voids, about, { id })
      } else if (claim.kind === 'withdrawal' || claim.kind === 'correction') {
        const of = String(claim.of)
        const published = publishedOf(report)
        if (chains.get(of) !== chain || published === null) continue
        chains.set(id, chain)
        const corrects =
          claim.kind === 'correction'
            ? patchOf(timeline, position, claim as unknown as CorrectionClaim)
            : null
        list.act(of, { id, batch, published, corrects })
      } else if (id.startsWith(prefix) && attribution.length > 0) {
        chains.set(id, chain)
        list.add({ id, kind: claim.kind, attribution, batch, first: formOf(report, citation) })
      }
    }
    return list
  }

  add(report: HeldReport): void {
    this.#reports.set(report.id, report)
    this.#newest = Math.max(this.#newest, report.first.published ?? Number.NEGATIVE_INFINITY)
  }

  act(of: string, act: Act): void {
    push(this.#acts, of, act)
    this.#newest = Math.max(this.#newest, act.published)
  }

  /** The latest publication of any of its entries; `-Infinity` for an empty list. */
  get newest(): number {
    return this.#newest
  }

  get(id: string): HeldReport | undefined {
    return this.#reports.get(id)
  }

  ids(): IterableIterator<string> {
    return this.#reports.keys()
  }

  /** The form that its source had given a report by a publication; whether it counts is not asked. */
  formAt({ id, first }: HeldReport, published: number): Form {
    return this.#live(id, published)
      .filter((act) => act.corrects !== null)
      .sort((a, b) => a.published - b.published || (a.id < b.id ? -1 : 1))
      .reduce((form, { corrects }) => patched(form, corrects!), first)
  }

  /** The withdrawals that keep a report out at a publication. */
  withdrawalsAt(id: string, published: number): readonly Act[] {
    return this.#live(id, published).filter((act) => act.corrects === null)
  }

  /** Whether a report was first told, or corrected, at this very publication. */
  toldAt({ id, first }: HeldReport, published: number): boolean {
    const corrected = (act: Act) => act.corrects !== null && act.published === published
    return first.published === published || this.#live(id, published).some(corrected)
  }

  /** Whether a withdrawal of a report was taken back at this very publication. */
  returnedAt({ id }: HeldReport, published: number): boolean {
    return (this.#acts.get(id) ?? []).some((act) =>
      this.#live(act.id, published).some((back) => back.published === published),
    )
  }

  /** The desk's void of an entry, or of the batch it is in. */
  voided({ id, batch }: Pick<HeldReport, 'id' | 'batch'>): 'entry' | 'batch' | null {
    const live = (about: string): boolean =>
      (this.#voids.get(about) ?? []).some((one) => !live(`entry ${one.id}`))
    if (live(`entry ${id}`)) return 'entry'
    return batch !== undefined && live(`batch ${batch}`) ? 'batch' : null
  }

  #live(id: string, published: number): Act[] {
    return (this.#acts.get(id) ?? []).filter(
      (act) =>
        act.published <= published &&
        this.voided(act) === null &&
        this.withdrawalsAt(act.id, published).length === 0,
    )
  }
}

export function chainText(attribution: readonly Hop[]): string {
  return JSON.stringify(attribution.map((hop) => hop.source))
}

function patched(form: Form, patch: Patch): Form {
  const { claim, start, end, citation, published } = patch
  const whole = Object.entries({ ...form.claim, ...claim }).filter(([, value]) => value !== null)
  return {
    claim: claim === undefined ? form.claim : Object.fromEntries(whole),
    start: start === undefined ? form.start : (start ?? undefined),
    end: end === undefined ? form.end : (end ?? undefined),
    citation: citation === undefined ? form.citation : citation,
    published: published ?? form.published,
  }
}

function patchOf(timeline: Timeline, position: number, { fields }: CorrectionClaim): Patch {
  const { claim, start, end, published } = fields
  const citation = [...timeline.parts(position)].find(({ name }) => name === 'fields.citation')
  const said = published == null ? null : publishedOf({ published } as Pick<Report, 'published'>)
  return {
    ...(claim === undefined ? {} : { claim: claim as Readonly<Record<string, Json>> }),
    ...(start === undefined ? {} : { start: start as Form['start'] | null }),
    ...(end === undefined ? {} : { end: end as Form['end'] | null }),
    ...(said === null ? {} : { published: said }),
    ...(citation === undefined
      ? {}
      : { citation: JSON.parse(new TextDecoder().decode(citation.bytes)) as Json }),
  }
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key)
  if (items === undefined) map.set(key, [item])
  else items.push(item)
}
