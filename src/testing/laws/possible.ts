/**
 * Law 6, possible worlds: what is possible of a facet at an instant is what some pick of an instant
 * inside every window gives, no more and no less; what is settled, the pick of the latest. Every
 * pick of every whole instant is tried, so histories are small and their windows bounded.
 */
import * as fc from 'fast-check'
import { canonicalText } from '../../fold/intern.js'
import type { RegisterProjection } from '../../fold/projection.js'
import { instant, printInstant } from '../../time/instant.js'
import type { History } from '../arbitraries-input.js'
import { ALL, type Model } from '../model.js'
import { same } from './answers.js'
import { modelOf } from './naive.js'
import { Bench, type Subject } from './subject.js'

/** Picks that are tried for one account at most. */
const MOST_PICKS = 3000

/** Instants that are asked: from a little before every generated one to a little after. */
const INSTANTS = Array.from({ length: 22 }, (_, index) => instant(index - 2))

export function possibleWorlds(subject: Subject) {
  return fc.asyncProperty(subject.histories({ moves: 7 }), (history) =>
    isPossible(subject, history),
  )
}

/** Whether every register answers at every instant as the enumeration of all worlds does. */
export async function isPossible(subject: Subject, history: History): Promise<void> {
  const { engine } = await Bench.holding(subject, history)
  const model = modelOf(engine, subject, 'every')
  const few = accountsWithFewPicks(model)
  fc.pre(few.size > 0)
  const registers = subject.projections.filter(
    (projection): projection is RegisterProjection => projection.type === 'register',
  )
  for (const register of registers)
    for (const key of model.keys(register, ALL).filter(({ account = '' }) => few.has(account)))
      for (const t of INSTANTS) {
        const found = engine.at({ valid: printInstant(t) }).state(register, key)
        const facets = 'facets' in found ? found.facets : {}
        same(
          `${register.name} of ${canonicalText(key)} at ${t}`,
          worldly(model.register(register, key, t, ALL)),
          worldly(facets),
        )
      }
}

function worldly(facets: Readonly<Record<string, { settled: unknown; possible: unknown }>>) {
  return Object.fromEntries(
    Object.entries(facets).map(([facet, { settled, possible }]) => [facet, { settled, possible }]),
  )
}

/** Accounts whose reports have bounded starts with few picks among them. */
function accountsWithFewPicks(model: Model): Set<string> {
  const picks = new Map<string, number>()
  for (const { account, attribution, start, end } of model.forms(ALL))
    if (attribution.length > 0) {
      const ends = end === null ? 1 : Math.min(end.to - end.from, INSTANTS.length)
      picks.set(account.name, (picks.get(account.name) ?? 1) * (start.to - start.from) * ends)
    }
  return new Set([...picks].filter(([, count]) => count <= MOST_PICKS).map(([name]) => name))
}
