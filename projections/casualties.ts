/**
 * Losses by place, actor and period, as each account tells them: ranges stay ranges, and nothing is
 * added across accounts, nor a whole to its parts.
 *
 * What may be added is known only when it is asked, for that one engagement is part of another is a
 * report too. So the fold keeps, under two kinds of key, what there is to add, and adds nothing:
 *
 *   { engagement, account }             per party, what was last told of its losses, where and when;
 *                                       and what the account says the engagement is, or is part of
 *   { place, actor, period, account }   the engagements in which the actor had losses there and then
 *
 * `lossesOf` asks a view for one place, actor, period and account, and adds. A period is a year or
 * a month (`2015`, `2015-03`) in the projection's zone. An engagement is counted in the period in
 * which the window of its start ends, as everything settled is read with uncertain instants at
 * their latest; in every other period that the window touches it is listed as possible and not
 * added. So the months of a year hold each engagement once.
 */
import {
  defineProjection,
  type EngagementClaim,
  type FoldProjection,
  type Key,
  type Losses,
  type PartOfEngagementClaim,
  type SameEngagementClaim,
  type Told,
} from '../src/define.js'

export const LOSSES = ['killed', 'wounded', 'captured', 'total'] as const
export type Loss = (typeof LOSSES)[number]

/** What one report told of one kind of loss. */
export interface Toll {
  losses: Losses
  places: string[]
  /** Window of the start in milliseconds since 1970, half-open; `null`: from the beginning of time. */
  start: { from: number | null; to: number }
  published: number
  report: string
}

export interface CasualtiesState {
  /** Of an engagement: by party (an actor, or `civilians`), then kind of loss, as last told. */
  told: Record<string, Partial<Record<Loss, Toll>>>
  sameAs: string[]
  partOf: string[]
  /** Of a place, actor and period: engagements told of it, in canonical order. */
  engagements: string[]
}

type Telling = EngagementClaim | SameEngagementClaim | PartOfEngagementClaim

/** Losses with periods in UTC. */
export const casualties = casualtiesIn('UTC')

/**
 * Losses with years and months as the calendar of a zone has them: a day in New York that ends a
 * month ends in the next one in UTC.
 *
 * @throws `RangeError` for what is no zone.
 */
export function casualtiesIn(zone: string): Casualties {
  const monthOf = calendar(zone)
  const suffix = zone === 'UTC' ? '' : `-${zone.toLowerCase().replace('+', 'plus')}`
  const projection = defineProjection<CasualtiesState>({
    type: 'fold',
    name: `casualties${suffix.replace(/[^a-z0-9]+/g, '-')}`,
    reads: ['engagement', 'same-engagement', 'part-of-engagement'],
    keys: (told) => keysOf(told, monthOf),
    initial: () => ({ told: {}, sameAs: [], partOf: [], engagements: [] }),
    apply(state, told, key) {
      const claim = told.claim as unknown as Telling
      if (claim.kind === 'same-engagement')
        for (const other of claim.engagements) add(state.sameAs, other, key.engagement)
      else if (claim.kind === 'part-of-engagement') add(state.partOf, claim.whole, key.engagement)
      else if (key.engagement === undefined) add(state.engagements, claim.engagement ?? told.id)
      else tell(state, claim, told)
    },
  })
  return { ...projection, monthOf }
}

export type Casualties = FoldProjection<CasualtiesState> & Calendar

interface Calendar {
  /** Months from the first of the year 0 to that of an instant. */
  readonly monthOf: (at: number) => number
}

/** The period that holds what may lie in more months than are listed one by one. */
export const ANY = 'any'
const MONTHS = 24

function* keysOf(told: Told, monthOf: Calendar['monthOf']): Iterable<Key> {
  const { account, id } = told
  const claim = told.claim as unknown as Telling
  if (claim.kind === 'same-engagement')
    for (const engagement of claim.engagements) yield { engagement, account }
  else if (claim.kind === 'part-of-engagement') yield { engagement: claim.part, account }
  else if (claim.casualties !== undefined) {
    yield { engagement: claim.engagement ?? id, account }
    const periods = [...periodsOf(told.start, monthOf)]
    for (const { actor = 'civilians' } of claim.casualties)
      for (const place of claim.places)
        for (const period of periods) yield { place, actor, period, account }
  }
}

function* periodsOf({ from, to }: Told['start'], monthOf: Calendar['monthOf']): Iterable<string> {
  if (!Number.isFinite(to)) return
  const last = monthOf(to - 1)
  const first = Number.isFinite(from) ? monthOf(from) : Number.NEGATIVE_INFINITY
  const listed = last - first < MONTHS ? first : last
  if (listed > first) yield ANY
  for (let month = listed; month <= last; month++) yield monthName(month)
  for (let year = yearOf(listed); year <= yearOf(last); year++) yield yearName(year)
}

function tell(
  state: CasualtiesState,
  claim: EngagementClaim,
  { id, start, published }: Told,
): void {
  const from = Number.isFinite(start.from) ? start.from : null
  const told = { places: [...claim.places], start: { from, to: start.to }, published, report: id }
  for (const suffered of claim.casualties ?? []) {
    const party = suffered.actor ?? 'civilians'
    const tolls = state.told[party] ?? {}
    for (const loss of LOSSES) {
      const losses = suffered[loss]
      if (losses !== undefined) tolls[loss] = { losses: { ...losses }, ...told }
    }
    state.told[party] = tolls
  }
}

function add(list: string[], id: string, itself?: string): void {
  if (id !== itself && !list.includes(id)) list.push(id)
}

/** Months from the year 0 to that of an instant in a zone, by the proleptic Gregorian calendar. */
function calendar(zone: string): Calendar['monthOf'] {
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone,
    era: 'short',
    year: 'numeric',
    month: 'numeric',
  })
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
    const said = Number(parts.get('year'))
    const year = parts.get('era') === 'BC' ? 1 - said : said
    return year * 12 + Number(parts.get('month')) - 1
  }
}

/**
 * The months of a period, first and last.
 *
 * @throws `RangeError`
 */
export function readPeriod(period: string): { readonly first: number; readonly last: number } {
  const [, year, month] = /^(\d{4}|[+-]\d{6})(?:-(0[1-9]|1[0-2]))?$/.exec(period) ?? []
  if (year === undefined)
    throw new RangeError(
      `period: ${JSON.stringify(period)} is no period; a year or a month, as in "2015" or "2015-03", would be right`,
    )
  const january = Number(year) * 12
  if (month === undefined) return { first: january, last: january + 11 }
  return { first: january + Number(month) - 1, last: january + Number(month) - 1 }
}

function monthName(month: number): string {
  const inYear = month - yearOf(month) * 12
  return `${yearName(yearOf(month))}-${String(inYear + 1).padStart(2, '0')}`
}

function yearOf(month: number): number {
  return Math.floor(month / 12)
}

function yearName(year: number): string {
  if (year >= 0 && year <= 9999) return String(year).padStart(4, '0')
  return `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`
}
