/**
 * The naive model's weighing: how the accounts of a place stand to each other (RULINGS 18, 20,
 * 21) and what the resolvers `dispute` and `latest` make of them (RULINGS 40).
 */
import type { DisputeRule, FacetValue, Words } from '../fold/projection.js'
import type { Dispute, Standing } from '../reading/types.js'
import type { Account } from '../report/account.js'
import type { Instant } from '../time/instant.js'
import { meet, type Window } from '../time/window.js'
import { byBytes, canonical, sortedValues } from './model-order.js'

/** What one account says of one facet at an instant. */
export interface ModelFacet {
  readonly settled: FacetValue | null
  /** `null` (unsaid) first, then canonical JSON order. */
  readonly possible: readonly (FacetValue | null)[]
  /** The same with what is said by default alone as silence. */
  readonly voiced: readonly (FacetValue | null)[]
  readonly certainty: 'certain' | 'possible'
  readonly since: Window | null
  readonly flag: 'unstated' | 'inconsistent' | null
  readonly supportedAt: Instant | null
  /** Id of the report that carries the settled value, and what it says of itself. */
  readonly carrier: string | null
  readonly mode: 'change' | 'observation' | null
  readonly basis: string | null
  readonly status: string | null
  readonly published: Instant | null
  readonly derived: boolean
  readonly evidence: readonly string[]
}

export interface ModelAccount {
  readonly account: Account
  readonly alignment: string | null
  /** Only facets of which something is settled or possible. */
  readonly facets: Readonly<Record<string, ModelFacet>>
}

/** Whether neither of two sources copies the other. */
export type Independent = (a: string, b: string) => boolean

/** The settled word that weighs: none where it stands by default. */
const voice = (facet: ModelFacet | undefined): FacetValue | null =>
  facet === undefined || facet.basis === 'default' ? null : facet.settled

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
  if (voiced !== null) yield make(voiced, { open: !never, cause: null, facets: clashing(voice) })
  else if (said !== null) yield make(said, { open: true, cause: 'scope', facets: clashing(asSaid) })

  const when = rule.when
  if (voiced !== null || when === undefined) return
  const [x, y] = [a.facets[when], b.facets[when]]
  if (voice(x) === null || voice(y) === null) return
  if (x!.mode === 'change' && y!.mode === 'change' && !meet(x!.since!, y!.since!))
    yield make('when', { open: false, cause: null, facets: [when] })
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

export type ModelResolution =
  | {
      readonly decided: true
      readonly value: FacetValue
      /** Certain where it is in every account that decided. */
      readonly certainty: 'certain' | 'possible'
      /** Accounts that say so, and those that say otherwise. */
      readonly support: readonly string[]
      readonly opposition: readonly string[]
    }
  | {
      readonly decided: false
      readonly candidates: readonly {
        readonly value: FacetValue
        readonly accounts: readonly string[]
      }[]
    }

interface Speaker {
  readonly account: string
  readonly value: FacetValue
  readonly facet: ModelFacet
}

/** By facet, for every facet on which some account has a voice. */
export function resolveFacets(
  accounts: readonly ModelAccount[],
  resolver: 'dispute' | 'latest',
): Record<string, ModelResolution> {
  const facets = [...new Set(accounts.flatMap((account) => Object.keys(account.facets)))].sort()
  const resolved: Record<string, ModelResolution> = {}
  for (const facet of facets) {
    const speakers = accounts.flatMap((account): Speaker[] => {
      const value = voice(account.facets[facet])
      return value === null
        ? []
        : [{ account: account.account.name, value, facet: account.facets[facet]! }]
    })
    if (speakers.length > 0)
      resolved[facet] = decide(speakers, resolver === 'latest' ? newest(speakers) : speakers)
  }
  return resolved
}

/** Those whose support is newest in valid time, and of these those published last. */
function newest(speakers: readonly Speaker[]): readonly Speaker[] {
  const top = (all: readonly Speaker[], by: (speaker: Speaker) => number) =>
    all.filter((speaker) => all.every((other) => by(other) <= by(speaker)))
  const supported = top(speakers, ({ facet }) => facet.supportedAt!)
  return top(supported, ({ facet }) => facet.published!)
}

function decide(all: readonly Speaker[], deciders: readonly Speaker[]): ModelResolution {
  const names = (some: readonly Speaker[]) => some.map(({ account }) => account)
  const saying = (some: readonly Speaker[], value: FacetValue) =>
    some.filter((speaker) => canonical(speaker.value) === canonical(value))
  const [value, ...others] = sortedValues(deciders.map((speaker) => speaker.value))
  if (others.length > 0)
    return {
      decided: false,
      candidates: sortedValues(all.map((speaker) => speaker.value)).map((candidate) => ({
        value: candidate,
        accounts: names(saying(all, candidate)),
      })),
    }
  const support = saying(all, value!)
  return {
    decided: true,
    value: value!,
    certainty: deciders.every(({ facet }) => facet.certainty === 'certain')
      ? 'certain'
      : 'possible',
    support: names(support),
    opposition: names(all.filter((speaker) => !support.includes(speaker))),
  }
}

/** Every two accounts, in the order of their names. */
function pairs(accounts: readonly ModelAccount[]): [ModelAccount, ModelAccount][] {
  const sorted = [...accounts].sort((a, b) => byBytes(a.account.name, b.account.name))
  return sorted.flatMap((a, index) =>
    sorted.slice(index + 1).map((b): [ModelAccount, ModelAccount] => [a, b]),
  )
}
