import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { isRashomonError } from '../../src/errors.js'
import { everydayTime } from '../../src/time/everyday.js'
import { readTime } from '../../src/time/read.js'
import type { SaidTime } from '../../src/time/said.js'
import { checkZone } from '../../src/time/zone.js'

const RULES = 'test'
const KNOWN = ['UTC', 'Asia/Damascus', 'Europe/Kyiv', 'Pacific/Apia', '+02:00', 'asia/damascus']
for (const zone of KNOWN) checkZone(zone)

const digits = (most: number, width: number) =>
  fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(width, '0'))
const year = fc.oneof(
  fc.constantFrom('2015', '2016', '1900', '2000', '0000', '0099', '9999'),
  digits(9999, 4),
)
const zones = [...KNOWN, 'Nowhere/Town']
const bracket = fc.oneof(
  fc.constant(''),
  fc.constantFrom(...zones, '', 'UTC]').map((zone) => `[${zone}]`),
)
const offset = fc.constantFrom('', 'Z', '+02:00', '-05:30', '-00:00', '+00:00', '+16:00', '+2:00')
/** Mostly what there is; some months, days and clock times that there are not. */
const date = fc
  .tuple(year, digits(13, 2), digits(32, 2), fc.nat(9))
  .map(([y, m, d, cut]) => (cut === 0 ? y : cut === 1 ? `${y}-${m}` : `${y}-${m}-${d}`))
const clock = fc
  .tuple(digits(24, 2), digits(60, 2), digits(60, 2), digits(9999, 3), fc.nat(3))
  .map(([h, m, s, ms, cut]) => `T${[`${h}:${m}`, `:${s}`, `.${ms}`].slice(0, cut).join('')}`)
const moment = fc
  .tuple(date, fc.oneof(fc.constant(''), clock), offset, bracket, fc.constantFrom('', '', '', '~'))
  .map((pieces) => pieces.join(''))
const range = fc.tuple(moment, fc.oneof(moment, fc.constant('..'))).map((ab) => ab.join('/'))
/** Clocks of the zones above are put back and forward then, and Apia left a day out. */
const changes = fc
  .tuple(
    fc.constantFrom(
      '2015-03-27',
      '2015-10-30',
      '2015-03-29',
      '2015-10-25',
      '2011-12-30',
      '2011-12',
    ),
    fc.constantFrom('', 'T00:30', 'T03:30', 'T01:00'),
    bracket,
  )
  .map((pieces) => pieces.join(''))
const good = fc.oneof(moment, range, changes)
const spoilt = fc
  .tuple(good, fc.nat(40), fc.nat(2), fc.string({ maxLength: 2 }))
  .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut))
const given = fc.option(fc.constantFrom(...zones), { nil: undefined })

/** What the grammar makes of it, `null` where it refuses. */
function slowly(text: string, zone: string | undefined): SaidTime | null {
  try {
    return readTime(text, { zone, rules: RULES, field: 'when' })
  } catch (error) {
    if (isRashomonError(error, 'invalid-time')) return null
    throw error
  }
}

/** Whether some side of it names no zone of its own; of others it does not matter what is given. */
function usesGiven(text: string): boolean {
  return text
    .replace(/\[[^\]]*\]/g, 'Z')
    .split('/')
    .some((side) => !/(?:Z|T.*[+-].*)$/.test(side))
}

describe('a time read the everyday way', () => {
  test.prop([fc.oneof(good, spoilt), given], { numRuns: 2000 })(
    'is the one that the grammar reads, or left to it',
    (text, zone) => {
      const said = everydayTime(text, { zone, rules: RULES })
      if (said === null) return
      if (!usesGiven(text)) zone = undefined
      expect(said).toEqual(slowly(text, zone))
      expect(Object.keys(said)).toEqual(Object.keys(said).sort())
    },
  )

  test('asks for the zone of the report only where a time names none', () => {
    const given = {
      rules: RULES,
      get zone(): string {
        throw new Error('asked')
      },
    }
    for (const text of ['2015-11-12[UTC]', '2015-11-12T12:00Z', '2015-11-12T12:00+02:00'])
      expect(everydayTime(text, given), text).not.toBeNull()
    expect(() => everydayTime('2015-11-12', given)).toThrow('asked')
  })

  test('is seldom left to it', () => {
    const written = [
      '2015',
      '2015-11',
      '2015-11-12',
      '2015-11-12[UTC]',
      '2015-11-12[Asia/Damascus]',
      '2015-11-12T12:00',
      '2015-11-12T12:00:01.250Z',
      '2015-11-12T12:00+02:00',
      '2015-11-12T12:00:30[Europe/Kyiv]',
      '2015-11-12/2015-11-20',
      '2015-11-12T12:00Z/2015-11-12T13:00Z',
      '2015-11/2015-11-12T13:00-03:30',
    ]
    for (const text of written) {
      const said = everydayTime(text, { zone: 'Asia/Damascus', rules: RULES })
      expect(said, text).not.toBeNull()
      expect(said).toEqual(slowly(text, 'Asia/Damascus'))
    }
  })

  test('is left to it where clocks change nearby, a zone is new or a form unusual', () => {
    const written = [
      '2015-03-27[Asia/Damascus]',
      '2015-10-25T03:30[Europe/Kyiv]',
      '2011-12-30[Pacific/Apia]',
      '2015-11-12[Africa/Tunis]',
      '2015-11-12~',
      '2015-02-29',
      '2015-11-12T24:00',
      '2015-11-12/..',
      '2015-11-12/2015-11-11',
      '2015-11-12T12:00Z/2015-11-12T12:00Z',
      '+012345-11-12',
      'evening',
      '',
    ]
    for (const text of written)
      expect(everydayTime(text, { zone: 'UTC', rules: RULES }), text).toBeNull()
    expect(everydayTime('2015-11-12', { zone: undefined, rules: RULES })).toBeNull()
  })
})
