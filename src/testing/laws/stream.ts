/**
 * Law 8, stream: the updates of a watch, applied one after another from any position, equal the
 * view; each change arrives once.
 */
import * as fc from 'fast-check'
import { canonicalText } from '../../fold/intern.js'
import type { Key, Projection } from '../../fold/projection.js'
import type { PlaceView } from '../../reading/types.js'
import type { Update } from '../../stream/watch.js'
import { MAX_INSTANT, printInstant } from '../../time/instant.js'
import type { History } from '../arbitraries-input.js'
import { instants } from '../arbitraries-readings.js'
import { same } from './answers.js'
import { Bench, type Engine, type State, type Subject } from './subject.js'

type Updated = Update<PlaceView | State>

export interface Watcher {
  /** Which of the places and keys that the history comes to is watched. */
  readonly pick: number
  /** The end of time where there is none. */
  readonly valid: string | undefined
  /** Before which commit, the first apart, it begins to watch. */
  readonly begins: number
  /** Where it resumes; positions that are not there yet are taken for the head. */
  readonly from: number | undefined
}

export function stream(subject: Subject) {
  const watcher = fc.record({
    pick: fc.nat(),
    valid: fc.option(instants, { nil: undefined, freq: 3 }),
    begins: fc.nat({ max: 6 }),
    from: fc.option(fc.nat({ max: 20 }), { nil: undefined, freq: 2 }),
  })
  const watchers = fc.array(watcher, { minLength: 1, maxLength: 6 })
  return fc.asyncProperty(subject.histories(), watchers, (history, watching) =>
    follows(subject, history, watching),
  )
}

/** Whether every watcher is told of each change after where it began, once, and of nothing else. */
export async function follows(
  subject: Subject,
  history: History,
  watchers: readonly Watcher[],
): Promise<void> {
  const targets = targetsIn(await Bench.holding(subject, history), subject)
  const bench = await Bench.open(subject)
  const { engine } = bench
  const ends: number[] = []
  const checks: (() => void)[] = []
  for (const index of history.commits.keys()) {
    await bench.write(history, index, index + 1)
    ends.push(engine.head)
    for (const watcher of watchers)
      if (watcher.begins === index)
        checks.push(watching(engine, ends, targets[watcher.pick % targets.length]!, watcher))
    for (const check of checks) check()
  }
}

interface Target {
  readonly text: string
  readonly projection: Projection
  readonly at: { readonly place: string } | { readonly key: Key }
}

function targetsIn({ engine }: Bench, { projections, everyday }: Subject): Target[] {
  const places = engine.registry().places()
  const view = engine.at({ valid: LAST })
  const keys = projections.flatMap((projection) =>
    view.keys(projection).map((key) => ({ projection, key })),
  )
  return [
    ...places.map(({ id }) => ({ text: `place ${id}`, projection: everyday, at: { place: id } })),
    ...keys.map(({ projection, key }) => ({
      text: `${projection.name} of ${canonicalText(key)}`,
      projection,
      at: { key },
    })),
  ]
}

const LAST = printInstant(MAX_INSTANT)

/** Begins to watch; the check compares what has come with what the view says after each commit. */
function watching(
  engine: Engine,
  ends: readonly number[],
  { text, projection, at }: Target,
  { valid, from }: Watcher,
): () => void {
  const start = Math.min(from ?? engine.head, engine.head)
  const updates: Updated[] = []
  const errors: unknown[] = []
  engine
    .watch(projection, {
      ...at,
      ...(valid === undefined ? {} : { valid }),
      ...(from === undefined ? {} : { from: start }),
    })
    .subscribe({ next: (update) => updates.push(update), error: (error) => errors.push(error) })
  const read = (known: number) => {
    const view = engine.at({ valid: valid ?? LAST, known })
    return 'place' in at ? view.place(at.place) : view.state(projection, at.key)
  }
  return () => {
    if (errors.length > 0) throw errors[0]
    const expected: Updated[] = from === undefined ? [{ position: start, state: read(start) }] : []
    let before = read(start)
    for (const position of ends.filter((end) => end > start)) {
      const state = read(position)
      if (canonicalText(state) !== canonicalText(before)) expected.push({ position, state, before })
      before = state
    }
    same(`updates of ${text} from ${start} at head ${engine.head}`, expected, updates)
  }
}
