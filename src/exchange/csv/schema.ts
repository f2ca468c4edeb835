/**
 * Mapping files: what columns of a table mean as reports. Checked before a row is read, with the
 * place in the mapping and what would be right; written out as JSON Schema for editors.
 */
import { z } from 'zod'
import { isRashomonError, RashomonError } from '../../errors.js'
import { checkZone, fieldOf, instead, LIMITS, locate, readJson, show } from '../../index.js'
import {
  CONDITIONS,
  condition,
  conditions,
  expression,
  KNOWN_BY,
  merged,
  OPERATORS,
  operatorOf,
  template,
} from './language.js'
import { patternFault } from './pattern.js'

const words = z.string({ error: 'is no text; text would be right' })

const column = words.min(1, { error: 'is empty; the name of a column would be right' })

const zone = words.check((context) => {
  try {
    checkZone(context.value)
  } catch (error) {
    if (!isRashomonError(error)) throw error
    const message = error.message.slice(
      error.message.indexOf(context.value) + context.value.length + 1,
    )
    context.issues.push({ code: 'custom', input: context.value, message: message.trim() })
  }
})

const columns = (what: string) =>
  z
    .array(column, { error: `is no list; a list of columns would be right` })
    .min(1, { error: `names no ${what}; at least one would be right` })

const table = z.strictObject({
  key: columns('column').meta({ description: 'Columns that are looked up by, in order' }),
  value: column.meta({ description: 'Column that is the answer' }),
  where: z
    .record(column, z.array(words, { error: 'is no list; a list of texts would be right' }))
    .optional()
    .meta({ description: 'Only rows whose cells are among these' }),
})
export type Table = z.output<typeof table>

const schema = z.strictObject(
  {
    $schema: words.optional().meta({ description: 'Where this schema lies, for editors' }),
    about: words.optional().meta({ description: 'What this maps, in words' }),
    name: words.optional().meta({
      description: 'Goes into ids that are derived: two mappings of one file into one log need two',
    }),
    zone: zone.optional().meta({ description: 'Zone of reports whose template gives none' }),
    file: words
      .check((context) => {
        const fault = patternFault(context.value)
        if (fault !== null)
          context.issues.push({ code: 'custom', input: context.value, message: fault })
      })
      .optional()
      .meta({ description: "The file's name, with {variables} that are used as columns are" }),
    columns: columns('column').optional().meta({ description: 'Columns that the file must have' }),
    header: columns('column')
      .optional()
      .meta({ description: 'Names of the columns of a file that has no header row' }),
    separator: z
      .enum([',', ';', '|', '\t'], {
        error: 'is no separator of cells; a comma, ";", "|" or a tab would be right',
      })
      .optional(),
    trim: z
      .boolean({ error: 'is no mark; true or false would be right' })
      .optional()
      .meta({ description: 'Whether spaces round cells are left out' }),
    lookups: z.record(z.string(), table).optional().meta({
      description: 'Tables beside the file, each given by --lookup NAME=FILE',
    }),
    editions: words
      .min(1, { error: 'is empty; what the ids of the reports begin with would be right' })
      .optional()
      .meta({
        description:
          'Each file is an edition of one list: what the ids of its reports begin with. Later ones correct and withdraw what earlier ones said',
      }),
    reports: z
      .array(template, { error: 'is no list; a list of templates would be right' })
      .min(1, { error: 'has no template; at least one would be right' })
      .meta({ description: 'Each row makes one report per template whose `if` holds, in order' }),
  },
  { error: 'is no mapping; an object with `reports` would be right' },
)
export type Mapping = z.output<typeof schema>

/** A mapping is larger than a report, and its status maps are longer than an object of one. */
const READ = { ...LIMITS, body: 4 * 1024 * 1024, keys: 20_000 }

/**
 * Reads a mapping file; text is taken in NFC, as cells are.
 *
 * @throws `invalid-json` with row and column, `invalid-mapping` with the place in the mapping.
 */
