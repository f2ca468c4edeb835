/** Templates of a mapping, bound to the columns of a file: from a row to the reports it makes. */
import { isRashomonError, RashomonError } from '../../errors.js'
import { fieldOf } from '../../index.js'
import { compile, membersNode, mergedNodes } from './compile.js'
import { compileConditions } from './conditions.js'
import { RowIds } from './ids.js'
import type { Expression } from './language.js'
import type { Row, Scope, Tables } from './node.js'
import { variablesOf } from './pattern.js'
import type { Mapping } from './schema.js'

/** A report that a row makes, and the date of the map it is of where the template has one. */
export interface Made {
  readonly report: Record<string, unknown>
  readonly map?: { readonly at: string }
  /** The id is the row's own. */
  readonly derived?: boolean
}

export interface Bound {
  /** From 1. */
  readonly number: number
  /** The items for each of which the row makes a report; one, without a name, where the template has no list. */
  items(row: Row): readonly string[]
  /**
   * What the row makes; `null` where the template's `if` does not hold.
   *
   * @throws `invalid-report` with field and columns.
   */
  make(row: Row): Made | null
  /** Columns that a field of the report is made of, as they stand in a message. */
  columnsOf(error: RashomonError, report: unknown): string | undefined
}

export interface BindOptions {
  readonly mapping: Mapping
  readonly header: readonly string[]
  readonly variables: ReadonlyMap<string, string>
  readonly tables: Tables
  /** Whether reports without an id get one of their row's content. */
  readonly ids: boolean
}

/** @throws `invalid-mapping` where the file lacks what a template names. */
export function bindTemplates(options: BindOptions): Bound[] {
  const { mapping, header, variables, tables } = options
  checkHeader(mapping, header)
  const columns = new Map(header.map((name, at) => [name, at]))
  for (const name of variables.keys())
    if (columns.has(name))
      throw new RashomonError(
        'invalid-mapping',
        `file: ${JSON.stringify(name)} is a column too; another name for the variable would be right`,
        { place: { field: 'file', column: name } },
      )
  const scope: Scope = { columns, variables, tables, path: [], inRange: false, inList: false }
  return mapping.reports.map((_, at) => bind(at, scope, options))
}

const ONCE = ['']

function bind(at: number, file: Scope, options: BindOptions): Bound {
  const { mapping } = options
  const { if: given, with: more, map, each, ...fields } = mapping.reports[at]!
  const inMapping = <T>(step: string, work: () => T): T => {
    try {
      return work()
    } catch (error) {
      if (!isRashomonError(error, 'invalid-mapping')) throw error
      const field = fieldOf(['reports', at, ...(error.place.field ?? step).split('.')])
      throw new RashomonError('invalid-mapping', `reports[${at}].${error.message}`, {
        place: { ...error.place, field },
      })
    }
  }
  const scope = each === undefined ? file : { ...file, inList: true }
  const test = inMapping('if', () => compileConditions(given, file))
  const items = each && inMapping('each', () => compile(each as Expression, file))
  const merged = inMapping('with', () => mergedNodes(more, scope))
  const entries = Object.entries(
    fields.zone === undefined && mapping.zone !== undefined
      ? { ...fields, zone: mapping.zone }
      : fields,
  ) as [string, Expression][]
  const node = inMapping('claim', () => membersNode(entries, { scope, merged }))
  const date = map && inMapping('map.at', () => compile(map.at, { ...scope, path: ['map', 'at'] }))
  const idOf = options.ids ? contentIds(at, options) : null

  return {
    number: at + 1,
    items: (row) => (items === undefined ? ONCE : ((items.evaluate(row) ?? []) as string[])),
    make(row) {
      if (!test.holds(row)) return null
      const report = (node.evaluate(row) ?? {}) as Record<string, unknown>
      const derived = idOf !== null && report.id === undefined
      if (derived) report.id = idOf(row)
      const said = date?.evaluate(row)
      return { report, derived, ...(typeof said === 'string' && { map: { at: said } }) }
    },
    columnsOf(error, report) {
      const field = error.place.field ?? fieldNaming(report, error.data.id)
      if (field === undefined) return undefined
      const columns = node.columnsAt(wayOf(field))
      return columns.length === 0 ? undefined : columns.join(', ')
    },
  }
}

/** Ids of a template's reports: of its number, the cells that are not empty by name, the variables it uses. */
function contentIds(at: number, { mapping, header, variables }: BindOptions): (row: Row) => string {
  const ids = new RowIds()
  const text = JSON.stringify(mapping.reports[at])
  const used = variablesOf(mapping.file)
    .filter((name) => text.includes(JSON.stringify(`{${name}}`).slice(1, -1)))
    .map((name) => `{${name}}=${variables.get(name)}`)
  const fixed = [mapping.name ?? '', String(at + 1), ...used]
  const order = header
    .map((name, index) => ({ name, index }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.index - b.index))
  return ({ cells, item }) => {
    const content = item === '' ? [...fixed] : [...fixed, '{item}', item]
    for (const { name, index } of order) if (cells[index] !== '') content.push(name, cells[index]!)
    return ids.next(content)
  }
}

function checkHeader({ columns = [], reports }: Mapping, header: readonly string[]): void {
  const missing = columns.find((name) => !header.includes(name.normalize('NFC')))
  if (missing !== undefined)
    throw new RashomonError(
      'invalid-csv',
      `the file has no column ${JSON.stringify(missing)}; a file with ${columns.join(', ')} would be right`,
      { place: { column: missing } },
    )
  const again = header.find((name, at) => header.indexOf(name) < at)
  if (again !== undefined && JSON.stringify(reports).includes(`{${again}}`))
    throw new RashomonError(
      'invalid-csv',
      `the file has two columns ${JSON.stringify(again)}; one of that name would be right`,
      { place: { column: again } },
    )
}

/** Steps of a path such as `claim.holder.actors[1]`. */
function wayOf(field: string): string[] {
  return field.split(/[.[\]"]+/).filter((step) => step !== '')
}

/** The field of a report whose value is an id that was refused. */
function fieldNaming(value: unknown, id: unknown, way = ''): string | undefined {
  if (typeof id !== 'string') return undefined
  if (value === id) return way
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = fieldNaming(inner, id, way === '' ? key : `${way}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
