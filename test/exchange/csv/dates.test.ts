import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { after, type Civil, cutTo, printCivil } from '../../../src/exchange/csv/civil.js'
import { readDate } from '../../../src/exchange/csv/dates.js'
import { compileFormats, formatFault } from '../../../src/exchange/csv/formats.js'

const read = (text: string, ...formats: string[]): string | null => {
  const civil = readDate(text, compileFormats(formats))
  return civil === null ? null : printCivil(civil)
}

/** Instants of four-digit years, as the calendar of the platform gives them. */
const times = fc
  .integer({ min: Date.UTC(0, 0, 1) + 100 * 366 * 86_400_000, max: Date.UTC(9999, 11, 31) })
  .map((at) => new Date(at))

const two = (value: number) => String(value).padStart(2, '0')
const MONTHS =
  'January February March April May June July August September October November December'

/** Spellings of an instant in UTC, each with the format that reads it. */
const SPELLINGS: readonly (readonly [string, (at: Date) => string])[] = [
  ['YYYY-MM-DD', (at) => at.toISOString().slice(0, 10)],
  ['D/M/YYYY', (at) => `${at.getUTCDate()}/${at.getUTCMonth() + 1}/${year(at)}`],
  ['D MMMM YYYY', (at) => `${at.getUTCDate()} ${month(at)} ${year(at)}`],
  ['MMM D, YYYY', (at) => `${month(at).slice(0, 3)}. ${at.getUTCDate()}, ${year(at)}`],
  ['DD.MM.YYYY', (at) => `${two(at.getUTCDate())}.${two(at.getUTCMonth() + 1)}.${year(at)}`],
]
const CLOCKS: readonly (readonly [string, (at: Date) => string])[] = [
  ['ISO', (at) => at.toISOString().replace('Z', '')],
  ['ISO', (at) => at.toISOString().replace('T', ' ').replace('Z', '')],
  [
    'M/D/YYYY h:mm:ss A',
    (at) =>
      `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${year(at)} ${at.getUTCHours() % 12 || 12}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${at.getUTCHours() < 12 ? 'AM' : 'pm'}`,
  ],
]
const year = (at: Date) => at.toISOString().slice(0, 4)
const month = (at: Date) => MONTHS.split(' ')[at.getUTCMonth()]!

describe('a date in a spelling', () => {
  test('is read as the day it says', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(...SPELLINGS), (at, [format, spell]) => {
        expect(read(spell(at), format)).toBe(at.toISOString().slice(0, 10))
      }),
    )
  })

  test('with a clock is read to what the clock says', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(...CLOCKS), (at, [format, spell]) => {
        const whole = format === 'ISO' ? at : new Date(Math.floor(at.getTime() / 1000) * 1000)
        expect(new Date(`${read(spell(at), format)}Z`).getTime()).toBe(whole.getTime())
      }),
    )
  })

  test('that does not exist is none', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(19), fc.nat(39), (y, m, d) => {
        const text = `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`
        const at = new Date(`${text}T00:00:00Z`)
        const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
        expect(read(text, 'ISO')).toBe(exists ? text : null)
      }),
      { numRuns: 1000 },
    )
  })

  test('random text and formats give a date or none, and never throw', () => {
    const letters = fc.stringMatching(/^[YMDHhmsSAZ0-9:/\-. [\]T]{0,20}$/)
    fc.assert(
      fc.property(letters, fc.string(), (format, text) => {
        if (formatFault(format) !== null) return
        const civil = readDate(text, compileFormats([format]))
        if (civil !== null) expect(printCivil(civil)).toMatch(/^\d{4}/)
      }),
      { numRuns: 1000 },
    )
  })

  test('the first format that fits whole wins, spaces round the cell aside', () => {
    expect(read('3/4/2022', 'M/D/YYYY', 'D/M/YYYY')).toBe('2022-03-04')
    expect(read('23/4/2022', 'M/D/YYYY', 'D/M/YYYY')).toBe('2022-04-23')
    expect(read(' 2022-04-23 ', 'ISO')).toBe('2022-04-23')
    expect(read('2022-04-23 and more', 'ISO')).toBeNull()
  })

  test('years of two digits lie in the century that is said, else from 1969 to 2068', () => {
    expect(read('25-Mar-22', 'D-MMM-YY')).toBe('2022-03-25')
    expect(read('25-Mar-69', 'D-MMM-YY')).toBe('1969-03-25')
    const said = readDate('25-Mar-62', compileFormats(['D-MMM-YY']), 1800)
    expect(said && printCivil(said)).toBe('1862-03-25')
  })

  test.each([
    ['YYYY', '2022', '2022'],
    ['ISO', '2022-03', '2022-03'],
    ['ISO', '2022-03-01T10:00Z', '2022-03-01T10:00:00Z'],
    ['ISO', '2022-03-01T10:00:05.250+0200', '2022-03-01T10:00:05.250+02:00'],
    ['D [de] MMM YYYY', '1 de sept. 2022', '2022-09-01'],
    ['YYYYMMDD', '20220301', '2022-03-01'],
    ['ISO', '2022-03-01 10:00:05.123987', '2022-03-01T10:00:05.123'],
    ['ISO', '2022-03-01 10:00:05.5', '2022-03-01T10:00:05.500'],
    ['D.MMM.YYYY', '1.Mar.2022', '2022-03-01'],
    ['D MMM YYYY', '1 May. 2022', '2022-05-01'],
    ['h A, D MMM YYYY', '12 am, 1 may 2022', '2022-05-01T00:00:00'],
  ])('%s reads %s', (format, text, said) => {
    expect(read(text, format)).toBe(said)
  })

  test.each([
    ['MM-DD', 'reads no year'],
    ['YYYY-DD', 'no month'],
    ['YYYY YY', 'twice'],
    ['YYYY-MM-DD h:mm', 'AM or PM'],
    ['YYYY-MM-DD HH:ss', 'no minute'],
    ['YYYY-QQ', 'letter'],
    ['YYYY [x', 'bracket'],
  ])('the format %s is refused: %s', (format, words) => {
    expect(formatFault(format)).toContain(words)
  })
})

describe('a time', () => {
  const civils = times.map((at): Civil => readDate(at.toISOString(), compileFormats(['ISO']))!)

  test('is cut to a coarser granule, and what comes after is one step on', () => {
    fc.assert(
      fc.property(civils, fc.constantFrom('hour', 'minute', 'second'), (civil, granule) => {
        const cut = cutTo(civil, granule)
        const [from, to] = [printCivil(cut), printCivil(after(cut, granule))].map((text) =>
          Date.parse(text),
        ) as [number, number]
        const at = Date.parse(printCivil(civil))
        expect(to - from).toBe({ hour: 3_600_000, minute: 60_000, second: 1000 }[granule])
        expect(from <= at && at < to).toBe(true)
      }),
    )
  })
})
