/** Reads a claim by its kind: marks, fields, normal form. The one place where kinds' schemas are run. */
import type { z } from 'zod'
import { isRashomonError, RashomonError } from '../errors.js'
import { refusal, refuse, unknownField } from './issues.js'
import type { ClaimKind, References } from './kind.js'
import { KINDS } from './kinds/all.js'
import type { Limits } from './limits.js'
import { checkMarks, isMark, MARKS, readMark } from './marks.js'
import { dropsUnknown, fieldsAt, shapeOf } from './shape.js'
import { type Path, show } from './show.js'
import type { Claim, Json, JsonRecord, Timed } from './types.js'
import { checkValue } from './value.js'

type Kind = ClaimKind<object>

/** Kinds that are known to leave their own stored form as it is: their tests hold them to it. */
const SHIPPED: ReadonlySet<Kind> = new Set(KINDS)

type Parsed = { success: true; data: unknown } | { success: false; error: z.core.$ZodError }

/**
 * The stored form of a claim, its hidden fields still in it.
 *
 * @throws `invalid-report`; `invalid-definition` when the kind's schema does not keep its word.
 */
export function readClaim(kind: Kind, input: JsonRecord, limits: Limits): Claim {
  const path = ['claim']
  const { marks, rest } = parted(kind, input, path)
  const claim: Claim = {
    kind: kind.kind,
    ...withMarks(normal(kind, rest, path, limits), marks, path),
  }
  if (kind.timed) checkMarks(claim as Timed, path)
  return claim
}

/**
 * Refuses a stored claim that its kind would store otherwise.
 *
 * @throws `invalid-report`
 */
export function checkClaim(kind: Kind, stored: Claim, limits: Limits): void {
  const again = readClaim(kind, stored as JsonRecord, limits)
  const field = differing(again as JsonRecord, stored as JsonRecord)
  if (field !== undefined)
    throw refuse(
      ['claim', field],
      `${show(stored[field])} is not in its stored form; ${JSON.stringify(again[field]) ?? 'no such field'} would be right`,
    )
}

/**
 * The stored form of single fields of a claim, as a correction gives them; `null` removes one.
 *
 * @throws `invalid-report`
 */
export function readClaimFields(
  kind: Kind,
  input: JsonRecord,
  path: Path,
  limits: Limits,
): Record<string, Json> {
  const shape = shapeOf(kind.schema)
  const read: Record<string, Json> = {}
  for (const [field, value] of Object.entries(input)) {
    const at = [...path, field]
    if (field === 'kind')
      throw refuse(at, 'is never corrected; a void and a new report would be right')
    const schema = shape?.[field]
    if (kind.timed && isMark(field))
      read[field] = value === null ? null : readMark(field, value, at)
    else if (shape !== undefined && schema === undefined)
      throw unknownField(path, field, fieldsOf(kind))
    else if (value === null || schema === undefined) read[field] = value
    else {
      const parsed = run(kind, schema as z.ZodType, value)
      if (!parsed.success) throw refusal(parsed.error.issues, { schema, value, path: at })
      read[field] = kept(kind, parsed.data, limits)
    }
  }
  return read
}

/** What a claim refers to. */
export function referencesOf(kind: Kind, claim: Claim): References {
  try {
    return kind.references(claim)
  } catch (cause) {
    throw broken(kind, `references fails on a valid claim: ${show(String(cause))}`, cause)
  }
}

/** Names of the fields that a person may write in a claim of the kind. */
export function fieldsOf(kind: Kind): string[] {
  return [...fieldsAt(kind.schema, []), ...(kind.timed ? MARKS : [])]
}

function parted(kind: Kind, input: JsonRecord, path: Path) {
  const marks: Record<string, Json> = {}
  const rest: Record<string, Json> = {}
  for (const [field, value] of Object.entries(input))
    if (kind.timed && isMark(field)) marks[field] = readMark(field, value, [...path, field])
    else if (field !== 'kind') rest[field] = value
  return { marks, rest }
}

/** Marks that say something, beside the fields; a schema may itself say that a claim is a change. */
function withMarks(
  fields: JsonRecord,
  marks: Readonly<Record<string, Json>>,
  path: Path,
): Record<string, Json> {
  const claim: Record<string, Json> = { ...fields }
  for (const [mark, value] of Object.entries(marks)) {
    const own = fields[mark]
    if (own !== undefined && own !== value)
      throw refuse(
        [...path, mark],
        `${show(value ?? 'observation')} is not what this claim is; ${show(own)} would be right`,
      )
    if (value !== null) claim[mark] = value
  }
  return claim
}

/** What a kind's schema sees of its own stored form. */
function withoutMarks(fields: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !isMark(field)))
}

function normal(kind: Kind, input: JsonRecord, path: Path, limits: Limits): JsonRecord {
  const { schema } = kind
  const beside = kind.timed ? MARKS : []
  if (dropsUnknown(schema)) {
    const known = fieldsAt(schema, [])
    for (const field of Object.keys(input))
      if (!known.includes(field)) throw unknownField(path, field, [...known, ...beside])
  }
  const parsed = run(kind, schema, input)
  if (!parsed.success) throw refusal(parsed.error.issues, { schema, value: input, path, beside })
  if (sameJson(parsed.data, input)) return input
  const fields = kept(kind, parsed.data, limits)
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw broken(kind, `its schema makes ${show(fields)} of a claim; an object would be right`)
  if (!SHIPPED.has(kind)) checkKeeps(kind, fields as JsonRecord)
  return fields as JsonRecord
}

/** Refuses a schema that would not leave its own stored form as it is. */
function checkKeeps(kind: Kind, fields: JsonRecord): void {
  const again = run(kind, kind.schema, kind.timed ? withoutMarks(fields) : fields)
  if (!again.success || !sameJson(again.data, fields))
    throw broken(
      kind,
      'its schema changes or refuses what it made itself; a stored claim must pass unchanged',
    )
}

function run(kind: Kind, schema: z.ZodType, value: Json): Parsed {
  try {
    return schema.safeParse(value, { reportInput: true })
  } catch (cause) {
    throw broken(kind, `its schema throws: ${show(String(cause))}`, cause)
  }
}

/** What a schema made, as long as it can be stored. */
function kept(kind: Kind, made: unknown, limits: Limits): Json {
  try {
    return checkValue(made, limits)
  } catch (cause) {
    if (!isRashomonError(cause)) throw cause
    throw broken(kind, `its schema makes what cannot be stored: ${cause.message}`, cause)
  }
}

function broken(kind: Kind, message: string, cause?: unknown): RashomonError {
  return new RashomonError('invalid-definition', `kind "${kind.kind}": ${message}`, { cause })
}

/** Name of a field in which two claims differ, if any. */
function differing(a: JsonRecord, b: JsonRecord): string | undefined {
  return [...new Set([...Object.keys(b), ...Object.keys(a)])].find(
    (field) => !sameJson(a[field], b[field]),
  )
}

function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) =>
      sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  )
}
