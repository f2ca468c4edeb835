/** What exports as CSV share: rows on their way out, and whom the export owes. */
import { Option } from '@commander-js/extra-typings'
import type { Cell } from '../exchange/cells.js'
import type { Credits } from '../exchange/credits.js'
import type { Wrote } from './out.js'

export const bomOption = () =>
  new Option('--bom', 'begin with a byte order mark, which Excel needs to read other scripts')

/** Rows made into text together. */
const TOGETHER = 200

export interface CsvOptions {
  readonly credits: Credits
  readonly bom: boolean
  /** Told now and then how many rows there were. */
  readonly onRows?: (rows: number) => void
}

/** The rows, the header first, as CSV; tells how many there were below it. */
export async function* csvPieces(
  rows: Iterable<readonly Cell[]>,
  { credits, bom, onRows = () => {} }: CsvOptions,
): AsyncGenerator<string, Wrote> {
  const { csvText } = await import('../exchange/cells.js')
  if (bom) yield '\uFEFF'
  let count = -1
  let held: (readonly Cell[])[] = []
  for (const row of rows) {
    held.push(row)
    count++
    if (held.length < TOGETHER) continue
    yield csvText(held)
    held = []
    onRows(count)
  }
  if (held.length > 0) yield csvText(held)
  return {
    document: { rows: count, credits: credits.all() },
    words: `${count} rows`,
    notes: await creditNotes(credits),
  }
}

/** Whom the export owes, and of whom that is not known, in lines for a person. */
export async function creditNotes(credits: Credits): Promise<string[]> {
  const { creditText } = await import('../exchange/credits.js')
  const all = credits.all()
  const owed = [...new Set(all.flatMap((each) => creditText(each) ?? []))]
  const silent = credits.silent().map(({ source }) => source)
  if (silent.length === 0) return owed.map((line) => `credit: ${line}`)
  const some = silent.slice(0, 5).join(', ') + (silent.length > 5 ? ', …' : '')
  return [
    ...owed.map((line) => `credit: ${line}`),
    `no licence and no credit line is entered for ${silent.length} of ${all.length} sources: ${some}`,
  ]
}
