/**
 * What of a report lies beside it as parts, so that it can be hidden one day: its citation, and
 * the fields that its kind names. A part bears the name of its field; in corrections the path.
 */
import { RashomonError } from '../errors.js'
import { fieldOf } from './show.js'
import type { Claim, Json, JsonRecord } from './types.js'
import { byteLength } from './utf8.js'

export type Hidden = Readonly<Record<string, Json>>

export const CITATION = 'citation'
export const CORRECTED_CITATION = 'fields.citation'
const CORRECTED = 'fields.claim.'

/** Name of the part in which a correction keeps its new value of a hidden field. */
export function correctedPart(field: string): string {
  return CORRECTED + field
}

/** Takes the hidden fields out of a claim. */
export function hide(
  claim: Claim,
  fields: readonly string[],
): { readonly claim: Claim; readonly hidden: Record<string, Json> } {
  const hidden: Record<string, Json> = {}
  const found = fields.filter((field) => claim[field] !== undefined)
  if (found.length === 0) return { claim, hidden }
  const rest: { kind: string; [field: string]: Json | undefined } = { ...claim }
  for (const field of found) {
    hidden[field] = rest[field] as Json
    delete rest[field]
  }
  return { claim: rest, hidden }
}

/** The claim with what is readable of its parts put back into it; citations are no part of a claim. */
export function reveal(claim: Claim, parts: Hidden): Claim {
  let whole: Claim = claim
  for (const [name, value] of Object.entries(parts)) {
    if (name === CITATION || name === CORRECTED_CITATION) continue
    if (name.startsWith(CORRECTED) && typeof whole.fields === 'object') {
      const fields = whole.fields as JsonRecord
      const patched = { ...(fields.claim as JsonRecord), [name.slice(CORRECTED.length)]: value }
      whole = { ...whole, fields: { ...fields, claim: patched } }
    } else whole = { ...whole, [name]: value }
  }
  return whole
}

/**
 * Refuses parts beyond their limits: an outline by its vertices, all else by bytes.
 *
 * @throws `too-large`
 */
export function checkHidden(
  hidden: Hidden,
  limits: { readonly report: number; readonly vertices: number },
): void {
  for (const [name, value] of Object.entries(hidden)) {
    const outline = name === 'outline' || name === correctedPart('outline')
    const size = outline ? vertices(value) : weigh(value)
    const most = outline ? limits.vertices : limits.report
    if (size > most) {
      const field = name === CITATION || name.includes('.') ? name : fieldOf(['claim', name])
      throw new RashomonError(
        'too-large',
        `${field}: ${size} ${outline ? 'vertices' : 'bytes'}; at most ${most} would be right`,
        { place: { field } },
      )
    }
  }
}

function weigh(value: Json): number {
  return byteLength(JSON.stringify(value))
}

/** Lists of numbers alone are positions. */
function vertices(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0
  const items: readonly Json[] = Array.isArray(value) ? value : Object.values(value)
  if (typeof items[0] === 'number') return 1
  return items.reduce<number>((sum, item) => sum + vertices(item), 0)
}
