/**
 * The recorder: the one door through which anything is appended. Inside one transaction it catches
 * up with what other processes wrote, checks each report against the log as it then is, appends
 * them all or none, and lets the ledger take them.
 *
 *   input ─ door ▶ draft ─ seal ▶ sealed ─ admit ▶ log.append ─▶ ledger.apply
 */
import { isRashomonError, RashomonError } from './errors.js'
import { authorityFault } from './fold/authority.js'
import { type Cut, everythingAt } from './fold/cut.js'
import { hex } from './integrity/hash.js'
import { restoreSealed, sameContent, seal } from './integrity/seal.js'
import type { Entry, Log, Sealed, Transaction } from './log/contract.js'
import type { Writer } from './log/writer.js'
import { entryText, type Missing, missingOf, refuseCycle } from './registry/admit.js'
import type { EntryKind } from './registry/entries.js'
import { corrected } from './report/correct.js'
import type { Door, Draft } from './report/door.js'
import { hide } from './report/hidden.js'
import { isCorrection, isSecondThought } from './report/thought.js'
import type { Claim, Part, Report } from './report/types.js'
import type { State } from './state.js'
import { BEGIN, END, type Instant, MAX_INSTANT, printInstant } from './time/instant.js'
import { position } from './time/position.js'

export interface Receipt {
  readonly position: number
  readonly id: string
  /** ISO 8601. */
  readonly recorded: string
  /** Leaf hash, in hex. */
  readonly leaf: string
  readonly durability: 'full' | 'memory'
  /** It was there already; this repeats the first receipt. */
  readonly duplicate: boolean
  /** It does not count at the head: withdrawn or voided. */
  readonly out: boolean
  /** The origin took back a relay of it, which counts as a denial and leaves the relay. */
  readonly effect?: 'denial'
}

export interface AppendOptions {
  /** Refuses the commit where anything that matches came after a position; without more, anything at all. */
  readonly unless?: {
    readonly after: number
    readonly place?: string
    readonly account?: string
    readonly kind?: string
  }
  /** Enters unknown places, actors and sources as bare entries in the same commit. */
  readonly register?: boolean
  /** Checks everything and appends nothing. */
  readonly dryRun?: boolean
}

export interface Appended {
  readonly receipts: readonly Receipt[]
  readonly registered: readonly Missing[]
}

/** A report as an export holds it: canonical form and readable parts. */
export interface Stored {
  readonly report: unknown
  readonly parts: readonly Part[]
}

export interface RecorderOptions {
  readonly log: Log
  readonly writer: Writer
  readonly door: Door
  readonly state: State
  /** Milliseconds since 1970 for the next stamp. */
  readonly now: () => Instant
}

/** A report ready to be appended, or the entry that is it already. */
type Prepared =
  | { readonly type: 'new'; readonly draft: Draft; readonly sealed: Sealed }
  | { readonly type: 'held'; readonly entry: Entry }
  | { readonly type: 'twice'; readonly id: string }

type Make = (commit: Commit, index: number) => { readonly draft: Draft; readonly sealed: Sealed }

export class Recorder {
  readonly #options: RecorderOptions

  constructor(options: RecorderOptions) {
    this.#options = options
  }

