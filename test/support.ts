/** A small world for tests: three places (`flank` is part of `town`), four sources, two sides, times in milliseconds. */
import { openTimeline, type Timeline, type TimelineOptions } from '../src/index.js'

export interface Said {
  readonly id?: string
  readonly claim: Readonly<Record<string, unknown>>
  readonly when?: string
  readonly until?: string
  readonly attribution?: unknown
  readonly published?: string
  readonly batch?: string
  readonly citation?: unknown
}

/** ISO 8601 of a small integer: so many milliseconds after 1970 began. */
export function at(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

/** Somewhere in the half-open window `[from, to)`. */
export function within(from: number, to: number): string {
  return `${at(from)}/${at(to)}`
}

const entry = (kind: string, id: string, more = {}): Said => ({
  claim: { kind, [kind]: id, ...more },
})

export const WORLD: readonly Said[] = [
  entry('actor', 'reds', { level: 'coalition' }),
  entry('actor', 'blues', { level: 'coalition' }),
  entry('place', 'town', { name: 'The Town' }),
  entry('place', 'flank', { partOf: ['town'] }),
  entry('place', 'hill'),
  entry('source', 'herald', { alignment: 'reds' }),
  entry('source', 'herald/witness'),
  entry('source', 'gazette', { alignment: 'blues' }),
  entry('source', 'echo', { copies: ['herald'] }),
]

/** A timeline in memory that holds the world; its head is then `WORLD.length`. */
export async function openWorld(options: Partial<TimelineOptions> = {}): Promise<Timeline> {
  const timeline = await openTimeline({ log: ':memory:', clock: () => 1_000_000, ...options })
  await timeline.append(WORLD)
  return timeline
}

/** A claim of control, published at 100 unless told else. */
export function control(
  id: string,
  attribution: unknown,
  when: string | undefined,
  claim: Readonly<Record<string, unknown>>,
  more: Partial<Said> = {},
): Said {
  return {
    id,
    claim: { kind: 'control', place: 'town', ...claim },
    ...(when === undefined ? {} : { when }),
    attribution,
    published: at(100),
    ...more,
  }
}
