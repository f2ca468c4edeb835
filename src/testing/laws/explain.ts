/**
 * Law 11, explain: the support, with everything that opposes it and nothing else, gives the answer; no
 * proper subset of it does; other supporters are listed as such, and of several supports the
 * canonically last is named. So for what is resolved, and for each account's settled word. Each set
 * is put to the test by a log that holds those reports, what was thought of them and the desk's
 * entries, and nothing else.
 */
import * as fc from 'fast-check'
import { canonicalText } from '../../fold/intern.js'
import type { FacetExplanation, WordExplanation } from '../../reading/explain-types.js'
import type { PlaceView, Reading, Resolution } from '../../reading/types.js'
import { chainOf, type History, type ReportInput } from '../arbitraries-input.js'
import { asked, type ModelReading, readings } from '../arbitraries-readings.js'
import { plain } from '../plain.js'
import { holds, same } from './answers.js'
import { modelOf } from './naive.js'
import { Bench, type Engine, type EngineView, type Subject } from './subject.js'

export function explanation(subject: Subject) {
  const cases = subject.histories().chain((history) =>
    fc.record({
      history: fc.constant(history),
      reading: readings(history),
      resolver: fc.constantFrom(...subject.resolvers),
    }),
  )
  return fc.asyncProperty(cases, ({ history, reading, resolver }) =>
    isExplained(subject, history, { ...reading, resolver }),
  )
}

/** Whether every answer of a reading is explained by what is said to explain it. */
export async function isExplained(
  subject: Subject,
  history: History,
  reading: Reading,
): Promise<void> {
  const { engine } = await Bench.holding(subject, history)
  const view = engine.at(reading)
  const alone = new Alone(subject, history, reading, engine)
  for (const { id } of engine.registry({ known: view.reading.known }).places()) {
    const place = plain(view.place(id))
    const { facets } = plain(view.explain(id))
    for (const facet of Object.keys(place.resolved))
      holds(facet in facets, `${facet} of ${id} is resolved and not explained`)
    for (const [facet, explained] of Object.entries(facets)) {
      const what = `${facet} of ${id}`
      same(`the answer on ${what}`, place.resolved[facet] ?? null, explained.answer)
      isWhole(what, facet, explained, place)
      if (explained.answer !== null) await isCarried(alone, what, id, facet, explained)
      for (const word of explained.accounts) await isWord(alone, what, id, facet, word)
    }
  }
}

/** Whoever says what the answer says is a supporter, and whoever says otherwise opposes it. */
function isWhole(
  what: string,
  facet: string,
  { answer, support, alsoSaid, opposition, losers }: FacetExplanation,
  { accounts }: PlaceView,
): void {
  for (const id of alsoSaid)
    holds(
      !support.includes(id) && !opposition.includes(id),
      `${id} is listed as another supporter on ${what} and elsewhere too`,
    )
  if (answer === null) return
  const values = valuesOf(answer).map(canonicalText)
  const winner = answer.decided ? values[0] : undefined
  for (const { account, control, basis, evidence } of accounts) {
    const value = control[facet]
    if (value === undefined) continue
    const text = canonicalText(value)
    const carrier = evidence[facet]![0]!
    if (values.includes(text)) {
      const isListed = [...support, ...alsoSaid, ...opposition].includes(carrier)
      holds(
        isListed || basis[facet] === 'default',
        `${carrier} by which ${account} says the answer on ${what} is not listed`,
      )
    } else if (!names(answer).includes(account))
      holds(
        opposition.includes(carrier),
        `${carrier} by which ${account} says otherwise on ${what} is not in the opposition`,
      )
    holds(
      text === winner || losers.some((loser) => loser.account === account),
      `${account} lost on ${what} and is not among the losers`,
    )
  }
}

async function isCarried(
  alone: Alone,
  what: string,
  place: string,
  facet: string,
  { answer, support, alsoSaid, opposition }: FacetExplanation,
): Promise<void> {
  const text = answerText(answer)
  const given = async (ids: readonly string[]) => {
    const view = await alone.with(ids)
    return answerText(view.place(place).resolved[facet] ?? null) === text
  }
  await isSmallest(`the answer on ${what}`, { support, alsoSaid, others: opposition }, given)
  for (const one of support)
    for (const other of alsoSaid.filter((id) => alone.isLater(id, one)))
      holds(
        !(await given([...support.filter((id) => id !== one), other, ...opposition])),
        `${other} carries the answer on ${what} as ${one} does, and is canonically later`,
      )
}

