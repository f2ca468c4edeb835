/**
 * What became of what was said first, by plain code over the rows of the map of 2022 and of
 * Wikipedia's list of towns that knows nothing of the engine.
 *
 * Of each place and facet (holder, fighting, presence) every source's rows are taken in the order in
 * which they were published. A row is a claim where it says a value that the source's own standing
 * word of that time did not say. It was first where no other source had said the same by then, as its
 * standing word of that time. The next row of another source that says a value, published later, and
 * not about earlier days alone, bears it out where the value is the same, else contradicts it. What
 * the map shows by default (Ukraine's) is no row of anybody here: it says nothing.
 */
import { type Row as ChangeRow, changeRows } from './ua-control-rows.js'
import { allPageRows, type PageRow } from './ua-joined-rows.js'

export interface Record {
  readonly claims: number
  readonly first: number
  readonly borneOut: number
  readonly contradicted: number
  readonly open: number
  /** Days between publications, of each that was borne out, and of each that was contradicted. */
  readonly days: { readonly borneOut: number | null; readonly contradicted: number | null }
}

type Facet = 'holder' | 'contest' | 'presence'

interface Said {
  readonly source: string
  /** `null` where it says that nothing is said any more, or says so by default. */
  readonly value: string | null
  readonly first: number
  readonly last: number
  readonly published: number
  readonly id: string
}

const DAY = 86_400_000

/** Of each facet what a status sets it to; a facet that is not named is not spoken of. */
const STATUSES: Readonly<{ [status: string]: { readonly [facet in Facet]?: string | null } }> = {
  RU: { holder: 'russia', contest: null },
  CONTESTED: { holder: null, contest: 'fought' },
  UA: { holder: null, contest: null },
  CLAIMED_RU: { holder: 'russia' },
  CLAIMED_UA: { holder: 'ukraine' },
  PARTISAN_REPORTED: { presence: 'partisans' },
}

/** Rows by place and facet. */
export type Telling = ReadonlyMap<string, readonly Said[]>

export function telling(mapFolder: string, pageFolder: string): Telling {
  const found = new Map<string, Said[]>()
  const put = (place: string, facet: Facet, said: Said) => {
    const key = `${place} ${facet}`
    const known = found.get(key)
    if (known === undefined) found.set(key, [said])
    else known.push(said)
  }
  for (const row of changeRows(mapFolder))
    for (const [facet, value] of Object.entries(setBy(row)))
      put(row.place, facet as Facet, shownOn(row, value))
  for (const [place, rows] of allPageRows(pageFolder))
    for (const row of rows)
      for (const facet of ['holder', 'contest'] as const) put(place, facet, toldBy(row, facet))
  return found
}

function setBy({ account, status }: ChangeRow): { readonly [facet: string]: string | null } {
  if (status !== 'NONE') return STATUSES[status]!
  return account === 'isw/ua-partisan' ? { presence: null } : { holder: null }
}

function shownOn({ account, place, date }: ChangeRow, value: string | null): Said {
  const first = Date.parse(date)
  const last = first + DAY - 1
  return { source: account, value, first, last, published: last, id: `${place} ${date}` }
}

function toldBy({ word, first, last, captured, id }: PageRow, facet: Facet): Said {
  const fought = word === 'fought' ? word : null
  const value = facet === 'contest' ? fought : word === 'fought' ? null : word
  return { source: 'wikipedia', value, first, last, published: captured, id }
}

const inOrder = (a: Said, b: Said) =>
  a.last - b.last ||
  (a.first < b.first ? -1 : a.first > b.first ? 1 : 0) ||
  a.published - b.published ||
  (a.id < b.id ? -1 : 1)

const asPublished = (a: Said, b: Said) => a.published - b.published || inOrder(a, b)

/** What a source's rows, of those that count, come to at an instant. */
function standing(rows: readonly Said[], t: number, counts: (row: Said) => boolean): string | null {
  const begun = rows.filter((row) => row.last <= t && counts(row)).sort(inOrder)
  return begun.at(-1)?.value ?? null
}

/** The record of one source against others. */
export function recordIn(said: Telling, source: string, others: readonly string[]): Record {
  let [claims, first, open] = [0, 0, 0]
  const after: { borneOut: number[]; contradicted: number[] } = { borneOut: [], contradicted: [] }
  for (const rows of said.values()) {
    const ours = rows.filter((row) => row.source === source)
    const theirs = others.map((other) => rows.filter((row) => row.source === other))
    for (const claim of ours) {
      const { value, last, published } = claim
      if (value === null) continue
      if (standing(ours, last, (row) => asPublished(row, claim) < 0) === value) continue
      claims++
      const by = (row: Said) => row.published <= published
      if (theirs.some((other) => standing(other, last, by) === value)) continue
      first++
      const [next] = theirs
        .flat()
        .filter((row) => row.value !== null && row.published > published && row.last >= claim.first)
        .sort(asPublished)
      if (next === undefined) open++
      else
        after[next.value === value ? 'borneOut' : 'contradicted'].push(next.published - published)
    }
  }
  return {
    claims,
    first,
    borneOut: after.borneOut.length,
    contradicted: after.contradicted.length,
    open,
    days: { borneOut: medianDays(after.borneOut), contradicted: medianDays(after.contradicted) },
  }
}

function medianDays(spans: readonly number[]): number | null {
  if (spans.length === 0) return null
  const sorted = spans.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1]!, sorted[Math.floor(middle)]!]
  return (low + high) / 2 / DAY
}
