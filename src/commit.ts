/**
 * One commit as it is put together: each report is checked against what is before it in the log and
 * in the commit itself. Who may say it, whether all it names is known, whether its id is free; nothing
 * is written here.
 */
import { isRashomonError, RashomonError } from './errors.js'
import { authorityFault, credibilityFault, stanceFault } from './fold/authority.js'
import { everythingAt } from './fold/cut.js'
import { sameContent, sealing } from './integrity/seal.js'
import type { Entry, Log, Sealed, Transaction } from './log/contract.js'
import { entryText, type Missing, missingOf, refuseCycle } from './registry/admit.js'
import type { EntryKind } from './registry/entries.js'
import { corrected } from './report/correct.js'
import { type Door, type Draft, inFieldOrder } from './report/door.js'
import { CITATION, hide } from './report/hidden.js'
import { isCorrection, isRegard, isSecondThought } from './report/thought.js'
import type { Claim, Report, Stance } from './report/types.js'
import type { State } from './state.js'
import { BEGIN, END } from './time/instant.js'

/** What a commit is checked against. */
export interface Ground {
  readonly log: Log
  readonly door: Door
  readonly state: State
}

/** A report read and sealed, not yet held against the log. */
export interface Made {
  readonly draft: Draft
  readonly sealed: Sealed
  /** Its commitments, where all else that the log will tell of it is in the draft. */
  readonly committed?: Committed | undefined
}

export interface Committed {
  readonly parts: Report['parts']
}

/** Reads and seals the report of an index, beside what of the commit is before it. */
export type Make = (commit: Commit, index: number) => Made

/** A report ready to be appended, or the entry that is it already. */
export type Prepared =
  | New
  | { readonly type: 'held'; readonly entry: Entry }
  | { readonly type: 'twice'; readonly of: New }

export interface New {
  readonly type: 'new'
  /** From 0, among what the commit appends. */
  readonly index: number
  readonly report: Draft['report']
  readonly sealed: Sealed
  readonly committed: Committed | undefined
}

/**
 * What reports that come before this commit and are in no log have added: a rehearsal checks commit
 * after commit so.
 */
export interface Earlier {
  /** Whether an entry of the registry is among them, by its text. */
  has(entry: string): boolean
  hasBatch(batch: string): boolean
  isVoided(batch: string): boolean
  zoneOf(place: string): string | undefined
  /** Entries by which something is part or member of something, by what it is. */
  containing(kind: EntryKind, id: string): readonly Draft['report'][]
  /** A report as it was said, and as it was corrected since. */
  reportOf(id: string): Report | undefined
  formOf(id: string): Report | undefined
}

/** Seals what the door has read. */
export function make(draft: Draft): Made {
  const { sealed, commitments } = sealing(draft)
  return { draft, sealed, committed: isWhole(draft) ? { parts: commitments } : undefined }
}

/**
 * The report as the log will tell it, keys in the same order too, and shared with no other;
 * `undefined` where that has to be read from the log.
 */
export function toldOf(one: Pick<New, 'report' | 'sealed' | 'committed'>): Report | undefined {
  const { report, sealed, committed } = one
  if (committed === undefined) return undefined
  const { parts } = committed
  if (report.id !== undefined && parts === undefined) return report as Report
  return inFieldOrder({ ...report, id: sealed.id, parts })
}

/** Whether nothing but a citation is hidden of a draft, whose fields are in canonical order. */
function isWhole({ texts, hidden }: Draft): boolean {
  return texts?.claim !== undefined && Object.keys(hidden).every((name) => name === CITATION)
}

export class Commit {
  /** What is to be appended, in order. */
  readonly appended: New[] = []
  readonly registered: Missing[] = []
  readonly #options: Ground
  readonly #transaction: Pick<Transaction, 'find'>
  readonly #register: boolean
  readonly #byId = new Map<string, New>()
  readonly #entered = new Set<string>()
  readonly #batches = new Set<string>()
  readonly #voided = new Set<string>()
  readonly #zones = new Map<string, string>()
  /** Entries of the commit by which something is part or member of something. */
  readonly #containing: Draft['report'][] = []
  readonly #earlier: Earlier | undefined

  constructor(
    options: Ground,
    transaction: Pick<Transaction, 'find'>,
    register: boolean,
    earlier?: Earlier,
  ) {
    this.#options = options
    this.#transaction = transaction
    this.#register = register
    this.#earlier = earlier
  }

  zoneOf(place: string): string | undefined {
    const { state } = this.#options
    return this.#zones.get(place) ?? this.#earlier?.zoneOf(place) ?? state.zoneOf(place)
  }

  reportOf(id: string): Report | undefined {
    const here = this.#byId.get(id)
    if (here !== undefined) return reportIn(here)
    const before = this.#earlier?.reportOf(id)
    if (before !== undefined) return before
    const entry = this.#transaction.find(id)
    return entry === undefined ? undefined : this.#options.state.tell(entry).report
  }

