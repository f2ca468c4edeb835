/**
 * The stored form at the door: a report that was exported, or the form that corrections gave
 * one. Bounds are taken as they stand and never derived again.
 */
import { RashomonError } from '../errors.js'
import { checkChain } from './attribution.js'
import { checkClaim, referencesOf } from './claim.js'
import { CITATION, CORRECTED_CITATION, checkHidden, correctedPart, hide } from './hidden.js'
import type { House } from './house.js'
import { refusal, refuse } from './issues.js'
import type { ClaimKind, References } from './kind.js'
import { instead } from './nearest.js'
import { show } from './show.js'
import { storedReport } from './stored.js'
import { isCorrection } from './thought.js'
import { checkEndless, checkTimes } from './times.js'
import type { Claim, Json, Part, Report } from './types.js'
import { upcast } from './upcast.js'
import { checkValue } from './value.js'

export interface Restored {
  readonly report: Report
  readonly kind: ClaimKind<object>
  readonly hidden: Readonly<Record<string, Json>>
  readonly references: References
}

/**
 * A stored report and what is readable of its parts, checked as strictly as if it were new.
 *
 * @throws `invalid-report`, `invalid-time`, `too-large`; `invalid-definition` for a revision that
 *   is not known here.
 */
export function restore(house: House, value: unknown, parts: readonly Part[]): Restored {
  const plain = checkValue(value, house.limits)
  const parsed = storedReport.safeParse(plain)
  if (!parsed.success)
    throw refusal(parsed.error.issues, { schema: storedReport, value: plain, path: [] })
  const report = plain as unknown as Report
  const { kind, references } = checkForm(house, report)
  const hidden = readParts(kind, report, parts)
  checkHidden(hidden, house.limits)
  return { report, kind, hidden, references }
}

/**
 * Refuses a form of a report that the door would not have let in.
 *
 * @throws `invalid-report`, `invalid-time`, `invalid-definition`
 */
export function checkForm(
  house: House,
  report: Omit<Report, 'id'>,
): { readonly kind: ClaimKind<object>; readonly references: References } {
  const kind = findKind(house, report.claim.kind)
  const claim = upcast(kind, report.revision, report.claim)
  checkSpeaker(kind, report.attribution.length)
  checkChain(report.attribution, ['attribution'])
  checkCommitments(kind, report)
  checkHiding(kind, claim)
  checkClaim(kind, claim, house.limits)
  for (const time of kind.takes.includes('when') ? [] : (['start', 'end'] as const))
    if (report[time] !== undefined)
      throw refuse(
        [time],
        `is said of a ${kind.kind}, which has no time in the world; none would be right`,
      )
  checkTimes(report)
  checkEndless(kind, { ...report, claim })
  const references = referencesOf(kind, claim)
  const sources = [...(references.sources ?? []), ...report.attribution.map((hop) => hop.source)]
  return { kind, references: { ...references, sources } }
}

/** The kind of a claim by its name, else `invalid-report`. */
export function findKind(house: House, name: Json | undefined): ClaimKind<object> {
  const kind = typeof name === 'string' ? house.kinds.get(name) : undefined
  if (kind !== undefined) return kind
  const known = [...house.kinds.keys()]
  throw refuse(
    ['claim', 'kind'],
    name === undefined
      ? `is missing; one of ${known.join(', ')} would be right`
      : `${show(name)} is no kind of claim; ${instead(String(name), known)}`,
  )
}

/** Desk kinds have no attribution, all others have one. */
function checkSpeaker(kind: ClaimKind<object>, hops: number): void {
  if (kind.by === 'desk' && hops > 0)
    throw refuse(
      ['attribution'],
      `is said of a ${kind.kind}, which is the desk's own; none would be right (say what it rests on in \`citation\`)`,
    )
  if (kind.by === 'source' && hops === 0)
    throw refuse(
      ['attribution'],
      `is missing; the source that says so would be right, as in "al-masdar"`,
    )
}

function checkCommitments(kind: ClaimKind<object>, report: Omit<Report, 'id'>): void {
  for (const name of Object.keys(report.parts ?? {}))
    if (
      name !== CITATION &&
      !kind.hidden.includes(name) &&
      !(
        isCorrection(kind.kind) &&
        (name === CORRECTED_CITATION || name.startsWith(correctedPart('')))
      )
    )
      throw refuse(['parts', name], `is no part of a ${kind.kind}; ${CITATION} would be one`)
}

function checkHiding(kind: ClaimKind<object>, claim: Claim): void {
  const { hidden } = hide(claim, kind.hidden)
  for (const field of Object.keys(hidden))
    throw refuse(
      ['claim', field],
      'lies open in the claim; a part beside the report would be right',
    )
}

function readParts(
  kind: ClaimKind<object>,
  report: Report,
  parts: readonly Part[],
): Record<string, Json> {
  const hidden: Record<string, Json> = {}
  for (const { name, bytes } of parts) {
    if (report.parts?.[name] === undefined)
      throw refuse(
        ['parts', name],
        `is not committed to by this ${kind.kind}; no such part would be right`,
      )
    if (Object.hasOwn(hidden, name))
      throw refuse(['parts', name], 'stands twice; once would be right')
    hidden[name] = decode(name, bytes)
  }
  return hidden
}

function decode(name: string, bytes: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json
  } catch (cause) {
    throw new RashomonError(
      'invalid-report',
      `parts.${name}: is no JSON; canonical JSON would be right`,
      {
        place: { field: `parts.${name}` },
        cause,
      },
    )
  }
}
