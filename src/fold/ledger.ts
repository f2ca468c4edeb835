/**
 * The ledger: every projection's rows, kept up with the log entry by entry.
 *
 * One entry in, rows out. A report adds rows, shown from its position. A withdrawal or void
 * hides rows from its own position, a correction hides some and shows others; nothing is ever
 * rewritten, so a view at any earlier position stays what it was.
 */
import type { CorrectionFields } from '../report/correct.js'
import { corrected } from '../report/correct.js'
import type { Hop, Report } from '../report/types.js'
import { publishedAt } from '../report/types.js'
import { BEGIN, type Instant } from '../time/instant.js'
import type { Position } from '../time/position.js'
import {
  BY_DEFAULT,
  BY_DESK,
  INCONSISTENT,
  NEVER,
  OBSERVATION,
  RETHOUGHT,
  UNSTATED,
} from './columns.js'
import { type Cut, everythingAt, restricts } from './cut.js'
import { Intern } from './intern.js'
import type { Key, Projection, Told } from './projection.js'
import { rowValue, type Shelf, type Slot, Store, statedFacets } from './store.js'
import { type Form, formText, type Thought, Thoughts } from './thoughts.js'
import { place } from './told.js'

/** An entry as the ledger takes it. */
export interface Recorded {
  readonly position: Position
  /** The log's own stamp, a label on the position. */
  readonly stamp: Instant
  /** The same, or for a merged entry the stamp of the log it was first recorded in. */
  readonly recorded: Instant
  readonly report: Report
}

export interface LedgerOptions {
  readonly projections: readonly Projection[]
  /** The body of an entry, its readable parts in place. */
  readonly body: (position: Position) => Report
  readonly positionOf: (id: string) => Position | undefined
}

interface RowReference {
  readonly store: Store
  readonly row: number
}

/** A report with second thoughts: its rows in each form it ever took at a cut that was asked for. */
interface Lineage {
  readonly report: Report
  readonly recorded: Instant
  readonly position: number
  readonly forms: Map<string, { readonly report: Report; readonly rows: readonly RowReference[] }>
  current: string
  bySource: boolean
}

const THOUGHTS = new Set(['withdrawal', 'correction', 'entry-correction', 'void'])
const NONE: ReadonlySet<number> = new Set()

export class Ledger {
  readonly #options: LedgerOptions
  readonly #stores = new Map<string, Store>()
  readonly #readers = new Map<string, Store[]>()
  readonly #ids: string[] = ['']
  readonly #recorded: number[] = [0]
  readonly #stamps: number[] = [Number.NEGATIVE_INFINITY]
  readonly #batches = new Intern<string>()
  readonly #batchOf: number[] = [0]
  readonly #membersOf = new Map<number, number[]>()
  readonly #chains = new Intern<readonly Hop[]>()
  readonly #thoughts = new Thoughts((at) => this.#batchOf[at] ?? 0)
  readonly #lineages = new Map<number, Lineage>()
  readonly #reshown = new WeakMap<Cut, Map<Store, Set<number>>>()
  readonly #passes = new WeakMap<Cut, Map<number, boolean>>()

  constructor(options: LedgerOptions) {
    this.#options = options
    this.#batches.number('', () => '')
    const shelf: Shelf = {
      ids: (report) => this.#ids[report]!,
      passesChain: (chain, cut) => this.#passesChain(chain, cut),
    }
    for (const projection of options.projections) {
      const store = new Store(projection, shelf)
      this.#stores.set(projection.name, store)
      for (const kind of projection.reads) {
        const readers = this.#readers.get(kind)
        if (readers === undefined) this.#readers.set(kind, [store])
        else readers.push(store)
      }
    }
  }

  get head(): Position {
    return (this.#ids.length - 1) as Position
  }

  store(projection: string): Store | undefined {
    return this.#stores.get(projection)
  }

  id(position: number): string {
    return this.#ids[position]!
  }

  recorded(position: number): Instant {
    return this.#recorded[position] as Instant
  }

  /** Of the newest entry; the beginning of time where there is none. */
  get newestStamp(): Instant {
    return this.#stamps[this.#stamps.length - 1] as Instant
  }

  /** The newest position stamped strictly before an instant. */
  before(at: Instant): Position {
    let low = 0
    let high = this.#stamps.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#stamps[middle]! < at) low = middle + 1
      else high = middle
    }
    return (low - 1) as Position
  }

