/**
 * What carries an answer, and what stands against it.
 *
 * The question is asked again as if only some reports were there: all that opposes the answer, and
 * a part of what may carry it, from nothing upwards, until the answer is the same. What may carry it
 * is what the accounts that say so rest on; their sweeps, for a resolver may go by age; grades and
 * stances, for it may go by those; and where that is not enough, whatever else is said of the place.
 */
import { canonicalText } from '../fold/intern.js'
import { SWEEPS } from '../fold/register.js'
import {
  type Asked,
  answerTextOf,
  canonically,
  cutAmong,
  type Item,
  itemOf,
  resolutionIn,
  toldAt,
} from './explain-asked.js'
import { regardsOf } from './explain-regards.js'
import { properParts, smallest } from './explain-smallest.js'
import type { Word } from './explain-word.js'
import type { Resolution, Voice } from './types.js'

export interface Carried {
  readonly support: readonly Item[]
  readonly alsoSaid: readonly Item[]
  readonly opposition: readonly Item[]
}

/** All that the reading knows of one facet of the subject. */
export interface Heard {
  readonly facet: string
  readonly answer: Resolution | null
  readonly voices: readonly Voice[]
  /** By account. */
  readonly words: ReadonlyMap<string, Word>
  /** Every report that the reading sees and that says anything of the subject. */
  readonly items: readonly Item[]
}

type Side = 'for' | 'same' | 'against' | null

/** Parts of a support that are tried against what its accounts may say instead. */
const FEW = 8

export function carriedBy(asked: Asked, heard: Heard): Carried {
  const { answer, words } = heard
  if (answer === null) return { support: [], alsoSaid: [], opposition: [] }
  const sides = new Map([...words.values()].map((word) => [word.account, sideOf(word, answer)]))
  const on = (side: Side) =>
    [...words.values()].filter(({ account }) => sides.get(account) === side)
  const [saying, same, against] = [on('for'), on('same'), on('against')]
  const regards = regardsOf(asked, heard.voices, (voice) => sides.get(voice.account) ?? null)
  const opposing = distinct([
    ...against.flatMap((word) => [...speaking(word), ...newestSweep(asked, word)]),
    ...regards.filter(({ side }) => side === 'against').map(({ item }) => item),
  ])
  const said = distinct([...saying, ...same].flatMap((word) => [...word.support, ...word.alsoSaid]))
  const first = distinct([
    ...said,
    ...saying.flatMap((word) => newestSweep(asked, word)),
    ...regards.filter(({ side }) => side === 'for').map(({ item }) => item),
  ])
  const second = distinct([...first, ...saying.flatMap(({ all }) => all)])
  const text = answerTextOf(answer)
  const gives = (items: readonly Item[]) => answerAmong(asked, heard.facet, items) === text
  const isEnough = (part: readonly Item[]) => gives([...part, ...opposing])
  const pools = [first, second, distinct([...second, ...heard.items])].map((pool) =>
    without(pool, opposing).sort((a, b) => canonically(b, a)),
  )
  const pool = pools.find(isEnough)
  const carriers = saying.flatMap((word) => word.support)
  const support = (pool === undefined ? null : smallest(pool, isEnough)) ?? carriers
  const there = new Set([...support, ...opposing].map(({ id }) => id))
  const about = regards.filter(({ of }) => of !== null && !there.has(of))
  const idle = about.filter(({ side }) => side === 'against').map(({ item }) => item)
  const opposition = without(opposing, idle)
  const instead = insteadOf(saying, support, opposition)
  const stands =
    support.length <= FEW &&
    gives([...support, ...opposition, ...instead]) &&
    ![...properParts(support)].some((part) => gives([...part, ...opposition, ...instead]))
  return {
    support: inOrder(support),
    alsoSaid: inOrder(without(without(said, support), opposing)),
    opposition: inOrder(stands ? [...opposition, ...instead] : opposition),
  }
}

/** Which side of an answer an account's settled word is on; those set aside may say the same. */
function sideOf({ account, at }: Word, answer: Resolution): Side {
  if (at === undefined || at.settled === null) return null
  const named = answer.decided
    ? answer.support
    : answer.candidates.flatMap(({ accounts }) => accounts)
  if (named.includes(account)) return 'for'
  if (answer.decided && answer.opposition.includes(account)) return 'against'
  const values = answer.decided ? [answer.value] : answer.candidates.map(({ value }) => value)
  const text = canonicalText(at.settled)
  return values.some((value) => canonicalText(value) === text) ? 'same' : 'against'
}

/** What the account's word rests on now, with all that can be its last word. */
function speaking({ at, all, support, alsoSaid }: Word): Item[] {
  const evidence = new Set(at?.evidence ?? [])
  return [...all.filter(({ id }) => evidence.has(id)), ...support, ...alsoSaid]
}

/** What accounts that are in the support may say instead. */
function insteadOf(
  saying: readonly Word[],
  support: readonly Item[],
  opposition: readonly Item[],
): Item[] {
  const ids = new Set(support.map(({ id }) => id))
  const carrying = saying.filter((word) => word.support.some(({ id }) => ids.has(id)))
  const others = carrying.flatMap((word) => without(speaking(word), word.alsoSaid))
  return without(without(distinct(others), support), opposition)
}

/** The newest sweep that has certainly come and that renews what the account says. */
function newestSweep(asked: Asked, { account, at }: Word): Item[] {
  const { engine, c, place } = asked
  const store = engine.ledger.store(SWEEPS)
  const carrier = at?.carrier ?? null
  const slot = store?.slot({ account })
  if (store === undefined || slot === undefined || carrier === null) return []
  const { columns } = store
  const row = engine.ledger.visible(store, slot, 'own', c.cut).findLast((one) => {
    const latest = columns.latest[one]!
    if (latest - 1 > c.valid || latest < carrier.start.to) return false
    const origin = engine.ledger.chain(columns.chain[one]!).at(-1)!.source
    return engine.registry.covers(origin, place, (latest - 1) as typeof c.valid, c.cut)
  })
  return row === undefined ? [] : [itemOf(engine, store, row)]
}

function answerAmong(asked: Asked, facet: string, items: readonly Item[]): string {
  const { weighing } = toldAt(asked, cutAmong(asked, items))
  return answerTextOf(resolutionIn(asked, facet, weighing))
}

function distinct(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [item.position, item])).values()]
}

function without(items: readonly Item[], others: readonly Item[]): Item[] {
  const gone = new Set(others.map(({ position }) => position))
  return items.filter(({ position }) => !gone.has(position))
}

const inOrder = (items: readonly Item[]): Item[] => distinct(items).sort(canonically)
