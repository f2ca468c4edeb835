/** What a person writes into a correction's `fields`, read into what replaces it. */
import { RashomonError } from '../errors.js'
import { readAttribution } from './attribution.js'
import { readClaimFields } from './claim.js'
import { CORRECTED_CITATION, correctedPart } from './hidden.js'
import { refuse, unknownField } from './issues.js'
import type { ClaimKind } from './kind.js'
import type { Limits } from './limits.js'
import { type Path, show } from './show.js'
import { isSecondThought } from './thought.js'
import { readPublication, readStart, readUntil, type ZoneRules } from './times.js'
import type { Json, JsonRecord } from './types.js'

const FIELDS = ['when', 'until', 'zone', 'published', 'attribution', 'claim', 'citation']
const PATH: Path = ['claim', 'fields']

export interface Replacing {
  /** `fields` as they are stored. */
  readonly fields: JsonRecord
  /** What of them lies beside the report. */
  readonly hidden: Readonly<Record<string, Json>>
}

/**
 * @param original kind of the report that is corrected; `undefined` where the log has none such
 * @throws `invalid-report`, `invalid-time`; `unknown-report` where fields of a claim need its kind
 */
export function readReplacing(
  input: Json | undefined,
  original: { readonly of: string; readonly kind: ClaimKind<object> | undefined },
  zoned: ZoneRules,
  limits: Limits,
): Replacing {
  const written = recordAt(
    input,
    PATH,
    'the fields to replace would be right, as in { "when": "2015-11-12" }',
  )
  for (const field of Object.keys(written))
    if (!FIELDS.includes(field)) throw unknownField(PATH, field, FIELDS)
  if (Object.keys(written).every((field) => field === 'zone'))
    throw refuse(PATH, `replaces nothing; one of ${FIELDS.join(', ')} would be right`)
  if (original.kind !== undefined && isSecondThought(original.kind.kind))
    throw refuse(
      ['claim', 'of'],
      `${show(original.of)} is itself a ${original.kind.kind}; the report it speaks of would be right, or a withdrawal of it`,
    )

  const fields: Record<string, Json> = {}
  const hidden: Record<string, Json> = {}
  const { when, until, published, attribution, claim, citation } = written
  const at = (field: string): Path => [...PATH, field]
  if (when !== undefined)
    fields.start = when === null ? null : plain(readStart(when, at('when'), zoned))
  if (until !== undefined)
    fields.end = until === null ? null : plain(readUntil(until, at('until'), zoned))
  if (published !== undefined)
    fields.published =
      published === null ? null : plain(readPublication(published, at('published'), zoned))
  if (attribution !== undefined)
    fields.attribution = plain(readAttribution(attribution, at('attribution')))
  if (citation !== undefined) hidden[CORRECTED_CITATION] = citation
  if (claim !== undefined) {
    const { kind } = original
    if (kind === undefined) throw unknownReport(original.of)
    const { open, covered } = partedBy(kind, claim, limits)
    fields.claim = open
    Object.assign(hidden, covered)
  }
  return { fields, hidden }
}

/** `unknown-report` at `claim.of`. */
function unknownReport(of: string): RashomonError {
  return new RashomonError(
    'unknown-report',
    `claim.of: ${show(of)} is no report of this log; the id of one would be right`,
    { place: { field: 'claim.of' }, data: { id: of } },
  )
}

function partedBy(kind: ClaimKind<object>, claim: Json, limits: Limits) {
  const path = [...PATH, 'claim']
  const written = recordAt(claim, path, 'fields of the claim would be right')
  if (Object.keys(written).length === 0)
    throw refuse(path, 'replaces nothing; fields of the claim would be right')
  const open: Record<string, Json> = {}
  const covered: Record<string, Json> = {}
  for (const [field, value] of Object.entries(readClaimFields(kind, written, path, limits)))
    if (kind.hidden.includes(field) && value !== null) covered[correctedPart(field)] = value
    else open[field] = value
  return { open, covered }
}

/** An object at a path, else `invalid-report`. */
export function recordAt(value: Json | undefined, path: Path, right: string): JsonRecord {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as JsonRecord
  throw refuse(
    path,
    value === undefined ? `is missing; ${right}` : `${show(value)} is no object; ${right}`,
  )
}

/** Times and chains are plain JSON; their types only say more. */
function plain(value: object): Json {
  return value as Json
}
