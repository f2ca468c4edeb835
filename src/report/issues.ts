/** Turns what zod found into one error of ours: the field, its value, and what would be right. */
import type { z } from 'zod'
import { RashomonError } from '../errors.js'
import { instead } from './nearest.js'
import { fieldsAt } from './shape.js'
import { fieldOf, type Path, show } from './show.js'
import type { Json } from './types.js'

type Issue = z.core.$ZodIssue

/** zod's own words; a message that a schema states begins otherwise and is kept. */
const DEFAULT_WORDS = /^(?:Invalid|Too|Unrecognized|Expected)\b/

/**
 * @param value what was checked
 * @param path where it lies in the report
 * @param beside fields known besides those of the schema, at the top
 */
export function refusal(
  issues: readonly Issue[],
  checked: {
    readonly schema: z.core.$ZodType
    readonly value: Json
    readonly path: Path
    readonly beside?: readonly string[]
  },
): RashomonError {
  const issue = leafOf(issues.find((one) => one.code === 'unrecognized_keys') ?? issues[0])
  if (issue === undefined) return refuse(checked.path, 'is not valid')
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    const known = [
      ...fieldsAt(checked.schema, issue.path),
      ...(issue.path.length === 0 ? (checked.beside ?? []) : []),
    ]
    return unknownField(joined(checked.path, issue.path), key, known)
  }
  if (issue.code === 'invalid_key') {
    const key = show(String(issue.path.at(-1)))
    return refuse(joined(checked.path, issue.path), `${key} ${issue.issues[0]?.message}`)
  }
  const value = valueAt(checked.value, issue.path) ?? issue.input
  const predicate = predicateOf(issue)
  const path = joined(checked.path, issue.path)
  if (value === undefined) {
    const right = predicate.slice(predicate.indexOf(';') + 1).trim()
    return refuse(path, `is missing; ${right}`)
  }
  const own = issue.code === 'custom' && typeof value === 'object' && !Array.isArray(value)
  return refuse(path, own ? predicate : `${show(value)} ${predicate}`)
}

/** An error for a field that nothing knows, with the nearest that is known. */
export function unknownField(path: Path, key: string, known: readonly string[]): RashomonError {
  return refuse([...path, key], `no field of this name; ${instead(key, known)}`)
}

/** `invalid-report` at a field. */
export function refuse(path: Path, message: string): RashomonError {
  const field = fieldOf(path)
  return new RashomonError(
    'invalid-report',
    field === '' ? `report: ${message}` : `${field}: ${message}`,
    {
      place: field === '' ? {} : { field },
    },
  )
}

/** Of a union's branches the issue of the one that fits best, by how deep it was followed. */
function leafOf(issue: Issue | undefined): Issue | undefined {
  if (issue?.code !== 'invalid_union') return issue
  let best: Issue = issue
  let score = 0
  for (const branch of issue.errors) {
    const leaf = leafOf(branch.find((one) => one.code === 'unrecognized_keys') ?? branch[0])
    if (leaf === undefined) continue
    const plain = leaf.code === 'invalid_type' || leaf.code === 'invalid_union'
    const reached = leaf.path.length * 2 + (plain || leaf.code === 'invalid_value' ? 0 : 1)
    if (reached > score) {
      score = reached
      best = { ...leaf, path: [...issue.path, ...leaf.path] } as Issue
    }
  }
  return best
}

function predicateOf(issue: Issue): string {
  if (!DEFAULT_WORDS.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return `is no ${issue.expected}; a value of type ${issue.expected} would be right`
    case 'invalid_value':
      return `is not allowed; ${issue.values.map(show).join(' or ')} would be right`
    case 'too_small':
      return `is too small; at least ${issue.minimum} would be right`
    case 'too_big':
      return `is too large; at most ${issue.maximum} would be right`
    case 'invalid_format':
      return `does not match; text of the form ${issue.pattern ?? issue.format} would be right`
    case 'not_multiple_of':
      return `is no multiple; a multiple of ${issue.divisor} would be right`
    default:
      return `does not fit; ${issue.message}`
  }
}

function joined(path: Path, further: readonly PropertyKey[]): Path {
  return [...path, ...further.map((step) => (typeof step === 'number' ? step : String(step)))]
}

function valueAt(value: Json, path: readonly PropertyKey[]): unknown {
  let at: unknown = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Record<PropertyKey, unknown>)[step]
  }
  return at
}
