/**
 * The timeline: who said what, held where, true when, learned when.
 *
 * Reports are appended to a log that never forgets and never overwrites; nothing is decided when
 * one is written. A reading is chosen by four coordinates (a valid instant, what was known and
 * published, whose accounts, which resolver) and answered from memory by an immutable view:
 *
 *   append ▶ recorder ▶ log ▶ ledger (rows in columns)      the past is never rewritten:
 *                               │                           rows are shown from one position
 *   at(reading) ▶ coordinates ▶ view ◀ registry, weigh      and hidden from another, and a
 *                                                           view is a cut between them
 *
 * Everything in memory can be thrown away and folded again from the log.
 */
import { randomUUID } from 'node:crypto'
import { isRashomonError, RashomonError } from './errors.js'
import { canonicalText } from './fold/intern.js'
import type { Key, Projection, RegisterProjection } from './fold/projection.js'
import { leafHash } from './integrity/leaf.js'
import type { Log } from './log/contract.js'
import { createMemoryLog } from './log/memory.js'
import { openSnapshots, type SnapshotSurvey, snapshotFileOf } from './log/snapshots.js'
import { openSqliteLog } from './log/sqlite.js'
import { createWriter, type Writer } from './log/writer.js'
import { type Logged, loggedIn, type ReportQuery } from './logged.js'
import { beliefsByPosition, beliefsByPublication } from './reading/beliefs.js'
import { type CompareOptions, type Comparison, compared, comparing } from './reading/compare.js'
import { diffOf } from './reading/diff.js'
import type { Diff } from './reading/diff-answers.js'
import { type DisputesOverOptions, disputesOver } from './reading/disputes-over.js'
import type { DisputeAt, DisputeOver } from './reading/disputes-types.js'
import { historyOf } from './reading/history.js'
import type {
  Belief,
  FoldState,
  PlaceView,
  Reading,
  RegisterState,
  Resolver,
  Stretch,
} from './reading/types.js'
import type { View } from './reading/view.js'
import { Readings } from './readings.js'
import {
  type Appended,
  type AppendOptions,
  checkOptions,
  type Receipt,
  Recorder,
  type Stored,
} from './recorder.js'
import { RegistryView } from './registry/view.js'
import { Rehearsal, type RehearsalOptions } from './rehearsal.js'
import { openDoor } from './report/door.js'
import type { ClaimKind } from './report/kind.js'
import { KINDS } from './report/kinds/all.js'
import { LIMITS, type Limits } from './report/limits.js'
import { type Snapshot, SnapshotKeeper } from './snapshot.js'
import { State } from './state.js'
import { type Watch, watch } from './stream/watch.js'
import { systemClock } from './time/clock.js'
import { MAX_INSTANT, printInstant } from './time/instant.js'
import { position } from './time/position.js'
import { RESOLVERS } from './weigh/resolvers.js'

export interface TimelineOptions {
  /** A file, or `:memory:`. */
  readonly log: string
  /** Whether a missing file is made; it is unless this is false. */
  readonly create?: boolean
  readonly readonly?: boolean
  /** Milliseconds since 1970; the system's unless given. */
  readonly clock?: () => number
  /** The user's own, beside those that are shipped. */
  readonly projections?: readonly Projection[]
  readonly claims?: readonly ClaimKind<object>[]
  readonly resolvers?: readonly Resolver[]
  readonly limits?: Partial<Limits>
}

/** What the public face ships with: projections, the one that everyday reads are bound to, and resolvers that know war. */
export interface Shipped {
  readonly projections: readonly Projection[]
  readonly everyday: RegisterProjection
  readonly resolvers: readonly Resolver[]
}

export type ReadOptions = Omit<Reading, 'valid'>
export type DisputesReading = Reading & { readonly places?: readonly string[] }
export type BeliefOptions = Reading & {
  /** Which clock the answer is followed along; positions unless said. */
  readonly by?: 'known' | 'published'
}

/** What is watched: a place through the everyday projection, or a key of any. */
export type WatchTarget = { readonly from?: number; readonly valid?: string } & (
  | { readonly place: string }
  | { readonly key: Key }
)

export class Timeline {
  readonly #log: Log
  readonly #writer: Writer
  readonly #recorder: Recorder
  readonly #state: State
  readonly #snapshots: SnapshotKeeper | null
  readonly #readings: Readings
  readonly #everyday: RegisterProjection
  #closed = false