  /** Checks a report against the log and what of the commit is before it, and takes it in. */
  admit(make: Make, index: number): Prepared {
    try {
      const made = make(this, index)
      const held = this.#held(made.sealed)
      if (held !== null) return held
      this.#check(made.draft)
      return this.#take(made)
    } catch (error) {
      throw isRashomonError(error) ? error.at({ report: index }) : error
    }
  }

  #held(sealed: Sealed): Prepared | null {
    const here = this.#byId.get(sealed.id)
    const entry = here === undefined ? this.#transaction.find(sealed.id) : undefined
    const other =
      here?.sealed ??
      (entry && { bytes: entry.bytes, parts: this.#options.log.parts(entry.position) })
    if (other === undefined) return null
    if (!sameContent(other, sealed))
      throw new RashomonError(
        'id-taken',
        `id: ${JSON.stringify(sealed.id)} is held by a report with other content; the same content, or another id, would be right`,
        {
          place: { field: 'id' },
          data: { id: sealed.id, ...(entry && { position: entry.position }) },
        },
      )
    return here === undefined ? { type: 'held', entry: entry! } : { type: 'twice', of: here }
  }

  #take({ draft: { report }, sealed, committed }: Made): New {
    const { claim, batch } = report
    const index = this.appended.length
    const taken: New = { type: 'new', index, report, sealed, committed }
    this.appended.push(taken)
    this.#byId.set(sealed.id, taken)
    if (batch !== undefined) this.#batches.add(batch)
    if (claim.kind === 'void' && claim.batch !== undefined) this.#voided.add(String(claim.batch))
    for (const kind of ENTRIES)
      if (claim.kind === kind) this.#entered.add(entryText(kind, String(claim[kind])))
    if (claim.kind === 'place' && typeof claim.zone === 'string')
      this.#zones.set(String(claim.place), claim.zone)
    if (contains(claim)) this.#containing.push(report)
    return taken
  }

