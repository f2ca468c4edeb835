import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SaidTime } from '../../src/time/said.js'
import { clocked, isoLocal, offsetAt, shownAt, type Unit, units, wordingOf } from './clocks.js'
import { bounds, HOUR, MINUTE, read, spanOf } from './reading.js'

/** A date is widened to the whole of its neighbours, as the calendar and the clocks there have them. */
function widensByItsKind(about: (wording: string, zone: string) => SaidTime): void {
  const property = fc.property(clocked, units, ({ zone, instant }, unit) => {
    const shown = shownAt(zone, instant)
    const { from, to } = spanOf(read(wordingOf(unit, shown), zone))
    // A day that a zone left out is no neighbour; clocks moved by half a day or more there.
    const [sooner, later] = [from - 36 * HOUR, to + 36 * HOUR].map((at) => offsetAt(zone, at))
    fc.pre(Math.abs(later! - sooner!) < 12 * HOUR)
    const said = about(`${wordingOf(unit, shown)}~`, zone)
    const [before, after] = [from - 1, to].map((at) => wordingOf(unit, shownAt(zone, at)))
    expect(said).toMatchObject({ about: true, granule: unit })
    expect(said.from).toBe(read(before!, zone).from)
    expect(said.to).toBe(read(after!, zone).to)
  })
  fc.assert(property, { numRuns: 300 })
}

describe('about (~)', () => {
  test('widens a clock time by 15 minutes on either side', () => {
    fc.assert(
      fc.property(clocked, ({ zone, instant }) => {
        const wording = isoLocal(shownAt(zone, instant))
        const [exact, about] = [read(wording, zone), read(`${wording}~`, zone)]
        expect(about).toMatchObject({ granule: 'about', about: true, zone: exact.zone })
        expect(about.from).toBe(exact.from! - 15 * MINUTE)
        expect(about.to).toBe(exact.to! - 1 + 15 * MINUTE)
      }),
    )
  })

  test('half past eleven is [11:15, 11:45)', () => {
    const said = read('2015-11-12T11:30~', 'Asia/Damascus')
    expect(bounds(said)).toEqual(['2015-11-12T09:15:00.000Z', '2015-11-12T09:45:00.000Z'])
    expect(read('2015-11-12T11:30+02:00~')).toMatchObject(spanOf(said))
    expect(read('2015-11-12T11:30[Asia/Damascus]~')).toMatchObject(spanOf(said))
  })

  test('widens a day, month or year by one of its kind', () => widensByItsKind(read))

  test('is not so many hours on either side', () => {
    const fixed = { day: 24, month: 30 * 24, year: 365 * 24 }
    const byHours = (wording: string, zone: string) => {
      const said = read(wording.slice(0, -1), zone)
      const by = fixed[said.granule as Unit] * HOUR
      return { ...said, about: true as const, from: said.from! - by, to: said.to! + by } as SaidTime
    }
    expect(() => widensByItsKind(byHours)).toThrow()
  })

  test('widens each side of a range that has it', () => {
    const said = read('2015-11-12~/2015-11-14T12:00~', 'UTC')
    expect(said).toMatchObject({ granule: 'range', about: true })
    expect(bounds(said)).toEqual(['2015-11-11T00:00:00.000Z', '2015-11-14T12:15:00.000Z'])
  })
})
