/**
 * Zones: from what the clocks of a place show to instants, and which names there are.
 *
 * A local time is a number of local milliseconds (civil.ts). It has no instant where clocks
 * were put forward, two where they were put back, so the answers are sets, or the narrowest
 * interval round them.
 */
import { Temporal } from 'temporal-polyfill'
import { DAY } from './civil.js'
import { BEGIN, END, type Instant, instant } from './instant.js'
import { type Asked, refuse } from './refusal.js'
import type { Window } from './window.js'

/** A stretch `[from, to)` through which a zone's offset is the same; `offset` in milliseconds. */
interface Stretch {
  readonly from: Instant
  readonly to: Instant
  readonly offset: number
}

export interface Zone {
  /** `UTC`, an offset such as `+02:00`, or an IANA name in its usual case. */
  readonly name: string
  /** Whether it is a named zone, whose rules change from edition to edition. */
  readonly named: boolean
  /** The stretches near a local day (days since 1970), in order, the outer two without end. */
  readonly stretches: (day: number) => readonly Stretch[]
}

const FURTHEST = 8_640_000_000_000_000
const DAYS_KEPT = 50_000
const NAMES_KEPT = 2_000

const constant = (offset: number): readonly Stretch[] => [{ from: BEGIN, to: END, offset }]

function fixed(name: string, offset: number): Zone {
  const stretches = constant(offset)
  return { name, named: false, stretches: () => stretches }
}

export const UTC: Zone = fixed('UTC', 0)

function at(zone: string, milliseconds: number): Temporal.ZonedDateTime {
  const within = Math.max(-FURTHEST, Math.min(FURTHEST, milliseconds))
  return Temporal.Instant.fromEpochMilliseconds(within).toZonedDateTimeISO(zone)
}

/** Offsets from two days before a local day to two days after it; no clock is further from UTC. */
function stretchesNear(zone: string, day: number): readonly Stretch[] {
  const end = at(zone, (day + 3) * DAY)
  let here = at(zone, (day - 2) * DAY)
  if (here.offsetNanoseconds === end.offsetNanoseconds)
    return constant(here.offsetNanoseconds / 1e6)
  const stretches: Stretch[] = []
  let from = BEGIN
  for (;;) {
    const next = here.getTimeZoneTransition('next')
    const last = next === null || next.epochMilliseconds > end.epochMilliseconds
    const to = last ? END : instant(next.epochMilliseconds)
    stretches.push({ from, to, offset: here.offsetNanoseconds / 1e6 })
    if (last) return stretches
    from = to
    here = next
  }
}

function namedZone(name: string): Zone {
  const known = new Map<number, readonly Stretch[]>()
  const usual = new Map<number, readonly Stretch[]>()
  const stretches = (day: number) => {
    let found = known.get(day)
    if (found !== undefined) return found
    found = stretchesNear(name, day)
    if (found.length === 1) {
      const offset = found[0]!.offset
      found = usual.get(offset) ?? found
      usual.set(offset, found)
    }
    if (known.size >= DAYS_KEPT) known.clear()
    known.set(day, found)
    return found
  }
  return { name, named: true, stretches }
}

/** The instants at which the clocks of a zone show a local time, in order: none, one or two. */
export function instantsAt(zone: Zone, local: number): Instant[] {
  const found: Instant[] = []
  for (const { from, to, offset } of zone.stretches(Math.floor(local / DAY))) {
    const candidate = instant(local - offset)
    if (from <= candidate && candidate < to) found.push(candidate)
  }
  return found
}

/**
 * The narrowest interval that holds every instant at which the clocks show a local time in
 * `[from, to)`; `null` where they show none of them, as on a day that a zone left out.
 */
export function hull(zone: Zone, local: { from: number; to: number }): Window | null {
  const shown = (near: number) =>
    zone
      .stretches(Math.floor(near / DAY))
      .map(({ from, to, offset }) => ({
        from: instant(Math.max(from, local.from - offset)),
        to: instant(Math.min(to, local.to - offset)),
      }))
      .filter(({ from, to }) => from < to)
  const from = Math.min(...shown(local.from).map((part) => part.from))
  const to = Math.max(...shown(local.to - 1).map((part) => part.to))
  return from < to && Number.isFinite(from) && Number.isFinite(to)
    ? { from: instant(from), to: instant(to) }
    : null
}

