/** A diff on the screen: a row for each change, from what to what and because of which reports. */
import type { Change, Diff, FacetValue, Resolved, Whole } from '../index.js'
import type { Tools } from './place-lines.js'
import { type Cell, tableLines } from './table.js'
import { CLEARED, facetName, facetWords, inOrder, isFullHold, isNone } from './words.js'

const COLUMNS = [
  { title: 'place', cap: 16 },
  { title: 'account', cap: 20 },
  { title: 'facet', cap: 14 },
  { title: 'from', cap: 26 },
  { title: 'to' },
  { title: 'because of', cap: 24 },
]

/** What is only supported anew is counted, and told where it is asked for; `--json` has all. */
export function diffLines(
  diff: Diff,
  tools: Tools,
  { support }: { readonly support: boolean },
): string[] {
  const { changes } = diff
  if (changes.length === 0) return ['Nothing differs between the two readings.']
  const anew = new Set(support ? [] : changes.filter(isSupportAlone))
  const holders = new Map(
    changes.flatMap((change) =>
      facetOf(change) === 'holder' ? [[sayerOf(change), change] as const] : [],
    ),
  )
  const told = changes.filter(
    (change) =>
      !anew.has(change) &&
      !isImplied(change, holders.get(sayerOf(change))) &&
      !(change.type === 'resolved' && isUnweighed(diff)),
  )
  const rows = inTellingOrder(told).map((change, at, all) =>
    rowOf(change, all[at - 1]?.place === change.place, diff, tools),
  )
  return [
    ...(rows.length === 0 ? [] : [...tableLines(COLUMNS, rows, tools.session), '']),
    ...summary([...told, ...anew], anew.size),
  ]
}

/** Where nothing is weighed, what the accounts say tells all. */
const isUnweighed = ({ from, to }: Diff) => from.resolver === 'dispute' && to.resolver === 'dispute'

function summary(changes: readonly Change[], anew: number): string[] {
  const places = new Set(changes.map(({ place }) => place)).size
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
  const all = `${count(changes.length, 'change')} at ${count(places, 'place')}`
  return anew === 0
    ? [all]
    : [`${all}; ${anew === 1 ? 'one is' : `${anew} are`} of support alone, which --support lists`]
}

/** Facets of one account in the order in which they are told elsewhere. */
function inTellingOrder(changes: readonly Change[]): Change[] {
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const group = sayerOf(change)
    groups.set(group, [...(groups.get(group) ?? []), change])
  }
  return [...groups.values()].flatMap((group) => {
    const order = inOrder(group.map(facetOf))
    return group.sort((a, b) => order.indexOf(facetOf(a)) - order.indexOf(facetOf(b)))
  })
}

const accountOf = (change: Change): string => (change.type === 'facet' ? change.account : '')
/** Who says it of which place: an account, or a resolver. */
const sayerOf = (change: Change): string =>
  JSON.stringify([change.place, change.type, accountOf(change)])
const facetOf = (change: Change): string => (change.type === 'standing' ? '' : change.facet)

function rowOf(change: Change, isSamePlace: boolean, diff: Diff, tools: Tools): Cell[] {
  const { names, session } = tools
  const place = isSamePlace ? '' : names.place(change.place)
  const because = reportsWords(change.reports)
  switch (change.type) {
    case 'standing': {
      const paint = change.to === 'disputed' ? session.paint.red : String
      return [place, '', 'standing', change.from, { text: change.to, paint }, because]
    }
    case 'resolved': {
      const { from, to } = diff
      const by = from.resolver === to.resolver ? to.resolver : `${from.resolver}, ${to.resolver}`
      const words = (value: Resolved | null) => resolvedWords(change.facet, value, tools)
      const account = { text: `by ${by}`, paint: session.paint.cyan }
      return [place, account, change.facet, words(change.from), words(change.to), because]
    }
    case 'facet': {
      const [from, to] = wordsOf(change, tools)
      return [place, names.account(change.account), change.facet, from, to, because]
    }
  }
}

type FacetChange = Change & { readonly type: 'facet' }

/** From what to what; where the words are the same, what else differs. */
function wordsOf({ facet, from, to }: FacetChange, tools: Tools): [string, string] {
  const words = [wholeWords(facet, from, tools), wholeWords(facet, to, tools)] as const
  if (words[0] !== words[1] || from === null || to === null) return [...words]
  const [carried, supported] = [from, to].map(
    ({ carriers, supportedAt }) =>
      [carriers.join(', '), supportedAt === null ? '' : tools.when.instant(supportedAt)] as const,
  ) as [readonly [string, string], readonly [string, string]]
  if (carried[0] !== supported[0])
    return [`${words[0]}, by ${carried[0]}`, `${words[1]}, by ${supported[0]}`]
  return [`${words[0]}, supported ${carried[1]}`, `${words[1]}, supported ${supported[1]}`]
}

function wholeWords(facet: string, whole: Whole | null, { names }: Tools): string {
  if (whole === null) return 'nothing'
  const { settled, possible } = whole
  const others = possible.filter((value) => !isValue(value, settled))
  const said = (value: FacetValue | null) =>
    value === null ? 'nothing' : facetWords(facet, value, names)
  const either = others.map(said).join(' or ')
  if (settled === null) return `possibly ${others.filter(notNull).map(said).join(' or ')}`
  return others.length === 0 ? said(settled) : `${said(settled)}, possibly ${either}`
}

const notNull = <T>(value: T | null): value is T => value !== null
const isValue = (a: FacetValue | null, b: FacetValue | null) =>
  JSON.stringify(a) === JSON.stringify(b)

function resolvedWords(facet: string, resolved: Resolved | null, { names }: Tools): string {
  if (resolved === null) return 'nothing'
  if (resolved.decided) return facetWords(facet, resolved.value, names)
  const candidates = resolved.candidates.map((value) => facetWords(facet, value, names))
  return `undecided${candidates.length === 0 ? ` on ${facetName(facet)}` : `: ${candidates.join(' or ')}`}`
}

/** Ids at most; of more it is said how many. */
const MOST = 3

function reportsWords(reports: readonly string[]): string {
  const shown = reports.slice(0, MOST).join(', ')
  return reports.length <= MOST ? shown : `${shown} and ${reports.length - MOST} more`
}

function isSupportAlone(change: Change): boolean {
  if (change.type !== 'facet' || change.from === null || change.to === null) return false
  const but = (whole: Whole) => JSON.stringify({ ...whole, supportedAt: null })
  return but(change.from) === but(change.to)
}

/** That a place held fully is quiet and free of siege goes without saying. */
function isImplied(change: Change, holder: Change | undefined): boolean {
  if (change.type === 'standing' || !CLEARED.includes(change.facet)) return false
  if (!isClear(change.from) || !isClear(change.to)) return false
  if (holder === undefined || holder.type === 'standing') return false
  return [holder.from, holder.to].some((one) => isFull(one))
}

/** Whether nothing is said, or none. */
function isClear(said: Whole | Resolved | null): boolean {
  if (said === null) return true
  const values = 'possible' in said ? said.possible : said.decided ? [said.value] : said.candidates
  return values.every((value) => value === null || isNone(value))
}

function isFull(said: Whole | Resolved | null): boolean {
  if (said === null) return false
  const values = 'possible' in said ? said.possible : said.decided ? [said.value] : said.candidates
  return values.some((value) => value !== null && isFullHold(value))
}
