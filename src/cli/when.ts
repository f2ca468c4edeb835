/**
 * Instants, windows and ages in words, in the zone that was asked for.
 */
import { RashomonError } from '../errors.js'
import type { WindowText } from '../index.js'

export interface When {
  /** Name of the zone everything is printed in. */
  readonly zone: string
  /** `2015-11-12 18:00`; seconds and milliseconds only where they are not nought. */
  instant(iso: string): string
  /** A half-open window: one instant, a day, or from a bound to a bound. */
  window(window: WindowText): string
  /** A bound of a stretch: at the last instant of a minute, the minute's end. */
  bound(iso: string): string
  /** A stretch of time; a bound at the last instant of a minute is told as the minute's end. */
  stretch(from: string | null, to: string | null): string
}

interface Fields {
  readonly date: string
  readonly time: string
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * Words in a zone: an IANA name, `UTC`, or a fixed offset such as `+02:00`; UTC unless given.
 *
 * @throws `usage` when there is no such zone.
 */
export function whenIn(zone = 'UTC'): When {
  const fields = reader(zone)
  const print = (at: number) => {
    const { date, time } = fields(at)
    return `${date} ${time}`
  }
  return {
    zone,
    instant: (iso) => print(Date.parse(iso)),
    window: (window) => windowWords(window, fields, print),
    bound: (iso) => print(wholeMinute(Date.parse(iso))),
    stretch: (from, to) => stretchWords(from, to, fields),
  }
}

function windowWords(
  window: WindowText,
  fields: (at: number) => Fields,
  print: (at: number) => string,
): string {
  if (window.from === null && window.to === null) return 'at any time'
  if (window.from === null) return `by ${print(lastOf(window.to as string))}`
  const from = Date.parse(window.from)
  if (window.to === null) return `from ${print(from)} on`
  const to = Date.parse(window.to)
  if (to - from === 1) return print(from)
  const first = fields(from)
  const midnight = (time: string) => time === '00:00'
  if (midnight(first.time) && midnight(fields(to).time)) {
    const last = fields(to - 1).date
    return last === first.date ? first.date : `${first.date} to ${last}`
  }
  const end = fields(tidyEnd(to))
  return end.date === first.date
    ? `${first.date} ${first.time}–${end.time}`
    : `${first.date} ${first.time} – ${end.date} ${end.time}`
}

function stretchWords(
  from: string | null,
  to: string | null,
  fields: (at: number) => Fields,
): string {
  const bound = (iso: string) => fields(wholeMinute(Date.parse(iso)))
  const words = ({ date, time }: Fields) => `${date} ${time}`
  if (from === null) return to === null ? 'at all times' : `until ${words(bound(to))}`
  const first = bound(from)
  if (to === null) return `from ${words(first)} on`
  const last = bound(to)
  return last.date === first.date
    ? `${words(first)}–${last.time}`
    : `${words(first)} – ${words(last)}`
}

const wholeMinute = (at: number): number => ((at + 1) % MINUTE === 0 ? at + 1 : at)

/** The bound itself where it is a whole minute, else the last instant before it. */
const tidyEnd = (to: number): number => (to % MINUTE === 0 ? to : to - 1)
const lastOf = (to: string): number => tidyEnd(Date.parse(to))

/** `9 hours`: rounded to the unit a person would use; below a minute `now`. */
export function ageWords(milliseconds: number): string {
  const count = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`
  const of = (unit: number) => Math.round(milliseconds / unit)
  if (milliseconds < MINUTE) return 'now'
  if (of(MINUTE) < 90) return count(of(MINUTE), 'minute')
  if (of(HOUR) < 48) return count(of(HOUR), 'hour')
  if (of(DAY) < 60) return count(of(DAY), 'day')
  if (of(DAY) < 730) return count(of(30.44 * DAY), 'month')
  return count(of(365.25 * DAY), 'year')
}

/** Reads the fields of a clock in a zone. */
function reader(zone: string): (at: number) => Fields {
  const offset = zone.match(/^([+-])(\d\d):(\d\d)$/)
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3])
    const shift = (offset[1] === '-' ? -1 : 1) * minutes * MINUTE
    return (at) => utcFields(at + shift)
  }
  if (zone === 'UTC' || zone === 'Z') return utcFields
  const shift = zoneShift(zone)
  return (at) => utcFields(at + shift(at))
}

/** Milliseconds that a zone's clocks are ahead of UTC at an instant. */
function zoneShift(zone: string): (at: number) => number {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    throw new RashomonError(
      'usage',
      `--zone: there is no zone ${JSON.stringify(zone)}; a name such as Asia/Damascus, UTC, or an offset such as +02:00 would be`,
    )
  }
  return (at) => {
    const whole = Math.floor(at / SECOND) * SECOND
    const parts = new Map(format.formatToParts(whole).map((part) => [part.type, part.value]))
    const field = (name: Intl.DateTimeFormatPartTypes) => Number(parts.get(name))
    const year = parts.get('era') === 'BC' ? 1 - field('year') : field('year')
    const local = new Date(0)
    local.setUTCFullYear(year, field('month') - 1, field('day'))
    local.setUTCHours(field('hour'), field('minute'), field('second'))
    return local.getTime() - whole
  }
}

function utcFields(at: number): Fields {
  const [date = '', clock = ''] = new Date(at).toISOString().split('T')
  const time = clock.replace(/Z$/, '').replace(/\.000$/, '')
  return { date, time: time.replace(/^(\d\d:\d\d):00$/, '$1') }
}
