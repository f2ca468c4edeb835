/**
 * A place on the screen: a heading with its standing, the accounts side by side, and what they
 * disagree on.
 */
import type { Dispute, PlaceView, Resolution, SettledReading } from '../index.js'
import type { Names } from './names.js'
import type { Session } from './session.js'
import { type Cell, layout, type Painted, paragraph, wrap } from './table.js'
import { type Telling, tellings } from './telling.js'
import type { Paint } from './terminal.js'
import type { When } from './when.js'
import { CLEARED, facetName, facetWords, inOrder, isFullHold, isNone } from './words.js'

export interface Tools {
  readonly session: Session
  readonly names: Names
  readonly when: When
}

const DISPUTED = '≠'
const PERHAPS = '?'

/** Lines of places, a blank one between them, in columns that are the same for all. */
export function placesLines(
  views: readonly PlaceView[],
  tools: Tools,
  options: { readonly resolver: string; readonly evidence?: boolean },
): string[] {
  const { session } = tools
  const told = views.map((view) => placeRows(view, tools, options.evidence === true))
  const { title, lines } = layout(COLUMNS, told.flat(), session)
  let titled = false
  return views.flatMap((view, at) => {
    const rows = told[at] ?? []
    const titles = titled || rows.length === 0 ? [] : [title]
    titled ||= rows.length > 0
    return [
      ...(at === 0 ? [] : ['']),
      heading(view, session.paint),
      ...titles,
      ...(rows.length > 0 ? lines(rows) : ['  nobody says anything of it']),
      ...weighedLines(view, tools, options.resolver),
      ...view.disputes.flatMap((dispute) => disputeLines(dispute, tools)),
    ]
  })
}

function placeRows(view: PlaceView, { session, names, when }: Tools, evidence: boolean): Cell[][] {
  return tellings(view, names, when).flatMap((row, at, all) => {
    const account = row.account === all[at - 1]?.account ? '' : row.account
    const told = [account, says(row, session.paint), row.since, row.basis, row.age]
    const reports = { text: `by ${row.reports}`, paint: session.paint.dim }
    return evidence && row.reports !== '' ? [told, ['', reports]] : [told]
  })
}

function weighedLines(view: PlaceView, { names, session }: Tools, resolver: string): string[] {
  if (resolver === 'dispute') return []
  return resolvedWords(view, names).flatMap((words) =>
    paragraph(`by ${resolver}: ${words}`, session).map(session.paint.cyan),
  )
}

const COLUMNS = [
  { title: 'account', cap: 24 },
  { title: 'says' },
  { title: 'since', cap: 22 },
  { title: 'basis', cap: 9 },
  { title: 'age', cap: 10 },
]

/** `Al-'Eiss (al-eiss) · disputed`. */
function heading(view: Pick<PlaceView, 'place' | 'name' | 'standing'>, paint: Paint): string {
  const id = view.name === view.place ? '' : ` (${view.place})`
  const word = standing(view, paint)
  return `${paint.bold(view.name)}${paint.dim(id)} · ${word.paint(word.text)}`
}

/** The standing as a cell, which may be narrower than the word. */
export function standing({ standing: word }: Pick<PlaceView, 'standing'>, paint: Paint): Painted {
  if (word === 'disputed')
    return { text: `${DISPUTED} ${word}`, paint: (line) => paint.bold(paint.red(line)) }
  if (word === 'agreed') return { text: word, paint: paint.green }
  return { text: word, paint: word === 'sole' ? String : paint.dim }
}

/** What a telling says, marked where it clashes, dim where it is only possible. */
export function says(row: Telling, paint: Paint): Cell {
  if (row.clash === 'disputed') return { text: `${DISPUTED} ${row.says}`, paint: paint.red }
  if (row.clash === 'open') return { text: `${PERHAPS} ${row.says}`, paint: paint.yellow }
  if (row.certainty === 'possible') return { text: row.says, paint: paint.yellow }
  return row.says
}

