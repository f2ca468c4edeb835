/**
 * The book: makes a history of moves, one after another. It writes only what a log takes:
 * references point backwards, second thoughts come from who may have them under every chain the
 * report was ever given, times can stand together under every set of corrections, and a batch
 * takes nothing while it is voided.
 */
import type { Json } from '../report/types.js'
import { type Instant, instant } from '../time/instant.js'
import { claimChanges, claimOf, denies, namesIn, setsSomething } from './arbitraries-claims.js'
import {
  clock,
  type Ending,
  endingText,
  type History,
  type ReportInput,
  type Span,
  spanText,
} from './arbitraries-input.js'
import type { Act, Changes, Move } from './arbitraries-moves.js'
import { standTogether, type TimesSaid } from './arbitraries-times.js'
import { accountOfChain } from './model-forms.js'

/** Whether answers may hang on the log's stamps: `idle` states every publication. */
export type Stamps = 'matter' | 'idle'

interface Written {
  readonly input: ReportInput
  /** Its chain as recorded and as ever corrected; empty for the desk's. */
  readonly chains: readonly (readonly string[])[]
  readonly times: TimesSaid
  /** Who has corrected it. */
  readonly corrected: { readonly byDesk: boolean; readonly bySource: boolean }
}

interface Timing {
  readonly start?: Span
  readonly end?: Ending
  readonly throughout?: true
}

type Said = Omit<ReportInput, 'id' | 'published' | 'batch'>

export function historyOf(moves: readonly Move[], stamps: Stamps): History {
  const book = new Book(stamps)
  for (const move of moves) book.write(move)
  return book.history()
}

class Book {
  readonly #written: Written[] = []
  readonly #commits: { readonly at: Instant; readonly reports: ReportInput[] }[] = []
  readonly #stamps: Stamps

  constructor(stamps: Stamps) {
    this.#stamps = stamps
  }

  /** Writes what the move comes to, if anything. */
  write(move: Move): void {
    const { act } = move
    switch (act.act) {
      case 'control':
      case 'engagement':
      case 'sweep':
        this.#tell(move, claimOf(act), act)
        break
      case 'withdraw':
        this.#withdraw(move, act)
        break
      case 'correct':
        this.#correct(move, act)
        break
      case 'correct-entry':
        this.#correctEntry(move, act)
        break
      case 'void':
      case 'void-batch':
        this.#void(move, act)
        break
      case 'stance':
        this.#stance(move, act)
        break
      case 'rate':
        this.#rate(move, act)
        break
      case 'enter':
        this.#enter(move, act)
    }
  }

