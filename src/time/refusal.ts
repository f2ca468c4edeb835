/**
 * How a time is refused: the field, the value, what was wrong with it and what would be right,
 * with the reason's name and, where there is one, a form that would be read.
 */
import { RashomonError } from '../errors.js'

export type Reason =
  | 'not-text'
  | 'too-long'
  | 'blank'
  | 'unrecognised'
  | 'spelling'
  // forms that exist elsewhere and are not taken here
  | 'season'
  | 'decade'
  | 'century'
  | 'set'
  | 'unspecified-digits'
  | 'uncertain'
  | 'uncertain-and-about'
  | 'about-a-part'
  | 'exponential-year'
  | 'significant-digits'
  | 'duration'
  | 'repeating'
  | 'week-date'
  | 'ordinal-date'
  | 'basic-format'
  | 'date-order'
  | 'bare-number'
  | 'clock-without-date'
  | 'clock-without-minutes'
  | 'date-with-offset'
  | 'words'
  // what does not exist, or cannot be told
  | 'no-such-date'
  | 'no-such-clock-time'
  | 'skipped'
  | 'twice'
  | 'too-fine'
  | 'out-of-range'
  | 'offset'
  | 'zone'
  | 'no-zone'
  | 'backwards'
  | 'empty-window'
  // bounds that the field does not take
  | 'open'
  | 'unknown'
  | 'unbounded'
  | 'range'
  | 'about'

/** Who asks: the field named in what is refused, and the code it is refused under. */
export interface Asked {
  readonly field: string
  readonly code: 'invalid-time' | 'invalid-reading'
}

/** Bounds that would be read, and the words to keep beside them. */
export interface Suggestion {
  readonly bounds: string
  readonly words?: string
}

export interface Refused {
  readonly reason: Reason
  /** What was wrong and what would be right, to follow the value. */
  readonly because: string
  readonly suggest?: Suggestion
  /** Names that there are, where one was not found. */
  readonly nearest?: readonly string[]
}

/** The value as it is shown in an error: quoted, and cut where it is long. */
export function quote(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}…` : value)
  if (value === null || value === undefined) return String(value)
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : String(value)
}

/**
 * Refuses a value; `data` carries the reason's name as `refused` and what to write as `suggest`.
 *
 * @throws the code of `asked`, always.
 */
export function refuse(asked: Asked, value: unknown, refused: Refused): never {
  const { reason, because, suggest, nearest } = refused
  throw new RashomonError(asked.code, `${asked.field}: ${quote(value)} ${because}`, {
    place: { field: asked.field },
    data: { refused: reason, ...(suggest && { suggest }), ...(nearest && { nearest }) },
  })
}