async function isWord(
  alone: Alone,
  where: string,
  place: string,
  facet: string,
  word: WordExplanation,
): Promise<void> {
  const { account, settled, support, alsoSaid, before, others } = word
  const what = `what ${account} says of ${where}`
  const text = canonicalText(settled)
  const given = async (ids: readonly string[]) => {
    const told = (await alone.with(ids))
      .place(place)
      .accounts.find((one) => one.account === account)
    return canonicalText(told?.control[facet] ?? null) === text
  }
  const rest = [...before, ...others.flatMap(({ reports }) => reports)].filter(
    (id) => !support.includes(id) && !alsoSaid.includes(id),
  )
  await isSmallest(what, { support, alsoSaid, others: rest }, given)
  for (const other of alsoSaid) {
    const would: string[] = []
    for (const one of support)
      if (await given([...support.filter((id) => id !== one), other, ...rest])) would.push(one)
    holds(would.length > 0, `${other} is said to carry ${what} as well, and does not`)
    const earlier = would.find((one) => alone.isLater(other, one))
    holds(earlier === undefined, `${other} carries ${what} as ${earlier} does, and is later`)
  }
}

interface Lists {
  readonly support: readonly string[]
  readonly alsoSaid: readonly string[]
  readonly others: readonly string[]
}

async function isSmallest(
  what: string,
  { support, others }: Lists,
  given: (ids: readonly string[]) => Promise<boolean>,
): Promise<void> {
  holds(
    await given([...support, ...others]),
    `${what} is not given by ${told(support)} against ${told(others)}`,
  )
  for (const part of properSubsets(support))
    holds(
      !(await given([...part, ...others])),
      `${what} is given by ${told(part)} alone, and ${told(support)} is said to carry it`,
    )
}

/** Logs that hold some of a history's reports alone, read as the history was. */
class Alone {
  readonly #views = new Map<string, EngineView>()
  readonly #order: ReadonlyMap<string, number>
  readonly #known: number
  readonly #reading: Reading

  constructor(
    private readonly subject: Subject,
    private readonly history: History,
    reading: Reading,
    engine: Engine,
  ) {
    const { known: _, ...rest } = reading
    this.#known = engine.at(reading).reading.known
    this.#reading = rest
    const model = modelOf(engine, subject)
    const { t, cut } = asked({ ...reading, resolver: 'dispute' } as ModelReading, model)
    this.#order = new Map(model.forms(cut, t).map(({ id }, at) => [id, at]))
  }

  async with(ids: readonly string[]): Promise<EngineView> {
    const key = canonicalText([...new Set(ids)].sort())
    const known = this.#views.get(key)
    if (known !== undefined) return known
    const { engine } = await Bench.holding(this.subject, only(this.history, ids, this.#known))
    const view = engine.at(this.#reading)
    this.#views.set(key, view)
    return view
  }

  /** Whether one stands behind the other in canonical order. */
  isLater(one: string, other: string): boolean {
    return this.#order.get(one)! > this.#order.get(other)!
  }
}

/** A history up to a position with these reports alone, the second thoughts of them, and the desk's entries. */
export function only({ commits, stamps }: History, ids: readonly string[], known: number): History {
  const wanted = new Set(ids)
  const kept: ReportInput[] = []
  let position = 0
  const stays = (report: ReportInput): boolean => {
    position += 1
    const { kind, of, batch } = report.claim
    const isThere = (id: unknown) => id === undefined || kept.some((one) => one.id === id)
    const isThought = /correction$|^withdrawal$|^void$/.test(kind)
    const stays =
      position <= known &&
      (isThought
        ? of === undefined
          ? kept.some((one) => one.batch === batch)
          : isThere(of)
        : (chainOf(report).length === 0 || wanted.has(report.id)) &&
          isThere(of) &&
          isThere(report.claim.report))
    if (stays) kept.push(report)
    return stays
  }
  return { commits: commits.map((commit) => commit.filter(stays)), stamps }
}

function answerText(resolution: Resolution | null): string {
  if (resolution === null) return ''
  return resolution.decided
    ? canonicalText({ value: resolution.value })
    : canonicalText({ undecided: valuesOf(resolution) })
}

const valuesOf = (answer: Resolution) =>
  answer.decided ? [answer.value] : answer.candidates.map(({ value }) => value)

const names = (answer: Resolution) =>
  answer.decided ? answer.support : answer.candidates.flatMap(({ accounts }) => accounts)

function* properSubsets<T>(items: readonly T[]): Generator<T[]> {
  for (let mask = 0; mask < 2 ** items.length - 1; mask++)
    yield items.filter((_, at) => (mask & (1 << at)) !== 0)
}

const told = (ids: readonly string[]) => (ids.length === 0 ? 'nothing' : ids.join(', '))
