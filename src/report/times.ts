/** The three clocks as a person writes them, and the pairs of times that cannot both be. */
import { RashomonError } from '../errors.js'
import { everydayTime } from '../time/everyday.js'
import { readEnd, readPublished, readTime } from '../time/read.js'
import type { SaidEnd, SaidTime } from '../time/said.js'
import { canonical, inOrder } from './canonical.js'
import type { Memory, Read } from './house.js'
import { refuse } from './issues.js'
import type { ClaimKind } from './kind.js'
import type { Remembered } from './remembered.js'
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

export interface TimesRead {
  readonly start: Read<SaidTime> | undefined
  readonly end: Read<SaidEnd> | undefined
  readonly published: Read<SaidTime> | undefined
}

/** Reads a report's `when`, `until` and `published`, each where it is given. */
export function readTimes(input: JsonRecord, zoned: ZoneRules, memory: Memory): TimesRead {
  const { when, until, published } = input
  return {
    start:
      everyday(when, zoned) ??
      remembered(memory.starts, when, zoned, () => timeRead(readStart(when!, ['when'], zoned))),
    end: remembered(memory.ends, until, zoned, () => endRead(readUntil(until!, ['until'], zoned))),
    published:
      everyday(published, zoned) ??
      remembered(memory.publications, published, zoned, () =>
        timeRead(readPublication(published!, ['published'], zoned)),
      ),
  }
}

/** A time in an everyday wording, which has both its bounds. */
function everyday(value: Json | undefined, zoned: ZoneRules): Read<SaidTime> | undefined {
  const said = typeof value === 'string' ? everydayTime(value, zoned) : null
  return said === null ? undefined : { value: said, text: everydayText(said) }
}

/** Its canonical text; an everyday wording and a zone's name stand in JSON as they are. */
function everydayText({ from, granule, rules, to, wording, zone }: SaidTime): string {
  const edition = rules === undefined ? '' : `"rules":${canonical(rules)},`
  return `{"from":${from},"granule":"${granule}",${edition}"to":${to},"wording":"${wording}","zone":"${zone}"}`
}

function remembered<Said>(
  memory: Remembered<Read<Said>>,
  value: Json | undefined,
  zoned: ZoneRules,
  read: () => Read<Said>,
): Read<Said> | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'string') return read()
  const known = memory.of(value, zoned.zone, read)
  return { value: { ...known.value }, text: known.text }
}

/** A time with its fields in canonical order. */
export function timeRead(said: SaidTime): Read<SaidTime> {
  return { value: inOrder(said), text: canonical(said) }
}

function endRead(said: SaidEnd): Read<SaidEnd> {
  return { value: inOrder(said), text: canonical(said) }
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

/**
 * Refuses an end, and the mark of what is foretold, where the claim takes neither.
 *
 * @throws `invalid-report`
 */
export function checkEndless(
  kind: Pick<ClaimKind<object>, 'endless'>,
  { claim, end }: Times & { readonly claim: Claim },
): void {
  if (end === undefined && claim.expected === undefined) return
  const what = kind.endless(claim)
  if (what === null) return
  if (end !== undefined)
    throw refuse(['until'], `is said of ${what}, which has no end; no such field would be right`)
  throw refuse(
    ['claim', 'expected'],
    `is said of ${what}, which is of what has been; no such field would be right`,
  )
}

function impossible(field: string, message: string): RashomonError {
  return new RashomonError('invalid-time', `${field}: ${message}`, { place: { field } })
}
