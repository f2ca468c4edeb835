/** Brings claims stored at an earlier revision of their kind's form to the present one, step by step. */
import { RashomonError } from '../errors.js'
import type { ClaimKind } from './kind.js'
import { show } from './show.js'
import { isCorrection } from './thought.js'
import type { Claim, Json, JsonRecord, Report } from './types.js'

/**
 * The claim at its kind's present revision.
 *
 * @throws `invalid-definition` when the revision is later than the kind's, or a step is missing
 *   or fails.
 */
export function upcast(kind: ClaimKind<object>, revision: number, claim: Claim): Claim {
  if (revision > kind.revision)
    throw new RashomonError(
      'invalid-definition',
      `revision: ${revision} of kind "${kind.kind}" is later than ${kind.revision}, the latest known here; a newer definition of the kind would be right`,
    )
  let form: JsonRecord = claim as JsonRecord
  for (let from = revision; from < kind.revision; from++) {
    const step = kind.upcast[from]
    if (step === undefined)
      throw new RashomonError(
        'invalid-definition',
        `upcast: kind "${kind.kind}" has no step from revision ${from}`,
      )
    try {
      form = { ...objectOf(step(form)), kind: claim.kind }
    } catch (cause) {
      throw new RashomonError(
        'invalid-definition',
        `upcast: the step of kind "${kind.kind}" from revision ${from} fails on a stored claim: ${show(String(cause))}`,
        { cause },
      )
    }
  }
  return form as Claim
}

function objectOf(made: unknown): JsonRecord {
  if (typeof made === 'object' && made !== null && !Array.isArray(made)) return made as JsonRecord
  throw new TypeError(`it makes ${show(made)} of a claim`)
}

/** A correction's `fields.claim` at the present revision of the kind it corrects. */
export function upcastCorrected(
  kind: ClaimKind<object>,
  revision: number,
  fields: JsonRecord,
): JsonRecord {
  const whole = upcast(kind, revision, { kind: kind.kind, ...fields })
  const present: Record<string, Json> = {}
  for (const [field, value] of Object.entries(whole))
    if (field !== 'kind' && value !== undefined) present[field] = value
  return present
}

/**
 * The report that canonical bytes hold, at the present revision of its kind.
 *
 * @throws `log-damaged` for bytes that are no report, `invalid-definition` for a kind or revision
 *   that is not known here.
 */
export function openStored(
  kinds: ReadonlyMap<string, ClaimKind<object>>,
  bytes: Uint8Array,
): Report {
  const report = parse(bytes)
  const kind = kinds.get(report.claim.kind)
  if (kind === undefined)
    throw new RashomonError(
      'invalid-definition',
      `claims: report ${show(report.id)} is of kind ${show(report.claim.kind)}, which is not defined here; its definition among the claims of the timeline would be right`,
      { data: { id: report.id, kind: report.claim.kind } },
    )
  const claim = isCorrection(kind.kind) ? presentCorrection(kinds, report.claim) : report.claim
  if (report.revision === kind.revision && claim === report.claim) return report
  return { ...report, revision: kind.revision, claim: upcast(kind, report.revision, claim) }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

function parse(bytes: Uint8Array): Report {
  let value: unknown
  try {
    value = JSON.parse(UTF8.decode(bytes))
  } catch (cause) {
    throw new RashomonError('log-damaged', 'an entry of the log is no JSON', { cause })
  }
  const report = value as Partial<Report> | null
  if (typeof report?.claim?.kind !== 'string' || typeof report.revision !== 'number')
    throw new RashomonError('log-damaged', 'an entry of the log is no report')
  return report as Report
}

/** A correction whose `fields.claim` is brought to the present form of what it corrects. */
function presentCorrection(kinds: ReadonlyMap<string, ClaimKind<object>>, claim: Claim): Claim {
  const form = claim.form as { kind: string; revision: number } | undefined
  const kind = form && kinds.get(form.kind)
  if (!form || !kind || form.revision === kind.revision) return claim
  const fields = claim.fields as JsonRecord
  const present = upcastCorrected(kind, form.revision, fields.claim as JsonRecord)
  return {
    ...claim,
    form: { ...form, revision: kind.revision },
    fields: { ...fields, claim: present },
  }
}
