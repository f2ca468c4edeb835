/**
 * What a law is about: a way to open an engine, and what is read of it. The shipped engine is one,
 * with a user's projections, claim kinds and resolvers or without; a broken one is another.
 */
import type * as fc from 'fast-check'
import { control, engagements } from '../../../projections/index.js'
import type { Key, Projection } from '../../fold/projection.js'
import { openTimeline } from '../../index.js'
import type { Diff } from '../../reading/diff-answers.js'
import type {
  Belief,
  FoldState,
  PlaceView,
  Reading,
  RegisterState,
  Resolver,
  Stretch,
} from '../../reading/types.js'
import type { View } from '../../reading/view.js'
import type { Update } from '../../stream/watch.js'
import { type Instant, instant } from '../../time/instant.js'
import type { Timeline, TimelineOptions, WatchTarget } from '../../timeline.js'
import { type HistoryOptions, histories } from '../arbitraries.js'
import type { History, ReportInput } from '../arbitraries-input.js'

/** What the laws ask of a timeline. */
export interface Engine
  extends Pick<Timeline, 'head' | 'receipt' | 'reports' | 'registry' | 'close'> {
  append(reports: readonly unknown[]): Promise<readonly Receipted[]>
  at(reading: Reading | string): EngineView
  history(place: string, options?: Omit<Reading, 'valid'>): readonly Stretch[]
  beliefs(
    place: string,
    options: Reading & { readonly by?: 'known' | 'published' },
  ): readonly Belief[]
  diff(from: Reading | string, to: Reading | string): Diff
  watch(projection: Projection, target: WatchTarget): Watched
}

export interface EngineView
  extends Pick<View, 'reading' | 'token' | 'place' | 'places' | 'keys' | 'explain'> {
  state(projection: Projection, key: Key): State
}

export type State = RegisterState | FoldState

/** A receipt, as far as laws ask for it. */
export type Receipted = Awaited<ReturnType<Timeline['record']>>['receipts'][number]

/** Updates as an observable gives them. */
export interface Watched {
  subscribe(observer: {
    next(update: Update<PlaceView | State>): void
    error?(error: unknown): void
  }): { unsubscribe(): void }
}

export interface Subject {
  /** Opens an engine on a file, or `:memory:`; the clock is in milliseconds since 1970. */
  readonly open: (options: {
    readonly log: string
    readonly clock: () => number
  }) => Promise<Engine>
  /** The projection that places are read by. */
  readonly everyday: Projection
  /** Those whose every key is read, the everyday one included. */
  readonly projections: readonly Projection[]
  readonly resolvers: readonly (string | Resolver)[]
  /** The histories that it is asked about. */
  readonly histories: (options?: HistoryOptions) => fc.Arbitrary<History>
}

export type SubjectOptions = Pick<TimelineOptions, 'projections' | 'claims' | 'resolvers'> &
  Partial<Pick<Subject, 'histories'>>

/** Every shipped resolver; those that take arguments with some. */
const SHIPPED = [
  'dispute',
  'latest',
  'corroborated',
  'corroborated(1)',
  'ranked(b,a)',
  'rated',
  'cautious',
  'against-interest',
]

/** The shipped engine, with a user's own beside what is shipped; histories are of the shipped kinds unless given. */
export function subject(options: SubjectOptions = {}): Subject {
  const { histories: own = histories, ...opening } = options
  return {
    open: ({ log, clock }) => openTimeline({ ...opening, log, clock }),
    everyday: control,
    projections: [control, engagements, ...(options.projections ?? [])],
    resolvers: [...SHIPPED, ...(options.resolvers ?? [])],
    histories: own,
  }
}

/** An engine and the hand that writes in it. */
export class Bench {
  readonly engine: Engine
  readonly #clock: { now: Instant }

  private constructor(engine: Engine, clock: { now: Instant }) {
    this.engine = engine
    this.#clock = clock
  }

  static async open({ open }: Subject, log = ':memory:'): Promise<Bench> {
    const clock = { now: instant(0) }
    return new Bench(await open({ log, clock: () => clock.now }), clock)
  }

  /** Opens an engine that holds a history. */
  static async holding(subject: Subject, history: History): Promise<Bench> {
    const bench = await Bench.open(subject)
    await bench.write(history)
    return bench
  }

  /** Makes the clock stand at an instant. */
  set(now: Instant): void {
    this.#clock.now = now
  }

  /** Appends reports as one commit. */
  append(reports: readonly (ReportInput | object)[], now = this.#clock.now) {
    this.set(now)
    return this.engine.append(reports)
  }

  /** Appends the commits from index `from` up to before `to`, each at its stamp. */
  async write({ commits, stamps }: History, from = 0, to = commits.length): Promise<Receipted[]> {
    const receipts: Receipted[] = []
    for (const [index, commit] of commits.slice(from, to).entries())
      if (commit.length > 0) receipts.push(...(await this.append(commit, stamps[from + index])))
    return receipts
  }
}
