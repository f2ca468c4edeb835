import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readEnd, readPublished, readTime } from '../../src/time/read.js'
import { clocked, isoLocal, type Shown, shownAt, type Unit, wordingOf } from './clocks.js'
import { bounds, HOUR, RULES, read, utc } from './reading.js'
import { refusalOf } from './refusal.js'

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
