/**
 * One commit as it is put together: each report is checked against what is before it in the log and
 * in the commit itself. Who may say it, whether all it names is known, whether its id is free; nothing
 * is written here.
 */
import { isRashomonError, RashomonError } from './errors.js'
import { authorityFault } from './fold/authority.js'
import { type Cut, everythingAt } from './fold/cut.js'
import { sameContent, seal } from './integrity/seal.js'
import type { Entry, Log, Sealed, Transaction } from './log/contract.js'
import { entryText, type Missing, missingOf, refuseCycle } from './registry/admit.js'
import { corrected } from './report/correct.js'
import type { Door, Draft } from './report/door.js'
import { hide } from './report/hidden.js'
import { isCorrection, isSecondThought } from './report/thought.js'
import type { Claim, Report } from './report/types.js'
import type { State } from './state.js'
import { BEGIN, END, MAX_INSTANT } from './time/instant.js'

/** What a commit is checked against. */
export interface Ground {
  readonly log: Log
  readonly door: Door
  readonly state: State
}

/** A report ready to be appended, or the entry that is it already. */
export type Prepared =
  | { readonly type: 'new'; readonly draft: Draft; readonly sealed: Sealed }
  | { readonly type: 'held'; readonly entry: Entry }
  | { readonly type: 'twice'; readonly id: string }

export class Commit {
  readonly sealed: Extract<Prepared, { type: 'new' }>[] = []
  readonly registered: Missing[] = []
  readonly #options: Ground
  readonly #transaction: Transaction
  readonly #register: boolean
  readonly #byId = new Map<string, Extract<Prepared, { type: 'new' }>>()
  readonly #entered = new Set<string>()
  readonly #batches = new Set<string>()
  readonly #voided = new Set<string>()
  readonly #zones = new Map<string, string>()
  /** Entries of the commit by which something is part or member of something. */
  readonly #containing: Draft['report'][] = []
  /** What the log held before the commit. */
  readonly #before: Cut

  constructor(options: Ground, transaction: Transaction, register: boolean) {
    this.#options = options
    this.#transaction = transaction
    this.#register = register
    this.#before = options.state.everything
  }

  zoneOf(place: string): string | undefined {
    const { state } = this.#options
    const zone =
      this.#zones.get(place) ??
      state.registry.field('place', place, 'zone', MAX_INSTANT, this.#before)
    return typeof zone === 'string' ? zone : undefined
  }

  reportOf(id: string): Report | undefined {
    const here = this.#byId.get(id)
    if (here !== undefined) return reportIn(here)
    const entry = this.#transaction.find(id)
    return entry === undefined ? undefined : this.#options.state.tell(entry).report
  }

  /** Checks a report against the log and what of the commit is before it, and takes it in. */
  admit(make: () => { draft: Draft; sealed: Sealed }, index: number): Prepared {
    try {
      const { draft, sealed } = make()
      const held = this.#held(sealed)
      if (held !== null) return held
      const prepared = { type: 'new', draft, sealed } as const
      this.#check(draft)
      this.#take(prepared)
      return prepared
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
    return entry === undefined ? { type: 'twice', id: sealed.id } : { type: 'held', entry }
  }

  #take(prepared: Extract<Prepared, { type: 'new' }>): void {
    const { claim, batch } = prepared.draft.report
    this.sealed.push(prepared)
    this.#byId.set(prepared.sealed.id, prepared)
    if (batch !== undefined) this.#batches.add(batch)
    if (claim.kind === 'void' && claim.batch !== undefined) this.#voided.add(String(claim.batch))
    for (const kind of ['place', 'actor', 'source'] as const)
      if (claim.kind === kind) this.#entered.add(entryText(kind, String(claim[kind])))
    if (claim.kind === 'place' && typeof claim.zone === 'string')
      this.#zones.set(String(claim.place), claim.zone)
    if (contains(claim)) this.#containing.push(prepared.draft.report)
  }

  #check(draft: Draft): void {
    const { state } = this.#options
    const { claim, batch } = draft.report
    if (batch !== undefined && claim.kind === 'void')
      throw new RashomonError('invalid-report', 'batch: a void is in no batch; leave it out', {
        place: { field: 'batch' },
      })
    if (batch !== undefined && (state.ledger.closed(batch) || this.#voided.has(batch)))
      throw new RashomonError(
        'batch-closed',
        `batch: ${JSON.stringify(batch)} was voided and takes no more entries; another batch, or voiding that void, would be right`,
        { place: { field: 'batch' }, data: { batch } },
      )
    this.#enter(draft)
    this.#refuseCycle(draft)
    if (isSecondThought(claim.kind)) this.#checkThought(draft)
  }

  /** Enters what is unknown where asked to, else refuses it. */
  #enter({ references, report }: Pick<Draft, 'references' | 'report'>): void {
    const { state, door } = this.#options
    const missing = missingOf(references, report.claim, state.registry, state.head, this.#entered)
    const [first] = missing
    if (first === undefined) return
    if (!this.#register) throw unknown(first, missing)
    for (const { kind, id } of missing) {
      const draft = door.read({ claim: { kind, [kind]: id } }, { zoneOf: () => undefined })
      this.#take({ type: 'new', draft, sealed: seal(draft) })
      this.registered.push({ kind, id })
    }
  }

  #refuseCycle({ report }: Draft): void {
    const { state } = this.#options
    if (!contains(report.claim)) return
    const stretch = (of: Draft['report']) => ({
      start: of.start?.from ?? BEGIN,
      end: of.end?.end === 'at' ? (of.end.to ?? END) : END,
    })
    const pending = this.#containing.map((of) => ({ claim: of.claim, ...stretch(of) }))
    const { start, end } = stretch(report)
    refuseCycle(report.claim, start, end, state.registry, state.head, pending)
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
      if (batch !== undefined && !state.ledger.knowsBatch(batch) && !this.#batches.has(batch))
        throw new RashomonError(
          'unknown-report',
          `claim.batch: no entry is in a batch ${JSON.stringify(batch)}; the batch of an entry would be right`,
          { place: { field: 'claim.batch' }, data: { batch } },
        )
      return
    }
    const target = this.reportOf(of)
    if (target === undefined)
      throw new RashomonError(
        'unknown-report',
        `claim.of: the log holds no report ${JSON.stringify(of)}; the id of an earlier one would be right`,
        { place: { field: 'claim.of' }, data: { id: of } },
      )
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
    const form = (entry && state.ledger.formAt(entry.position, everythingAt(state.head))) ?? target
    const hidden = door.kinds.get(form.claim.kind)?.hidden ?? []
    const whole = corrected({ ...form, claim: hide(form.claim, hidden).claim }, fields)
    this.#enter({ references: checkCorrected(door, whole), report: whole })
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

const TIMES = ['when', 'until', 'published']

function contains(claim: Claim): boolean {
  return claim.partOf !== undefined || claim.memberOf !== undefined
}

function reportIn({ draft, sealed }: Extract<Prepared, { type: 'new' }>): Report {
  return { ...draft.report, id: sealed.id }
}

function unknown(first: Missing, missing: readonly Missing[]): RashomonError {
  return new RashomonError(
    'unknown-name',
    `${first.kind}: the log knows no ${first.kind} ${JSON.stringify(first.id)}; entering it first would be right, as in {"claim":{"kind":"${first.kind}","${first.kind}":${JSON.stringify(first.id)}}}`,
    { data: { kind: first.kind, id: first.id, missing } },
  )
}
