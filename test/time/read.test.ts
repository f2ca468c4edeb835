import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Instant, printInstant } from '../../src/time/instant.js'
import { readEnd, readMoment, readPublished, readTime } from '../../src/time/read.js'
import type { SaidTime } from '../../src/time/said.js'
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
  type Shown,
  shownAt,
} from './clocks.js'
import { refusalOf } from './refusal.js'

const RULES = '2025c'
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const read = (wording: string, zone?: string): SaidTime =>
  readTime(wording, { field: 'when', rules: RULES, zone })

const utc = (iso: string): number => Date.parse(iso)

/** Bounds in ISO, so that a failure can be read. */
const bounds = ({ from, to }: Pick<SaidTime, 'from' | 'to'>) =>
  [from, to].map((at) => at && printInstant(at))

type Unit = 'day' | 'month' | 'year'
const units = fc.constantFrom<Unit>('day', 'month', 'year')

const wordingOf = (unit: Unit, shown: Shown): string =>
  ({ day: isoDay, month: isoMonth, year: ({ year }: Shown) => isoYear(year) })[unit](shown)

interface Span {
  readonly from: number
  readonly to: number
}

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

const spanOf = (said: SaidTime): Span => ({ from: said.from!, to: said.to! })

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

/** A date is widened to the whole of its neighbours, as the calendar and the clocks there have them. */
function widensByItsKind(about: (wording: string, zone: string) => SaidTime): void {
  const property = fc.property(clocked, units, ({ zone, instant }, unit) => {
    // Days that a zone left out are no neighbours.
    fc.pre(!/Apia|Kwajalein|Enderbury|Kanton|Fakaofo|Kiritimati|Manila|Guam|Saipan/.test(zone))
    const shown = shownAt(zone, instant)
    const { from, to } = spanOf(read(wordingOf(unit, shown), zone))
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

describe('a range A/B', () => {
  test('runs from where A begins to a clock time B itself, or to the end of a date B', () => {
    const unit = fc.constantFrom<Unit | 'clock'>('day', 'month', 'year', 'clock')
    const side = fc.record({ unit, about: fc.boolean() })
    fc.assert(
      fc.property(
        clocked,
        fc.integer({ min: 0, max: 900 * 24 * HOUR }),
        side,
        side,
        (at, later, a, b) => {
          const { zone } = at
          const [shownA, shownB] = [at.instant, at.instant + later].map((t) => shownAt(zone, t))
          const word = ({ unit: of, about }: typeof a, shown: Shown) =>
            `${of === 'clock' ? isoLocal(shown) : wordingOf(of, shown)}${about ? '~' : ''}`
          const [wordA, wordB] = [word(a, shownA!), word(b, shownB!)]
          const [alone, last] = [read(wordA, zone), read(wordB, zone)]
          const to = b.unit === 'clock' && !b.about ? last.to! - 1 : last.to!
          fc.pre(alone.from! < to)
          const wording = `${wordA}/${wordB}`
          const said = read(wording, zone)
          expect(said).toMatchObject({ wording, granule: 'range', from: alone.from, to })
          expect(said.about).toBe(a.about || b.about ? true : undefined)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('with an open side has no bound there', () => {
    expect(read('../2015-11-12', 'UTC')).toMatchObject({ from: null, to: utc('2015-11-13T00:00Z') })
    expect(read('2015-11-12T12:00Z/..')).toEqual({
      wording: '2015-11-12T12:00Z/..',
      zone: 'UTC',
      granule: 'range',
      from: utc('2015-11-12T12:00Z'),
      to: null,
    })
  })

  test('may have A inside B, and B inside A', () => {
    expect(bounds(read('2015-11-12/2015-11', 'UTC'))[1]).toBe('2015-12-01T00:00:00.000Z')
    expect(bounds(read('2015/2015-11-12', 'UTC'))[1]).toBe('2015-11-13T00:00:00.000Z')
    expect(bounds(read('2015-11-12T11:30~/2015-11-12T11:30~', 'UTC'))).toEqual([
      '2015-11-12T11:15:00.000Z',
      '2015-11-12T11:45:00.000Z',
    ])
  })

  test('is of the named zone where one side has one', () => {
    const said = read('2015-11-12T12:00+02:00/2015-11-13', 'Asia/Damascus')
    expect(said).toMatchObject({ zone: 'Asia/Damascus', rules: RULES })
    expect(bounds(said)).toEqual(['2015-11-12T10:00:00.000Z', '2015-11-13T22:00:00.000Z'])
    expect(read('2015-11-12[Asia/Damascus]/2015-11-13[Asia/Damascus]')).toMatchObject({
      zone: 'Asia/Damascus',
      to: utc('2015-11-13T22:00Z'),
    })
  })
})

describe('the day south of Aleppo', () => {
  const inDamascus = (clock: string) =>
    clock
      .split('/')
      .map((part) => `2015-11-12T${part}`)
      .join('/')

  test.each([
    ['00:00/05:00', '2015-11-11T22:00', '2015-11-12T03:00'],
    ['06:00/12:00', '2015-11-12T04:00', '2015-11-12T10:00'],
    ['11:30~', '2015-11-12T09:15', '2015-11-12T09:45'],
    ['11:15/12:00', '2015-11-12T09:15', '2015-11-12T10:00'],
    ['11:15/20:00', '2015-11-12T09:15', '2015-11-12T18:00'],
    ['12:00/20:00', '2015-11-12T10:00', '2015-11-12T18:00'],
  ])('%s is read in Damascus', (clock, from, to) => {
    const said = read(inDamascus(clock), 'Asia/Damascus')
    expect([said.from, said.to]).toEqual([utc(`${from}Z`), utc(`${to}Z`)])
  })

  test('the morning is kept as a word beside its bounds', () => {
    const morning = { words: 'morning', bounds: inDamascus('06:00/12:00') }
    const said = readTime(morning, { field: 'when', rules: RULES, zone: 'Asia/Damascus' })
    expect(said).toEqual({ ...read(morning.bounds, 'Asia/Damascus'), words: 'morning' })
  })

  test('what was published at nine in the evening is one instant', () => {
    const said = readPublished('2015-11-12T21:00+02:00', { field: 'published', rules: RULES })
    expect(said.to! - 1).toBe(utc('2015-11-12T19:00Z'))
  })
})

describe('an end', () => {
  const end = (input: unknown) => readEnd(input, { field: 'until', rules: RULES, zone: 'UTC' })

  test('is open, unknown or a time: three values', () => {
    expect(end('..')).toEqual({ end: 'open', wording: '..' })
    expect(end('unknown')).toEqual({ end: 'unknown', wording: 'unknown' })
    expect(end('')).toEqual({ end: 'unknown', wording: '' })
    expect(end('2015-11-12')).toEqual({ end: 'at', ...read('2015-11-12', 'UTC') })
    expect(end({ words: 'at dusk', bounds: '2015-11-12T17:00/2015-11-12T19:00' })).toMatchObject({
      end: 'at',
      words: 'at dusk',
    })
    expect(end('../2015-11-12')).toMatchObject({ end: 'at', from: null })
  })

  test('is refused under its own field', () => {
    expect(refusalOf(() => end('open')).place).toEqual({ field: 'until' })
  })
})

describe('a publication', () => {
  const published = (input: unknown) =>
    readPublished(input, { field: 'published', rules: RULES, zone: 'UTC' })

  test('is a time or a range with two sides', () => {
    expect(published('2015-11-12')).toEqual(read('2015-11-12', 'UTC'))
    expect(published('2015-11-12/2015-11-14').granule).toBe('range')
  })

  test.each(['..', '2015-11-12/..', '../2015-11-12', 'unknown'])('%s is none', (input) => {
    expect(refusalOf(() => published(input))).toMatchObject({
      code: 'invalid-time',
      place: { field: 'published' },
    })
  })
})

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
