/** A history appended to a timeline in memory, and the naive model beside it. */
import { control, engagements } from '../../projections/index.js'
import { openTimeline } from '../../src/index.js'
import type { History, ReportInput } from '../../src/testing/arbitraries-input.js'
import { Model } from '../../src/testing/model.js'
import type { ModelEntry } from '../../src/testing/model-forms.js'
import { type Instant, instant } from '../../src/time/instant.js'
import type { Timeline } from '../../src/timeline.js'

export interface Loaded {
  readonly timeline: Timeline
  readonly model: Model
  /** Appends one more commit to the timeline alone. */
  append(reports: readonly ReportInput[]): Promise<unknown>
}

export async function load({ commits, stamps }: History): Promise<Loaded> {
  let now: Instant = stamps[0] ?? instant(0)
  const timeline = await openTimeline({ log: ':memory:', clock: () => now })
  for (const [index, commit] of commits.entries()) {
    now = stamps[index] ?? now
    await timeline.append(commit)
  }
  const model = new Model({ projections: [control, engagements] })
  model.append(entriesOf(timeline))
  return { timeline, model, append: (reports) => timeline.append(reports) }
}

/** What the log holds, as the model takes it. */
export function entriesOf(timeline: Timeline): ModelEntry[] {
  return [...timeline.reports()].map(({ report, recorded }) => ({
    report,
    recorded: instant(Date.parse(recorded)),
  }))
}
