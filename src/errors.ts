/**
 * Every failure a caller can meet: one class, a closed union of codes, a guard.
 *
 * The category says whose turn it is: `caller` (mend the input), `conflict` (the log holds
 * something else; look and decide), `store` (the log itself could not do it).
 */

const CATEGORY = {
  'invalid-json': 'caller',
  'invalid-csv': 'caller',
  'invalid-mapping': 'caller',
  'invalid-report': 'caller',
  'invalid-time': 'caller',
  'too-large': 'caller',
  'unknown-name': 'caller',
  'unknown-report': 'caller',
  unauthorised: 'caller',
  'batch-closed': 'caller',
  cycle: 'caller',
  'invalid-reading': 'caller',
  'token-mismatch': 'caller',
  'diff-mismatch': 'caller',
  'invalid-definition': 'caller',
  usage: 'caller',
  'id-taken': 'conflict',
  'condition-failed': 'conflict',
  'log-missing': 'caller',
  'log-foreign': 'store',
  'log-unsafe': 'store',
  'log-busy': 'store',
  'log-full': 'store',
  'log-failed': 'store',
  'log-damaged': 'store',
  'snapshot-failed': 'store',
  'log-closed': 'caller',
  'log-readonly': 'caller',
} as const

export type ErrorCode = keyof typeof CATEGORY
export type ErrorCategory = 'caller' | 'conflict' | 'store'

/** Where in the caller's input the fault lies; absent parts do not apply. */
export interface ErrorPlace {
  /** Index of the report among those appended together, from 0. */
  readonly report?: number
  readonly file?: string
  /** Line or row in the file, from 1. */
  readonly row?: number
  /** Column, from 1 in text or by name in a table. */
  readonly column?: number | string
  /** Path of the field, as in `claim.holder.actors[1]`. */
  readonly field?: string
}

export interface ErrorDetails {
  readonly place?: ErrorPlace
  /** Plain JSON that belongs to the code, e.g. `nearest` of `unknown-name`. */
  readonly data?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

export class RashomonError extends Error {
  override readonly name = 'RashomonError'
  readonly code: ErrorCode
  readonly category: ErrorCategory
  readonly place: ErrorPlace
  readonly data: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.category = CATEGORY[code]
    this.place = details.place ?? {}
    this.data = details.data ?? {}
  }

  /** The same failure, with more known about its place. */
  at(place: ErrorPlace): RashomonError {
    return new RashomonError(this.code, this.message, {
      place: { ...place, ...this.place },
      data: this.data,
      cause: this.cause,
    })
  }
}

/** Whether `error` is one of ours and, where `code` is given, of that code. */
export function isRashomonError(error: unknown, code?: ErrorCode): error is RashomonError {
  return error instanceof RashomonError && (code === undefined || error.code === code)
}
