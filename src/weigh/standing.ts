/**
 * How the accounts of a key stand to each other: which of them cannot all be right (RULINGS 21),
 * and the standing that follows (RULINGS 20). Settled words decide, on what is possible of both;
 * what is said only by default is no voice, silence fits everything. Why two differ is said by
 * src/weigh/causes.ts.
 */
import { canonicalText } from '../fold/intern.js'
import type { DisputeRule, FacetValue, Words } from '../fold/projection.js'
import type { FacetAt } from '../fold/register.js'
import type { Dispute, Standing } from '../reading/types.js'
import type { Account } from '../report/account.js'
import { meet } from '../time/window.js'
import { causeOf, type Later } from './causes.js'

/** One account's words at a reading. */
export interface Telling {
  readonly account: Account
  readonly alignment: string | null
  readonly facets: ReadonlyMap<string, FacetAt>
  readonly later: Later
}

export interface Stood {
  readonly standing: Standing
  readonly disputes: readonly Dispute[]
}

/** `independent` says whether two origins are not known to copy one another or a third. */
export function standingOf(
  tellings: readonly Telling[],
  rules: readonly DisputeRule[],
  independent: (originA: string, originB: string) => boolean,
): Stood {
  const disputes: Dispute[] = []
  for (const [i, a] of tellings.entries())
    for (const b of tellings.slice(i + 1)) disputes.push(...disputesBetween(a, b, rules))
  const disputed = disputes.some((dispute) => !dispute.open)
  return { standing: standingWhere(disputed, tellings, rules, independent), disputes }
}

/** The standing alone, for which no more is asked than it takes. */
export function standingAlone(
  tellings: readonly Telling[],
  rules: readonly DisputeRule[],
  independent: (originA: string, originB: string) => boolean,
): Standing {
  const disputed = tellings.some((a, i) =>
    tellings.slice(i + 1).some((b) => rules.some((rule) => isDisputed(a, b, rule))),
  )
  return standingWhere(disputed, tellings, rules, independent)
}

function standingWhere(
  disputed: boolean,
  tellings: readonly Telling[],
  rules: readonly DisputeRule[],
  independent: (originA: string, originB: string) => boolean,
): Standing {
  if (disputed) return 'disputed'
  if (agreed(tellings, rules, independent)) return 'agreed'
  return tellings.some(speaks) ? 'sole' : 'unreported'
}

/** Whether a dispute of the two under the rule is more than open. */
function isDisputed(a: Telling, b: Telling, rule: DisputeRule): boolean {
  const words = [settledWords(a, rule.facets, voice), settledWords(b, rule.facets, voice)] as const
  return clashOf(...words, rule) === null ? changedApart(a, b, rule) : isStrict(a, b, rule)
}

/** Whether nothing that is possible of the one fits anything that is of the other. */
export function isStrict(
  a: Pick<Telling, 'facets'>,
  b: Pick<Telling, 'facets'>,
  rule: DisputeRule,
): boolean {
  return possibleWords(a, rule.facets).every((x) =>
    possibleWords(b, rule.facets).every((y) => clashOf(x, y, rule) !== null),
  )
}

/** Disputes of two accounts, the first by name before the second, in the order of the rules. */
export function disputesBetween(a: Telling, b: Telling, rules: readonly DisputeRule[]): Dispute[] {
  return rules.flatMap((rule) => judge(a, b, rule))
}

function speaks({ facets }: Telling): boolean {
  return [...facets.values()].some((facet) => voice(facet) !== null)
}

/** What they clash on; and what changed apart, where they clash at most by default. */
function judge(a: Telling, b: Telling, rule: DisputeRule): Dispute[] {
  const clash = clashBetween(a, b, rule)
  if (clash !== null && clash.cause !== 'scope') return [clash]
  const found = clash === null ? [] : [clash]
  if (changedApart(a, b, rule))
    found.push(
      disputeOf(a, b, { kind: 'when', facets: [rule.when!], cause: 'contradiction', open: false }),
    )
  return found
}

/** What voices clash on; else what clashes only with a default. */
function clashBetween(a: Telling, b: Telling, rule: DisputeRule): Dispute | null {
  const voiced = verdictOf(a, b, { rule, say: voice, byDefault: false })
  if (voiced !== null) return disputeOf(a, b, { ...voiced, open: !isStrict(a, b, rule) })
  const said = verdictOf(a, b, { rule, say: word, byDefault: true })
  return said === null ? null : disputeOf(a, b, { ...said, open: true })
}

type Verdict = Pick<Dispute, 'facets' | 'cause'> & { readonly kind: 'who' | 'extent' | 'when' }

interface Judged {
  readonly rule: DisputeRule
  readonly say: (facet: FacetAt | undefined) => FacetValue | null
  readonly byDefault: boolean
}

