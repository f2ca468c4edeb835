/**
 * How the accounts of a key stand to each other: which of them cannot all be right (RULINGS 21),
 * and the standing that follows (RULINGS 20). Settled words decide, on what is possible of both;
 * what is said only by default is no voice, silence fits everything.
 */
import { canonicalText } from '../fold/intern.js'
import type { DisputeRule, FacetValue, Words } from '../fold/projection.js'
import type { FacetAt } from '../fold/register.js'
import type { Dispute, Standing } from '../reading/types.js'
import type { Account } from '../report/account.js'
import { meet } from '../time/window.js'

/** One account's words at a reading. */
export interface Telling {
  readonly account: Account
  readonly alignment: string | null
  readonly facets: ReadonlyMap<string, FacetAt>
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
    for (const b of tellings.slice(i + 1))
      for (const rule of rules) {
        const dispute = judge(a, b, rule)
        if (dispute !== null) disputes.push(dispute)
      }
  const standing = disputes.some((dispute) => !dispute.open)
    ? 'disputed'
    : agreed(tellings, rules, independent)
      ? 'agreed'
      : tellings.some(speaks)
        ? 'sole'
        : 'unreported'
  return { standing, disputes }
}

function speaks({ facets }: Telling): boolean {
  return [...facets.values()].some((facet) => facet.settled !== null && !isDefault(facet))
}

function judge(a: Telling, b: Telling, rule: DisputeRule): Dispute | null {
  if (!rule.facets.some((f) => a.facets.has(f)) || !rule.facets.some((f) => b.facets.has(f)))
    return null
  const settledA = settledWords(a, rule.facets)
  const settledB = settledWords(b, rule.facets)
  const clash = rule.clash(settledA, settledB)
  if (clash === null)
    return changedApart(a, b, rule) ? disputeOf(a, b, rule, 'when', false, [rule.when!]) : null
  const strict = possibleWords(a, rule.facets).every((x) =>
    possibleWords(b, rule.facets).every((y) => rule.clash(x, y) !== null),
  )
  return disputeOf(a, b, rule, clash, !strict, clashing(settledA, settledB, rule))
}

function disputeOf(
  a: Telling,
  b: Telling,
  rule: DisputeRule,
  clash: 'who' | 'extent' | 'when',
  open: boolean,
  facets: readonly string[],
): Dispute {
  const shared: Dispute['shared'][number][] = []
  if (a.account.origin === b.account.origin) shared.push('origin')
  if (a.account.publisher === b.account.publisher) shared.push('publisher')
  if (a.alignment !== null && a.alignment === b.alignment) shared.push('alignment')
  const byDefault = [a, b].some((t) => rule.facets.some((f) => isDefault(t.facets.get(f))))
  return {
    kind: shared.includes('origin') ? 'relay' : clash,
    open,
    facets,
    parties: [a.account.name, b.account.name],
    cause: open && byDefault ? 'scope' : null,
    shared,
  }
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
function clashing(a: Words, b: Words, rule: DisputeRule): string[] {
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
  return facet === undefined || isDefault(facet) || facet.carrier?.derived === true
    ? null
    : facet.settled
}

function isDefault(facet: FacetAt | undefined): boolean {
  return facet?.carrier?.basis === 'default'
}

function only(facet: string, words: Words, rule: DisputeRule): Words {
  return Object.fromEntries(rule.facets.map((f) => [f, f === facet ? (words[f] ?? null) : null]))
}

function settledWords({ facets }: Telling, of: readonly string[]): Words {
  return Object.fromEntries(of.map((facet) => [facet, facets.get(facet)?.settled ?? null]))
}

/** Every combination of what is possible of the facets, as if they were independent. */
function possibleWords({ facets }: Telling, of: readonly string[]): Words[] {
  return of.reduce<Words[]>(
    (words, facet) =>
      words.flatMap((word) =>
        (facets.get(facet)?.voiced ?? [null]).map((value) => ({ ...word, [facet]: value })),
      ),
    [{}],
  )
}
