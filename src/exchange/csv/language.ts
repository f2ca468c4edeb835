/**
 * The language of mapping files: what a value in a template may be. A value is text with `{column}`
 * in it, plain JSON, or an operator: an object known by one of its keys, which takes its own options
 * and no other fields.
 *
 * Every schema here is one for zod and one in JSON Schema: what checks is what is documented.
 */
import { z } from 'zod'
import { formatFault } from './formats.js'
import { textFault } from './text.js'

/** Anything JSON; `compile` gives it its meaning. */
export type Expression =
  | string
  | number
  | boolean
  | null
  | readonly Expression[]
  | { readonly [key: string]: Expression }

export type Condition =
  | string
  | { readonly cell: string; readonly in: readonly string[] }
  | { readonly cell: string; readonly notIn: readonly string[] }
  | { readonly any: readonly Condition[] }
  | { readonly ordered: readonly string[] }

export const text = z
  .string({ error: 'is no text; text such as "{column}" would be right' })
  .check((context) => {
    const fault = textFault(context.value)
    if (fault !== null)
      context.issues.push({ code: 'custom', input: context.value, message: fault })
  })
  .meta({
    description:
      'Text with {column} in it; {{ and }} are braces. Absent where one of its cells is empty.',
  })

/** Any expression; told apart by its form, so that what is wrong is said of the form that was meant. */
export const expression: z.ZodType<Expression> = z
  .unknown()
  .check((context) => check(schemaOf(context.value), context)) as unknown as z.ZodType<Expression>

export const condition: z.ZodType<Condition> = z
  .unknown()
  .check((context) => check(conditionOf(context.value), context)) as unknown as z.ZodType<Condition>

export const conditions = z
  .unknown()
  .check((context) =>
    check(Array.isArray(context.value) ? allOf : condition, context),
  ) as unknown as z.ZodType<Condition | readonly Condition[]>

const values = z
  .array(
    z.string({ error: 'is no text; the text of a cell would be right, "" for an empty one' }),
    {
      error: 'is no list; a list of the texts of cells would be right',
    },
  )
  .min(1, { error: 'names no cell; at least one text would be right' })

const isIn = z.strictObject({ cell: text, in: values })
const isNotIn = z.strictObject({ cell: text, notIn: values })
const any = z.strictObject({
  any: z
    .array(condition, { error: 'is no list; a list of conditions would be right' })
    .min(1, { error: 'has no condition; at least one would be right' }),
})
const ordered = z.strictObject({
  ordered: z
    .array(text, { error: 'is no list; texts, each no more than the next, would be right' })
    .min(2, { error: 'has nothing to compare; at least two texts would be right' }),
})
const allOf = z.array(condition).min(1, { error: 'has no condition; at least one would be right' })

/** Forms of a condition, by name; in the schema they stand under `condition`. */
export const CONDITIONS = { text, in: isIn, notIn: isNotIn, any, ordered } as const

function conditionOf(value: unknown): z.ZodType {
  if (!isObject(value)) return text
  if ('any' in value) return any
  if ('ordered' in value) return ordered
  return 'notIn' in value ? isNotIn : isIn
}

/** "refuse" (the row is bad), "absent", or what stands there instead. */
const orElse = expression

const unreadable = (words: readonly [string, ...string[]]) =>
  z.enum(words, {
    error: `is no word for what becomes of it; ${words.map((word) => `"${word}"`).join(' or ')} would be right`,
  })

const by = z.strictObject({
  by: text,
  map: z.record(z.string(), expression, {
    error: 'is no map; an object with an entry for each text would be right',
  }),
  otherwise: orElse.optional(),
})

const choice = z.strictObject({
  if: conditions,
  give: expression,
  otherwise: expression.optional(),
})

const first = z.strictObject({
  first: z
    .array(expression, { error: 'is no list; the values to try in order would be right' })
    .min(1, { error: 'is empty; at least one value would be right' }),
})

const lookup = z.strictObject({
  lookup: z.string({ error: "is no name; one of the mapping's `lookups` would be right" }),
  key: z
    .array(text, { error: 'is no list; a text for each column of the key would be right' })
    .min(1, { error: 'is empty; a text for each column of the key would be right' }),
  otherwise: orElse.optional(),
})

const letter = (what: string) =>
  z
    .string({ error: `is no ${what}; one character would be right` })
    .length(1, { error: `is no ${what}; one character would be right` })

const number = z.strictObject({
  number: text,
  thousands: letter('separator of thousands').optional(),
  decimal: letter('decimal sign').optional(),
  unreadable: unreadable(['refuse', 'absent']).optional(),
})

const list = z.strictObject({
  list: text,
  separator: z
    .string({ error: 'is no separator; text such as "|" would be right' })
    .min(1, { error: 'is empty; text such as "|" would be right' })
    .optional(),
  each: expression.optional(),
  unique: z
    .literal(true, { error: 'is no mark; true, or no such field, would be right' })
    .optional(),
})

