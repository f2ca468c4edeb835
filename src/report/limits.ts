/** How large what comes in may be; each can be set lower or higher when a timeline is opened. */
export interface Limits {
  /** Bytes of a report in canonical form. */
  readonly report: number
  /** Bytes of one string, in UTF-8. */
  readonly string: number
  readonly depth: number
  /** Keys of one object, and items of one array. */
  readonly keys: number
  readonly vertices: number
  /** Reports appended together by `record`. */
  readonly reports: number
  /** Bytes of one document handed to `record`. */
  readonly body: number
}

export const LIMITS: Limits = {
  report: 64 * 1024,
  string: 16 * 1024,
  depth: 32,
  keys: 512,
  vertices: 10_000,
  reports: 1_000,
  body: 1024 * 1024,
}