  knowsBatch(batch: string): boolean {
    return this.#batches.find(batch) !== undefined
  }

  /** Positions of the entries in a batch. */
  membersOf(batch: string): readonly number[] {
    return this.#membersOf.get(this.#batches.find(batch) ?? -1) ?? []
  }

  /** Whether a live void closes a batch at the head. */
  closed(batch: string): boolean {
    const number = this.#batches.find(batch)
    return number !== undefined && this.#thoughts.closed(number, everythingAt(this.head))
  }

  /** Takes the next entry of the log. Entries come once each, in the order of their positions. */
  apply(entry: Recorded): void {
    const { position, report } = entry
    this.#ids.push(report.id)
    this.#recorded.push(entry.recorded)
    this.#stamps.push(entry.stamp)
    const batch =
      report.batch === undefined ? 0 : this.#batches.number(report.batch, () => report.batch!)
    this.#batchOf.push(batch)
    if (batch !== 0) {
      const members = this.#membersOf.get(batch)
      if (members === undefined) this.#membersOf.set(batch, [position])
      else members.push(position)
    }
    if (THOUGHTS.has(report.claim.kind)) this.#think(entry)
    else {
      this.#addRows(report, position, entry.recorded, position, false)
      if (this.#thoughts.touches(position)) this.#reform(position, position)
    }
  }

  /** Whether an entry counts at a cut (its own publication and chain apart). */
  isOut(position: number, cut: Cut): boolean {
    return this.#thoughts.isOut(position, cut)
  }

  isDenial(position: number): boolean {
    return this.#thoughts.at(position)?.act.type === 'denial'
  }

  /** The form of an entry at a cut, whatever was published by then and by whom; `undefined` where it is out. */
  formAt(position: number, cut: Cut): Report | undefined {
    const form = this.#thoughts.form(position, cut)
    return form.out ? undefined : this.#formed(this.#options.body(position as Position), form)
  }

  /** The report in its form at a cut, or `undefined` where it does not count there. */
  reportAt(position: number, cut: Cut): Report | undefined {
    if (position > cut.known) return undefined
    const report = this.formAt(position, cut)
    if (report === undefined) return undefined
    if (report.attribution.length === 0) return report
    if (publishedAt(report, this.recorded(position)) > cut.published) return undefined
    return cut.passes === null || cut.passes(report.attribution) ? report : undefined
  }

  /** The body behind a row, in the form that the row stands for. */
  bodyOf(store: Store, row: number): Report {
    const position = store.columns.report[row]!
    for (const form of this.#lineages.get(position)?.forms.values() ?? [])
      if (form.rows.some((reference) => reference.store === store && reference.row === row))
        return form.report
    return this.#options.body(position as Position)
  }

  /** Every second thought that bears on an entry, directly or through others. */
  thoughtsAbout(position: number): readonly Thought[] {
    return this.#thoughts.allAbout(position)
  }

  chain(number: number): readonly Hop[] {
    return this.#chains.item(number)
  }

  /** Rows of a list (a slot's `own` or `reaching`) that a cut sees, in canonical order. */
  visible(store: Store, rows: readonly number[], cut: Cut): number[] {
    const reshown = restricts(cut) ? (this.#reshownAt(cut).get(store) ?? NONE) : NONE
    return rows.filter((row) => store.visible(row, cut, reshown))
  }

  /**
   * Makes the rows of the forms that reports have at a cut alone, so that keys can be found by
   * their slots; whoever looks for keys asks for this first.
   */
  bringForth(cut: Cut): void {
    if (restricts(cut)) this.#reshownAt(cut)
  }

  /**
   * The same for every earlier position and publication at which a source's second thought came,
   * and before any was published.
   */
  bringForthAll(cut: Cut): void {
    for (const lineage of this.#lineages.values()) {
      if (!lineage.bySource) continue
      const thoughts = this.#thoughts.allAbout(lineage.position)
      const earlier = [
        { ...cut, published: BEGIN },
        ...thoughts.map(({ position }) => ({ ...cut, known: position as Position })),
        ...thoughts.map(({ published }) => ({ ...cut, published })),
      ]
      for (const one of earlier) {
        const form = this.#thoughts.form(lineage.position, one)
        if (!form.out) this.#rowsOfForm(lineage, form)
      }
    }
  }

  #passesChain(chain: number, cut: Cut): boolean {
    if (cut.passes === null) return true
    const known = this.#passes.get(cut) ?? new Map<number, boolean>()
    this.#passes.set(cut, known)
    const passes = known.get(chain) ?? cut.passes(this.#chains.item(chain))
    known.set(chain, passes)
    return passes
  }

  #think(entry: Recorded): void {
    const { position, report } = entry
    const claim = report.claim as {
      of?: string
      batch?: string
      fields?: CorrectionFields
      kind: string
    }
    const target = claim.of === undefined ? undefined : this.#options.positionOf(claim.of)
    const about =
      target === undefined
        ? { batch: this.#batches.number(claim.batch ?? '', () => claim.batch ?? '') }
        : { entry: target as number }
    const thought: Thought = {
      position,
      id: report.id,
      chain: report.attribution,
      published: publishedAt(report, entry.recorded),
      recorded: entry.recorded,
      about,
      act: this.#actOf(claim, report, target),
    }
    this.#thoughts.add(thought)
    for (const root of new Set(this.#roots(about))) this.#reform(root, position)
  }

  #actOf(
    claim: { kind: string; fields?: CorrectionFields },
    report: Report,
    target: Position | undefined,
  ): Thought['act'] {
    if (claim.fields !== undefined) return { type: 'correct', fields: claim.fields }
    if (claim.kind === 'withdrawal' && target !== undefined && report.attribution.length === 1) {
      const told = this.#options.body(target).attribution
      if (told.length > 1 && told.at(-1)!.source === report.attribution[0]!.source)
        return { type: 'denial' }
    }
    return { type: 'out' }
  }

  /** The reports, no second thoughts themselves, that a second thought bears on in the end. */
  #roots(about: Thought['about']): number[] {
    const named = 'entry' in about ? [about.entry] : (this.#membersOf.get(about.batch) ?? [])
    return named.flatMap((position) => {
      const thought = this.#thoughts.at(position)
      return thought === undefined ? [position] : this.#roots(thought.about)
    })
  }

  /** Brings a report's rows to the form it has from a position on. */
  #reform(root: number, position: Position): void {
    const lineage = this.#lineageOf(root)
    const form = this.#thoughts.form(root, everythingAt(position))
    if (!lineage.bySource && this.#thoughts.rethoughtBySource(root)) {
      lineage.bySource = true
      for (const { rows } of lineage.forms.values())
        for (const { store, row } of rows) store.columns.flags[row]! |= RETHOUGHT
    }
    const text = formText(form)
    if (text === lineage.current) return
    for (const { rows } of lineage.forms.values())
      for (const { store, row } of rows)
        if (store.columns.hidden[row] === NEVER) store.columns.hidden[row] = position
    lineage.current = text
    if (form.out) return
    const report = this.#formed(lineage.report, form)
    const rows = this.#addRows(report, root, lineage.recorded, position, lineage.bySource)
    const before = lineage.forms.get(text)?.rows ?? []
    lineage.forms.set(text, { report, rows: [...before, ...rows] })
  }

  #lineageOf(root: number): Lineage {
    const known = this.#lineages.get(root)
    if (known !== undefined) return known
    const report = this.#options.body(root as Position)
    const recorded = this.recorded(root)
    const rows = this.#rowsOf(report, root, recorded)
    const lineage: Lineage = {
      report,
      recorded,
      position: root,
      forms: new Map([['', { report, rows }]]),
      current: '',
      bySource: false,
    }
    this.#lineages.set(root, lineage)
    return lineage
  }

  #formed(base: Report, form: Exclude<Form, { out: true }>): Report {
    return form.corrections.reduce(
      (report, thought) =>
        thought.act.type === 'correct' ? corrected(report, thought.act.fields) : report,
      base,
    )
  }

  #addRows(
    report: Report,
    position: number,
    recorded: Instant,
    shown: number,
    bySource: boolean,
  ): RowReference[] {
    const added: RowReference[] = []
    const { told, bounds, published } = place(report, recorded)
    const desk = report.attribution.length === 0
    const chain = this.#chains.number(
      report.attribution.map((hop) => hop.source).join('\u0000'),
      () => report.attribution,
    )
    for (const { store, key, facets, where } of this.#settings(told)) {
      const value = facets === null ? 0 : store.internValue(rowValue(report, facets))
      const flags =
        (report.claim.mode === 'change' ? 0 : OBSERVATION) |
        (report.claim.basis === 'default' ? BY_DEFAULT : 0) |
        (bySource ? RETHOUGHT : 0) |
        (desk ? BY_DESK : 0) |
        (report.start === undefined ? UNSTATED : 0) |
        (bounds.inconsistent ? INCONSISTENT : 0)
      const row = { report: position, chain, bounds, published, shown, value, flags }
      added.push({ store, row: store.add(key, row, where) })
    }
    return added
  }

  /** The rows a report was given when it came, found again under the keys it sets. */
  #rowsOf(report: Report, position: number, recorded: Instant): RowReference[] {
    const found: RowReference[] = []
    for (const { store, key, where } of this.#settings(place(report, recorded).told)) {
      const slot = store.slot(key) as Slot
      for (const row of slot[where])
        if (store.columns.report[row] === position) found.push({ store, row })
    }
    return found
  }

  *#settings(told: Told): Iterable<{
    store: Store
    key: Key
    facets: ReturnType<typeof statedFacets> | null
    where: 'own' | 'reaching'
  }> {
    const readers = this.#readers.get(told.claim.kind)
    if (readers === undefined) return
    for (const store of readers) {
      const { projection } = store
      if (projection.type === 'fold')
        for (const key of projection.keys(told)) yield { store, key, facets: null, where: 'own' }
      else
        for (const { key, facets, parts } of projection.sets(told)) {
          yield { store, key, facets: statedFacets(facets), where: 'own' }
          if (parts !== undefined)
            yield { store, key, facets: statedFacets(parts), where: 'reaching' }
        }
    }
  }

  /**
   * The rows that a cut by publication or filter brings to light of reports which sources had
   * second thoughts about: each such report is formed anew as the cut sees it.
   */
  #reshownAt(cut: Cut): Map<Store, Set<number>> {
    const known = this.#reshown.get(cut)
    if (known !== undefined) return known
    const reshown = new Map<Store, Set<number>>()
    for (const lineage of this.#lineages.values()) {
      if (!lineage.bySource || lineage.position > cut.known) continue
      const form = this.#thoughts.form(lineage.position, cut)
      if (form.out) continue
      for (const { store, row } of this.#rowsOfForm(lineage, form)) {
        const rows = reshown.get(store)
        if (rows === undefined) reshown.set(store, new Set([row]))
        else rows.add(row)
      }
    }
    this.#reshown.set(cut, reshown)
    return reshown
  }

  /** One row per key of a form, made where no cut by position alone ever showed it. */
  #rowsOfForm(lineage: Lineage, form: Exclude<Form, { out: true }>): readonly RowReference[] {
    const text = formText(form)
    const known = lineage.forms.get(text)
    if (known === undefined) {
      const report = this.#formed(lineage.report, form)
      const rows = this.#addRows(report, lineage.position, lineage.recorded, NEVER, true)
      lineage.forms.set(text, { report, rows })
      return rows
    }
    // A form that was left and came back has its rows twice; either set says the same.
    const settings = [...this.#settings(place(known.report, lineage.recorded).told)].length
    return known.rows.slice(0, settings)
  }
}
