/**
 * A rehearsal: the checks of any number of commits to come, one after another, with nothing
 * appended. It is as strict as the appends will be, names that earlier reports enter and ids that
 * they take included, and keeps of what it has seen only what later reports can hang on: entries of
 * the registry, batches, ids; whole reports only where second thoughts may come.
 *
 *   check(a) ▶ door ▶ commit ─┐ entered, batches, zones, ids (and reports, for second thoughts)
 *   check(b) ▶ door ▶ commit ◀┘ …
 */
import { Commit, contains, type Earlier, type Made, make } from './commit.js'
import { isRashomonError, RashomonError } from './errors.js'
import { canonicalText } from './fold/intern.js'
import { contentOf, piecesOf } from './integrity/canonical.js'
import { sha256 } from './integrity/hash.js'
import { seal } from './integrity/seal.js'
import type { Sealed, Transaction } from './log/contract.js'
import { type RecorderOptions, withNearest } from './recorder.js'
import { entryText, type Missing } from './registry/admit.js'
import type { EntryKind } from './registry/entries.js'
import { corrected } from './report/correct.js'
import type { Draft } from './report/door.js'
import { isCorrection } from './report/thought.js'
import type { Report } from './report/types.js'

export interface RehearsalOptions {
  /** Enters unknown places, actors and sources as bare entries. */
  readonly register?: boolean
  /** Whether second thoughts, stances or ratings may come of reports that the rehearsal has seen; they may not unless said. */
  readonly thoughts?: boolean
}

/** A report to be checked. */
export interface Rehearsed {
  /** As a person writes it. */
  readonly report: unknown
  /** That its id is no other's in the rehearsal, so that it need not be kept. */
  readonly unique?: boolean
}

/** What reports that are appended together will come to. */
export type Foreseen =
  | {
      readonly type: 'sound'
      /** Of each report: new, held by the log, or a second time in the rehearsal. */
      readonly outcomes: readonly ('new' | 'held' | 'twice')[]
      /** What is entered because of `register`. */
      readonly registered: readonly Missing[]
    }
  /** One is refused, as an append would be, with its index; it is as if none had been seen. */
  | { readonly type: 'refused'; readonly error: RashomonError }

const ENTRIES: readonly EntryKind[] = ['place', 'actor', 'source']

export class Rehearsal {
  readonly #ground: RecorderOptions
  readonly #register: boolean
  readonly #seen: Seen

  constructor(
    ground: RecorderOptions,
    { register = false, thoughts = false }: RehearsalOptions = {},
  ) {
    this.#ground = ground
    this.#register = register
    this.#seen = new Seen(thoughts)
  }

  /**
   * Checks groups of reports, each of which will be appended together; later ones know of those
   * before.
   *
   * @throws what the store failed with.
   */
  check(groups: readonly (readonly Rehearsed[])[]): Promise<readonly Foreseen[]> {
    return this.#ground.writer.run((transaction) => {
      const { state } = this.#ground
      state.catchUp(transaction.read(state.head))
      return groups.map((group): Foreseen => {
        try {
          return this.#checkGroup(group, transaction)
        } catch (error) {
          if (!isRashomonError(error) || error.category === 'store') throw error
          return { type: 'refused', error }
        }
      })
    })
  }

  #checkGroup(group: readonly Rehearsed[], transaction: Transaction): Foreseen {
    const commit = new Commit(this.#ground, transaction, this.#register, this.#seen)
    const kept: Draft[] = []
    const outcomes = group.map(({ report, unique }, index) => {
      const draft = this.#read(report, commit, index)
      if (this.#seen.isAgain(draft, index)) return 'twice'
      const { type } = commit.admit(() => lightly(draft), index)
      if (type === 'new' && unique !== true) kept.push(draft)
      return type
    })
    for (const { report, sealed } of commit.appended) this.#seen.take(report, sealed.id)
    for (const draft of kept) this.#seen.keepId(draft)
    return { type: 'sound', outcomes, registered: commit.registered }
  }

  /** A refusal, with the nearest known names where one was unknown. */
  explain(error: unknown): Promise<unknown> {
    return withNearest(error, this.#ground.state)
  }

  #read(report: unknown, commit: Commit, index: number): Draft {
    return this.#ground.door.read(report, {
      index,
      zoneOf: (place) => commit.zoneOf(place),
      reportOf: (id) => commit.reportOf(id),
    })
  }
}

