/** Steps of the calendar and of time, in order and without gaps. */
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { openTimeline, parseInstant } from '../../src/index.js'
import { type InstantOf, type StepsAsked, stepsOf } from '../../src/time/steps.js'

const timeline = await openTimeline({ log: ':memory:' })
const inZone =
  (zone: string): InstantOf =>
  (text) =>
    parseInstant(timeline.at({ valid: text, zone }).reading.valid)
const UTC = inZone('UTC')

const steps = (from: string, to: string, step: StepsAsked['step'] = 'day', zone = 'UTC') => [
  ...stepsOf({ from, to, step }, inZone(zone)),
]

const DAY = 86_400_000
const dayText = (at: number) => new Date(at * DAY).toISOString().slice(0, 10)

describe('steps', () => {
  property.prop([fc.integer({ min: -20_000, max: 40_000 }), fc.integer({ min: 0, max: 70 })])(
    'of days are every date of the stretch',
    (first, more) => {
      const dates = Array.from({ length: more + 1 }, (_, n) => dayText(first + n))
      expect(steps(dayText(first), dayText(first + more))).toEqual(dates)
    },
  )

  property.prop([
    fc.integer({ min: 0, max: 20_000 }),
    fc.integer({ min: 1, max: 800 }),
    fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const),
    fc.constantFrom('UTC', 'Europe/Kyiv', 'America/St_Johns'),
  ])('rise, begin at the first and end by the last', (first, more, step, zone) => {
    const to = dayText(first + more)
    const at = inZone(zone)
    fc.pre(step !== 'month' || more > 62)
    fc.pre(step !== 'hour' || more < 30)
    const found = steps(dayText(first), to, step, zone).map(at)
    expect([...found].sort((a, b) => a - b)).toEqual(found)
    expect(new Set(found).size).toBe(found.length)
    expect(found[0]).toBeGreaterThan(at(dayText(first - 1)))
    expect(found.at(-1)).toBeLessThanOrEqual(at(to))
    // The next one would lie behind the last.
    const longest = { hour: DAY / 24, day: DAY, week: 7 * DAY, month: 31 * DAY }[step]
    expect(at(to) - found.at(-1)!).toBeLessThan(longest + 2 * 3_600_000)
  })

  test('of months and years are read at their ends', () => {
    expect(steps('2022-11', '2023-02', 'month')).toEqual([
      '2022-11',
      '2022-12',
      '2023-01',
      '2023-02',
    ])
    expect(steps('2022-11-15', '2023-01-15', 'month')).toEqual(['2022-11', '2022-12'])
    expect(steps('-0002', '0001', 'year')).toEqual(['-0002', '-0001', '0000', '0001'])
    expect(steps('2022-02-27', '2022-03', 'week')).toEqual([
      '2022-02-27',
      '2022-03-06',
      '2022-03-13',
      '2022-03-20',
      '2022-03-27',
    ])
  })

  test('of hours begin with the day in its zone, also where it has 23 of them', () => {
    const found = steps('2022-03-27', '2022-03-27', 'hour', 'Europe/Kyiv')
    expect(found).toHaveLength(23)
    expect(found[0]).toBe('2022-03-26T22:00:00.000Z')
    expect(steps('2022-03-27', '2022-03-27', 'hour')).toHaveLength(24)
  })

  test('from an instant are so far apart', () => {
    expect(steps('2022-03-01T12:00Z', '2022-03-03T12:00Z')).toEqual([
      '2022-03-01T12:00:00.000Z',
      '2022-03-02T12:00:00.000Z',
      '2022-03-03T12:00:00.000Z',
    ])
  })

  test.for([
    [{ from: '2022-03-02', to: '2022-03-01', step: 'day' }, /^--to: no day that begins/],
    [{ from: '2022-03-01', to: '2022-03-30', step: 'month' }, /^--to: no month/],
    [{ from: '2022-03-01T00:00Z', to: '2022', step: 'month' }, /^--from: .* begins no month/],
    [{ from: '2022-02-30', to: '2022', step: 'day' }, /2022-02-30/],
    [{ from: 'March', to: '2022', step: 'day' }, /March/],
  ] as const)('%j is refused', ([span, message]) => {
    expect(() => [...stepsOf(span, UTC)]).toThrow(message)
  })
})
