/**
 * The recorder: the one door through which anything is appended. Inside one transaction it catches
 * up with what other processes wrote, checks each report against the log as it then is, appends
 * them all or none, and lets the ledger take them.
 *
 *   input ─ door ▶ draft ─ seal ▶ sealed ─ admit ▶ log.append ─▶ ledger.apply
 */
import { Commit, type Ground, type Make, make, type Prepared, toldOf } from './commit.js'
import { isRashomonError, RashomonError } from './errors.js'
import { type Cut, everythingAt } from './fold/cut.js'
import { hex } from './integrity/hash.js'
import { restoreSealed } from './integrity/seal.js'
import type { Entry, Transaction } from './log/contract.js'
import type { Writer } from './log/writer.js'
import type { Missing } from './registry/admit.js'
import type { EntryKind } from './registry/entries.js'
import type { Part } from './report/types.js'
import type { State } from './state.js'
import { END, type Instant, MAX_INSTANT, printInstant } from './time/instant.js'
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

export interface RecorderOptions extends Ground {
  readonly writer: Writer
  /** Milliseconds since 1970 for the next stamp. */
  readonly now: () => Instant
}

export class Recorder {
  readonly #options: RecorderOptions
  #lastStamp: { readonly at: Instant; readonly text: string } = { at: END, text: '' }

  constructor(options: RecorderOptions) {
    this.#options = options
  }

  /** What commits are checked against, and where. */
  get ground(): RecorderOptions {
    return this.#options
  }

  /** Appends reports as people write them, as one commit. */
  record(inputs: readonly unknown[], options: AppendOptions = {}): Promise<Appended> {
    const { door } = this.#options
    const held = [...inputs]
    return this.#run(held.length, (commit, index) => make(door.read(held[index], commit)), options)
  }

  /** Appends reports as they were exported, bounds and salts as they were, as one commit. */
  restore(
    stored: readonly Stored[],
    options: Pick<AppendOptions, 'dryRun'> = {},
  ): Promise<Appended> {
    const { door } = this.#options
    const held = [...stored]
    return this.#run(
      held.length,
      (_commit, index) => {
        const { report, parts } = held[index]!
        const draft = door.stored(report, parts, { index })
        return { draft, sealed: restoreSealed(draft.report, parts) }
      },
      options,
    )
  }

  async #run(count: number, makeOne: Make, options: AppendOptions): Promise<Appended> {
    const { writer, state } = this.#options
    try {
      const answer = await writer.run((transaction) =>
        this.#commit(transaction, { count, makeOne, options }),
      )
      state.tellCommits()
      return answer
    } catch (error) {
      throw await withNearest(error, state)
    }
  }

  #commit(
    transaction: Transaction,
    { count, makeOne, options }: { count: number; makeOne: Make; options: AppendOptions },
  ): Appended {
    const { state, now } = this.#options
    state.catchUp(transaction.read(state.head))
    this.#checkCondition(transaction, options.unless)
    const commit = new Commit(this.#options, transaction, options.register === true)
    const prepared: Prepared[] = []
    for (let index = 0; index < count; index++) prepared.push(commit.admit(makeOne, index))
    const { appended, registered } = commit
    const base = transaction.head()
    const entries =
      options.dryRun === true || appended.length === 0
        ? []
        : transaction.append(
            appended.map((one) => one.sealed),
            now(),
          )
    for (let i = 0; i < entries.length; i++) state.apply(entries[i]!, toldOf(appended[i]!))
    const cut = everythingAt(state.head)
    const receipts = prepared.map((one) => {
      if (one.type === 'held') return this.#receipt(one.entry, true, cut)
      const { index, sealed } = one.type === 'new' ? one : one.of
      const duplicate = one.type === 'twice'
      const entry = entries[index]
      return entry === undefined
        ? this.#foreseen(sealed.id, base + 1 + index, duplicate)
        : this.#receipt(entry, duplicate, cut)
    })
    return { receipts, registered }
  }

  /** The receipt of an entry, which can be asked for again for ever. */
  receiptOf(id: string): Receipt | undefined {
    const entry = this.#options.log.find(id)
    const { state } = this.#options
    return entry === undefined ? undefined : this.#receipt(entry, true, everythingAt(state.head))
  }

  #receipt({ position, id, recorded, leaf }: Entry, duplicate: boolean, cut: Cut): Receipt {
    const { log, state } = this.#options
    const receipt: Receipt = {
      position,
      id,
      recorded: this.#printed(recorded),
      leaf: hex(leaf),
      durability: log.durability,
      duplicate,
      out: state.ledger.isOut(position, cut),
    }
    return state.ledger.isDenial(position) ? { ...receipt, effect: 'denial' } : receipt
  }

  /** Entries of a commit have one stamp, which is printed once. */
  #printed(at: Instant): string {
    if (at !== this.#lastStamp.at) this.#lastStamp = { at, text: printInstant(at) }
    return this.#lastStamp.text
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
      if (place !== undefined && !state.placesOf(told.report).includes(place)) continue
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

const OPTIONS = ['unless', 'register', 'dryRun']
const CONDITIONS = ['after', 'place', 'account', 'kind']

/**
 * Refuses options that there are none of: a condition that is misspelt must not become none.
 *
 * @throws `invalid-report`
 */
export function checkOptions(options: AppendOptions | undefined): void {
  checkFields(options, 'options', OPTIONS)
  checkFields(options?.unless, 'unless', CONDITIONS)
}

function checkFields(value: unknown, name: string, known: readonly string[]): void {
  if (value === undefined) return
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  const stranger = isRecord ? Object.keys(value).find((field) => !known.includes(field)) : undefined
  if (isRecord && stranger === undefined) return
  const fault = isRecord ? `${name}.${stranger}: there is no such option` : `${name}: is no object`
  throw new RashomonError('invalid-report', `${fault}; ${known.join(', ')} would be right`, {
    place: { field: stranger === undefined ? name : `${name}.${stranger}` },
  })
}

/** Adds the nearest known names to a refusal of an unknown one; loads what finds them when needed. */
export async function withNearest(error: unknown, state: State): Promise<unknown> {
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
