/** What a report says, in a few words; what is not known here is shown as it is. */
import type { Json, Report } from '../index.js'
import type { Names } from './names.js'
import type { When } from './when.js'
import { FACETS, facetWords } from './words.js'

type Claim = Report['claim']

/** `Al-'Eiss: held fully by Hezbollah, Iranian units`. */
export function claimWords(claim: Claim, names: Names): string {
  switch (claim.kind) {
    case 'control':
      return `${names.place(text(claim.place))}: ${controlWords(claim, names)}`
    case 'engagement':
      return engagementWords(claim, names)
    case 'sweep':
      return 'looked at all that it covers'
    case 'place':
    case 'actor':
    case 'source':
      return `${claim.kind} ${text(claim.name ?? claim[claim.kind])}`
    case 'withdrawal':
      return `takes back ${text(claim.of)}${because(claim)}`
    case 'correction':
    case 'entry-correction':
      return `corrects ${text(claim.of)}${because(claim)}`
    case 'void':
      return `voids ${claim.of === undefined ? `batch ${text(claim.batch)}` : text(claim.of)}${because(claim)}`
    case 'stance':
      return `${STANCES[text(claim.stance)] ?? text(claim.stance)} ${text(claim.of)}${because(claim)}`
    case 'rating':
      return claim.source === undefined
        ? `rates ${text(claim.report)} ${text(claim.credibility)} of 6 for credibility${because(claim)}`
        : `rates ${names.source(text(claim.source))} ${text(claim.reliability)} for reliability${because(claim)}`
    case 'same-engagement':
      return `one engagement: ${texts(claim.engagements).join(', ')}`
    case 'part-of-engagement':
      return `${text(claim.part)} is part of ${text(claim.whole)}`
    default:
      return short(claim)
  }
}

const STANCES: Readonly<Record<string, string>> = {
  none: 'takes no stance on',
  corroborate: 'corroborates',
  doubt: 'doubts',
  deny: 'denies',
}

/** The window that a report's start lies in. */
export function startWords({ start }: Pick<Report, 'start'>, when: When): string {
  if (start === undefined) return ''
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return when.window({ from: iso(start.from), to: iso(start.to) })
}

function controlWords(claim: Claim, names: Names): string {
  const said = FACETS.flatMap((facet) => {
    const value = claim[facet]
    return value === undefined ? [] : [facetWords(facet, value, names)]
  })
  const { not } = claim
  for (const [facet, actors] of Object.entries(record(not)))
    said.push(facetWords(facet, { not: actors }, names))
  const ended = texts(claim.ends)
  if (ended.length > 0) said.push(`no more word of ${ended.join(', ')}`)
  return said.join('; ')
}

function engagementWords(claim: Claim, names: Names): string {
  const places = texts(claim.places).map(names.place).join(', ')
  const { result } = record(claim.outcome)
  return `${text(claim.type)} at ${places}${result === undefined ? '' : `: ${text(result)}`}`
}

function because({ reason }: Claim): string {
  return reason === undefined ? '' : `: ${text(reason)}`
}

function short({ kind, ...rest }: Claim): string {
  const json = JSON.stringify(rest)
  return `${kind} ${json.length > 80 ? `${json.slice(0, 80)}…` : json}`
}

const text = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null)

const texts = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(text) : [])

const record = (value: Json | undefined): Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {}
