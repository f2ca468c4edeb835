/** What one correction makes of a report. */
import type { SaidEnd, SaidTime } from '../time/said.js'
import type { Claim, Hop, Json, Report } from './types.js'

/** Whole fields that replace those of a report; `null` removes one. */
export interface CorrectionFields {
  readonly start?: SaidTime | null
  readonly end?: SaidEnd | null
  readonly published?: SaidTime | null
  /** The desk's alone. */
  readonly attribution?: readonly Hop[]
  /** By top-level field of the claim. */
  readonly claim?: Readonly<Record<string, Json>>
}

/** The report with the fields replaced; its id, kind, batch and parts stay. Pure. */
export function corrected(report: Report, fields: CorrectionFields): Report {
  const form: { -readonly [field in keyof Report]: Report[field] } = { ...report }
  if (fields.start !== undefined) put(form, 'start', fields.start)
  if (fields.end !== undefined) put(form, 'end', fields.end)
  if (fields.published !== undefined) put(form, 'published', fields.published)
  if (fields.attribution !== undefined) form.attribution = fields.attribution
  if (fields.claim !== undefined) form.claim = patched(report.claim, fields.claim)
  return form
}

function put<T, K extends keyof T>(form: T, field: K, value: T[K] | null): void {
  if (value === null) delete form[field]
  else form[field] = value as T[K]
}

function patched(claim: Claim, fields: Readonly<Record<string, Json>>): Claim {
  const whole: { kind: string; [field: string]: Json | undefined } = { ...claim }
  for (const [field, value] of Object.entries(fields)) {
    if (field === 'kind') continue
    if (value === null) delete whole[field]
    else whole[field] = value
  }
  return whole
}
