/** From expressions to nodes: texts, objects, lists, and what chooses between values. */
import { RashomonError } from '../../errors.js'
import { show } from '../../index.js'
import { compileConditions, type Test } from './conditions.js'
import { type Condition, type Expression, operatorOf } from './language.js'
import {
  compileText,
  constantNode,
  inside,
  isList,
  type Node,
  type Row,
  refuse,
  type Scope,
  union,
  type Value,
} from './node.js'
import { dateNode, idNode, listNode, numberNode, rangeNode } from './operators.js'

type Record_ = { readonly [key: string]: Expression }

/** @throws `invalid-mapping` where the file lacks what the expression names. */
export function compile(expression: Expression, scope: Scope): Node {
  if (typeof expression === 'string') return compileText(expression, scope)
  if (typeof expression !== 'object' || expression === null) return constantNode(expression)
  if (isList(expression)) return itemsNode(expression, scope)
  const operator = operatorOf(expression)
  const given = expression as Record_
  switch (operator) {
    case null:
      return objectNode(given, scope)
    case 'object':
      return membersNode(Object.entries(given.object as Record_), { scope })
    case 'by':
      return byNode(given, scope)
    case 'choice':
      return choiceNode(given, scope)
    case 'first':
      return firstNode(given.first as readonly Expression[], scope)
    case 'lookup':
      return lookupNode(given, scope)
    case 'number':
      return numberNode(given, scope)
    case 'list':
      return listNode(given, scope, compile)
    case 'id':
      return idNode(given, scope)
    case 'date':
      return dateNode(given, scope, compile)
    case 'range':
      return rangeNode(given, scope, compile)
  }
}

/** A list without its absent members; one that has lost them all is absent itself. */
function itemsNode(items: readonly Expression[], scope: Scope): Node {
  const nodes = items.map((item, at) => compile(item, inside(scope, at)))
  const evaluate = (row: Row): Value => {
    const made: Expression[] = []
    for (const node of nodes) {
      const value = node.evaluate(row)
      if (value !== undefined) made.push(value)
    }
    return made.length === 0 && nodes.length > 0 ? undefined : made
  }
  return folded(nodes, {
    evaluate,
    columnsAt: ([, ...way]) => union(...nodes.map((node) => node.columnsAt(way))),
  })
}

function objectNode(object: Record_, scope: Scope): Node {
  const { if: given, with: more, ...members } = object
  return membersNode(Object.entries(members), {
    scope,
    test: given === undefined ? undefined : compileConditions(given as Condition, scope),
    merged: mergedNodes(more, scope),
  })
}

export function mergedNodes(more: Expression | undefined, scope: Scope): readonly Node[] {
  const list = more === undefined ? [] : isList<Expression>(more) ? more : [more]
  return list.map((one) => compile(one, scope))
}

interface Members {
  readonly scope: Scope
  readonly test?: Test | undefined
  readonly merged?: readonly Node[]
}

/** An object without its absent members; one that has lost them all is absent itself. */
export function membersNode(
  entries: readonly (readonly [string, Expression])[],
  { scope, test, merged = [] }: Members,
): Node {
  const members = entries.map(([key, value]) => {
    if (key === '__proto__')
      throw new RashomonError(
        'invalid-mapping',
        `${show(key)} is a name that reaches a prototype; another name would be right`,
      )
    return [key, compile(value, inside(scope, key))] as const
  })
  const nodes = [...merged, ...members.map(([, node]) => node)]
  const evaluate = (row: Row): Value => {
    if (test !== undefined && !test.holds(row)) return undefined
    const made: Record<string, Expression> = {}
    let some = nodes.length === 0
    for (const node of merged) {
      const value = node.evaluate(row)
      if (value === undefined) continue
      if (typeof value !== 'object' || value === null || isList(value))
        throw refuse(
          scope,
          node.columnsAt([]),
          `${show(value)} is merged in; an object would be right`,
        )
      Object.assign(made, value)
      some = true
    }
    for (const [key, node] of members) {
      const value = node.evaluate(row)
      if (value === undefined) continue
      made[key] = value
      some = true
    }
    return some ? made : undefined
  }
  const own = new Map(members)
  const columnsAt = (way: readonly string[]): readonly string[] => {
    const [step, ...rest] = way
    if (step === undefined) return union(...nodes.map((node) => node.columnsAt([])))
    const member = own.get(step)
    return member === undefined
      ? union(...merged.map((node) => node.columnsAt(way)))
      : member.columnsAt(rest)
  }
  return folded(test === undefined ? nodes : [...nodes, VARYING], { evaluate, columnsAt })
}