  private constructor(log: Log, options: TimelineOptions, shipped: Shipped) {
    const limits = { ...LIMITS, ...options.limits }
    const rules = process.versions.tz ?? 'unknown'
    const door = openDoor({ kinds: [...KINDS, ...(options.claims ?? [])], limits, rules })
    this.#log = log
    this.#everyday = shipped.everyday
    const projections = [...shipped.projections, ...(options.projections ?? [])]
    this.#snapshots =
      options.log === ':memory:'
        ? null
        : new SnapshotKeeper(log, openSnapshots(snapshotFileOf(options.log)))
    this.#state = new State({
      log,
      door,
      projections: [...new Set(projections)],
      snapshots: this.#snapshots,
    })
    this.#readings = new Readings({
      log,
      state: this.#state,
      clock: options.clock ?? systemClock,
      everyday: shipped.everyday,
      projections: projections.map(({ name, revision }) => [name, revision] as const),
      resolvers: [...RESOLVERS, ...shipped.resolvers, ...(options.resolvers ?? [])],
    })
    this.#writer = createWriter(log, { onRollback: () => this.#state.rebuild() })
    this.#recorder = new Recorder({
      log,
      writer: this.#writer,
      door,
      state: this.#state,
      now: () => this.#readings.now(),
    })
  }

  /**
   * Opens a timeline on a log.
   *
   * @throws `log-missing`, `log-foreign`, `log-unsafe`, `log-damaged`, `invalid-definition`.
   */
  static async open(options: TimelineOptions, shipped: Shipped): Promise<Timeline> {
    const log =
      options.log === ':memory:'
        ? createMemoryLog({ id: randomUUID(), leafHash })
        : openSqliteLog({
            file: options.log,
            create: options.create ?? true,
            readonly: options.readonly ?? false,
            leafHash,
            newId: randomUUID,
          })
    try {
      return new Timeline(log, options, shipped)
    } catch (error) {
      log.close()
      throw error
    }
  }

  /** The log's own id. */
  get id(): string {
    return this.#log.id
  }

  /** The newest position, appends of other processes included. */
  get head(): number {
    this.#follow()
    return this.#state.head
  }

  get durability(): 'full' | 'memory' {
    return this.#log.durability
  }

  /**
   * Appends a report, or several as one commit; resolves when they are durable and every later
   * read sees them. The same report again answers with its first receipt.
   *
   * @throws `invalid-report`, `invalid-time`, `too-large`, `unknown-name`, `unknown-report`,
   *   `unauthorised`, `batch-closed`, `cycle`, `id-taken`, `condition-failed`, or what the store
   *   failed with; nothing is appended then.
   */
  append(reports: readonly unknown[], options?: AppendOptions): Promise<readonly Receipt[]>
  append(report: unknown, options?: AppendOptions): Promise<Receipt>
  async append(reports: unknown, options?: AppendOptions): Promise<Receipt | readonly Receipt[]> {
    const several = Array.isArray(reports)
    const { receipts } = await this.record(several ? reports : [reports], options)
    return several ? receipts : receipts[0]!
  }

  /** As `append`, and says what was entered because of `register`. */
  async record(reports: readonly unknown[], options?: AppendOptions): Promise<Appended> {
    this.#refuseClosed()
    checkOptions(options)
    return this.#recorder.record(reports, options)
  }

  /** Appends reports as an export holds them, as one commit; ids and report hashes stay. */
  async restore(
    stored: readonly Stored[],
    options?: Pick<AppendOptions, 'dryRun'>,
  ): Promise<Appended> {
    this.#refuseClosed()
    return this.#recorder.restore(stored, options)
  }

  /** The checks of commits to come, with nothing appended: what an import reads is checked whole first. */
  rehearse(options?: RehearsalOptions): Rehearsal {
    this.#follow()
    return new Rehearsal(this.#recorder.ground, options)
  }

  /** The receipt of a report, which can be asked for again for ever. */
  receipt(id: string): Receipt | undefined {
    this.#follow()
    return this.#recorder.receiptOf(id)
  }

  /**
   * The view at a reading, or at a token of one.
   *
   * @throws `invalid-reading`, `invalid-time`, `token-mismatch`.
   */
  at(reading: Reading | string): View {
    this.#follow()
    return this.#readings.view(reading)
  }

  /** Every maximal stretch of valid time of a place with its state, without gaps. */
  history(place: string, options: ReadOptions = {}): Stretch[] {
    this.#follow()
    refuseThen(options)
    const c = this.#readings.coordinates({ ...options, valid: printInstant(MAX_INSTANT) })
    this.#readings.refuseUnknownPlace(place, c)
    return historyOf(this.#readings.ground, this.#readings.store, place, c)
  }

  /** How the answer about a place at one instant moved as reports came in. */
  beliefs(place: string, options: BeliefOptions): Belief[] {
    this.#follow()
    const { by = 'known', ...reading } = options ?? {}
    const c = this.#readings.coordinates(reading)
    this.#readings.refuseUnknownPlace(place, c)
    const beliefs = by === 'known' ? beliefsByPosition : beliefsByPublication
    return beliefs(this.#readings.ground, this.#readings.store, place, c)
  }

  /**
   * What differs between two readings, each an object, an instant or a token, whichever of their
   * coordinates differ: typed changes per place with the reports that caused them.
   */
  diff(from: Reading | string, to: Reading | string): Diff {
    this.#follow()
    const pair = [this.#readings.coordinates(from), this.#readings.coordinates(to)] as const
    return diffOf(this.#readings.ground, this.#readings.store, pair)
  }

  /**
   * Disputes at a reading, or a token of one, with since when; or over a stretch of valid time, with how
   * long they lasted. `places` asks of some places alone.
   *
   * @throws `invalid-reading`, `invalid-time`, `token-mismatch`, `unknown-name`.
   */
  disputes(reading: DisputesReading | string): DisputeAt[]
  disputes(stretch: DisputesOverOptions): DisputeOver[]
  disputes(asked: DisputesReading | DisputesOverOptions | string): (DisputeAt | DisputeOver)[] {
    this.#follow()
    if (typeof asked === 'string') return this.#readings.view(asked).disputes()
    if ('from' in asked) return disputesOver(this.#readings.asking, asked)
    const { places, ...reading } = asked
    return this.#readings.view(reading).disputes(places)
  }

  /**
   * Two accounts compared over places and days (or other steps), each read at its end: how much differs,
   * and why.
   *
   * @throws `invalid-reading`, `invalid-time`, `unknown-name`, `usage`.
   */
  compare(options: CompareOptions): Comparison {
    return compared(this.comparing(options))
  }

  /** The same step by step, for one who shows how far it has come or may stop: tells each step after it. */
  *comparing(options: CompareOptions): Generator<string, Comparison, undefined> {
    this.#follow()
    return yield* comparing(this.#readings.asking, options)
  }

  /** The log itself, in order, as appended. */
  *reports(query: ReportQuery = {}): Iterable<Logged> {
    this.#follow()
    yield* loggedIn(this.#log, this.#state, query)
  }

  /** Parts beside an entry, as they are stored. */
  parts(at: number) {
    return this.#log.parts(position(at))
  }

  /**
   * The state of a place, or of any key, and one update per commit that changes it. Without `valid`
   * it follows knowledge at the end of time; `from` resumes after a position.
   */
  watch(projection: Projection, target: WatchTarget): Watch<PlaceView | RegisterState | FoldState> {
    this.#follow()
    const valid = target.valid ?? printInstant(MAX_INSTANT)
    const read = (known: number) => {
      const view = this.#readings.view({ valid, known })
      if ('key' in target) return view.state(projection, target.key)
      if (projection.name === this.#everyday.name) return view.place(target.place)
      throw new RashomonError(
        'invalid-reading',
        `place: places are read through ${this.#everyday.name}; a key of ${projection.name} would be right here`,
        { place: { field: 'place' } },
      )
    }
    return watch(
      {
        head: () => this.#state.head,
        commitsAfter: (after) => this.#state.commitsAfter(after),
        read,
        text: canonicalText,
        onCommit: (tell) => this.#state.onCommit(tell),
      },
      target.from,
    )
  }

  /** Places, actors and sources as the log enters them; at the end of time and the head unless said. */
  registry(
    coordinates: { readonly valid?: string; readonly known?: number | string } = {},
  ): RegistryView {
    this.#follow()
    const c = this.#readings.coordinates({
      ...coordinates,
      valid: coordinates.valid ?? printInstant(MAX_INSTANT),
    })
    return new RegistryView(this.#state.registry, c.valid, c.cut.known)
  }

  /** Settings of the store as read back from it. */
  settings(): Readonly<Record<string, string | number>> {
    return this.#log.settings()
  }

  /**
   * Saves the state of all projections beside the log, so that the next opening folds only what
   * came since. Disposable; a log in memory has none, and answers `null`.
   *
   * @throws `snapshot-failed`, the log being as it was.
   */
  async snapshot(): Promise<Snapshot | null> {
    this.#follow()
    return this.#state.save()
  }

  /** What is saved beside the log; `null` for a log in memory. */
  snapshots(): SnapshotSurvey | null {
    return this.#snapshots?.survey() ?? null
  }

  /** Forgets what is saved and folds the log from its first entry. */
  async rebuild(): Promise<void> {
    this.#follow()
    this.#state.refold()
  }

  /**
   * Waits for what is being appended, then lets go of the log. Whoever may write saves a snapshot
   * first where much was folded since the last.
   */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#writer.close()
    if (this.#worthSaving) this.#saveQuietly()
    this.#snapshots?.close()
    this.#log.close()
  }

  get #worthSaving(): boolean {
    const { head, unsaved } = this.#state
    return !this.#log.readonly && unsaved > Math.max(SAVED_FROM, head / SAVED_SHARE)
  }

  /** A snapshot that cannot be written costs the next opening time and nothing else. */
  #saveQuietly(): void {
    try {
      this.#state.save()
    } catch (error) {
      if (!isRashomonError(error, 'snapshot-failed')) throw error
    }
  }

  #follow(): void {
    this.#refuseClosed()
    this.#state.follow()
  }

  #refuseClosed(): void {
    if (this.#closed) throw new RashomonError('log-closed', 'the timeline is closed; open it again')
  }
}

/** Entries not saved yet from which closing saves, and their least share of all, as a divisor. */
const SAVED_FROM = 10_000
const SAVED_SHARE = 8

/** A history runs through every instant, so there is none that "then" could mean. */
function refuseThen(options: ReadOptions): void {
  for (const field of ['known', 'published'] as const)
    if (options?.[field] === 'then')
      throw new RashomonError(
        'invalid-reading',
        `${field}: "then" means the instant asked for, and a history asks for all; an instant would be right`,
        { place: { field } },
      )
}