  /** Appends reports as people write them, as one commit. */
  record(inputs: readonly unknown[], options: AppendOptions = {}): Promise<Appended> {
    const makes = inputs.map(
      (input): Make =>
        (commit, index) => {
          const draft = this.#options.door.read(input, {
            index,
            zoneOf: (place) => commit.zoneOf(place),
            reportOf: (id) => commit.reportOf(id),
          })
          return { draft, sealed: seal(draft) }
        },
    )
    return this.#run(makes, options)
  }

  /** Appends reports as they were exported, bounds and salts as they were, as one commit. */
  restore(
    stored: readonly Stored[],
    options: Pick<AppendOptions, 'dryRun'> = {},
  ): Promise<Appended> {
    const makes = stored.map(
      ({ report, parts }): Make =>
        (_commit, index) => {
          const draft = this.#options.door.stored(report, parts, { index })
          return { draft, sealed: restoreSealed(draft.report, parts) }
        },
    )
    return this.#run(makes, options)
  }

  async #run(makes: readonly Make[], options: AppendOptions): Promise<Appended> {
    const { writer, state } = this.#options
    try {
      const answer = await writer.run((transaction) => this.#commit(transaction, makes, options))
      state.tellCommits()
      return answer
    } catch (error) {
      throw await withNearest(error, state)
    }
  }

  #commit(transaction: Transaction, makes: readonly Make[], options: AppendOptions): Appended {
    const { state, now } = this.#options
    state.catchUp(transaction.read(state.head))
    this.#checkCondition(transaction, options.unless)
    const commit = new Commit(this.#options, transaction, options.register === true)
    const prepared = makes.map((make, index) => commit.admit(() => make(commit, index), index))
    const sealed = commit.sealed
    const base = transaction.head()
    const entries =
      options.dryRun === true || sealed.length === 0
        ? []
        : transaction.append(
            sealed.map((one) => one.sealed),
            now(),
          )
    for (const entry of entries) state.apply(entry)
    const made = new Map(entries.map((entry) => [entry.id, entry]))
    const receipts = prepared.map((one) => {
      if (one.type === 'held') return this.#receipt(one.entry, true)
      const id = one.type === 'new' ? one.sealed.id : one.id
      const entry = made.get(id)
      if (entry !== undefined) return this.#receipt(entry, one.type === 'twice')
      const at = base + 1 + sealed.findIndex((other) => other.sealed.id === id)
      return this.#foreseen(id, at, one.type === 'twice')
    })
    return { receipts, registered: commit.registered }
  }

  /** The receipt of an entry, which can be asked for again for ever. */
  receiptOf(id: string): Receipt | undefined {
    const entry = this.#options.log.find(id)
    return entry === undefined ? undefined : this.#receipt(entry, true)
  }

  #receipt(entry: Entry, duplicate: boolean): Receipt {
    const { log, state } = this.#options
    const denial = state.ledger.isDenial(entry.position)
    return {
      position: entry.position,
      id: entry.id,
      recorded: printInstant(entry.recorded),
      leaf: hex(entry.leaf),
      durability: log.durability,
      duplicate,
      out: state.ledger.isOut(entry.position, everythingAt(state.head)),
      ...(denial ? { effect: 'denial' } : {}),
    }
  }

  #foreseen(id: string, at: number, duplicate: boolean): Receipt {
    const { log, now } = this.#options
    const recorded = printInstant(now())
    return {
      position: at,
      id,
      recorded,
      leaf: '',
      durability: log.durability,
      duplicate,
      out: false,
    }
  }

  #checkCondition(transaction: Transaction, unless: AppendOptions['unless']): void {
    if (unless === undefined) return
    const { state } = this.#options
    const { after, place, account, kind } = unless
    if (!Number.isSafeInteger(after) || after < 0 || after > state.head)
      throw new RashomonError(
        'invalid-report',
        `unless.after: ${after} is no position of this log; 0 to ${state.head} would be`,
        { place: { field: 'unless.after' } },
      )
    const came: { position: number; id: string }[] = []
    for (const entry of transaction.read(position(after))) {
      const told = state.tell(entry)
      if (kind !== undefined && told.report.claim.kind !== kind) continue
      if (account !== undefined && told.account !== account) continue
      if (place !== undefined && !told.places.includes(place)) continue
      came.push({ position: entry.position, id: entry.id })
    }
    if (came.length > 0)
      throw new RashomonError(
        'condition-failed',
        `unless: ${came.length} that match came after position ${after}, the first ${came[0]!.id} at ${came[0]!.position}; read them and append after ${came.at(-1)!.position}`,
        { data: { reports: came } },
      )
  }
}

/** One commit as it is put together: what is before it in the log, and what of itself is. */
class Commit {
  readonly sealed: Extract<Prepared, { type: 'new' }>[] = []
  readonly registered: Missing[] = []
  readonly #options: RecorderOptions
  readonly #transaction: Transaction
  readonly #register: boolean
  readonly #byId = new Map<string, Extract<Prepared, { type: 'new' }>>()
  readonly #entered = new Set<string>()
  readonly #batches = new Set<string>()
  readonly #zones = new Map<string, string>()
  /** Entries of the commit by which something is part or member of something. */
  readonly #containing: Draft['report'][] = []
  /** What the log held before the commit. */
  readonly #before: Cut

  constructor(options: RecorderOptions, transaction: Transaction, register: boolean) {
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
    if (batch !== undefined && state.ledger.closed(batch))
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
    this.#enter({ references: door.checkForm(whole), report: { ...whole } })
  }
}

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

/** Adds the nearest known names to a refusal of an unknown one; loads what finds them when needed. */
async function withNearest(error: unknown, state: State): Promise<unknown> {
  if (!isRashomonError(error, 'unknown-name')) return error
  const { kind, id } = error.data as { kind: EntryKind; id: string }
  const { nearest } = await import('./registry/names.js')
  const near = await nearest(id, state.registry.entries(kind, MAX_INSTANT, state.head))
  if (near.length === 0) return error
  const names = near.map((n) => (n.id === n.name ? n.id : `${n.id} (${n.name})`)).join(', ')
  return new RashomonError('unknown-name', `${error.message}; the nearest known are ${names}`, {
    place: error.place,
    data: { ...error.data, nearest: near },
  })
}
