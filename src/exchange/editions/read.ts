/**
 * The rows of editions as the log would hold them. A timeline apart, in memory, is asked: how a
 * report is read is the engine's to say, and not worked out here again.
 */
import { isRashomonError, openTimeline, type Report, type Timeline } from '../../index.js'
import { type MappedRow, placedAt } from '../csv/rows.js'
import { type Form, formOf } from './form.js'

/** A report that a row made, and where the row stands. */
export type EditionRow = Pick<MappedRow, 'file' | 'row' | 'report' | 'columnsOf'>

export interface ReadRow<R extends EditionRow> {
  readonly row: R
  readonly id: string
  /** But for its id. */
  readonly stored: Report
  readonly form: Form
}

const TOGETHER = 1000

/**
 * Rows with their reports as they would be stored, in order.
 *
 * @throws what the door refuses, with file and row.
 */
export async function readRows<R extends EditionRow>(rows: readonly R[]): Promise<ReadRow<R>[]> {
  const timeline = await openTimeline({ log: ':memory:' })
  const read: ReadRow<R>[] = []
  const known = new Map<string, Pick<ReadRow<R>, 'stored' | 'form'>>()
  try {
    for (let from = 0; from < rows.length; from += TOGETHER) {
      const some = rows.slice(from, from + TOGETHER)
      const before = timeline.head
      const receipts = await tried(timeline, some)
      for (const { id, report, citation } of timeline.reports({ after: before }))
        known.set(id, { stored: report, form: formOf(report, citation) })
      for (const [i, { id }] of receipts.entries())
        read.push({ row: some[i]!, id: String(some[i]!.report.id), ...known.get(id)! })
    }
    return read
  } finally {
    await timeline.close()
  }
}

/** Rows of several editions have one id and differ: here each has the id of its content. */
async function tried(timeline: Timeline, rows: readonly EditionRow[]) {
  try {
    const reports = rows.map(({ report: { id: _id, ...report } }) => report)
    return (await timeline.record(reports, { register: true })).receipts
  } catch (error) {
    if (!isRashomonError(error)) throw error
    const row = rows[error.place.report ?? 0]
    throw row === undefined ? error : placedAt(error, row)
  }
}
