/** What makes two answers about a subject the same: settled, possible, standing and resolved values (RULINGS 35). */
import { canonicalText } from '../fold/intern.js'
import type { PlaceView, Resolution } from './types.js'

/** Equal texts, equal answers; evidence, ages and windows do not count. */
export function answerText(view: PlaceView): string {
  return canonicalText({
    standing: view.standing,
    accounts: view.accounts.map(({ account, control, possible }) => ({
      account,
      control,
      possible,
    })),
    resolved: Object.fromEntries(
      Object.entries(view.resolved).map(([facet, resolution]) => [facet, weighed(resolution)]),
    ),
  })
}

function weighed(resolution: Resolution): unknown {
  return resolution.decided
    ? { value: resolution.value }
    : { undecided: resolution.candidates.map(({ value }) => value) }
}

/** Whether something of what any account says is only possible. */
export function isUncertain(view: PlaceView): boolean {
  return view.accounts.some(({ certainty }) => Object.values(certainty).includes('possible'))
}

export interface Run<K, V> {
  readonly from: K
  readonly value: V
}

/** Joins neighbours with equal texts; the first of each run stands for it. */
export function maximalRuns<K, V>(
  steps: Iterable<Run<K, V>>,
  text: (value: V) => string,
): Run<K, V>[] {
  const runs: Run<K, V>[] = []
  let last: string | null = null
  for (const step of steps) {
    const now = text(step.value)
    if (now !== last) runs.push(step)
    last = now
  }
  return runs
}
