/** One pass over mapped rows, to check them or to append them: some at a time, counted, stopped by a signal. */
import type { RashomonError } from '../../errors.js'
import type { MappedRow } from './rows.js'

export interface Progress {
  readonly phase: 'check' | 'append'
  /** Bytes that were read in this phase of the files as they lie there. */
  readonly bytes: number
  readonly rows: number
  readonly reports: number
}

/** Rows that are checked, or handed on, at once. */
const AT_ONCE = 500

/**
 * Hands on rows as what each makes, in order, some at a time; whether the signal came before the
 * end.
 */
export async function through(
  batches: AsyncIterable<readonly MappedRow[]>,
  signal: AbortSignal | undefined,
  take: (rows: readonly (readonly MappedRow[])[]) => Promise<void>,
): Promise<boolean> {
  for await (const batch of batches) {
    const rows = byRow(batch)
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      if (signal?.aborted) return true
      await take(rows.slice(from, from + AT_ONCE))
    }
  }
  return signal?.aborted === true
}

function byRow(batch: readonly MappedRow[]): MappedRow[][] {
  const rows: MappedRow[][] = []
  for (const one of batch) {
    const last = rows.at(-1)
    if (last?.[0]?.row === one.row && last[0].file === one.file) last.push(one)
    else rows.push([one])
  }
  return rows
}

/** Counts what goes by, and tells it. */
export function counter(
  phase: Progress['phase'],
  onProgress: ((progress: Progress) => void) | undefined,
) {
  let [bytes, rows, reports] = [0, 0, 0]
  const tell = () => onProgress?.({ phase, bytes, rows, reports })
  return {
    get rows() {
      return rows
    },
    add(more: number) {
      reports += more
    },
    hooks: (onBad: ((bad: RashomonError) => void) | undefined) => ({
      onBad,
      onBytes: (more: number) => {
        bytes += more
        tell()
      },
      onRows: (more: number) => {
        rows += more
        tell()
      },
    }),
  }
}
