import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Instant, printInstant } from '../../src/time/instant.js'
import { readMoment } from '../../src/time/read.js'
import {
  type Clocked,
  clocked,
  instants,
  isoDay,
  isoLocal,
  isoMonth,
  isoYear,
  localAt,
  offsetAt,
  shownAt,
  units,
  wordingOf,
} from './clocks.js'
import { bounds, HOUR, MINUTE, RULES, read, type Span, spanOf, utc } from './reading.js'
import { refusalOf } from './refusal.js'

/** A date is what its zone's clocks and calendars say, and no more than that. */
function isThatDateInItsZone(reader: (wording: string, at: Clocked) => Span): void {
  const property = fc.property(
    clocked,
    units,
    fc.double({ min: 0, max: 1, noNaN: true }),
    (at, unit, part) => {
      const shows = (instant: number) => wordingOf(unit, shownAt(at.zone, instant))
      const wording = shows(at.instant)
      const { from, to } = reader(wording, at)
      expect(from).toBeLessThanOrEqual(at.instant)
      expect(to).toBeGreaterThan(at.instant)
      expect([from, to - 1].map(shows)).toEqual([wording, wording])
      expect([from - 1, to].map(shows)).not.toContain(wording)
      const within = from + Math.floor(part * (to - 1 - from))
      // Where clocks went back over midnight, the end of the day before comes again.
      if (shows(within) !== wording)
        expect(offsetAt(at.zone, from)).toBeGreaterThan(offsetAt(at.zone, to - 1))
    },
  )
  fc.assert(property, { numRuns: 400 })
}

describe('a date, month or year', () => {
  test('holds every instant of it in its zone, and begins and ends with one', () =>
    isThatDateInItsZone((wording, { zone }) => spanOf(read(wording, zone))))

  test('is never midnight UTC', () => {
    const inUtc = (wording: string) => spanOf(read(wording, 'UTC'))
    expect(() => isThatDateInItsZone(inUtc)).toThrow()
  })

  test('is not always 24 hours from its first instant', () => {
    const ofOneLength = (wording: string, { zone }: Clocked) => {
      const { from, to } = spanOf(read(wording, zone))
      return { from, to: to - from < 30 * HOUR ? from + 24 * HOUR : to }
    }
    expect(() => isThatDateInItsZone(ofOneLength)).toThrow()
  })

  test('lies in the larger ones that hold it, as a clock time lies in its day', () => {
    fc.assert(
      fc.property(clocked, ({ zone, instant }) => {
        const shown = shownAt(zone, instant)
        const nested = [isoYear(shown.year), isoMonth(shown), isoDay(shown), isoLocal(shown)]
        const spans = nested.map((wording) => spanOf(read(wording, zone)))
        for (const [i, inner] of spans.slice(1).entries()) {
          expect(inner.from).toBeGreaterThanOrEqual(spans[i]!.from)
          expect(inner.to).toBeLessThanOrEqual(spans[i]!.to)
        }
      }),
    )
  })

  test('keeps its wording, zone, granule, and the edition of the rules', () => {
    expect(read('2015-11-12', 'asia/damascus')).toEqual({
      wording: '2015-11-12',
      zone: 'Asia/Damascus',
      granule: 'day',
      from: utc('2015-11-11T22:00Z'),
      to: utc('2015-11-12T22:00Z'),
      rules: RULES,
    })
    expect(read('2015-11', '+02:00')).toEqual({
      wording: '2015-11',
      zone: '+02:00',
      granule: 'month',
      from: utc('2015-10-31T22:00Z'),
      to: utc('2015-11-30T22:00Z'),
    })
    expect(read('2015[utc]')).toMatchObject({ zone: 'UTC', granule: 'year' })
  })

  test('may be before Christ, or of more than four digits', () => {
    expect(bounds(read('-0043', 'UTC'))).toEqual([
      '-000043-01-01T00:00:00.000Z',
      '-000042-01-01T00:00:00.000Z',
    ])
    expect(bounds(read('0000-02-29', 'UTC'))).toEqual([
      '0000-02-29T00:00:00.000Z',
      '0000-03-01T00:00:00.000Z',
    ])
    expect(read('-000043', 'UTC')).toMatchObject(spanOf(read('-0043', 'UTC')))
    expect(read('Y-12345', 'UTC')).toMatchObject(spanOf(read('-012345', 'UTC')))
    expect(bounds(read('+012345-06-07', 'UTC'))[0]).toBe('+012345-06-07T00:00:00.000Z')
  })

  test('that a zone left out is refused, and its neighbours take no part of it', () => {
    const refused = refusalOf(() => read('2011-12-30', 'Pacific/Apia'))
    expect(refused.message).toContain('"2011-12-29" and "2011-12-31"')
    expect(read('2011-12-29', 'Pacific/Apia').to).toBe(read('2011-12-31', 'Pacific/Apia').from)
    expect(read('2011-12-31~', 'Pacific/Apia').from).toBe(read('2011-12-31', 'Pacific/Apia').from)
  })
})