const VARYING: Node = { evaluate: () => undefined, columnsAt: () => [], constant: false }

/** The node, evaluated once where all it is made of is constant. */
function folded(nodes: readonly Node[], node: Omit<Node, 'constant'>): Node {
  if (!nodes.every(({ constant }) => constant)) return { ...node, constant: false }
  return constantNode(node.evaluate({ cells: [], item: '' }))
}

type Otherwise = (row: Row, refused: () => RashomonError) => Value

/** What stands where nothing was found; to refuse unless something else is said. */
function otherwiseOf(
  given: Expression | undefined,
  scope: Scope,
): { readonly give: Otherwise; readonly node: Node | null } {
  if (given === undefined || given === 'refuse')
    return {
      give: (_row, refused) => {
        throw refused()
      },
      node: null,
    }
  if (given === 'absent') return { give: () => undefined, node: null }
  const node = compile(given, scope)
  return { give: (row) => node.evaluate(row), node }
}

/** How many texts of a map a message names. */
const NAMED = 12

function byNode(given: Record_, scope: Scope): Node {
  const text = compileText(given.by as string, scope)
  const branches = new Map(
    Object.entries(given.map as Record_).map(([said, value]) => [
      said.normalize('NFC'),
      compile(value, scope),
    ]),
  )
  const { give, node } = otherwiseOf(given.otherwise, scope)
  const refused = (said: string) => () => {
    const known = [...branches.keys()].slice(0, NAMED).map((one) => JSON.stringify(one))
    const more = branches.size > NAMED ? ` (and ${branches.size - NAMED} more)` : ''
    return refuse(
      scope,
      text.columns,
      `${show(said)} is not in the map; ${known.join(', ')}${more} would be right, or an entry for it, or \`otherwise\``,
    )
  }
  const all = [...branches.values(), ...(node === null ? [] : [node])]
  return {
    evaluate: (row) => {
      const said = text.whole(row)
      const branch = branches.get(said)
      return branch === undefined ? give(row, refused(said)) : branch.evaluate(row)
    },
    columnsAt: (way) => union(text.columns, ...all.map((one) => one.columnsAt(way))),
    constant: false,
  }
}

function choiceNode(given: Record_, scope: Scope): Node {
  const test = compileConditions(given.if as Condition, scope)
  const yes = compile(given.give!, scope)
  const no = given.otherwise === undefined ? null : compile(given.otherwise, scope)
  return {
    evaluate: (row) => (test.holds(row) ? yes.evaluate(row) : no?.evaluate(row)),
    columnsAt: (way) => union(test.columns, yes.columnsAt(way), no?.columnsAt(way) ?? []),
    constant: false,
  }
}

function firstNode(given: readonly Expression[], scope: Scope): Node {
  const nodes = given.map((one) => compile(one, scope))
  return {
    evaluate: (row) => {
      for (const node of nodes) {
        const value = node.evaluate(row)
        if (value !== undefined) return value
      }
      return undefined
    },
    columnsAt: (way) => union(...nodes.map((node) => node.columnsAt(way))),
    constant: false,
  }
}

/** The cells of a key as one text; no cell holds what parts them. */
export function keyOf(texts: readonly string[]): string {
  return texts.join('\u0000')
}

function lookupNode(given: Record_, scope: Scope): Node {
  const name = given.lookup as string
  const table = scope.tables.get(name)
  if (table === undefined)
    throw new RashomonError(
      'invalid-mapping',
      `lookup: ${show(name)} is none of the mapping's lookups; ${[...scope.tables.keys()].join(', ') || 'an entry in `lookups`'} would be right`,
    )
  const texts = (given.key as readonly string[]).map((text) => compileText(text, scope))
  const columns = union(...texts.map((text) => text.columns))
  const { give, node } = otherwiseOf(given.otherwise, scope)
  const refused = (row: Row) => () =>
    refuse(
      scope,
      columns,
      `${texts.map((text) => show(text.whole(row))).join(', ')} is not in the table ${show(name)}; a row for it would be right, or \`otherwise\``,
    )
  return {
    evaluate: (row) => {
      const found = table.get(keyOf(texts.map((text) => text.whole(row))))
      return found === undefined || found === '' ? give(row, refused(row)) : found
    },
    columnsAt: (way) => union(columns, node?.columnsAt(way) ?? []),
    constant: false,
  }
}
