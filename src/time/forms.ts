/**
 * Names the form of a text that is no time here, and says what would be right instead: forms of
 * ISO 8601 and of everyday writing. Nothing here makes bounds.
 */
import { DAY, dateOf, localStart, printDate } from './civil.js'
import { nameEdtf, nameSigns, SIGNS_ALONE } from './edtf-forms.js'
import type { Refused } from './refusal.js'
import { respell } from './spelling.js'
import { nameWords } from './words.js'

/** Whether a text is a time by the grammar; suggestions are put to it before they are made. */
export type Reads = (text: string) => boolean

const UNRECOGNISED: Refused = {
  reason: 'unrecognised',
  because:
    'is no time; "2015-11-12T12:00+02:00", "2015-11-12", "2015-11" or "2015" would be, or `A/B` for somewhere from A to B',
}

/** How a text that the grammar does not take is refused. */
export function nameForm(text: string, reads: Reads): Refused {
  return (
    nameKeyword(text) ??
    nameSpelling(text, reads) ??
    nameIso(text, reads) ??
    nameEdtf(text) ??
    nameSigns(text) ??
    (SIGNS_ALONE.test(text) || !/\p{L}/u.test(text) ? UNRECOGNISED : nameWords(text))
  )
}

function nameKeyword(text: string): Refused | null {
  if (text.trim() === '')
    return { reason: 'blank', because: 'is blank; leave the field out, or give a time' }
  if (text === '..' || text === 'open')
    return {
      reason: 'open',
      because: 'is an open end; ".." stands in `until`, or on one side of `A/B`',
    }
  if (text === 'unknown')
    return {
      reason: 'unknown',
      because: 'is for an end in `until`; a start that is not known is left out',
    }
  return null
}

function nameSpelling(text: string, reads: Reads): Refused | null {
  const spelled = respell(text)
  if (spelled === text || !reads(spelled)) return null
  return {
    reason: 'spelling',
    because: `is not spelled as ISO 8601 has it; "${spelled}" is`,
    suggest: { bounds: spelled },
  }
}

function written(bounds: string | null, reads: Reads): Pick<Refused, 'suggest'> {
  return bounds?.split('/').every(reads) ? { suggest: { bounds } } : {}
}

/** ` , as in "…"`, where there is a form to show. */
function asIn({ suggest }: Pick<Refused, 'suggest'>): string {
  return suggest ? `, as in "${suggest.bounds}"` : ''
}

const BASIC = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d(?:\d\d)?)?)?$/
const YEAR_FIRST = /^(\d{4})([./-])(\d{1,2})\2(\d{1,2})$/
const YEAR_LAST = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)$/
const HOUR_ALONE = /^(.{1,13}T)(\d\d)(Z|[+-]\d\d:\d\d)?~?$/
const DATE_OFFSET = /^(-?\d{4}(?:-\d\d){0,2})(Z|\+\d\d(?::?\d\d)?|-\d\d:\d\d)~?$/