describe('a clock time', () => {
  test('with Z or an offset is one millisecond, whatever zone is given', () => {
    const zoneGiven = fc.constantFrom(undefined, 'UTC', 'Asia/Damascus')
    fc.assert(
      fc.property(instants, fc.integer({ min: -959, max: 959 }), zoneGiven, (at, minutes, zone) => {
        const sign = minutes < 0 ? '-' : '+'
        const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
        const offset = `${sign}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
        const wording = isoLocal(shownAt('UTC', at + minutes * MINUTE)) + offset
        const exact = { granule: 'millisecond', from: at, to: at + 1 }
        expect(read(wording, zone)).toEqual({ ...exact, wording, zone: offset })
        const inUtc = `${isoLocal(shownAt('UTC', at))}Z`
        expect(read(inUtc, zone)).toEqual({ ...exact, wording: inUtc, zone: 'UTC' })
      }),
    )
  })

  test('comes back from how it is printed', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const printed = printInstant(at as Instant)
        expect(readMoment(printed)).toBe(at)
        expect(read(printed)).toMatchObject({ from: at, to: at + 1 })
      }),
    )
  })

  test('in a zone is the instant that its clocks show it, or both and all between', () => {
    fc.assert(
      fc.property(clocked, ({ zone, instant }) => {
        const wording = isoLocal(shownAt(zone, instant))
        const said = read(wording, zone)
        const { from, to } = spanOf(said)
        expect(from <= instant && instant < to).toBe(true)
        const local = localAt(zone, instant)
        expect([from, to - 1].map((at) => localAt(zone, at))).toEqual([local, local])
        expect(said.granule).toBe(to - from === 1 ? 'millisecond' : 'range')
        expect(said).toMatchObject({ wording, zone, ...(zone !== 'UTC' && { rules: RULES }) })
      }),
      { numRuns: 300 },
    )
  })

  test('that clocks skipped is refused with the nearest that exist', () => {
    const refused = refusalOf(() => read('2016-03-25T00:30', 'Asia/Damascus'))
    expect(refused).toMatchObject({ code: 'invalid-time', place: { field: 'when' } })
    expect(refused.message).toContain('from 00:00 to 01:00')
    expect(refused.message).toContain('"2016-03-24T23:59:59.999" and "2016-03-25T01:00"')
  })

  test('that clocks showed twice is either', () => {
    const said = read('2015-11-01T01:30', 'America/New_York')
    expect(bounds(said)).toEqual(['2015-11-01T05:30:00.000Z', '2015-11-01T06:30:00.001Z'])
    expect(said.granule).toBe('range')
    const [first, second] = ['-04:00', '-05:00'].map((offset) =>
      read(`2015-11-01T01:30${offset}[America/New_York]`),
    )
    expect(first).toMatchObject({ granule: 'millisecond', from: utc('2015-11-01T05:30Z') })
    expect(second).toMatchObject({ zone: 'America/New_York', from: utc('2015-11-01T06:30Z') })
  })

  test('has seconds and milliseconds as far as they are given', () => {
    const from = (wording: string) => read(wording).from
    expect(from('2015-11-12T11:30:05Z')).toBe(utc('2015-11-12T11:30:05Z'))
    expect(from('2015-11-12T11:30:05.5Z')).toBe(utc('2015-11-12T11:30:05.500Z'))
    expect(from('2015-11-12T11:30:05,25Z')).toBe(utc('2015-11-12T11:30:05.250Z'))
    expect(from('2015-11-12T11:30:05.125+02')).toBe(utc('2015-11-12T09:30:05.125Z'))
  })

  test('in brackets takes that zone before any other', () => {
    const said = read('2015-11-12T12:00[Asia/Damascus]', 'America/New_York')
    expect(said).toMatchObject({ zone: 'Asia/Damascus', from: utc('2015-11-12T10:00Z') })
  })

  test('needs a zone unless it carries an offset, and so does a date', () => {
    for (const wording of ['2015-11-12T12:00', '2015-11-12', '2015-11', '2015', '2015-11-12/..'])
      expect(refusalOf(() => read(wording)).data.refused).toBe('no-zone')
    expect(refusalOf(() => read('2015-11-12T12:00Z/2015-11-12T13:00')).data.refused).toBe('no-zone')
    expect(read('2015-11-12T12:00Z/2015-11-12T13:00+00:00').zone).toBe('UTC')
  })
})