function verdictOf(a: Telling, b: Telling, { rule, say, byDefault }: Judged): Verdict | null {
  const words = [settledWords(a, rule.facets, say), settledWords(b, rule.facets, say)] as const
  const kind = clashOf(...words, rule)
  if (kind === null) return null
  const facets = clashing(...words, rule)
  const later = [a.later, b.later] as const
  return { kind, facets, cause: causeOf({ rule, facets, words, byDefault, later }) }
}

/** Silence fits everything. */
export function clashOf(a: Words, b: Words, rule: DisputeRule): 'who' | 'extent' | null {
  const silent = (words: Words) => rule.facets.every((facet) => words[facet] == null)
  return silent(a) || silent(b) ? null : rule.clash(a, b)
}

function disputeOf(
  a: Telling,
  b: Telling,
  { kind, open, facets, cause }: Verdict & Pick<Dispute, 'open'>,
): Dispute {
  const shared = sharedBy(a, b)
  return {
    kind: shared.includes('origin') ? 'relay' : kind,
    open,
    facets,
    parties: [a.account.name, b.account.name],
    cause,
    shared,
  }
}

export function sharedBy(
  a: Pick<Telling, 'account' | 'alignment'>,
  b: Pick<Telling, 'account' | 'alignment'>,
): Dispute['shared'] {
  const shared: Dispute['shared'][number][] = []
  if (a.account.origin === b.account.origin) shared.push('origin')
  if (a.account.publisher === b.account.publisher) shared.push('publisher')
  if (a.alignment !== null && a.alignment === b.alignment) shared.push('alignment')
  return shared
}

/** They agree now, but the changes that made it so lie in windows that do not meet. */
function changedApart(a: Telling, b: Telling, rule: DisputeRule): boolean {
  if (rule.when === undefined) return false
  const x = a.facets.get(rule.when)
  const y = b.facets.get(rule.when)
  if (x == null || y == null || x.carrier === null || y.carrier === null) return false
  if (isDefault(x) || isDefault(y) || !x.carrier.change || !y.carrier.change) return false
  return !meet(x.carrier.start, y.carrier.start)
}

/** The facets that clash by themselves, else all of the rule that either speaks of. */
export function clashing(a: Words, b: Words, rule: DisputeRule): string[] {
  const alone = rule.facets.filter((f) => rule.clash(only(f, a, rule), only(f, b, rule)) !== null)
  return alone.length > 0 ? alone : rule.facets.filter((f) => a[f] != null || b[f] != null)
}

function agreed(
  tellings: readonly Telling[],
  rules: readonly DisputeRule[],
  independent: (a: string, b: string) => boolean,
): boolean {
  return tellings.some((a, i) =>
    tellings
      .slice(i + 1)
      .some(
        (b) =>
          a.account.origin !== b.account.origin &&
          independent(a.account.origin, b.account.origin) &&
          [...a.facets.keys()].some((facet) => fits(facet, a, b, rules)),
      ),
  )
}

/** Whether both say something of a facet themselves, and it fits; what no rule judges must be equal. */
function fits(facet: string, a: Telling, b: Telling, rules: readonly DisputeRule[]): boolean {
  const x = ownWord(a.facets.get(facet))
  const y = ownWord(b.facets.get(facet))
  if (x === null || y === null) return false
  const judging = rules.filter((rule) => rule.facets.includes(facet))
  if (judging.length === 0) return canonicalText(x) === canonicalText(y)
  return judging.every(
    (rule) =>
      rule.clash(only(facet, { [facet]: x }, rule), only(facet, { [facet]: y }, rule)) === null,
  )
}

function ownWord(facet: FacetAt | undefined): FacetValue | null {
  return facet?.carrier?.derived === true ? null : voice(facet)
}

function isDefault(facet: FacetAt | undefined): boolean {
  return facet?.carrier?.basis === 'default'
}

function only(facet: string, words: Words, rule: DisputeRule): Words {
  return Object.fromEntries(rule.facets.map((f) => [f, f === facet ? (words[f] ?? null) : null]))
}

/** What an account says of each facet, as `say` takes it. */
function settledWords(
  { facets }: Telling,
  of: readonly string[],
  say: (facet: FacetAt | undefined) => FacetValue | null,
): Words {
  return Object.fromEntries(of.map((facet) => [facet, say(facets.get(facet))]))
}

function word(facet: FacetAt | undefined): FacetValue | null {
  return facet?.settled ?? null
}

/** A settled word that is no default. */
function voice(facet: FacetAt | undefined): FacetValue | null {
  return isDefault(facet) ? null : word(facet)
}

/** Every combination of what is possible of the facets, as if they were independent. */
function possibleWords({ facets }: Pick<Telling, 'facets'>, of: readonly string[]): Words[] {
  return of.reduce<Words[]>(
    (words, facet) =>
      words.flatMap((word) =>
        (facets.get(facet)?.voiced ?? [null]).map((value) => ({ ...word, [facet]: value })),
      ),
    [{}],
  )
}