/** `≠ extent: A and B cannot both be right on … (contradiction); they share a publisher`. */
function disputeLines(dispute: Dispute, { names, session }: Tools): string[] {
  const [a, b] = dispute.parties.map((party) => names.account(party))
  const facets = inOrder(dispute.facets).map(facetName).join(' and ')
  const shared =
    dispute.shared.length === 0 ? '' : `; they share ${dispute.shared.map(article).join(' and ')}`
  const cause = dispute.cause === 'scope' ? ', one of them only by default' : ` (${dispute.cause})`
  const head = `${dispute.open ? PERHAPS : DISPUTED} ${dispute.kind}: ${a} and ${b}`
  const text = dispute.open
    ? `${head} differ on ${facets}${cause}, but both may be right${shared}`
    : `${head} cannot both be right on ${facets}${cause}${shared}`
  const paint = dispute.open ? session.paint.yellow : session.paint.red
  return paragraph(text, session).map(paint)
}

const article = (word: string): string => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`)

/** What the resolver makes of each facet; a full hold says by itself that the place is quiet. */
export function resolvedWords({ resolved }: Pick<PlaceView, 'resolved'>, names: Names): string[] {
  const { holder } = resolved
  const full = holder?.decided === true && isFullHold(holder.value)
  const implied = (facet: string, resolution: Resolution) =>
    full && CLEARED.includes(facet) && resolution.decided && isNone(resolution.value)
  return inOrder(Object.keys(resolved)).flatMap((facet) => {
    const resolution = resolved[facet] as Resolution
    return implied(facet, resolution) ? [] : [resolutionWords(facet, resolution, names)]
  })
}

function resolutionWords(facet: string, resolution: Resolution, names: Names): string {
  const accounts = (all: readonly string[]) => all.map((name) => names.account(name)).join(', ')
  const aside = asideWords(resolution, names)
  if (resolution.decided) {
    const against =
      resolution.opposition.length === 0 ? '' : `, against ${accounts(resolution.opposition)}`
    return `${facetWords(facet, resolution.value, names)} (${resolution.rule}: ${accounts(resolution.support)}${against}${aside})`
  }
  const candidates = resolution.candidates
    .map((each) => `${facetWords(facet, each.value, names)} (${accounts(each.accounts)})`)
    .join(' or ')
  const said = candidates === '' ? '' : `: ${candidates}`
  return `${facetName(facet)} undecided (${resolution.rule}${aside})${said}`
}

/** Those who speak and were not weighed, each with why. */
function asideWords({ aside = [] }: Resolution, names: Names): string {
  if (aside.length === 0) return ''
  return `; not weighed: ${aside.map(({ account, why }) => `${names.account(account)}, ${why}`).join('; ')}`
}

/** The coordinates of a reading in one or two lines. */
export function readingLines(
  reading: Omit<SettledReading, 'valid'> & { readonly valid?: string },
  { session, when, names }: Tools,
  head: number,
): string[] {
  const { paint } = session
  const known =
    reading.known === head ? `all ${head} entries` : `entries 1 to ${reading.known} of ${head}`
  const published = reading.published === null ? 'all' : `by ${when.instant(reading.published)}`
  const parts = [
    ...(reading.valid === undefined ? [] : [`at ${when.instant(reading.valid)} ${when.zone}`]),
    `known: ${known}`,
    `published: ${published}`,
    `accounts: ${filterWords(reading, names)}`,
    `resolver: ${reading.resolver}`,
    ...(reading.valid === undefined ? [`times: ${when.zone}`] : []),
  ]
  const lines = wrap(parts.join(' · '), session.width)
  if (reading.knownNote !== undefined) lines.push(paint.yellow(`note: ${reading.knownNote}`))
  return lines
}

function filterWords({ accounts }: Pick<SettledReading, 'accounts'>, names: Names): string {
  if (accounts === null) return 'all'
  const name = (each: NonNullable<typeof accounts.include>[number]) => {
    if (typeof each === 'string') return names.account(each)
    const [[key, value] = ['', '']] = Object.entries(each)
    return `${key} ${key === 'alignment' ? names.actor(value) : names.source(value)}`
  }
  const only = accounts.include?.map(name).join(', ')
  const without = accounts.exclude?.map(name).join(', ')
  return [only, without === undefined ? undefined : `without ${without}`]
    .filter((part) => part !== undefined)
    .join(', ')
}
