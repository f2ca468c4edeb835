/**
 * What a process holds in memory of its log: the ledger and the registry, kept up entry by entry,
 * and the ends of commits. All of it is disposable; the log alone is the truth.
 */
import { everythingAt } from './fold/cut.js'
import { Ledger } from './fold/ledger.js'
import type { Projection } from './fold/projection.js'
import { Recent } from './fold/recent.js'
import { regard } from './fold/regard.js'
import { sweeps } from './fold/sweeps.js'
import type { Entry, Log } from './log/contract.js'
import { type EntryKind, Registry, registryProjection } from './registry/entries.js'
import { accountOf } from './report/account.js'
import { type CorrectionFields, corrected } from './report/correct.js'
import type { Door } from './report/door.js'
import { type Hidden, reveal } from './report/hidden.js'
import { isSecondThought } from './report/thought.js'
import type { Json, Report } from './report/types.js'
import type { Snapshot, SnapshotKeeper } from './snapshot.js'
import { MAX_INSTANT } from './time/instant.js'
import { type Position, position } from './time/position.js'

/** An entry, told: its report with readable parts in place, and whose account it is of. */
export interface ToldEntry {
  readonly report: Report
  readonly account: string
  readonly hidden: Hidden
}

/** Entries folded at an opening after which all rows are laid out anew. */
const MANY = 10_000

/** Bodies kept in memory beside the log; more are read again when asked for. */
const BODIES = 4096

export interface StateOptions {
  readonly log: Log
  readonly door: Door
  readonly projections: readonly Projection[]
  /** Where states of it are saved; `null` for a log that has no file. */
  readonly snapshots: SnapshotKeeper | null
}