/** Forms of ISO 8601, and of everyday writing, that `edtf` does not know. */
function nameIso(text: string, reads: Reads): Refused | null {
  if (/^[+-]?P(?=[\dT])[\dYMWDTHS.,]+$/i.test(text))
    return {
      reason: 'duration',
      because: 'is a duration; `A/B` always means somewhere from A to B, so write both as times',
    }
  if (/^R\d*\//.test(text))
    return { reason: 'repeating', because: 'repeats; give each time a report of its own' }
  const week = /^(\d{4})-?W(\d\d)(?:-?(\d))?~?$/.exec(text)
  if (week) {
    const means = written(weekDate(Number(week[1]), Number(week[2]), week[3]), reads)
    return {
      reason: 'week-date',
      because: `is a week date; write it in days${asIn(means)}`,
      ...means,
    }
  }
  const ordinal = /^(-?\d{4})-(\d{3})~?$/.exec(text)
  if (ordinal) {
    const means = written(dayOfYear(Number(ordinal[1]), Number(ordinal[2])), reads)
    return {
      reason: 'ordinal-date',
      because: `is an ordinal date; write month and day${asIn(means)}`,
      ...means,
    }
  }
  const basic = BASIC.exec(text)
  const extended = basic && extend(basic)
  if (extended && reads(extended))
    return {
      reason: 'basic-format',
      because: `is in the basic format; write "${extended}"`,
      suggest: { bounds: extended },
    }
  const hour = HOUR_ALONE.exec(text)
  if (hour) {
    const [, day = '', of = '', offset = ''] = hour
    const means = written(`${day}${of}:00${offset}/${day}${of}:59${offset}`, reads)
    return {
      reason: 'clock-without-minutes',
      because: `gives an hour without minutes; write the minute, or the hour as a range${asIn(means)}`,
      ...means,
    }
  }
  if (/^T?\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?~?$/.test(text))
    return {
      reason: 'clock-without-date',
      because: 'is a clock time without its date; write both, as in "2015-11-12T11:30"',
    }
  const dated = DATE_OFFSET.exec(text)
  if (dated) {
    const means = written(`${dated[1]}[${dated[2] === 'Z' ? 'UTC' : dated[2]}]`, reads)
    return {
      reason: 'date-with-offset',
      because: `is a date with an offset; give the zone beside it or in brackets${asIn(means)}`,
      ...means,
    }
  }
  return nameNumbers(text, reads)
}

/** Dates in an order of their own, and numbers that count from some day. */
function nameNumbers(text: string, reads: Reads): Refused | null {
  const means = written(ordered(text), reads)
  if (YEAR_FIRST.test(text) || YEAR_LAST.test(text) || /^\d{1,2}[./]\d{4}$/.test(text))
    return {
      reason: 'date-order',
      because: `is not in the order of ISO 8601; write year, month and day with dashes${asIn(means)}`,
      ...means,
    }
  if (!/^[+-]?\d{5,}(?:\.\d+)?$/.test(text)) return null
  const count = Number(text) * (text.length < 12 ? 1000 : 1)
  const counted = text.length >= 9 && Math.abs(count) < 8.64e15
  const bounds = counted ? new Date(count).toISOString() : `Y${text.replace('+', '')}`
  const as = written(bounds, reads)
  return {
    reason: 'bare-number',
    because: `is a bare number; write a count of seconds or milliseconds as a date-time, and a long year after Y${asIn(as)}`,
    ...as,
  }
}

function ordered(text: string): string | null {
  const first = YEAR_FIRST.exec(text)
  const pad = (digits = '') => digits.padStart(2, '0')
  if (first) return `${first[1]}-${pad(first[3])}-${pad(first[4])}`
  const [, month, , year] = /^(\d{1,2})([./])(\d{4})$/.exec(text) ?? []
  if (month !== undefined) return `${year}-${pad(month)}`
  const last = YEAR_LAST.exec(text)
  if (last?.[4]?.length !== 4) return null
  const [a, b] = [Number(last[1]), Number(last[3])]
  // Only a number above 12 tells which of the two is the day.
  if (a > 12) return `${last[4]}-${pad(last[3])}-${pad(last[1])}`
  return b > 12 ? `${last[4]}-${pad(last[1])}-${pad(last[3])}` : null
}

function extend([, year, month, day, hour, minute, second, offset]: RegExpExecArray): string {
  const date = `${year}-${month}-${day}`
  if (hour === undefined) return date
  const colon = (offset ?? '').replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')
  return `${date}T${hour}:${minute}${second === undefined ? '' : `:${second}`}${colon}`
}

function dayOfYear(year: number, day: number): string | null {
  const date = dateOf(localStart({ year, month: 1, day }))
  return day > 0 && date.year === year ? printDate(date) : null
}

function weekDate(year: number, week: number, day: string | undefined): string | null {
  const fourth = localStart({ year, month: 1, day: 4 })
  // 1 January 1970 was a Thursday; weeks begin on Monday, and the first holds 4 January.
  const sinceMonday = (((fourth / DAY + 3) % 7) + 7) % 7
  const monday = fourth - sinceMonday * DAY + (week - 1) * 7 * DAY
  const thursday = dateOf(monday + 3 * DAY)
  if (week < 1 || thursday.year !== year) return null
  const on = (nth: number) => printDate(dateOf(monday + (nth - 1) * DAY))
  if (day === undefined) return `${on(1)}/${on(7)}`
  return Number(day) >= 1 && Number(day) <= 7 ? on(Number(day)) : null
}
