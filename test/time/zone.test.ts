import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateOf, localStart } from '../../src/time/civil.js'
import { checkZone, hull, instantsAt, type Zone, zoneOf } from '../../src/time/zone.js'
import { clocked, localAt, offsetAt, shownAt, zones } from './clocks.js'
import { refusalOf } from './refusal.js'

const ASKED = { field: 'zone', code: 'invalid-time' } as const
const HOUR = 3_600_000

/** The instants at which clocks show a local time, by trying every offset they had around it. */
function byTrying(zone: string, local: number): number[] {
  const offsets = new Set<number>()
  for (let hours = -30; hours <= 30; hours++) offsets.add(offsetAt(zone, local + hours * HOUR))
  return [...offsets]
    .map((offset) => local - offset)
    .filter((candidate) => localAt(zone, candidate) === local)
    .sort((a, b) => a - b)
}

function findsAll(find: (zone: Zone, local: number) => readonly number[]): void {
  fc.assert(
    fc.property(clocked, fc.integer({ min: -3 * HOUR, max: 3 * HOUR }), (at, shift) => {
      const local = localAt(at.zone, at.instant) + shift
      expect(find(zoneOf(at.zone, ASKED), local)).toEqual(byTrying(at.zone, local))
    }),
    { numRuns: 150 },
  )
}

describe('from local times to instants', () => {
  test('every instant that shows the time is found, none where clocks skipped it', () =>
    findsAll(instantsAt))

  test('one that knows only the offset of that hour is caught', () => {
    const oneOffset = (zone: Zone, local: number) => [local - offsetAt(zone.name, local)]
    expect(() => findsAll(oneOffset)).toThrow()
  })

  test('the narrowest interval round a stretch of local time begins and ends in it', () => {
    fc.assert(
      fc.property(clocked, fc.integer({ min: 1, max: 60 * HOUR }), ({ zone, instant }, length) => {
        const from = localAt(zone, instant)
        const to = from + length
        const found = hull(zoneOf(zone, ASKED), { from, to })
        const inside = (at: number) => from <= localAt(zone, at) && localAt(zone, at) < to
        expect(found).not.toBeNull()
        expect(found!.from).toBeLessThanOrEqual(instant)
        expect(found!.to).toBeGreaterThan(instant)
        expect([found!.from, found!.to - 1].map(inside)).toEqual([true, true])
        expect([found!.from - 1, found!.to].map(inside)).toEqual([false, false])
      }),
      { numRuns: 150 },
    )
  })

  test('a day that a zone left out is nowhere', () => {
    const skipped = localStart({ year: 2011, month: 12, day: 30 })
    expect(
      hull(zoneOf('Pacific/Apia', ASKED), { from: skipped, to: skipped + 24 * HOUR }),
    ).toBeNull()
  })
})

describe('names of zones', () => {
  test('are kept in their usual case, however they are written', () => {
    fc.assert(
      fc.property(zones, fc.func(fc.boolean()), (zone, upper) => {
        const odd = [...zone].map((c, i) => (upper(i) ? c.toUpperCase() : c.toLowerCase())).join('')
        expect(checkZone(odd)).toBe(zone)
      }),
    )
  })

  test('older names stay what they are', () => {
    expect(
      ['Europe/Kiev', 'europe/kyiv', 'asia/calcutta', 'utc', 'gmt'].map((z) => checkZone(z)),
    ).toEqual(['Europe/Kiev', 'Europe/Kyiv', 'Asia/Calcutta', 'UTC', 'GMT'])
  })

  test('offsets stand for themselves', () => {
    expect(['+02:00', '+02', '-0330', '+00:00'].map((z) => checkZone(z))).toEqual([
      '+02:00',
      '+02:00',
      '-03:30',
      '+00:00',
    ])
  })

  test.each([
    ['Asia/Damaskus', 'Asia/Damascus'],
    ['Damascus', 'Asia/Damascus'],
    ['kyiv', 'Europe/Kyiv'],
    ['America/NewYork', 'America/New_York'],
  ])('%s is refused with the nearest there is', (zone, nearest) => {
    const refused = refusalOf(() => checkZone(zone, 'claim.zone'))
    expect(refused).toMatchObject({ code: 'invalid-time', place: { field: 'claim.zone' } })
    expect(refused.message).toContain(JSON.stringify(zone))
    expect(refused.data.nearest).toContain(nearest)
  })

  test.each([
    '',
    'Z',
    'CST',
    'PST',
    'UTC+2',
    'localtime',
    '../etc/passwd',
    '2015-11-12T00:00+02:00[Asia/Damascus]',
    'SystemV/PST8PDT',
    '+16:00',
    '+2',
    '-00:00',
    '__proto__',
    'Asia/Damascus ',
    'x'.repeat(10_000),
  ])('%j is no zone', (zone) => {
    expect(refusalOf(() => checkZone(zone)).code).toBe('invalid-time')
  })

  test('only a string is', () => {
    for (const zone of [undefined, null, 2, {}, ['UTC']])
      expect(refusalOf(() => checkZone(zone as string)).data.refused).toBe('not-text')
  })
})

test('dates and local milliseconds are one another, before year 0 too', () => {
  fc.assert(
    fc.property(clocked, ({ instant }) => {
      const { clock, ...date } = shownAt('UTC', instant)
      expect(localStart(date)).toBe(instant - clock)
      expect(dateOf(instant)).toEqual(date)
    }),
  )
})