  /** What was written, after one commit in which the desk enters every name that is used. */
  history(): History {
    const used = this.#written.flatMap(({ input }) => namesIn(input))
    const entries = [...new Set(['place:p1', ...used])].sort().map((name): ReportInput => {
      const [kind = '', id = ''] = name.split(':')
      const unnamed = id.includes('/') ? { unnamed: true } : {}
      return {
        id: `${kind}/${id}`,
        claim: { kind, [kind]: id, ...unnamed },
        published: clock(0),
      }
    })
    return {
      commits: [entries, ...this.#commits.map(({ reports }) => reports)],
      stamps: [instant(0), ...this.#commits.map(({ at }) => at)],
    }
  }

  #tell(move: Move, claim: ReportInput['claim'], said: Timing): void {
    const published = this.#published(move)
    const start = said.start ?? null
    const takesMarks = claim.kind === 'control' || claim.kind === 'engagement'
    const begun = { starts: [start], ends: [null], published: [published] }
    const throughout =
      claim.kind === 'control' &&
      said.throughout === true &&
      claim.mode !== 'change' &&
      setsSomething(claim) &&
      start?.open === undefined &&
      (start?.width ?? 0) > 0
    const past = standTogether({ ...begun, expected: false, throughout: false })
    if (!past && (!takesMarks || denies(claim))) return
    const marks = { expected: !past, throughout }
    const times = [
      { ...begun, ends: [denies(claim) ? null : (said.end ?? null)], ...marks },
      { ...begun, ...marks },
    ].find(standTogether)
    if (times === undefined) return
    this.#add(move, times, [move.chain], {
      claim: {
        ...claim,
        ...(past ? {} : { expected: true }),
        ...(throughout ? { throughout: true } : {}),
      },
      ...timeTexts(times),
      attribution: attributionOf(move),
    })
  }

  #withdraw(move: Move, act: Extract<Act, { act: 'withdraw' }>): void {
    const target = this.#pick(act.pick, ({ chains }) => chains[0]!.length > 0)
    const speakers = target && speakersOf(target, act)
    if (speakers === undefined) return
    const claim = { kind: 'withdrawal', of: target!.input.id }
    this.#add(move, timeless(this.#published(move)), [speakers], { claim, attribution: speakers })
  }

  #stance(move: Move, { pick, stance }: Extract<Act, { act: 'stance' }>): void {
    const target = this.#pick(
      pick,
      ({ input, chains }) =>
        !isThought(input) && chains[0]!.length > 0 && !stanceFaulty(move.chain, chains[0]!, stance),
    )
    if (target === undefined) return
    const claim = { kind: 'stance', of: target.input.id, stance }
    this.#add(move, timeless(this.#published(move)), [move.chain], {
      claim,
      attribution: [...move.chain],
    })
  }

  #rate(move: Move, { rated, grade, start, end }: Extract<Act, { act: 'rate' }>): void {
    const rater = move.chain.at(-1)
    const target =
      typeof rated === 'string'
        ? undefined
        : this.#pick(
            rated,
            ({ input, chains }) =>
              !isThought(input) && chains[0]!.length > 0 && chains[0]!.at(-1) !== rater,
          )
    if (target === undefined && (typeof rated === 'number' || rated === rater)) return
    const claim =
      target === undefined
        ? { kind: 'rating', source: rated, reliability: 'ABCDEF'[grade]! }
        : { kind: 'rating', report: target.input.id, credibility: grade + 1 }
    const begun = { ...timeless(this.#published(move)), starts: [start ?? null] }
    const times = [{ ...begun, ends: [end ?? null] }, begun].find(standTogether)
    if (times !== undefined)
      this.#add(move, times, [move.chain], {
        claim,
        ...timeTexts(times),
        attribution: [...move.chain],
      })
  }

  #correct(move: Move, act: Extract<Act, { act: 'correct' }>): void {
    const target = this.#pick(
      act.pick,
      ({ input, chains, corrected }) =>
        !isThought(input) &&
        chains[0]!.length > 0 &&
        (this.#stamps === 'matter' || !corrected.byDesk),
    )
    const speakers = target && speakersOf(target, act)
    if (speakers === undefined) return
    const { chain: _, ...changes } = act.changes
    const fields = this.#change(target!, changes)
    if (fields === undefined) return
    this.#replace(target!.input.id, ({ corrected, ...written }) => ({
      ...written,
      corrected: { ...corrected, bySource: true },
    }))
    const claim = { kind: 'correction', of: target!.input.id, reason: 'mistaken', fields }
    this.#add(move, timeless(this.#published(move)), [speakers], { claim, attribution: speakers })
  }

  #correctEntry(move: Move, act: Extract<Act, { act: 'correct-entry' }>): void {
    // Beside another correction it would apply in the order of the log's stamps.
    const target = this.#pick(
      act.pick,
      ({ input, corrected: { byDesk, bySource } }) =>
        !isThought(input) && (this.#stamps === 'matter' || !(byDesk || bySource)),
    )
    if (target === undefined) return
    const fields = this.#change(target, act.changes)
    if (fields === undefined) return
    this.#replace(target.input.id, ({ corrected, ...written }) => ({
      ...written,
      corrected: { ...corrected, byDesk: true },
    }))
    this.#desk(move, {
      kind: 'entry-correction',
      of: target.input.id,
      reason: 'typed wrong',
      fields,
    })
  }

  /** The fields of a correction that can stand, in the person's form; `undefined` for none. */
  #change({ input, chains, times }: Written, changes: Changes): Record<string, Json> | undefined {
    const fields: Record<string, Json> = {}
    let said = times
    const add = (more: Partial<TimesSaid>, name: string, text: string | null) => {
      const whole = {
        ...said,
        starts: [...said.starts, ...(more.starts ?? [])],
        ends: [...said.ends, ...(more.ends ?? [])],
        published: [...said.published, ...(more.published ?? [])],
      }
      if (!standTogether(whole)) return
      said = whole
      fields[name] = text
    }
    const { start, end, published, chain } = changes
    const timed = input.claim.kind !== 'stance'
    if (timed && start !== undefined) add({ starts: [start] }, 'when', start && spanText(start))
    if (timed && end !== undefined && input.claim.kind !== 'sweep' && !denies(input.claim))
      add({ ends: [end] }, 'until', end && endingText(end))
    if (published !== undefined) add({ published: [published] }, 'published', clock(published))
    // Who thinks something of whom cannot become somebody who may not.
    const isSources = chains[0]!.length > 0 && !/^(?:stance|rating)$/.test(input.claim.kind)
    if (chain !== undefined && isSources) fields.attribution = [...chain]
    const claim = claimChanges(input.claim, changes)
    if (Object.keys(claim).length > 0) fields.claim = claim
    if (Object.keys(fields).length === 0) return undefined
    this.#replace(input.id, (written) => ({
      ...written,
      times: said,
      chains: fields.attribution === undefined ? chains : [...chains, chain!],
    }))
    return fields
  }

  #void(move: Move, act: Extract<Act, { act: 'void' | 'void-batch' }>): void {
    if (act.act === 'void-batch') {
      const { batch } = act
      if (this.#written.some(({ input }) => input.batch === batch))
        this.#desk(move, { kind: 'void', batch, reason: 'wrong file' })
      return
    }
    const target = this.#pick(act.pick, () => true)
    if (target !== undefined)
      this.#desk(move, { kind: 'void', of: target.input.id, reason: 'typed wrong' })
  }

  #enter(move: Move, act: Extract<Act, { act: 'enter' }>): void {
    const published = this.#published(move)
    const times = [act.end ?? null, null]
      .map(
        (end): TimesSaid => ({
          ...timeless(published),
          starts: [act.start ?? null],
          ends: [end],
        }),
      )
      .find(standTogether)
    if (times === undefined) return
    const claim = act.claim as ReportInput['claim']
    this.#add(move, times, [[]], { claim, ...timeTexts(times) })
  }

  #desk(move: Move, claim: ReportInput['claim']): void {
    this.#add(move, timeless(this.#published(move)), [[]], { claim })
  }

  /** A void stands in a commit of its own, so that what it closes or opens is clear to the next. */
  #add(move: Move, times: TimesSaid, chains: Written['chains'], said: Said): void {
    const { batch } = move
    const takesBatch = batch !== undefined && said.claim.kind !== 'void' && !this.#isClosed(batch)
    const published = times.published[0]
    const input: ReportInput = {
      id: `${move.letter}${this.#written.length + 1}`,
      ...said,
      ...(typeof published === 'number' ? { published: clock(published) } : {}),
      ...(takesBatch ? { batch } : {}),
    }
    this.#written.push({ input, chains, times, corrected: UNCORRECTED })
    const last = this.#commits.at(-1)
    const alone = [input, last?.reports.at(-1)].some((report) => report?.claim.kind === 'void')
    if (move.after === undefined && last !== undefined && !alone) last.reports.push(input)
    else {
      const at = instant((last?.at ?? 0) + (move.after ?? 0))
      this.#commits.push({ at, reports: [input] })
    }
  }

  #published({ published }: Move): number | null {
    return published ?? (this.#stamps === 'idle' ? 12 : null)
  }

  #pick(pick: number, may: (written: Written) => boolean): Written | undefined {
    const found = this.#written.filter(may)
    return found[pick % found.length]
  }

  #replace(id: string, change: (written: Written) => Written): void {
    const index = this.#written.findIndex(({ input }) => input.id === id)
    this.#written[index] = change(this.#written[index]!)
  }

  #isClosed(batch: string): boolean {
    const voids = this.#written
      .map(({ input }) => input)
      .filter(({ claim }) => claim.kind === 'void')
    const live = (id: string): boolean =>
      !voids.some(({ id: by, claim }) => claim.of === id && live(by))
    return voids.some(({ id, claim }) => claim.batch === batch && live(id))
  }
}

