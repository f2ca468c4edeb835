/**
 * Second thoughts: who took back or corrected what, and whether that itself still stands.
 *
 * An entry is *live* at a cut when the cut sees it and no live withdrawal or void names it. Every
 * reference points backwards and a void is in no batch, so asking ends. A report is out while
 * any live withdrawal or void names it; else its form is what was appended with its live
 * corrections applied in order (RULINGS 23-26).
 */
import type { CorrectionFields } from '../report/correct.js'
import type { Hop } from '../report/types.js'
import { compareUtf8 } from '../report/utf8.js'
import type { Instant } from '../time/instant.js'
import type { Cut } from './cut.js'
import { compareNumbers } from './order.js'

/** `denial`: the origin took back a relay of it, which leaves the relay in its place (RULINGS 18). */
export type Act =
  | { readonly type: 'out' }
  | { readonly type: 'denial' }
  | { readonly type: 'correct'; readonly fields: CorrectionFields }

export interface Thought {
  readonly position: number
  readonly id: string
  /** Empty: the desk's. */
  readonly chain: readonly Hop[]
  readonly published: Instant
  readonly recorded: Instant
  readonly about: { readonly entry: number } | { readonly batch: number }
  readonly act: Act
}

/** The form of a report at a cut: out of account, or the base with these corrections, in order. */
export type Form =
  | { readonly out: true }
  | { readonly out: false; readonly corrections: readonly Thought[] }

const OUT: Form = { out: true }

export class Thoughts {
  readonly #byPosition = new Map<number, Thought>()
  readonly #aboutEntry = new Map<number, Thought[]>()
  readonly #aboutBatch = new Map<number, Thought[]>()
  readonly #batchOf: (position: number) => number

  /** `batchOf` gives the number of the batch an entry is in, 0 for none. */
  constructor(batchOf: (position: number) => number) {
    this.#batchOf = batchOf
  }

  add(thought: Thought): void {
    this.#byPosition.set(thought.position, thought)
    const [map, key] =
      'entry' in thought.about
        ? [this.#aboutEntry, thought.about.entry]
        : [this.#aboutBatch, thought.about.batch]
    const others = map.get(key)
    if (others === undefined) map.set(key, [thought])
    else others.push(thought)
  }

  /** Of every second thought, in the order they came. */
  positions(): number[] {
    return [...this.#byPosition.keys()]
  }

  at(position: number): Thought | undefined {
    return this.#byPosition.get(position)
  }

  /** Whether anything was ever said of an entry, or of the batch it is in. */
  touches(position: number): boolean {
    return this.#aboutEntry.has(position) || this.#aboutBatch.has(this.#batchOf(position))
  }

  /** Whether a live void closes the batch at the cut. */
  closed(batch: number, cut: Cut): boolean {
    return (this.#aboutBatch.get(batch) ?? []).some((thought) => this.live(thought, cut))
  }

  live(thought: Thought, cut: Cut): boolean {
    return sees(cut, thought) && !this.isOut(thought.position, cut)
  }

  isOut(position: number, cut: Cut): boolean {
    return this.#about(position).some(
      (thought) => thought.act.type === 'out' && this.live(thought, cut),
    )
  }

  /** Whether the origin took back, at the cut, what an entry relays of it. */
  isDenied(position: number, cut: Cut): boolean {
    return this.#about(position).some(
      (thought) => thought.act.type === 'denial' && this.live(thought, cut),
    )
  }

  relaysTakenBack(): number[] {
    return [...this.#byPosition.values()].flatMap(({ act, about }) =>
      act.type === 'denial' && 'entry' in about ? [about.entry] : [],
    )
  }

  form(position: number, cut: Cut): Form {
    if (this.isOut(position, cut)) return OUT
    const corrections = this.#about(position).filter(
      (thought) => thought.act.type === 'correct' && this.live(thought, cut),
    )
    return { out: false, corrections: corrections.sort(compareThoughts) }
  }

  /** Whether a source, not only the desk, had a say in what became of an entry. */
  rethoughtBySource(position: number): boolean {
    return this.allAbout(position).some((thought) => thought.chain.length > 0)
  }

  /** Second thoughts about an entry, those about these, and so on. */
  allAbout(position: number): Thought[] {
    return this.#about(position).flatMap((thought) => [thought, ...this.allAbout(thought.position)])
  }

  #about(position: number): Thought[] {
    const entry = this.#aboutEntry.get(position)
    const batch = this.#aboutBatch.get(this.#batchOf(position))
    if (batch === undefined) return entry ?? []
    return entry === undefined ? batch : [...entry, ...batch]
  }
}

function sees(cut: Cut, thought: Thought): boolean {
  if (thought.position > cut.known) return false
  if (thought.chain.length === 0) return true
  return thought.published <= cut.published && (cut.passes === null || cut.passes(thought.chain))
}

/** Corrections apply in the order published (the desk's: recorded), then by id. */
function compareThoughts(a: Thought, b: Thought): number {
  const when = (thought: Thought) =>
    thought.chain.length === 0 ? thought.recorded : thought.published
  return compareNumbers(when(a), when(b)) || compareUtf8(a.id, b.id)
}

/** Tells forms apart: equal texts, equal forms of one report. */
export function formText(form: Form): string {
  return form.out ? 'out' : form.corrections.map((thought) => thought.position).join(',')
}
