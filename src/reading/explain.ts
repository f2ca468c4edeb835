/**
 * Explain: why a subject reads as it does (DESIGN 7). Per facet: the answer as resolved and what
 * each account says; the smallest set of reports that gives the answer against all that opposes it;
 * the values that lost, to which rule, and whose further claim would make them win; and what the
 * reading does not see, or not yet.
 *
 * None of it is a theory of the resolver: the engine and the resolver are asked again, as if only some
 * reports were there, or one more. So it holds for a user's own resolver as for those shipped. A
 * resolver that goes by the record of a source weighs what lies outside the place; where no part of
 * what is said there gives the answer, what the accounts that say it rest on stands for its support.
 */
import { canonicalText } from '../fold/intern.js'
import type { FacetValue } from '../fold/projection.js'
import { seenRows } from '../fold/register.js'
import type { Store } from '../fold/store.js'
import type { Coordinates } from './coordinates.js'
import { type Asked, facetsOf, type Item, itemOf, resolutionIn, toldAt } from './explain-asked.js'
import { standsDenied } from './explain-folded.js'
import { wouldWin } from './explain-further.js'
import { notYetOf } from './explain-not-yet.js'
import { carriedBy, type Heard } from './explain-support.js'
import type { Explanation, FacetExplanation, Loser } from './explain-types.js'
import { type Word, wordOf } from './explain-word.js'
import type { Engine } from './subject.js'
import { type AccountRows, accountsOf } from './tellings.js'
import type { Resolution, Weighing } from './types.js'

export function explain(engine: Engine, store: Store, place: string, c: Coordinates): Explanation {
  const asked: Asked = { engine, store, place, c }
  const accounts = accountsOf(engine, store, place, c.cut)
  const { tellings, weighing } = toldAt(asked, c.cut)
  const said = new Map(tellings.map(({ account, facets }) => [account.name, facets]))
  const items = itemsOf(asked, accounts)
  const facets: Record<string, FacetExplanation> = {}
  for (const facet of facetsOf(asked)) {
    const words = accounts.flatMap((told): Word[] => {
      const word = wordOf(asked, told, facet, said.get(told.account.name)?.get(facet))
      return word === null ? [] : [word]
    })
    const notYet = notYetOf(asked, facet, accounts)
    const answer = resolutionIn(asked, facet, weighing)
    if (words.length === 0 && notYet.length === 0 && answer === null) continue
    const heard: Heard = {
      facet,
      answer,
      voices: weighing.voices(facet),
      words: new Map(words.map((word) => [word.account, word])),
      items,
    }
    const { support, alsoSaid, opposition } = carriedBy(asked, heard)
    facets[facet] = {
      answer,
      support: ids(support),
      alsoSaid: ids(alsoSaid),
      opposition: ids(opposition),
      losers: losersOf(asked, heard, accounts, weighing),
      accounts: words.map(({ explained }) => explained),
      notYet,
    }
  }
  const name = engine.registry.entry('place', place, c.valid, c.cut.known)?.name ?? place
  return { place, name, facets }
}

/** Everything that the reading sees said of the subject, on any facet. */
function itemsOf({ engine, store }: Asked, accounts: readonly AccountRows[]): Item[] {
  const rows = accounts.flatMap(({ keyRows }) => seenRows(keyRows))
  return rows.map((row) => itemOf(engine, store, row))
}

const BY_DEFAULT = 'it is said by default alone, which is no voice'

function losersOf(
  asked: Asked,
  { facet, answer, words }: Heard,
  accounts: readonly AccountRows[],
  weighing: Weighing,
): Loser[] {
  const winner = answer?.decided === true ? canonicalText(answer.value) : null
  const wins = new Map<string, string | null>()
  const claimant = (account: string, value: FacetValue): string | null => {
    const text = canonicalText(value)
    const known = wins.get(text)
    if (known !== undefined) return known
    const told = accounts.find((one) => one.account.name === account)!
    const denial = standsDenied(asked, told, facet)
    const found = wouldWin(asked, { facet, value, denial }, accounts, weighing)
    wins.set(text, found)
    return found
  }
  return [...words.values()].flatMap(({ account, at }): Loser[] => {
    const value = at?.settled ?? null
    if (value === null || canonicalText(value) === winner) return []
    const rule = ruleAgainst(account, at?.carrier?.basis ?? null, answer)
    return [{ account, value, reports: at!.evidence, rule, wouldWin: claimant(account, value) }]
  })
}

function ruleAgainst(account: string, basis: string | null, answer: Resolution | null): string {
  if (basis === 'default') return BY_DEFAULT
  const aside = answer?.aside?.find((one) => one.account === account)
  return aside?.why ?? answer?.rule ?? BY_DEFAULT
}

const ids = (items: readonly Item[]): string[] => items.map(({ id }) => id)