/** Of a report with an id, its seal is made only where it is asked for: where the id is taken. */
function lightly(draft: Draft): Made {
  const { id } = draft.report
  if (id === undefined) return make(draft)
  let made: Sealed | undefined
  const whole = () => {
    made ??= seal(draft)
    return made
  }
  const sealed: Sealed = {
    id,
    get bytes() {
      return whole().bytes
    },
    get hash() {
      return whole().hash
    },
    get parts() {
      return whole().parts
    },
  }
  return { draft, sealed }
}

/** What is kept of reports that were checked. */
class Seen implements Earlier {
  readonly #thoughts: boolean
  /** Contents of ids, as digests. */
  readonly #ids = new Map<string, number>()
  readonly #entered = new Set<string>()
  readonly #batches = new Set<string>()
  readonly #voided = new Set<string>()
  readonly #zones = new Map<string, string>()
  readonly #containing = new Map<string, Draft['report'][]>()
  /** As JSON, which takes less. */
  readonly #reports = new Map<string, string>()
  readonly #forms = new Map<string, Report>()

  constructor(thoughts: boolean) {
    this.#thoughts = thoughts
  }

  has(entry: string): boolean {
    return this.#entered.has(entry)
  }

  hasBatch(batch: string): boolean {
    return this.#batches.has(batch)
  }

  isVoided(batch: string): boolean {
    return this.#voided.has(batch)
  }

  zoneOf(place: string): string | undefined {
    return this.#zones.get(place)
  }

  containing(kind: EntryKind, id: string): readonly Draft['report'][] {
    return this.#containing.get(entryText(kind, id)) ?? []
  }

  reportOf(id: string): Report | undefined {
    const text = this.#reports.get(id)
    return text === undefined ? undefined : (JSON.parse(text) as Report)
  }

  formOf(id: string): Report | undefined {
    return this.#forms.get(id) ?? this.reportOf(id)
  }

  /**
   * Whether a report of the id came before, with the same content.
   *
   * @throws `id-taken` where its content was another.
   */
  isAgain(draft: Draft, index: number): boolean {
    const { id } = draft.report
    const known = id === undefined ? undefined : this.#ids.get(id)
    if (known === undefined) return false
    if (known === digestOf(draft)) return true
    throw new RashomonError(
      'id-taken',
      `id: ${JSON.stringify(id)} is that of an earlier report with other content; the same content, or another id, would be right`,
      { place: { report: index, field: 'id' }, data: { id } },
    )
  }

  keepId(draft: Draft): void {
    const { id } = draft.report
    if (id !== undefined) this.#ids.set(id, digestOf(draft))
  }

  take(report: Draft['report'], id: string): void {
    const { claim, batch } = report
    if (batch !== undefined) this.#batches.add(batch)
    if (claim.kind === 'void' && claim.batch !== undefined) this.#voided.add(String(claim.batch))
    for (const kind of ENTRIES) {
      if (claim.kind !== kind) continue
      const text = entryText(kind, String(claim[kind]))
      this.#entered.add(text)
      if (!contains(claim)) continue
      const others = this.#containing.get(text)
      if (others === undefined) this.#containing.set(text, [report])
      else others.push(report)
    }
    if (claim.kind === 'place' && typeof claim.zone === 'string')
      this.#zones.set(String(claim.place), claim.zone)
    if (!this.#thoughts) return
    this.#reports.set(id, JSON.stringify({ ...report, id }))
    if (isCorrection(claim.kind)) this.#correct(claim as unknown as Correcting)
  }

  #correct({ of, fields }: Correcting): void {
    const form = this.formOf(of)
    if (form !== undefined && fields !== undefined) this.#forms.set(of, corrected(form, fields))
  }
}

interface Correcting {
  readonly of: string
  readonly fields?: Parameters<typeof corrected>[1]
}

/** Of the content of a report, as many bits as a number keeps exactly. */
function digestOf({ report, texts, hidden }: Draft): number {
  const digest = sha256(`${contentOf(piecesOf(report, texts))}${canonicalText(hidden)}`)
  return Buffer.from(digest).readUIntBE(0, 6)
}
