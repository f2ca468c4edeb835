/** The naive model's stretches and runs: equal answers one after another are one (RULINGS 35, 36). */
import type { Dispute, Standing } from '../reading/types.js'
import { type Instant, instant } from '../time/instant.js'
import type { Window } from '../time/window.js'
import { canonical } from './model-order.js'
import type { ModelAccount, ModelResolution } from './model-weigh.js'

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

/** Asks at every whole instant of `[from, to)`. */
export function stretches({ from, to }: Window, ask: (t: Instant) => ModelPlace): ModelStretch[] {
  const found: ModelStretch[] = []
  for (let t: number = from; t < to; t++) {
    const state = ask(instant(t))
    const last = found.at(-1)
    if (last !== undefined && sameAnswer(last.state, state))
      found[found.length - 1] = { ...last, to: instant(t + 1) }
    else found.push({ from: instant(t), to: instant(t + 1), state })
  }
  return found
}

/** Merges answers given one after another, each from `at` on. */
export function runs(
  answers: readonly { at: number | null; entry: string | null; state: ModelPlace }[],
): ModelBelief[] {
  const found: ModelBelief[] = []
  for (const { at, entry, state } of answers) {
    const last = found.at(-1)
    if (last !== undefined && sameAnswer(last.state, state)) continue
    if (last !== undefined) found[found.length - 1] = { ...last, to: at }
    found.push({ from: at, to: null, entry, state })
  }
  return found
}

/** Equal settled, possible, standing and resolved values; evidence and ages do not count. */
export function sameAnswer(a: ModelPlace, b: ModelPlace): boolean {
  return canonical(answerOf(a)) === canonical(answerOf(b))
}

function answerOf({ standing, accounts, resolved }: ModelPlace) {
  return [
    standing,
    accounts.map(({ account, facets }) => [
      account.name,
      Object.entries(facets).map(([facet, { settled, possible }]) => [facet, settled, possible]),
    ]),
    Object.entries(resolved).map(([facet, resolution]) => [
      facet,
      resolution.decided
        ? { value: resolution.value }
        : { undecided: resolution.candidates.map(({ value }) => value) },
    ]),
  ] as Parameters<typeof canonical>[0]
}
