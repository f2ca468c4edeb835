/**
 * Losses asked for: of one actor, at one place, in one period, as one account tells them. What
 * `casualties` keeps apart is added here, and only what may be: no part beside its whole, and no
 * engagement twice under two ids.
 */
import type { FoldProjection, Key, Losses } from '../src/define.js'
import {
  ANY,
  type Casualties,
  type CasualtiesState,
  casualties,
  LOSSES,
  type Loss,
  readPeriod,
  type Toll,
} from './casualties.js'

/** What reads a fold at a reading, as a view does. */
interface Reads {
  state(projection: FoldProjection<CasualtiesState>, key: Key): { readonly state: CasualtiesState }
}

export interface LossesQuestion {
  readonly place: string
  /** An actor, or `civilians`. */
  readonly actor: string
  /** `2015`, or `2015-03`. */
  readonly period: string
  readonly account: string
  /** Accounts whose word counts on what is one engagement, or part of another; the account's own unless given. */
  readonly relations?: readonly string[]
  /** What the timeline was opened with; `casualties` unless given. */
  readonly projection?: Casualties
}

type ByLoss<T> = Partial<Record<Loss, T>>

/** An engagement as it was last told to have cost the actor at the place. */
export interface ToldLosses {
  readonly engagement: string
  readonly losses: Readonly<ByLoss<Losses>>
}

export interface CountedLosses extends ToldLosses {
  /** Whether its start lies in the period for certain. */
  readonly certain: boolean
  /** By kind of loss that is not added, the engagement that is: its whole, or the same under another id. */
  readonly within: Readonly<ByLoss<string>>
}

export interface LossesAnswer {
  /** Sums; `best` is there only where all that is added has one. */
  readonly losses: Readonly<ByLoss<Losses>>
  /** What they are made of, by id. */
  readonly engagements: readonly CountedLosses[]
  /** Those that may have begun in the period and are counted in a later one, by id. */
  readonly possible: readonly ToldLosses[]
}

/**
 * The losses of one actor at one place in one period, as one account tells them, at a view's reading.
 * An engagement told of several places counts wholly at each of them: losses of places are not to be
 * added.
 *
 * @throws `RangeError` for what is no period, and what the view throws.
 */
export function lossesOf(view: Reads, question: LossesQuestion): LossesAnswer {
  const { place, actor, account, projection = casualties } = question
  const period = readPeriod(question.period)
  const stateOf = (key: Key) => view.state(projection, key).state
  const listed = [question.period, ANY].flatMap(
    (name) => stateOf({ place, actor, period: name, account }).engagements,
  )
  const ids = [...new Set(listed)].sort()
  const told = new Map(ids.map((id) => [id, stateOf({ engagement: id, account }).told[actor]]))
  const relations = new Relations(stateOf, question.relations ?? [account])

  const sums: ByLoss<Losses> = {}
  const counted = new Map<string, Mutable>()
  const possible = new Map<string, Mutable>()
  const put = (found: Map<string, Mutable>, engagement: string): Mutable => {
    const one = found.get(engagement) ?? { losses: {}, within: {}, certain: true }
    found.set(engagement, one)
    return one
  }
  for (const loss of LOSSES) {
    const tolls = new Map<string, Toll>()
    for (const [engagement, tolled] of told) {
      const toll = tolled?.[loss]
      if (!toll?.places.includes(place)) continue
      const { first, last } = monthsOf(toll, projection)
      if (first > period.last || last < period.first) continue
      const settled = last <= period.last
      const one = put(settled ? counted : possible, engagement)
      one.losses[loss] = toll.losses
      one.certain &&= first >= period.first
      if (settled) tolls.set(engagement, toll)
    }
    for (const [engagement, toll] of tolls) {
      const instead = relations.instead(engagement, tolls)
      if (instead === undefined) sums[loss] = sum(sums[loss], toll.losses)
      else put(counted, engagement).within[loss] = instead
    }
  }
  const listOf = (found: ReadonlyMap<string, Mutable>) =>
    ids.flatMap((engagement) => {
      const one = found.get(engagement)
      return one === undefined ? [] : [{ engagement, ...one }]
    })
  return {
    losses: sums,
    engagements: listOf(counted),
    possible: listOf(possible).map(({ engagement, losses }) => ({ engagement, losses })),
  }
}

interface Mutable {
  losses: ByLoss<Losses>
  within: ByLoss<string>
  certain: boolean
}

function monthsOf({ start }: Toll, { monthOf }: Casualties) {
  const first = start.from === null ? Number.NEGATIVE_INFINITY : monthOf(start.from)
  return { first, last: monthOf(start.to - 1) }
}

function sum(a: Losses | undefined, b: Losses): Losses {
  if (a === undefined) return { ...b }
  const [low, high] = [a.low + b.low, a.high + b.high]
  return a.best === undefined || b.best === undefined
    ? { low, high }
    : { low, best: a.best + b.best, high }
}

/** What is one engagement, and what is part of what, as some accounts have it; however many steps. */
class Relations {
  readonly #stateOf: (key: Key) => CasualtiesState
  readonly #accounts: readonly string[]
  readonly #wholes = new Map<string, ReadonlySet<string>>()

  constructor(stateOf: (key: Key) => CasualtiesState, accounts: readonly string[]) {
    this.#stateOf = stateOf
    this.#accounts = accounts
  }

  /** The engagement that is added in the stead of another, where one is: a whole, else the same as told last. */
  instead(engagement: string, tolls: ReadonlyMap<string, Toll>): string | undefined {
    const around = [...this.#around(engagement)].filter((id) => id !== engagement && tolls.has(id))
    const whole = around.find((id) => !this.#around(id).has(engagement))
    if (whole !== undefined) return whole
    const last = [engagement, ...around].reduce((a, b) =>
      toldAfter(tolls.get(a)!, tolls.get(b)!) ? a : b,
    )
    return last === engagement ? undefined : last
  }

  /** The engagement, what it is under other ids, and every whole of these. */
  #around(engagement: string): ReadonlySet<string> {
    const known = this.#wholes.get(engagement)
    if (known !== undefined) return known
    const around = new Set([engagement])
    for (const id of around)
      for (const account of this.#accounts) {
        const { sameAs, partOf } = this.#stateOf({ engagement: id, account })
        for (const other of [...sameAs, ...partOf]) around.add(other)
      }
    this.#wholes.set(engagement, around)
    return around
  }
}

/** Whether a toll comes after another in canonical order, or is it. */
function toldAfter(a: Toll, b: Toll): boolean {
  const from = ({ start }: Toll) => start.from ?? Number.NEGATIVE_INFINITY
  const by = a.start.to - b.start.to || compare(from(a), from(b)) || a.published - b.published
  return by > 0 || (by === 0 && a.report >= b.report)
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}
