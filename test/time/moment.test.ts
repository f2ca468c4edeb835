import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printInstant } from '../../src/time/instant.js'
import { readMoment } from '../../src/time/read.js'
import { clocked, shownAt, units, wordingOf } from './clocks.js'
import { utc } from './reading.js'
import { refusalOf } from './refusal.js'

/** A reading's date is its last instant: of the date, and the next is not. */
function isTheLastInstant(reader: (wording: string, zone: string) => number): void {
  const property = fc.property(clocked, units, ({ zone, instant }, unit) => {
    const wording = wordingOf(unit, shownAt(zone, instant))
    const last = reader(wording, zone)
    expect(last).toBeGreaterThanOrEqual(instant)
    expect(wordingOf(unit, shownAt(zone, last))).toBe(wording)
    expect(wordingOf(unit, shownAt(zone, last + 1))).not.toBe(wording)
  })
  fc.assert(property)
}

describe('an instant of a reading', () => {
  test('given as a date, month or year is its last', () => isTheLastInstant(readMoment))

  test('is not the first after it', () => {
    expect(() => isTheLastInstant((wording, zone) => readMoment(wording, zone) + 1)).toThrow()
  })

  test('is read in UTC unless a zone is given', () => {
    expect(printInstant(readMoment('2022-09-10'))).toBe('2022-09-10T23:59:59.999Z')
    expect(printInstant(readMoment('2022-09-10', 'Europe/Kyiv'))).toBe('2022-09-10T20:59:59.999Z')
    expect(readMoment('2022-09-10T12:00', 'Europe/Kyiv')).toBe(utc('2022-09-10T09:00Z'))
    expect(readMoment('2015-11-12T20:00+02:00', 'Europe/Kyiv')).toBe(utc('2015-11-12T18:00Z'))
  })

  test('reaches to the ends of the line', () => {
    expect(readMoment('+275760-09-13T00:00Z')).toBe(8.64e15)
    expect(readMoment('-271821-04-20T00:00Z')).toBe(-8.64e15)
  })

  test.each([
    ['2022-09-10T12:00', 'no-zone'],
    ['2022-09-10~', 'about'],
    ['2022-09-10/2022-09-12', 'range'],
    ['2022-09-10/..', 'range'],
    ['..', 'open'],
    ['evening', 'words'],
    ['2022-22', 'season'],
    ['202X', 'decade'],
    ['2022-02-30', 'no-such-date'],
    ['', 'blank'],
    ['+275760-09-13T00:00:00.001Z', 'out-of-range'],
    ['2022-10-30T03:30[Europe/Kyiv]', 'twice'],
    ['2022-03-27T03:30[Europe/Kyiv]', 'skipped'],
  ])('is not %j (%s)', (text, reason) => {
    const refused = refusalOf(() => readMoment(text))
    expect(refused).toMatchObject({ code: 'invalid-reading', data: { refused: reason } })
  })

  test('names the field it was asked under', () => {
    const refused = refusalOf(() => readMoment('soon', undefined, 'published'))
    expect(refused.message).toMatch(/^published: "soon"/)
    expect(refused.place).toEqual({ field: 'published' })
  })
})
