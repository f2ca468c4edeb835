/** The three clocks as a person writes them, and the pairs of times that cannot both be. */
import { RashomonError } from '../errors.js'
import { readEnd, readPublished, readTime } from '../time/read.js'
import type { SaidEnd, SaidTime } from '../time/said.js'
import { refuse } from './issues.js'
import { fieldOf, type Path } from './show.js'
import type { Claim, Json, JsonRecord, Timed } from './types.js'

export interface Times {
  readonly start?: SaidTime
  readonly end?: SaidEnd
  readonly published?: SaidTime
}

export interface ZoneRules {
  /** Zone in which local times are read, where one is known. */
  readonly zone: string | undefined
  /** Edition of the zone rules. */
  readonly rules: string
}

/** Reads `when`, `until` and `published`, each where it is given. */
export function readTimes(input: JsonRecord, path: Path, zoned: ZoneRules): Times {
  const { when, until, published } = input
  return {
    ...(when === undefined ? {} : { start: readStart(when, [...path, 'when'], zoned) }),
    ...(until === undefined ? {} : { end: readUntil(until, [...path, 'until'], zoned) }),
    ...(published === undefined
      ? {}
      : { published: readPublication(published, [...path, 'published'], zoned) }),
  }
}

export function readStart(value: Json, path: Path, zoned: ZoneRules): SaidTime {
  return readTime(value, optionsOf(path, zoned))
}

export function readUntil(value: Json, path: Path, zoned: ZoneRules): SaidEnd {
  return readEnd(value, optionsOf(path, zoned))
}

export function readPublication(value: Json, path: Path, zoned: ZoneRules): SaidTime {
  return readPublished(value, optionsOf(path, zoned))
}

function optionsOf(path: Path, { zone, rules }: ZoneRules) {
  return { field: fieldOf(path), rules, ...(zone === undefined ? {} : { zone }) }
}

/**
 * Refuses times that no world holds together: a start told before it came, an end that is over
 * before the start, a stretch without both its bounds.
 *
 * @throws `invalid-time`, `invalid-report`
 */
export function checkTimes(form: Times & { readonly claim: Claim }): void {
  const { start, end, published } = form
  const { throughout, expected } = form.claim as Timed
  if (throughout === true && (start === undefined || start.from === null || start.to === null))
    throw refuse(
      ['claim', 'throughout'],
      'is said of no stretch; a `when` with both bounds would be right',
    )
  const from = start?.from ?? null
  if (from === null) return
  const spoke = published?.to == null ? null : published.to - 1
  if (spoke !== null && from > spoke && expected !== true)
    throw impossible(
      'when',
      'lies wholly after the publication; an earlier time would be right, or `expected: true` in the claim of what is foretold',
    )
  if (end?.end === 'at' && end.to !== null && end.to - 1 <= from)
    throw impossible('until', 'is over before `when` begins; a later end would be right')
  if (end?.end === 'unknown' && spoke !== null && spoke <= from)
    throw impossible(
      'until',
      'is unknown and so no later than the publication, before which `when` has not begun; an end or `..` would be right',
    )
}

function impossible(field: string, message: string): RashomonError {
  return new RashomonError('invalid-time', `${field}: ${message}`, { place: { field } })
}