export class State {
  readonly #options: StateOptions
  readonly #bodies = new Recent<Report>(BODIES)
  /** Zones of places at the head and the end of time; `null` where a place has none. */
  readonly #zones = new Map<string, string | null>()
  /** Ids that have entries at the head: what is known stays so until a second thought comes. */
  readonly #known: Readonly<Record<EntryKind, Set<string>>> = {
    place: new Set(),
    actor: new Set(),
    source: new Set(),
  }
  readonly #commits: number[] = []
  readonly #listeners = new Set<() => void>()
  #told = 0
  #snapped = 0
  ledger!: Ledger
  registry!: Registry

  constructor(options: StateOptions) {
    this.#options = options
    this.rebuild()
  }

  get head(): Position {
    return this.ledger.head
  }

  /** Forgets everything and reads the log again, from what was saved of it where that serves. */
  rebuild(): void {
    const { log, snapshots } = this.#options
    this.#bodies.clear()
    this.#forgetKnown()
    this.#take(this.#emptyLedger(), [])
    // What a failure leaves half restored is never taken: reads would follow it, and closing save it.
    const restored = this.#emptyLedger()
    const commits = snapshots?.restore(restored) ?? null
    if (commits !== null) this.#take(restored, commits)
    this.catchUp(log.read(this.head))
    if (this.unsaved > MANY) for (const store of this.ledger.stores) this.ledger.settle(store)
  }

  /** Forgets what was saved as well, and folds the log from its first entry. */
  refold(): void {
    this.#options.snapshots?.forget()
    this.rebuild()
  }

  /** How many entries were folded since the state that was saved last. */
  get unsaved(): number {
    return this.head - this.#snapped
  }

  /** Saves what is held; `null` for a log that has no file. */
  save(): Snapshot | null {
    const saved = this.#options.snapshots?.save(this.ledger, this.#commits) ?? null
    if (saved !== null) this.#snapped = saved.position
    return saved
  }

  #take(ledger: Ledger, commits: readonly number[]): void {
    this.ledger = ledger
    this.registry = new Registry(ledger)
    this.#snapped = ledger.head
    this.#commits.length = 0
    for (const commit of commits) this.#commits.push(commit)
  }

  #emptyLedger(): Ledger {
    const { log, projections } = this.#options
    return new Ledger({
      projections: [registryProjection, sweeps, regard, ...projections],
      body: (at) => this.body(at),
      idOf: (at) => log.idAt(at)!,
      positionOf: (id) => log.find(id)?.position,
    })
  }

  /** Takes entries that came since, and passes over those already taken. */
  catchUp(entries: Iterable<Entry>): void {
    for (const entry of entries) if (entry.position > this.head) this.apply(entry)
  }

  /** Takes what is in the log and not yet here, whoever appended it. */
  follow(): void {
    const { log } = this.#options
    if (log.head() > this.head) this.catchUp(log.read(this.head))
    this.tellCommits()
  }

  /** Takes the next entry; `report` is it as `tell` would tell it, where that is at hand. */
  apply(entry: Entry, report: Report = this.tell(entry).report): void {
    this.#bodies.set(entry.position, report)
    const { claim } = report
    if (isSecondThought(claim.kind)) this.#forgetKnown()
    else if (claim.kind === 'place') this.#zones.delete(String(claim.place))
    const recorded = entry.from?.recorded ?? entry.recorded
    this.ledger.apply({ position: entry.position, stamp: entry.recorded, recorded, report })
    if (this.#commits.at(-1) !== entry.commit) this.#commits.push(entry.commit)
  }

  tell(entry: Entry): ToldEntry {
    const { door, log } = this.#options
    const stored = door.open(entry.bytes)
    const hidden = stored.parts === undefined ? {} : partsIn(log, entry.position)
    const report = { ...stored, claim: reveal(stored.claim, hidden) }
    return { report, account: accountOf(report.attribution).name, hidden }
  }

  /** Whether a place, actor or source has any entry at the head. */
  knows(kind: EntryKind, id: string): boolean {
    const known = this.#known[kind]
    if (known.has(id)) return true
    const isKnown = this.registry.knows(kind, id, this.head)
    if (isKnown) known.add(id)
    return isKnown
  }

  /** The zone that a place has in the end, as known at the head. */
  zoneOf(place: string): string | undefined {
    let zone = this.#zones.get(place)
    if (zone === undefined) {
      const said = this.registry.field('place', place, 'zone', MAX_INSTANT, this.everything)
      zone = typeof said === 'string' ? said : null
      this.#zones.set(place, zone)
    }
    return zone ?? undefined
  }

  #forgetKnown(): void {
    this.#zones.clear()
    for (const ids of Object.values(this.#known)) ids.clear()
  }

  /**
   * Places that a report is about: those it names, or enters; of a second thought those of the
   * reports it bears on, and where it moves them. Each once.
   */
  placesOf(report: Report): readonly string[] {
    const { kind, ...claim } = report.claim
    const entered = kind === 'place' ? [String(claim.place)] : []
    const named = this.#options.door.kinds.get(kind)?.references(claim).places ?? []
    return [...new Set([...entered, ...named, ...this.#placesRethought(report)])]
  }

  #placesRethought({ claim }: Report): readonly string[] {
    if (!isSecondThought(claim.kind)) return []
    const { of, batch, fields } = claim as {
      of?: string
      batch?: string
      fields?: CorrectionFields
    }
    const target = of === undefined ? undefined : this.#options.log.find(of)?.position
    const about = target === undefined ? this.ledger.membersOf(batch ?? '') : [target]
    return about.flatMap((at) => {
      const report = this.body(position(at))
      const moved = fields === undefined ? [] : this.placesOf(corrected(report, fields))
      return [...this.placesOf(report), ...moved]
    })
  }

  body(at: Position): Report {
    const known = this.#bodies.get(at)
    if (known !== undefined) return known
    const entry = this.#options.log.at(at)
    if (entry === undefined) throw new RangeError(`no entry at position ${at}`)
    const { report } = this.tell(entry)
    this.#bodies.set(at, report)
    return report
  }

  /** Ends of the commits after a position, ascending. */
  *commitsAfter(after: number): Iterable<number> {
    let i = this.#commits.length
    while (i > 0 && this.#commits[i - 1]! > after) i--
    for (; i < this.#commits.length; i++) yield this.#commits[i]!
  }

  onCommit(tell: () => void): () => void {
    this.#listeners.add(tell)
    return () => this.#listeners.delete(tell)
  }

  /** Tells those who listen, once the entries are durable. */
  tellCommits(): void {
    if (this.head === this.#told) return
    this.#told = this.head
    for (const tell of [...this.#listeners]) tell()
  }

  /** The cut that sees everything there is. */
  get everything() {
    return everythingAt(this.head)
  }
}

function partsIn(log: Log, at: Position): Hidden {
  const decoder = new TextDecoder()
  return Object.fromEntries(
    log.parts(at).map(({ name, bytes }) => [name, JSON.parse(decoder.decode(bytes)) as Json]),
  )
}
