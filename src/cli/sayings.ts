/** A report as a reader outside the field takes it: who says it, through whom, when, where it is found. */
import type { Logged, Report } from '../index.js'
import { momentWords, windowInWords } from './dates.js'
import type { Tools } from './place-lines.js'

type Hop = Report['attribution'][number]

const STANCES: Readonly<Record<string, string>> = {
  corroborate: 'which corroborates it',
  doubt: 'which doubts it',
  deny: 'which denies it',
}

/** `activists, relayed by Al-Masdar News, which corroborates it`. */
export function speakerWords(attribution: readonly Hop[], { names }: Pick<Tools, 'names'>): string {
  if (attribution.length === 0) return 'the desk that keeps the log'
  const [origin = '', ...tellers] = [...attribution].reverse().map(({ source, stance }, at) => {
    const opinion = at > 0 && stance !== undefined ? `, ${STANCES[stance]}` : ''
    return `${names.source(source)}${opinion}`
  })
  return tellers.length === 0
    ? origin
    : `${origin}, relayed by ${tellers.join(', itself relayed by ')}`
}

/** Lines about a report, the first of them who says it. */
export function sayingLines(entry: Logged, tools: Tools): string[] {
  const { report, citation } = entry
  const { url, text, outlet } = record(citation)
  const published =
    entry.published === null ? '' : `; published ${momentWords(entry.published, tools.when)}`
  const quoted = [text, report.claim.status].filter((one) => typeof one === 'string')
  return [
    `${speakerWords(report.attribution, tools)}${published}`,
    `${timeWords(report, tools)}${basisWords(report)}${quoted.length === 0 ? '' : `; in its own words: ${quoted.map((one) => `“${one}”`).join(', ')}`}`,
    [outlet, url, `report ${entry.id}`].filter((one) => typeof one === 'string').join(' · '),
  ]
}

function timeWords({ start, claim }: Report, { when }: Tools): string {
  const verb = claim.mode === 'change' ? 'a change' : 'seen'
  if (start === undefined) return `${verb} at a time it does not state`
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return `${verb} ${windowInWords({ from: iso(start.from), to: iso(start.to) }, when)}`
}

function basisWords({ claim }: Report): string {
  switch (claim.basis) {
    case undefined:
      return ''
    case 'imagery':
      return ', from imagery'
    case 'default':
      return ', by default and not as an observation'
    default:
      return `, ${String(claim.basis)}`
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