const id = z.strictObject({
  id: text,
  prefix: z.string({ error: 'is no text; text such as "wiki/" would be right' }).optional(),
})

const format = z
  .string({ error: 'is no format; one such as "YYYY-MM-DD" would be right' })
  .check((context) => {
    const fault = formatFault(context.value)
    if (fault !== null)
      context.issues.push({ code: 'custom', input: context.value, message: fault })
  })

const date = z.strictObject({
  date: text,
  formats: z
    .array(format, { error: 'is no list; a list of formats would be right' })
    .min(1, { error: 'is empty; at least one format would be right, as in "YYYY-MM-DD"' })
    .optional(),
  precision: expression.optional(),
  zone: text.optional(),
  century: z
    .int({ error: 'is no century; its first year would be right, as in 1800' })
    .multipleOf(100, { error: 'is no century; its first year would be right, as in 1800' })
    .optional(),
  unreadable: unreadable(['refuse', 'absent', 'wording']).optional(),
})

const range = z.strictObject({
  from: expression.optional(),
  to: expression.optional(),
  words: expression.optional(),
})

/** A plain object whose keys are taken as they stand, be they those of operators. */
const object = z.strictObject({
  object: z.record(z.string(), expression, { error: 'is no object; an object would be right' }),
})

/** Operators by name; in the schema each stands under its name. */
export const OPERATORS = {
  by,
  choice,
  first,
  lookup,
  number,
  list,
  id,
  date,
  range,
  object,
} as const
export type OperatorName = keyof typeof OPERATORS

/** Which operator an object is, known by the first of these keys that it has. */
export const KNOWN_BY: Readonly<Record<string, OperatorName>> = {
  by: 'by',
  give: 'choice',
  first: 'first',
  lookup: 'lookup',
  number: 'number',
  list: 'list',
  id: 'id',
  date: 'date',
  from: 'range',
  to: 'range',
  object: 'object',
}

export function operatorOf(value: object): OperatorName | null {
  for (const key of Object.keys(KNOWN_BY)) if (Object.hasOwn(value, key)) return KNOWN_BY[key]!
  return null
}

export const merged = z
  .unknown()
  .check((context) =>
    check(Array.isArray(context.value) ? z.array(expression) : expression, context),
  ) as unknown as z.ZodType<Expression>

/** A plain object: members are expressions; two keys say when it is there and what is merged in. */
export const plain = z
  .object({ if: conditions.optional(), with: merged.optional() })
  .catchall(expression)

export const template = z.strictObject(
  {
    if: conditions
      .optional()
      .meta({ description: 'The row makes this report only where all hold' }),
    with: merged.optional().meta({ description: 'Objects merged into the report' }),
    each: z
      .strictObject(
        { list: text, separator: list.shape.separator, unique: list.shape.unique },
        { error: 'is no list; { "list": "{column}", "separator": "|" } would be right' },
      )
      .optional()
      .meta({
        description: 'The row makes a report for each item of the list, named {item} in it',
      }),
    id: expression.optional(),
    claim: expression.optional(),
    when: expression.optional(),
    until: expression.optional(),
    zone: expression.optional(),
    attribution: expression.optional(),
    published: expression.optional(),
    citation: expression.optional(),
    batch: expression.optional(),
    desk: expression.optional(),
    map: z
      .strictObject(
        {
          at: expression,
          first: z
            .enum(['observation', 'change'], {
              error: 'is no mode; "observation" or "change" would be right',
            })
            .optional()
            .meta({
              description:
                'What the first map of an account is: an observation of what was there already (as unless said), or a change, where nothing was before it',
            }),
        },
        { error: 'is no map; { "at": … } would be right' },
      )
      .optional()
      .meta({ description: 'For repeated maps: the date of the map that the row is of' }),
  },
  { error: 'is no template; a report such as { "claim": …, "when": … } would be right' },
)
export type Template = z.output<typeof template>

function schemaOf(value: unknown): z.ZodType {
  if (typeof value === 'string') return text
  if (Array.isArray(value)) return z.array(expression)
  if (!isObject(value)) return scalar
  const operator = operatorOf(value)
  return operator === null ? plain : OPERATORS[operator]
}

const scalar = z.union([z.number(), z.boolean(), z.null()], {
  error: 'is no value; text, a number, true, false, null, a list or an object would be right',
})

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Hands what a schema finds on to the value's own check. */
function check(
  schema: z.ZodType,
  context: { readonly value: unknown; readonly issues: z.core.$ZodRawIssue[] },
): void {
  const parsed = schema.safeParse(context.value, { reportInput: true })
  if (parsed.success) return
  for (const issue of parsed.error.issues) context.issues.push(issue as z.core.$ZodRawIssue)
}
