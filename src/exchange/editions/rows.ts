/** Files that are editions of one list, as rows to append: the seam to the import of CSV. */

import type { Timeline } from '../../index.js'
import { type MappedRow, mappedRows, type RowSource, type RowsOptions } from '../csv/rows.js'
import { type EditionTally, planEditions } from './plan.js'

export interface Editions {
  /** What the files add to the log as it was when they were read. */
  readonly open: RowSource
  /** In the order of publication. */
  readonly editions: readonly EditionTally[]
}

/**
 * Reads the files of a mapping that says `editions`, all of them before anything is appended. A bad
 * row cannot be passed over: it would be missing from its edition, and so withdrawn.
 *
 * @throws as `mappedRows` and `planEditions`.
 */
export async function readEditions(
  timeline: Timeline,
  options: RowsOptions & { readonly mapping: { readonly editions?: string | undefined } },
): Promise<Editions> {
  const rows: MappedRow[] = []
  let [bytes, read] = [0, 0]
  const hooks = {
    onBytes: (more: number) => {
      bytes += more
      options.onBytes?.(more)
    },
    onRows: (more: number) => {
      read += more
      options.onRows?.(more)
    },
  }
  const { onBad: _, ...asked } = options
  for await (const batch of mappedRows({ ...asked, ...hooks })) rows.push(...batch)
  const plan = await planEditions(timeline, rows, {
    prefix: options.mapping.editions ?? '',
    rowOf: ({ derived: _derived, ...like }: MappedRow, report): MappedRow => ({ ...like, report }),
  })
  return {
    editions: plan.editions,
    async *open({ onBytes, onRows }) {
      onBytes?.(bytes)
      onRows?.(read)
      yield plan.rows
    },
  }
}
