/**
 * Cells of the tables that are written out: values of facets as text, and rows as CSV (RFC 4180)
 * in which nothing is a formula to a spreadsheet.
 */
import { stringify } from 'csv-stringify/sync'
import type { FacetValue } from '../index.js'

/** Numbers stay numbers, also negative ones; text that a spreadsheet would run gets a `'` before it. */
export type Cell = string | number

export function csvText(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows as Cell[][], { escape_formulas: true })
}

/** How a value that says nobody is written; an empty cell is a facet of which nothing is said. */
export const NONE = '(none)'
/** How it is written, among possible values, that the facet may be unsaid. */
export const UNSAID_CELL = '(unsaid)'

/**
 * Actors `a|b`, a holder `a|b (full)`, alternatives `a (full) or b`, a denial `not a|b`; what has no
 * such form as JSON.
 */
export function valueText(value: FacetValue | null): string {
  return value === null ? UNSAID_CELL : (saidText(value) ?? JSON.stringify(value))
}

function saidText(value: FacetValue): string | null {
  const list = idsText(value)
  if (list !== null) return list
  const { actors, extent } = holderIn(value)
  if (actors !== null) return extent === '' ? actors : `${actors} (${extent})`
  const [only, ...others] = Object.entries(
    (value ?? {}) as { readonly [field: string]: FacetValue },
  )
  if (only === undefined || others.length > 0) return null
  const [field, said] = only
  if (!Array.isArray(said) || said.length === 0) return null
  if (field === 'not') {
    const denied = idsText(said)
    return denied === null ? null : `not ${denied}`
  }
  const each: (string | null)[] = field === 'oneOf' ? said.map(saidText) : [null]
  return each.includes(null) ? null : each.join(' or ')
}

/** Who and how far, of a holder; `null` where the value is none. */
export function holderIn(value: FacetValue): {
  readonly actors: string | null
  readonly extent: string
} {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { actors: null, extent: '' }
  const { actors, extent, ...more } = value as { readonly [field: string]: FacetValue }
  const list = Object.keys(more).length === 0 && actors !== undefined ? idsText(actors) : null
  return { actors: list, extent: typeof extent === 'string' ? extent : '' }
}

/** Several values, `; ` between them. */
export function valuesText(values: readonly (FacetValue | null)[]): string {
  return values.map(valueText).join('; ')
}

/** Ids, `|` between them; one that could be misread is quoted as in JSON. */
export function listText(ids: readonly string[]): string {
  return ids.map((id) => (/[|;()"]|^not | or /.test(id) ? JSON.stringify(id) : id)).join('|')
}

function idsText(value: FacetValue): string | null {
  if (!Array.isArray(value)) return typeof value === 'string' ? value : null
  if (!value.every((id) => typeof id === 'string')) return null
  return value.length === 0 ? NONE : listText(value as readonly string[])
}

const DAY = 86_400_000

/** Milliseconds as days, to a few seconds. */
export function days(milliseconds: number): number {
  return Math.round((milliseconds / DAY) * 10_000) / 10_000
}