const UNCORRECTED = { byDesk: false, bySource: false }

const isThought = ({ claim }: ReportInput) => /correction$|^withdrawal$|^void$/.test(claim.kind)

const timeless = (published: number | null): TimesSaid => ({
  starts: [null],
  ends: [null],
  published: [published],
  expected: false,
  throughout: false,
})

function timeTexts({ starts, ends }: TimesSaid): { when?: string; until?: string } {
  const [start, end] = [starts[0], ends[0]]
  return { ...(start ? { when: spanText(start) } : {}), ...(end ? { until: endingText(end) } : {}) }
}

function attributionOf({ chain, stance }: Move): NonNullable<ReportInput['attribution']> {
  return chain.map((source, index) =>
    stance !== undefined && index < chain.length - 1 ? { source, stance } : source,
  )
}

/** Whether it is the teller's own word, or a hop's denial of what it relays. */
function stanceFaulty(
  speaking: readonly string[],
  told: readonly string[],
  stance: string,
): boolean {
  const speaker = accountOfChain(speaking)
  const teller = accountOfChain(told)
  if (speaker.name === teller.name) return true
  return stance === 'deny' && speaker.origin !== teller.origin && told.includes(speaker.origin)
}

/** A hop of the report's chain, with its tellers or directly; it must be one under every chain it had. */
function speakersOf(
  { chains }: Written,
  { hop, direct }: { hop: number; direct: boolean },
): readonly string[] | undefined {
  const chain = chains[0]!
  const index = hop % chain.length
  const speaker = chain[index]!
  // An unnamed source is heard only through the one above it.
  const speakers = direct && !speaker.includes('/') ? [speaker] : chain.slice(0, index + 1)
  const may = (other: readonly string[]) => {
    const at = other.indexOf(speaker)
    const through = speakers.slice(0, -1)
    return at >= 0 && (through.length === 0 || through.join('<') === other.slice(0, at).join('<'))
  }
  return chains.every(may) ? speakers : undefined
}