  #check(draft: Draft): void {
    const { state } = this.#options
    const { claim, batch } = draft.report
    if (batch !== undefined && claim.kind === 'void')
      throw new RashomonError('invalid-report', 'batch: a void is in no batch; leave it out', {
        place: { field: 'batch' },
      })
    if (batch !== undefined && (state.ledger.closed(batch) || this.#isVoided(batch)))
      throw new RashomonError(
        'batch-closed',
        `batch: ${JSON.stringify(batch)} was voided and takes no more entries; another batch, or voiding that void, would be right`,
        { place: { field: 'batch' }, data: { batch } },
      )
    this.#enter(draft)
    this.#refuseCycle(draft)
    if (isSecondThought(claim.kind)) this.#checkThought(draft)
    if (isRegard(claim.kind)) this.#checkRegard(draft.report)
  }

  /** Enters what is unknown where asked to, else refuses it. */
  #enter({ references, report }: Pick<Draft, 'references' | 'report'>): void {
    const { state, door } = this.#options
    if (this.#allKnown(references)) return
    const entered = { has: (text: string) => this.#isEntered(text) }
    const missing = missingOf(references, report.claim, state.registry, state.head, entered)
    const [first] = missing
    if (first === undefined) return
    if (!this.#register) throw unknown(first, missing)
    for (const { kind, id } of missing) {
      const draft = door.read({ claim: { kind, [kind]: id } }, { zoneOf: () => undefined })
      this.#take(make(draft))
      this.registered.push({ kind, id })
    }
  }

  #allKnown({ places = [], actors = [], sources = [] }: Draft['references']): boolean {
    for (const id of places) if (!this.#isKnown('place', id)) return false
    for (const id of actors) if (!this.#isKnown('actor', id)) return false
    for (const id of sources) if (!this.#isKnown('source', id)) return false
    return true
  }

  #isKnown(kind: EntryKind, id: string): boolean {
    return this.#options.state.knows(kind, id) || this.#isEntered(entryText(kind, id))
  }

  #refuseCycle({ report }: Draft): void {
    const { state } = this.#options
    if (!contains(report.claim)) return
    const stretch = (of: Draft['report']) => ({
      start: of.start?.from ?? BEGIN,
      end: of.end?.end === 'at' ? (of.end.to ?? END) : END,
    })
    const pending = (kind: EntryKind, id: string) =>
      [
        ...this.#containing.filter(({ claim }) => claim.kind === kind && claim[kind] === id),
        ...(this.#earlier?.containing(kind, id) ?? []),
      ].map((of) => ({ claim: of.claim, ...stretch(of) }))
    const { start, end } = stretch(report)
    refuseCycle(report.claim, start, end, state.registry, state.head, pending)
  }

  #isEntered(text: string): boolean {
    return this.#entered.has(text) || this.#earlier?.has(text) === true
  }

  #isVoided(batch: string): boolean {
    return this.#voided.has(batch) || this.#earlier?.isVoided(batch) === true
  }

  #knowsBatch(batch: string): boolean {
    const { ledger } = this.#options.state
    return (
      ledger.knowsBatch(batch) ||
      this.#batches.has(batch) ||
      this.#earlier?.hasBatch(batch) === true
    )
  }

  #checkThought({ report }: Draft): void {
    const { state, door } = this.#options
    const { of, batch, fields, kind } = report.claim as {
      of?: string
      batch?: string
      kind: string
      fields?: Parameters<typeof corrected>[1]
    }
    if (of === undefined) {
      if (batch !== undefined && !this.#knowsBatch(batch))
        throw new RashomonError(
          'unknown-report',
          `claim.batch: no entry is in a batch ${JSON.stringify(batch)}; the batch of an entry would be right`,
          { place: { field: 'claim.batch' }, data: { batch } },
        )
      return
    }
    const target = this.#heldReport(of, 'claim.of')
    const fault = authorityFault(report.attribution, target.attribution)
    if (fault !== null)
      throw new RashomonError('unauthorised', `attribution: ${fault}`, {
        place: { field: 'attribution' },
        data: { of },
      })
    if (!isCorrection(kind) || fields === undefined) return
    if (isSecondThought(target.claim.kind))
      throw new RashomonError(
        'invalid-report',
        `claim.of: ${JSON.stringify(of)} is a ${target.claim.kind} itself; the original report would be right, or a withdrawal or void of the ${target.claim.kind}`,
        { place: { field: 'claim.of' } },
      )
    const entry = this.#transaction.find(of)
    const form =
      (entry && state.ledger.formAt(entry.position, everythingAt(state.head))) ??
      this.#earlier?.formOf(of) ??
      target
    const hidden = door.kinds.get(form.claim.kind)?.hidden ?? []
    const whole = corrected({ ...form, claim: hide(form.claim, hidden).claim }, fields)
    this.#enter({ references: checkCorrected(door, whole), report: whole })
    if (isRegard(whole.claim.kind)) this.#checkRegard(whole)
  }

  /** A stance and a credibility are of a report that the log holds; none rates itself. */
  #checkRegard({ claim, attribution }: Pick<Report, 'claim' | 'attribution'>): void {
    const { kind, of, report, source, stance } = claim as {
      kind: string
      of?: string
      report?: string
      source?: string
      stance?: Stance
    }
    const named = of ?? report
    const field = of === undefined ? 'claim.report' : 'claim.of'
    const told = named === undefined ? [] : this.#heldReport(named, field).attribution
    const speaker = attribution.at(-1)?.source
    const fault =
      kind === 'stance'
        ? stanceFault(attribution, told, stance!)
        : named !== undefined
          ? credibilityFault(attribution, told)
          : source === speaker
            ? `${source} is the source that is rated, and nobody rates themselves; another source's rating would be right`
            : null
    if (fault !== null)
      throw new RashomonError('unauthorised', `attribution: ${fault}`, {
        place: { field: 'attribution' },
        data: { of: named ?? source },
      })
  }

  #heldReport(id: string, field: string): Report {
    const held = this.reportOf(id)
    if (held !== undefined) return held
    throw new RashomonError(
      'unknown-report',
      `${field}: the log holds no report ${JSON.stringify(id)}; the id of an earlier one would be right`,
      { place: { field }, data: { id } },
    )
  }
}

/** What a corrected form refers to; what is wrong with its times is wrong in the correction's fields. */
function checkCorrected(door: Door, whole: Report) {
  try {
    return door.checkForm(whole)
  } catch (error) {
    const field = isRashomonError(error) ? error.place.field : undefined
    if (!isRashomonError(error) || field === undefined || !TIMES.includes(field)) throw error
    throw new RashomonError(error.code, `claim.fields.${error.message}`, {
      place: { ...error.place, field: `claim.fields.${field}` },
      data: error.data,
    })
  }
}

const ENTRIES: readonly EntryKind[] = ['place', 'actor', 'source']
const TIMES = ['when', 'until', 'published']

/** Whether an entry says what something is part or member of. */
export function contains(claim: Claim): boolean {
  return claim.partOf !== undefined || claim.memberOf !== undefined
}

function reportIn({ report, sealed }: New): Report {
  return { ...report, id: sealed.id }
}

function unknown(first: Missing, missing: readonly Missing[]): RashomonError {
  return new RashomonError(
    'unknown-name',
    `${first.kind}: the log knows no ${first.kind} ${JSON.stringify(first.id)}; entering it first would be right, as in {"claim":{"kind":"${first.kind}","${first.kind}":${JSON.stringify(first.id)}}}`,
    { data: { kind: first.kind, id: first.id, missing } },
  )
}
