/** Instants and windows as a sentence has them: `on 12 November 2015 between 12:00 and 20:00`. */
import type { WindowText } from '../index.js'
import type { When } from './when.js'

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

interface Moment {
  readonly day: string
  readonly time: string
}

/** `12 November 2015, 21:00`. */
export function momentWords(iso: string, when: When): string {
  const { day, time } = moment(iso, when)
  return `${day}, ${time}`
}

/** A half-open window in which something lies. */
export function windowInWords(window: WindowText, when: When): string {
  const { from, to } = window
  if (from === null)
    return to === null ? 'at a time not known' : `by ${momentWords(lastOf(to), when)}`
  const first = moment(from, when)
  if (to === null) return `after ${first.day}, ${first.time}`
  if (Date.parse(to) - Date.parse(from) === 1) return `on ${first.day} at ${first.time}`
  if (first.time === '00:00' && moment(to, when).time === '00:00') {
    const { day } = moment(lastOf(to), when)
    return day === first.day ? `on ${day}` : `between ${first.day} and ${day}`
  }
  const last = moment(tidy(to), when)
  return last.day === first.day
    ? `on ${first.day} between ${first.time} and ${last.time}`
    : `between ${first.day}, ${first.time}, and ${last.day}, ${last.time}`
}

function moment(iso: string, when: When): Moment {
  const told = when.instant(iso)
  const [, year = '', month = '', day = '', time = ''] =
    /^(-?\+?\d+)-(\d\d)-(\d\d) (.+)$/.exec(told) ?? []
  return { day: `${Number(day)} ${MONTHS[Number(month) - 1]} ${year.replace(/^0+/, '')}`, time }
}

/** The last instant of a window that is not one of whole minutes is told as the one before its end. */
const tidy = (to: string): string => (Date.parse(to) % 60_000 === 0 ? to : lastOf(to))
const lastOf = (to: string): string => new Date(Date.parse(to) - 1).toISOString()
