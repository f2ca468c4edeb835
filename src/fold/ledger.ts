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
import { Chains } from './chains.js'
import { NEVER, RETHOUGHT } from './columns.js'
import { type Cut, everythingAt, restricts } from './cut.js'
import { formAgain, formNamed, type Lineage, noteRow, type SavedLedger } from './lineage.js'
import type { Projection } from './projection.js'
import { Roll } from './roll.js'
import { flagsOf, settingsOf } from './settings.js'
import { Sight, SightAmong } from './sight.js'
import type { Slot, Where } from './slot.js'
import { rowValue, type Shelf, Store } from './store.js'
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
  readonly idOf: (position: Position) => string
  readonly positionOf: (id: string) => Position | undefined
}

const THOUGHTS = new Set(['withdrawal', 'correction', 'entry-correction', 'void'])
const NONE: ReadonlySet<number> = new Set()

export class Ledger {
  readonly #options: LedgerOptions
  readonly #shelf: Shelf
  readonly #stores = new Map<string, Store>()
  readonly #readers = new Map<string, Store[]>()
  #roll: Roll
  readonly #chains = new Chains()
  readonly #thoughts: Thoughts
  readonly #lineages = new Map<number, Lineage>()
  #reshown = new WeakMap<Cut, Map<Store, Set<number>>>()

  constructor(options: LedgerOptions) {
    this.#options = options
    this.#roll = new Roll(options.idOf)
    this.#thoughts = new Thoughts((at) => this.#roll.batchOf(at))
    this.#shelf = {
      ids: (report) => this.#roll.id(report),
      passesChain: (chain, cut) => this.#chains.passes(chain, cut),
    }
    for (const projection of options.projections) {
      const store = new Store(projection, this.#shelf)
      this.#stores.set(projection.name, store)
      for (const kind of projection.reads) {
        const readers = this.#readers.get(kind)
        if (readers === undefined) this.#readers.set(kind, [store])
        else readers.push(store)
      }
    }
  }

  get head(): Position {
    return this.#roll.head
  }

  store(projection: string): Store | undefined {
    return this.#stores.get(projection)
  }

  id(position: number): string {
    return this.#roll.id(position)
  }

  recorded(position: number): Instant {
    return this.#roll.recorded(position)
  }

  /** Of the newest entry; the beginning of time where there is none. */
  get newestStamp(): Instant {
    return this.#roll.newestStamp
  }

  /** The newest position stamped strictly before an instant. */
  before(at: Instant): Position {
    return this.#roll.before(at)
  }

  knowsBatch(batch: string): boolean {
    return this.#roll.batch(batch) !== undefined
  }

  /** Positions of the entries in a batch. */
  membersOf(batch: string): readonly number[] {
    const number = this.#roll.batch(batch)
    return number === undefined ? [] : this.#roll.members(number)
  }

  /** Whether a live void closes a batch at the head. */
  closed(batch: string): boolean {
    const number = this.#roll.batch(batch)
    return number !== undefined && this.#thoughts.closed(number, everythingAt(this.head))
  }

