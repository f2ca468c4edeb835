/** What SQLite's failures mean to a caller of the log. */

import { type ErrorCode, RashomonError } from '../errors.js'

const MEANING: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  BUSY: ['log-busy', 'another writer holds the log; try again'],
  LOCKED: ['log-busy', 'another writer holds the log; try again'],
  FULL: ['log-full', 'no room on the disk; make room and append again, reads go on'],
  READONLY: ['log-readonly', 'the log cannot be written; open it where its file may be written'],
  CORRUPT: ['log-damaged', 'the file is damaged; run doctor, and restore a copy'],
  NOTADB: ['log-damaged', 'the file is damaged; run doctor, and restore a copy'],
}

/** Failures of a finer code that mean something other than their family. */
const FINER: Readonly<Record<string, string>> = {
  // The shared-memory file beside the log could not grow.
  SQLITE_IOERR_SHMSIZE: 'FULL',
}

/** Whether `error` was thrown by SQLite, e.g. with code `SQLITE_IOERR_FSYNC`. */
function isSqlite(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && /^SQLITE_/.test(String(error.code))
}

/**
 * The typed failure of a log at `file`; what is not SQLite's comes back as it is. Anything that
 * has no better word is `log-failed`.
 */
export function failure(error: unknown, file: string): unknown {
  if (!isSqlite(error)) return error
  const family = FINER[error.code] ?? error.code.split('_')[1] ?? ''
  const [code, words] = MEANING[family] ?? [
    'log-failed',
    'the store failed; the log takes no more writes until it is opened again',
  ]
  return new RashomonError(code, `${file}: ${words} (${error.code}: ${error.message})`, {
    place: { file },
    data: { sqlite: error.code },
    cause: error,
  })
}