/** The local times on either side of one that the clocks skipped: the last shown before, the first after. */
export function besideSkipped(zone: Zone, local: number): { before: number; after: number } {
  const stretches = zone.stretches(Math.floor(local / DAY))
  const next = stretches.findIndex(({ from, offset }) => local < from + offset)
  const [earlier, later] = [stretches[next - 1], stretches[next]]
  if (earlier === undefined || later === undefined) return { before: local, after: local }
  return { before: earlier.to + earlier.offset - 1, after: later.from + later.offset }
}

const OFFSET = /^([+-])(\d{2})(?::?(\d{2}))?$/

/**
 * The zone of a fixed offset: `Z`, `+02:00` or `+02`.
 *
 * @throws the code of `asked` for `-00:00` and for offsets of 16 hours and more.
 */
export function offsetZone(text: string, asked: Asked): Zone {
  if (text === 'Z') return UTC
  const [, sign, hours = '', minutes = '00'] = OFFSET.exec(text) ?? []
  if (sign === undefined || Number(hours) > 15 || Number(minutes) > 59)
    refuse(asked, text, {
      reason: 'offset',
      because:
        'is no offset that clocks have had; offsets run from -15:59 to +15:59, as in "+02:00"',
    })
  const size = Number(hours) * 60 + Number(minutes)
  if (sign === '-' && size === 0)
    refuse(asked, text, {
      reason: 'offset',
      because: 'says that the offset is not known; write Z or "+00:00" for UTC, else name the zone',
    })
  return fixed(`${sign}${hours}:${minutes}`, (sign === '-' ? -size : size) * 60_000)
}

/** How alike two names are: twice the shared pairs of letters, over all of them. */
function likeness(a: string, b: string): number {
  const pairs = (text: string) => {
    const letters = text.toLowerCase().replace(/[^a-z0-9]/g, '')
    return new Set(
      Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)),
    )
  }
  const [left, right] = [pairs(a), pairs(b)]
  let shared = 0
  for (const pair of left) if (right.has(pair)) shared++
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size)
}

/** IANA's names of today that some editions of ICU list by the older ones alone. */
const RENAMED =
  'Africa/Asmara America/Nuuk Asia/Ho_Chi_Minh Asia/Kathmandu Asia/Kolkata Asia/Yangon Atlantic/Faroe Europe/Kyiv'

function nearestNames(text: string): string[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), ...RENAMED.split(' ')])
  const scored = [...names].map((name) => {
    const city = name.slice(name.lastIndexOf('/') + 1)
    return { name, score: Math.max(likeness(text, name), likeness(text, city)) }
  })
  const best = Math.max(0.4, ...scored.map(({ score }) => score))
  return scored
    .filter(({ score }) => score >= 0.8 * best)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}

const NAME = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/

function namedOrNull(text: string): Zone | null {
  // ICU knows names of its own beside IANA's.
  if (!NAME.test(text) || /^systemv\//i.test(text)) return null
  if (text.toUpperCase() === 'UTC') return UTC
  try {
    return namedZone(at(text, 0).timeZoneId)
  } catch {
    return null
  }
}

const zones = new Map<string, Zone>()

/** The zone of a name that was looked up before. */
export function knownZone(text: string): Zone | undefined {
  return zones.get(text)
}

/**
 * The zone of a name in any case, of `UTC`, or of an offset.
 *
 * @throws the code of `asked`, with the nearest names there are as `nearest`.
 */
export function zoneOf(text: string, asked: Asked): Zone {
  const known = zones.get(text)
  if (known !== undefined) return known
  let zone = OFFSET.test(text) ? offsetZone(text, asked) : namedOrNull(text)
  if (zone === null) {
    const nearest = text.length <= 64 ? nearestNames(text) : []
    refuse(asked, text, {
      reason: 'zone',
      because: `is no zone; ${nearest.length > 0 ? `nearest: ${nearest.join(', ')}` : 'an IANA name ("Asia/Damascus"), UTC or an offset ("+02:00") would be'}`,
      nearest,
    })
  }
  if (zones.size >= NAMES_KEPT) zones.clear()
  zone = zones.get(zone.name) ?? zone
  zones.set(zone.name, zone)
  zones.set(text, zone)
  return zone
}

/**
 * A zone's name as it is kept: IANA names in their usual case, `UTC`, or an offset as `+02:00`.
 *
 * @throws `invalid-time` when there is no such zone, with the nearest names.
 */
export function checkZone(zone: string, field = 'zone'): string {
  const asked: Asked = { field, code: 'invalid-time' }
  if (typeof zone !== 'string')
    refuse(asked, zone, {
      reason: 'not-text',
      because: 'is no zone; an IANA name ("Asia/Damascus"), UTC or an offset ("+02:00") would be',
    })
  return zoneOf(zone, asked).name
}
