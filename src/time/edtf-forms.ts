/**
 * Names forms of EDTF that are no times here. `edtf` recognises them; its bounds are not used.
 */
import { type Parsed, parse } from 'edtf'
import { dateOf, localStart, printMonth, printYear } from './civil.js'
import type { Refused } from './refusal.js'

/** Longer texts are no single date, and the parse of `edtf` is not linear. */
const LONGEST_EDTF = 64

/** Digits and what stands between them in a time, no words. */
export const SIGNS_ALONE = /^(?=.*\d)[-+\dTZXUYEWS:.,?~%[\]]*$/i

function recognised(text: string): Parsed | null {
  if (text.length > LONGEST_EDTF) return null
  try {
    // The draft of 2012 wrote unspecified digits as `u`.
    return parse(/^[-\duxX?~%]+$/.test(text) ? text.replace(/[ux]/g, 'X') : text)
  } catch {
    return null
  }
}

/** Forms of EDTF that are no times here. */
export function nameEdtf(text: string): Refused | null {
  const form = recognised(text) ?? recognised(text.replace(/[?~%]$/, ''))
  if (form === null) return null
  const plain = text.replace(/[?~%]/g, '').replace(/[ux]/g, 'X')
  switch (form.type) {
    case 'Season':
      return nameSeason(plain)
    case 'Decade':
      return nameSpan('decade', Number(plain) * 10, 9)
    case 'Century':
      return nameSpan('century', Number(plain) * 100, 99)
    case 'Set':
    case 'List':
      return SET
    case 'Year':
      return plain.includes('S') ? SIGNIFICANT : EXPONENTIAL
    case 'Interval':
      return null
    case 'Date':
      if (form.unspecified) return nameUnspecified(plain)
      if (form.uncertain) return form.approximate ? BOTH : UNCERTAIN
      return form.approximate ? A_PART : null
  }
}

const SET: Refused = {
  reason: 'set',
  because: 'is a set of dates (EDTF); give the span that holds them as `A/B`, or a report for each',
}
const SIGNIFICANT: Refused = {
  reason: 'significant-digits',
  because: 'counts significant digits (EDTF); give the span of years as `A/B`',
}
const EXPONENTIAL: Refused = {
  reason: 'exponential-year',
  because: 'is an exponential year (EDTF); write its digits out, as in "Y-12345"',
}
const UNCERTAIN: Refused = {
  reason: 'uncertain',
  because:
    'is marked uncertain (EDTF ?); doubt belongs to stance or rating, a rough date takes "~"',
}
const BOTH: Refused = {
  reason: 'uncertain-and-about',
  because:
    'is marked uncertain and approximate (EDTF %); "~" says about, doubt belongs to stance or rating',
}
const A_PART: Refused = {
  reason: 'about-a-part',
  because: 'marks a part as approximate; "~" stands at the very end, for the whole',
}

/** The signs of EDTF on a time that EDTF itself has not, such as a clock time with `?`. */
export function nameSigns(text: string): Refused | null {
  if (/^[[{]/.test(text)) return SET
  if (!SIGNS_ALONE.test(text.replace(/\[[^[\]]*\]/, ''))) return null
  if (text.includes('%') || (text.includes('?') && text.includes('~'))) return BOTH
  if (text.includes('?')) return UNCERTAIN
  if (text.includes('~')) return A_PART
  return /\d.*[xu]/i.test(text) ? nameUnspecified(text) : null
}

/** First month and number of months, by EDTF's code; a first month beyond 12 is of the next year. */
function season(code: number): readonly [number, number] {
  if (code >= 40) return [6 * (code - 40) + 1, 6]
  if (code >= 37) return [4 * (code - 37) + 1, 4]
  if (code >= 33) return [3 * (code - 33) + 1, 3]
  // 21 to 24 are spring to winter wherever, 25 to 28 in the north, 29 to 32 in the south.
  const quarter = (code - 21) % 4
  return [(code >= 29 ? [9, 12, 3, 6] : [3, 6, 9, 12])[quarter]!, 3]
}

function nameSeason(text: string): Refused {
  const [, years, code] = /^(-?\d{4})-(\d\d)/.exec(text) ?? []
  const year = Number(years)
  const [from, count] = season(Number(code))
  const month = (nth: number) => printMonth(dateOf(localStart({ year, month: nth, day: 1 })))
  const bounds = `${month(from)}/${month(from + count - 1)}`
  const where = Number(code) < 25 ? ' in the north' : ''
  return {
    reason: 'season',
    because: `is a season (EDTF), which begins and ends nowhere in particular; give its months as \`A/B\`, as in "${bounds}"${where}`,
    suggest: { bounds },
  }
}

function nameSpan(reason: 'decade' | 'century', from: number, length: number): Refused {
  const last = Object.is(from, -0) ? length : from + length
  const bounds = `${printYear(from)}/${printYear(last)}`
  return {
    reason,
    because: `is a ${reason} (EDTF); give its years as \`A/B\`, as in "${bounds}"`,
    suggest: { bounds },
  }
}

function nameUnspecified(text: string): Refused {
  const [, decade] = /^(\d{3})X$/.exec(text) ?? []
  if (decade !== undefined) return nameSpan('decade', Number(decade) * 10, 9)
  const [, century] = /^(\d\d)XX$/.exec(text) ?? []
  if (century !== undefined) return nameSpan('century', Number(century) * 100, 99)
  const [, known] = /^(-?\d{4}(?:-\d\d)?)(?:-XX){1,2}$/.exec(text) ?? []
  return {
    reason: 'unspecified-digits',
    because: `leaves digits unspecified (EDTF X); ${known === undefined ? 'give the span as `A/B`' : `write what is known, "${known}"`}`,
    ...(known !== undefined && { suggest: { bounds: known } }),
  }
}
