/**
 * The naive model's disputes: which accounts of a place cannot all be right, why they differ, and how
 * the place stands for it (RULINGS 18, 20, 21).
 */
import type { DisputeRule, FacetValue, Words } from '../fold/projection.js'
import type { Dispute, Standing } from '../reading/types.js'
import { meet } from '../time/window.js'
import { byBytes } from './model-order.js'
import { type ModelAccount, type ModelFacet, voice } from './model-weigh.js'

/** Whether neither of two sources copies the other. */
export type Independent = (a: string, b: string) => boolean

/** Disputes of every pair of accounts under every rule, by the names of the pair, then by rule. */
export function disputesAmong(
  accounts: readonly ModelAccount[],
  rules: readonly DisputeRule[],
): Dispute[] {
  return pairs(accounts).flatMap(([a, b]) => rules.flatMap((rule) => [...disputesOf(a, b, rule)]))
}

function* disputesOf(a: ModelAccount, b: ModelAccount, rule: DisputeRule): Generator<Dispute> {
  const sameOrigin = a.account.origin === b.account.origin
  const make = (
    kind: 'who' | 'extent' | 'when',
    rest: Pick<Dispute, 'open' | 'cause' | 'facets'>,
  ): Dispute => ({
    kind: sameOrigin ? 'relay' : kind,
    parties: [a.account.name, b.account.name],
    shared: shared(a, b),
    ...rest,
  })
  const words = (of: ModelAccount, say: (facet: ModelFacet | undefined) => FacetValue | null) =>
    Object.fromEntries(rule.facets.map((facet) => [facet, say(of.facets[facet])]))

  const voiced = clash(rule, words(a, voice), words(b, voice))
  const asSaid = (facet: ModelFacet | undefined) => facet?.settled ?? null
  const said = clash(rule, words(a, asSaid), words(b, asSaid))
  const never = possibleWords(a, rule).every((one) =>
    possibleWords(b, rule).every((other) => clash(rule, one, other) !== null),
  )
  const clashing = (say: typeof voice) => clashingFacets(rule, words(a, say), words(b, say))
  if (voiced !== null) {
    const facets = clashing(voice)
    const said = [words(a, voice), words(b, voice)] as const
    yield make(voiced, { open: !never, cause: causeOf({ rule, facets }, [a, b], said), facets })
  } else if (said !== null)
    yield make(said, { open: true, cause: 'scope', facets: clashing(asSaid) })

  const when = rule.when
  if (voiced !== null || when === undefined) return
  const [x, y] = [a.facets[when], b.facets[when]]
  if (voice(x) === null || voice(y) === null) return
  if (x!.mode === 'change' && y!.mode === 'change' && !meet(x!.since!, y!.since!))
    yield make('when', { open: false, cause: 'contradiction', facets: [when] })
}

/** Of a clash of voices: the first that applies of vocabulary, lag and contradiction. */
function causeOf(
  { rule, facets }: { readonly rule: DisputeRule; readonly facets: readonly string[] },
  [a, b]: readonly [ModelAccount, ModelAccount],
  [saysA, saysB]: readonly [Words, Words],
): Dispute['cause'] {
  if (rule.vocabulary?.(saysA, saysB) || rule.vocabulary?.(saysB, saysA)) return 'vocabulary'
  const agrees = (later: Words, now: Words) => {
    const both = facets.filter((facet) => later[facet] != null && now[facet] != null)
    const on = (words: Words) =>
      Object.fromEntries(
        rule.facets.map((name) => [name, (facets.includes(name) && words[name]) || null]),
      )
    return both.length > 0 && rule.clash(on(later), on(now)) === null
  }
  const lags =
    a.later.some((later) => agrees(later, saysB)) || b.later.some((later) => agrees(later, saysA))
  return lags ? 'lag' : 'contradiction'
}

/** Every combination of what an account may say of the facets of a rule. */
function possibleWords(account: ModelAccount, rule: DisputeRule): Words[] {
  return rule.facets.reduce<Words[]>(
    (combined, facet) =>
      combined.flatMap((words) =>
        (account.facets[facet]?.voiced ?? [null]).map((value) => ({ ...words, [facet]: value })),
      ),
    [{}],
  )
}

/** Silence fits everything; else the rule says. */
function clash(rule: DisputeRule, a: Words, b: Words): 'who' | 'extent' | null {
  const silent = (words: Words) => Object.values(words).every((value) => value === null)
  return silent(a) || silent(b) ? null : rule.clash(a, b)
}

/** The facets that clash by themselves; where they do so only together, all that either speaks of. */
function clashingFacets(rule: DisputeRule, a: Words, b: Words): string[] {
  const alone = rule.facets.filter((facet) =>
    clash(rule, only(rule, facet, a), only(rule, facet, b)),
  )
  if (alone.length > 0) return alone
  return rule.facets.filter((facet) => a[facet] !== null || b[facet] !== null)
}

/** The words with all facets of the rule but one silent. */
function only(rule: DisputeRule, facet: string, words: Words): Words {
  return Object.fromEntries(
    rule.facets.map((name) => [name, name === facet ? (words[facet] ?? null) : null]),
  )
}

function shared(a: ModelAccount, b: ModelAccount): Dispute['shared'] {
  const marks: Dispute['shared'][number][] = []
  if (a.account.origin === b.account.origin) marks.push('origin')
  if (a.account.publisher === b.account.publisher) marks.push('publisher')
  if (a.alignment !== null && a.alignment === b.alignment) marks.push('alignment')
  return marks
}

/** The first that applies of disputed, agreed, sole, unreported. */
export function standingOf(
  accounts: readonly ModelAccount[],
  rules: readonly DisputeRule[],
  independent: Independent,
): Standing {
  if (disputesAmong(accounts, rules).some(({ open }) => !open)) return 'disputed'
  const agree = pairs(accounts).some(
    ([a, b]) =>
      a.account.origin !== b.account.origin &&
      independent(a.account.origin, b.account.origin) &&
      Object.keys(a.facets).some((facet) => fits(facet, a.facets[facet], b.facets[facet], rules)),
  )
  if (agree) return 'agreed'
  const speaks = ({ facets }: ModelAccount) =>
    Object.values(facets).some((facet) => voice(facet) !== null)
  return accounts.some(speaks) ? 'sole' : 'unreported'
}

/** Whether both speak of the facet in words of their own that no rule tells apart. */
function fits(
  facet: string,
  a: ModelFacet | undefined,
  b: ModelFacet | undefined,
  rules: readonly DisputeRule[],
): boolean {
  if (voice(a) === null || voice(b) === null || a!.derived || b!.derived) return false
  return rules
    .filter((rule) => rule.facets.includes(facet))
    .every((rule) => {
      const said = (of: ModelFacet | undefined) => only(rule, facet, { [facet]: voice(of) })
      return clash(rule, said(a), said(b)) === null
    })
}

/** Every two accounts, in the order of their names. */
function pairs(accounts: readonly ModelAccount[]): [ModelAccount, ModelAccount][] {
  const sorted = [...accounts].sort((a, b) => byBytes(a.account.name, b.account.name))
  return sorted.flatMap((a, index) =>
    sorted.slice(index + 1).map((b): [ModelAccount, ModelAccount] => [a, b]),
  )
}
