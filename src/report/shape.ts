/** Looks into a zod schema for the fields its objects take, to check and to suggest names. */
import type { z } from 'zod'

type Schema = z.core.$ZodType

/** The members that kinds of schema keep in their definition, each where it applies. */
interface Definition {
  readonly type: string
  readonly shape?: Readonly<Record<string, Schema>>
  readonly catchall?: Schema
  readonly innerType?: Schema
  readonly in?: Schema
  readonly out?: Schema
  readonly element?: Schema
  readonly valueType?: Schema
  readonly options?: readonly Schema[]
}

function definitionOf(schema: Schema): Definition {
  return schema._zod.def as unknown as Definition
}

/** The object schemas that stand for a value itself, through pipes, options and unions. */
function objectsIn(schema: Schema): Definition[] {
  const definition = definitionOf(schema)
  if (definition.type === 'object') return [definition]
  if (definition.type === 'pipe') {
    const first = definition.in ? objectsIn(definition.in) : []
    return first.length > 0 || !definition.out ? first : objectsIn(definition.out)
  }
  if (definition.options) return definition.options.flatMap(objectsIn)
  return definition.innerType ? objectsIn(definition.innerType) : []
}

/** Schemas of the fields of a claim, or `undefined` where its kind's schema is no single object. */
export function shapeOf(schema: Schema): Readonly<Record<string, Schema>> | undefined {
  const objects = objectsIn(schema)
  return objects.length === 1 ? objects[0]?.shape : undefined
}

const dropping = new WeakMap<Schema, boolean>()

/** Whether the schema drops fields it does not know without a word. */
export function dropsUnknown(schema: Schema): boolean {
  let drops = dropping.get(schema)
  if (drops === undefined) {
    const objects = objectsIn(schema)
    drops = objects.length === 1 && objects[0]?.catchall === undefined
    dropping.set(schema, drops)
  }
  return drops
}

/** Names of the fields that the objects at a path take. */
export function fieldsAt(schema: Schema, path: readonly PropertyKey[]): string[] {
  let reached: Schema[] = [schema]
  for (const step of path) reached = reached.flatMap((one) => below(one, step))
  return [...new Set(reached.flatMap(objectsIn).flatMap((one) => Object.keys(one.shape ?? {})))]
}

function below(schema: Schema, step: PropertyKey): Schema[] {
  const definition = definitionOf(schema)
  const field = definition.shape?.[String(step)]
  if (field) return [field]
  const inner = [
    definition.element,
    definition.valueType,
    ...(definition.type === 'object' ? [] : [definition.innerType, definition.in, definition.out]),
    ...(definition.options ?? []),
  ].filter((one) => one !== undefined)
  const direct = definition.element ?? definition.valueType
  return direct ? [direct] : inner.flatMap((one) => below(one, step))
}