  /** Takes the next entry of the log. Entries come once each, in the order of their positions. */
  apply(entry: Recorded): void {
    const { position, report, stamp, recorded } = entry
    this.#roll.add({ position, id: report.id, stamp, recorded, batch: report.batch })
    if (THOUGHTS.has(report.claim.kind)) this.#think(entry)
    else {
      this.#addRows(report, { position, recorded, shown: position, bySource: false }, null)
      if (this.#thoughts.touches(position)) this.#reform(position, position)
    }
    for (const store of this.#stores.values()) if (store.unsettled) this.settle(store)
  }

  /** Lays out the rows of a store anew; numbers of rows change, so no read may be under way. */
  settle(store: Store): void {
    store.settle()
    this.#reshown = new WeakMap()
  }

  /** All that is not to be had from the projections' rows, for a snapshot. */
  save(): SavedLedger {
    return {
      roll: this.#roll.save(),
      chains: this.#chains.save(),
      thoughts: this.#thoughts.positions(),
      lineages: [...this.#lineages].map(([position, { current, bySource, forms }]) => [
        position,
        { current, bySource, forms: [...forms] },
      ]),
    }
  }

  /** Takes a saved state in, before anything is applied; second thoughts are read from the log again. */
  restore(saved: SavedLedger): void {
    this.#roll = new Roll(this.#options.idOf, saved.roll)
    for (const chain of saved.chains) this.#chains.number(chain)
    for (const [position, { current, bySource, forms }] of saved.lineages)
      this.#lineages.set(position, { current, bySource, forms: new Set(forms) })
    for (const at of saved.thoughts) {
      const report = this.#options.body(at as Position)
      const recorded = this.recorded(at)
      this.#thoughts.add(this.#thoughtOf({ position: at as Position, report, recorded }))
    }
  }

  get stores(): Iterable<Store> {
    return this.#stores.values()
  }

  /** Whether an entry counts at a cut (its own publication and chain apart). */
  isOut(position: number, cut: Cut): boolean {
    return this.#thoughts.isOut(position, cut)
  }

  isDenial(position: number): boolean {
    return this.#thoughts.at(position)?.act.type === 'denial'
  }

  /** Whether the origin withdrew, at a cut, what an entry relays of it (RULINGS 18). */
  isDenied(position: number, cut: Cut): boolean {
    return this.#thoughts.isDenied(position, cut)
  }

  /** Positions of entries that an origin ever withdrew as relays of it. */
  relaysTakenBack(): number[] {
    return this.#thoughts.relaysTakenBack()
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
    const body = this.#options.body(position as Position)
    for (const [text, rows] of store.forms.get(position) ?? [])
      if (rows.includes(row)) return this.#formed(body, this.#formOf(formNamed(text)))
    return body
  }

  /** Every second thought that bears on an entry, directly or through others. */
  thoughtsAbout(position: number): readonly Thought[] {
    return this.#thoughts.allAbout(position)
  }

  chain(number: number): readonly Hop[] {
    return this.#chains.chain(number)
  }

  /** Every attribution chain that was ever told through. */
  get chains(): readonly (readonly Hop[])[] {
    return this.#chains.save()
  }

  positionOf(id: string): Position | undefined {
    return this.#options.positionOf(id)
  }

  /** What a cut sees of a store's rows, until rows are laid out anew. */
  sight(store: Store, cut: Cut): Sight {
    const of = cut.among?.of ?? cut
    const reshown = restricts(of) ? (this.#reshownAt(of).get(store) ?? NONE) : NONE
    const passes = (chain: number) => this.#chains.passes(chain, of)
    return cut.among === undefined
      ? new Sight(store.columns, cut, reshown, passes)
      : new SightAmong(store.columns, cut.among, reshown, passes)
  }

  /** Rows of a slot that a cut sees, in canonical order. */
  visible(store: Store, slot: Slot | undefined, where: Where, cut: Cut): number[] {
    if (slot === undefined) return []
    const sight = this.sight(store, cut)
    return store.list(slot, where).filter((row) => sight.sees(row))
  }

  /**
   * Makes the rows of the forms that reports have at a cut alone, so that keys can be found by
   * their slots; whoever looks for keys asks for this first.
   */
  bringForth(cut: Cut): void {
    const of = cut.among?.of ?? cut
    if (restricts(of)) this.#reshownAt(of)
  }

  /**
   * The same for every earlier position and publication at which a source's second thought came,
   * and before any was published.
   */
  bringForthAll(cut: Cut): void {
    for (const [position, lineage] of this.#lineages) {
      if (!lineage.bySource) continue
      const thoughts = this.#thoughts.allAbout(position)
      const earlier = [
        { ...cut, published: BEGIN },
        ...thoughts.map((thought) => ({ ...cut, known: thought.position as Position })),
        ...thoughts.map(({ published }) => ({ ...cut, published })),
      ]
      for (const one of earlier) {
        const form = this.#thoughts.form(position, one)
        if (!form.out) this.#bringForm(position, lineage, form)
      }
    }
  }

  #think(entry: Omit<Recorded, 'stamp'>): void {
    const thought = this.#thoughtOf(entry)
    this.#thoughts.add(thought)
    for (const root of new Set(this.#roots(thought.about))) this.#reform(root, entry.position)
  }

  #thoughtOf({ position, report, recorded }: Omit<Recorded, 'stamp'>): Thought {
    const claim = report.claim as {
      of?: string
      batch?: string
      fields?: CorrectionFields
      kind: string
    }
    const target = claim.of === undefined ? undefined : this.#options.positionOf(claim.of)
    const about =
      target === undefined
        ? { batch: this.#roll.batchNumber(claim.batch ?? '') }
        : { entry: target as number }
    return {
      position,
      id: report.id,
      chain: report.attribution,
      published: publishedAt(report, recorded),
      recorded,
      about,
      act: this.#actOf(claim, report, target),
    }
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
    const named = 'entry' in about ? [about.entry] : this.#roll.members(about.batch)
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
      // From here on restricted cuts look for these rows among those brought back, older cuts too.
      this.#reshown = new WeakMap()
      this.#eachRow(root, (store, row) => {
        store.columns.flags[row]! |= RETHOUGHT
      })
    }
    const text = formText(form)
    if (text === lineage.current) return
    this.#eachRow(root, ({ columns }, row) => {
      if (columns.hidden[row] === NEVER) columns.hidden[row] = position
    })
    lineage.current = text
    if (form.out) return
    const report = this.#formed(this.#options.body(root as Position), form)
    const name = lineage.forms.has(text) ? formAgain(text, position) : text
    lineage.forms.add(text)
    const row = { position: root, recorded: this.recorded(root), shown: position }
    this.#addRows(report, { ...row, bySource: lineage.bySource }, name)
  }

  /** Every row of a report with second thoughts, in any form. */
  #eachRow(root: number, work: (store: Store, row: number) => void): void {
    for (const store of this.#stores.values())
      for (const rows of store.forms.get(root)?.values() ?? [])
        for (const row of rows) work(store, row)
  }

  #lineageOf(root: number): Lineage {
    const known = this.#lineages.get(root)
    if (known !== undefined) return known
    const lineage: Lineage = { current: '', bySource: false, forms: new Set(['']) }
    this.#lineages.set(root, lineage)
    const report = this.#options.body(root as Position)
    const { told } = place(report, this.recorded(root))
    const readers = this.#readers.get(report.claim.kind) ?? []
    for (const { store, key, where } of settingsOf(readers, told))
      for (const row of store.list(store.slot(key), where))
        if (store.columns.report[row] === root) noteRow(store, root, '', row)
    return lineage
  }

  /** The corrections that a form's text stands for. */
  #formOf(text: string): Exclude<Form, { out: true }> {
    const positions = text === '' ? [] : text.split(',').map(Number)
    return { out: false, corrections: positions.map((at) => this.#thoughts.at(at)!) }
  }

  #formed(base: Report, form: Exclude<Form, { out: true }>): Report {
    return form.corrections.reduce(
      (report, thought) =>
        thought.act.type === 'correct' ? corrected(report, thought.act.fields) : report,
      base,
    )
  }

  /** Adds the rows of a report in one form; `form` names it where the report has second thoughts. */
  #addRows(
    report: Report,
    of: {
      readonly position: number
      readonly recorded: Instant
      readonly shown: number
      readonly bySource: boolean
    },
    form: string | null,
  ): void {
    const readers = this.#readers.get(report.claim.kind)
    if (readers === undefined) return
    const { told, bounds, published } = place(report, of.recorded)
    const chain = this.#chains.number(report.attribution)
    const flags = flagsOf(report, bounds) | (of.bySource ? RETHOUGHT : 0)
    for (const { store, key, facets, where } of settingsOf(readers, told)) {
      const value = facets === null ? 0 : store.values.number(rowValue(report, facets))
      const input = { report: of.position, chain, bounds, published, shown: of.shown, value, flags }
      const row = store.add(key, input, where)
      if (form !== null) noteRow(store, of.position, form, row)
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
    for (const [position, lineage] of this.#lineages) {
      if (!lineage.bySource || position > cut.known) continue
      const form = this.#thoughts.form(position, cut)
      if (form.out) continue
      const text = this.#bringForm(position, lineage, form)
      for (const store of this.#stores.values())
        for (const row of store.forms.get(position)?.get(text) ?? []) {
          const rows = reshown.get(store)
          if (rows === undefined) reshown.set(store, new Set([row]))
          else rows.add(row)
        }
    }
    this.#reshown.set(cut, reshown)
    return reshown
  }

  /** Makes the rows of a form that no cut by position alone ever showed; answers the form's text. */
  #bringForm(position: number, lineage: Lineage, form: Exclude<Form, { out: true }>): string {
    const text = formText(form)
    if (lineage.forms.has(text)) return text
    lineage.forms.add(text)
    const report = this.#formed(this.#options.body(position as Position), form)
    const row = { position, recorded: this.recorded(position), shown: NEVER, bySource: true }
    this.#addRows(report, row, text)
    return text
  }
}