export function readMapping(text: string | Uint8Array, file?: string): Mapping {
  const place = file === undefined ? {} : { file }
  try {
    const normal = typeof text === 'string' ? text.normalize('NFC') : text
    return parseMapping(readJson(normal, { limits: READ }))
  } catch (error) {
    if (!isRashomonError(error)) throw error
    const { field } = error.place
    if (error.code !== 'invalid-mapping' || field === undefined) throw error.at(place)
    throw error.at({ ...place, ...locate(String(text).normalize('NFC'), field, { limits: READ }) })
  }
}

/** @throws `invalid-mapping` with the place in the mapping. */
export function parseMapping(value: unknown): Mapping {
  const parsed = schema.safeParse(value, { reportInput: true })
  if (parsed.success) return parsed.data
  throw refusal(parsed.error.issues, value)
}

/** The mapping's schema as JSON Schema (draft 2020-12). */
export function mappingSchema(): Record<string, unknown> {
  const { text, ...conditionForms } = CONDITIONS
  const refs = (names: object) => Object.keys(names).map((name) => ({ $ref: `#/$defs/${name}` }))
  const ref = { $ref: '#/$defs/expression' }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A mapping for `rashomon import csv`',
    ...jsonOf(schema),
    $defs: {
      text: jsonOf(text),
      expression: {
        anyOf: [
          { $ref: '#/$defs/text' },
          { type: ['number', 'boolean', 'null'] },
          { type: 'array', items: ref },
          {
            type: 'object',
            description: 'Members are expressions; absent ones are left out',
            properties: Object.fromEntries(Object.keys(KNOWN_BY).map((key) => [key, false])),
            additionalProperties: ref,
          },
          ...refs(OPERATORS),
        ],
      },
      condition: { anyOf: [{ $ref: '#/$defs/text' }, ...refs(conditionForms)] },
      ...Object.fromEntries(
        Object.entries({ ...OPERATORS, ...conditionForms }).map(([name, form]) => [
          name,
          jsonOf(form),
        ]),
      ),
    },
  }
}

/** What refers to a form that stands under a name of its own. */
const REFERRED = new Map<unknown, object>([
  [expression, { $ref: '#/$defs/expression' }],
  [merged, { $ref: '#/$defs/expression' }],
  [condition, { $ref: '#/$defs/condition' }],
  [
    conditions,
    {
      anyOf: [
        { $ref: '#/$defs/condition' },
        { type: 'array', items: { $ref: '#/$defs/condition' }, minItems: 1 },
      ],
    },
  ],
])

function jsonOf(form: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(form, {
    unrepresentable: 'any',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, REFERRED.get(zodSchema) ?? {})
    },
  }) as Record<string, unknown>
  return json
}

type Issue = z.core.$ZodIssue

/** The first thing that is wrong: its place in the mapping, the value, and what would be right. */
function refusal(issues: readonly Issue[], mapping: unknown): RashomonError {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    const known = Object.keys(formAt(path, valueAt(mapping, path))?.shape ?? {})
    return refused([...path, key], `no field of this name; ${instead(key, known)}`)
  }
  const value = valueAt(mapping, path)
  const words = issue.message
  if (value === undefined) {
    const right = words.slice(words.indexOf(';') + 1).trim()
    return refused(path, `is missing; ${right}`)
  }
  return refused(
    path,
    words.startsWith('Invalid') ? `does not fit: ${words}` : `${show(value)} ${words}`,
  )
}

function refused(path: readonly (string | number)[], message: string): RashomonError {
  const field = fieldOf(path)
  return new RashomonError('invalid-mapping', `${field === '' ? 'mapping' : field}: ${message}`, {
    place: field === '' ? {} : { field },
  })
}

/** The form that a value at a path is held to, where it is an object of known fields. */
function formAt(path: readonly (string | number)[], value: unknown): z.ZodObject | undefined {
  if (path.length === 0) return schema
  if (path[0] === 'lookups' && path.length === 2) return table
  if (path[0] === 'reports' && path.length === 2) return template
  if (typeof value !== 'object' || value === null) return undefined
  const operator = operatorOf(value)
  if (operator !== null) return OPERATORS[operator]
  if ('ordered' in value) return CONDITIONS.ordered
  return 'cell' in value ? CONDITIONS['notIn' in value ? 'notIn' : 'in'] : undefined
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Record<string | number, unknown>)[step]
  }
  return at
}
