import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRashomonError, type RashomonError } from '../../src/errors.js'
import { readEnd, readMoment, readPublished, readTime } from '../../src/time/read.js'
import { quote, type Reason } from '../../src/time/refusal.js'
import type { SaidTime } from '../../src/time/said.js'
import { checkZone } from '../../src/time/zone.js'
import { refusalOf } from './refusal.js'

const DAMASCUS = { field: 'when', rules: '2025c', zone: 'Asia/Damascus' }

interface Suggested {
  readonly bounds: string
  readonly words?: string
}

const suggestionOf = (refused: RashomonError) => refused.data.suggest as Suggested | undefined

/** Input, the reason's name, what the message says, and what is suggested where something is. */
const REFUSED: readonly (readonly [string, Reason, RegExp, string?])[] = [
  // EDTF
  ['2015-21', 'season', /season.*EDTF/, '2015-03/2015-05'],
  ['2015-24', 'season', /season.*north/, '2015-12/2016-02'],
  ['2015-30', 'season', /season/, '2015-12/2016-02'],
  ['2015-34', 'season', /season/, '2015-04/2015-06'],
  ['2015-38', 'season', /season/, '2015-05/2015-08'],
  ['2015-41', 'season', /season/, '2015-07/2015-12'],
  ['2015-21~', 'season', /season/, '2015-03/2015-05'],
  ['2015-21?', 'season', /season/, '2015-03/2015-05'],
  ['2015-21/2015-23', 'season', /"2015-21".*season/],
  ['201X', 'decade', /decade.*EDTF/, '2010/2019'],
  ['201x', 'decade', /decade/, '2010/2019'],
  ['201u', 'decade', /decade/, '2010/2019'],
  ['195', 'decade', /decade/, '1950/1959'],
  ['2001/201X', 'decade', /"201X".*decade/],
  ['19', 'century', /century.*EDTF/, '1900/1999'],
  ['19XX', 'century', /century/, '1900/1999'],
  ['19uu', 'century', /century/, '1900/1999'],
  ['1XXX', 'unspecified-digits', /unspecified/],
  ['2015-XX', 'unspecified-digits', /unspecified.*"2015"/, '2015'],
  ['2015-11-XX', 'unspecified-digits', /unspecified.*"2015-11"/, '2015-11'],
  ['2015-11-uu', 'unspecified-digits', /unspecified/, '2015-11'],
  ['XXXX-11-12', 'unspecified-digits', /unspecified/],
  ['2015-11-1X', 'unspecified-digits', /unspecified/],
  ['[1667,1668]', 'set', /set.*EDTF/],
  ['{1667,1668, 1670..1672}', 'set', /set/],
  ['[..2015-11-12]', 'set', /set/],
  ['{2015-11', 'set', /set/],
  ['2015?', 'uncertain', /uncertain.*stance or rating/],
  ['2015-11-12?', 'uncertain', /uncertain/],
  ['?2015-11-12', 'uncertain', /uncertain/],
  ['2015?-11', 'uncertain', /uncertain/],
  ['2015-11-12T11:30?', 'uncertain', /uncertain/],
  ['2015-11-12/2015-11-13?', 'uncertain', /"2015-11-13\?".*uncertain/],
  ['2015%', 'uncertain-and-about', /uncertain and approximate/],
  ['2015-11-12T11:30%', 'uncertain-and-about', /approximate/],
  ['~2015', 'about-a-part', /"~" stands at the very end/],
  ['2015~-11', 'about-a-part', /end/],
  ['2015-11-12T11:30~+02:00', 'about-a-part', /end/],
  ['Y-17E7', 'exponential-year', /exponential/],
  ['Y17E7', 'exponential-year', /exponential/],
  ['1950S2', 'significant-digits', /significant/],
  ['Y171010000S3', 'significant-digits', /significant/],
  // ISO 8601
  ['P1D', 'duration', /duration/],
  ['PT15M', 'duration', /duration/],
  ['2015-11-12/P1D', 'duration', /"P1D".*`A\/B` always means somewhere from A to B/],
  ['P1Y2M10DT2H30M/2015-11-12', 'duration', /duration/],
  ['R5/2015-11-12/2015-11-13', 'repeating', /repeats/],
  ['2015-W46', 'week-date', /week date/, '2015-11-09/2015-11-15'],
  ['2015-W46-4', 'week-date', /week date/, '2015-11-12'],
  ['2015W464', 'week-date', /week date/, '2015-11-12'],
  ['2020-W53-5', 'week-date', /week date/, '2021-01-01'],
  ['2015-W54', 'week-date', /week date/],
  ['2015-316', 'ordinal-date', /ordinal/, '2015-11-12'],
  ['2015-366', 'ordinal-date', /ordinal/],
  ['20151112', 'basic-format', /basic/, '2015-11-12'],
  ['20151112T113005Z', 'basic-format', /basic/, '2015-11-12T11:30:05Z'],
  ['20151112T1130+0200', 'basic-format', /basic/, '2015-11-12T11:30+02:00'],
  [
    '2015-11-12T11',
    'clock-without-minutes',
    /without minutes/,
    '2015-11-12T11:00/2015-11-12T11:59',
  ],
  ['11:30', 'clock-without-date', /without its date/],
  ['T11:30Z', 'clock-without-date', /without its date/],
  ['2015-11-12T11:30/12:00', 'spelling', /shortens/, '2015-11-12T11:30/2015-11-12T12:00'],
  ['2015-11-12T11:30Z/12:00', 'spelling', /shortens/, '2015-11-12T11:30Z/2015-11-12T12:00Z'],
  ['2015-11-12/15', 'spelling', /shortens/, '2015-11-12/2015-11-15'],
  ['2015-11-12/12-01', 'spelling', /shortens/, '2015-11-12/2015-12-01'],
  ['2015-11/12', 'spelling', /shortens/, '2015-11/2015-12'],
  ['2015-11-12Z', 'date-with-offset', /date with an offset/, '2015-11-12[UTC]'],
  ['2015-11-12+02:00', 'date-with-offset', /brackets/, '2015-11-12[+02:00]'],
  // near misses
  [' 2015-11-12', 'spelling', /ISO 8601/, '2015-11-12'],
  ['2015-11-12 11:30', 'spelling', /ISO 8601/, '2015-11-12T11:30'],
  ['2015-11-12t11:30z', 'spelling', /ISO 8601/, '2015-11-12T11:30Z'],
  ['2015-11-12T11:30 UTC', 'spelling', /ISO 8601/, '2015-11-12T11:30Z'],
  ['2015-11-12T11:30+0200', 'spelling', /ISO 8601/, '2015-11-12T11:30+02:00'],
  ['2015-11-12T9:30', 'spelling', /ISO 8601/, '2015-11-12T09:30'],
  ['2015-1-2', 'spelling', /ISO 8601/, '2015-01-02'],
  ['2015‑11‑12', 'spelling', /ISO 8601/, '2015-11-12'],
  ['٢٠١٥-١١-١٢', 'spelling', /ISO 8601/, '2015-11-12'],
  ['Y2015', 'spelling', /ISO 8601/, '2015'],
  ['Y02015', 'spelling', /pads/, '2015'],
  ['2015/11/12', 'date-order', /dashes/, '2015-11-12'],
  ['25.12.2015', 'date-order', /dashes/, '2015-12-25'],
  ['12/25/2015', 'date-order', /dashes/, '2015-12-25'],
  ['12/11/2015', 'date-order', /order/],
  ['11/2015', 'date-order', /order/, '2015-11'],
  ['1447322400', 'bare-number', /bare number/, '2015-11-12T10:00:00.000Z'],
  ['1447322400000', 'bare-number', /bare number/, '2015-11-12T10:00:00.000Z'],
  ['12345', 'bare-number', /after Y/, 'Y12345'],
  // what does not exist
  ['2015-02-30', 'no-such-date', /01 to 28.*"2015-02-28"/, '2015-02-28'],
  ['2015-02-29', 'no-such-date', /01 to 28/, '2015-02-28'],
  ['1900-02-29', 'no-such-date', /01 to 28/, '1900-02-28'],
  ['2015-04-31', 'no-such-date', /01 to 30/, '2015-04-30'],
  ['2015-11-00', 'no-such-date', /01 to 30/, '2015-11-01'],
  ['2015-13', 'no-such-date', /month 13; months run from 01 to 12/],
  ['2015-00-12', 'no-such-date', /month 00/],
  ['-0000', 'no-such-date', /1 BC/, '0000'],
  ['-000000-01-01', 'no-such-date', /1 BC/],
  ['Y12345-01', 'no-such-date', /"\+012345"/],
  ['2015-02-30T12:00Z', 'no-such-date', /01 to 28/],
  ['2015-11-12/2015-11-31', 'no-such-date', /"2015-11-31"/],
  ['2015-11-12T24:00', 'no-such-clock-time', /hour 24/, '2015-11-13T00:00'],
  ['2015-12-31T24:00:00', 'no-such-clock-time', /hour 24/, '2016-01-01T00:00'],
  ['2015-11-12T24:30', 'no-such-clock-time', /hours run from 00 to 23/],
  ['2015-11-12T11:60', 'no-such-clock-time', /minutes run from 00 to 59/],
  ['2016-12-31T23:59:60Z', 'no-such-clock-time', /leap second/],
  ['2015-11-12T11:30:61', 'no-such-clock-time', /seconds run from 00 to 59/],
  [
    '2016-03-25T00:30',
    'skipped',
    /"2016-03-24T23:59:59.999" and "2016-03-25T01:00"/,
    '2016-03-25T01:00',
  ],
  ['2016-03-25T00:30~', 'skipped', /does not exist in Asia\/Damascus/],
  ['2011-12-30[Pacific/Apia]', 'skipped', /left out in Pacific\/Apia/],
  ['2015-11-12T11:30:05.1234', 'too-fine', /millisecond/],
  ['2015-11-12T11:30:05.000000001Z', 'too-fine', /millisecond/],
  ['Y170000002', 'out-of-range', /out of range/],
  ['-271821-04-19T23:59:59.999Z', 'out-of-range', /out of range/],
  ['-271821', 'out-of-range', /out of range/],
  ['+275760-09-13T00:00Z', 'out-of-range', /out of range/],
  ['+999999-12-31', 'out-of-range', /out of range/],
  ['2015-11-12T11:30-00:00', 'offset', /not known/],
  ['2015-11-12T11:30+20:00', 'offset', /-15:59 to \+15:59/],
  ['2015-11-12T11:30+02:75', 'offset', /-15:59 to \+15:59/],
  ['2015-11-12T11:30+03:00[Asia/Damascus]', 'offset', /it had \+02:00/],
  ['2015-11-12T11:30[Asia/Damaskus]', 'zone', /Asia\/Damascus/],
  ['2015-11-12[CST]', 'zone', /IANA/],
  // order, and bounds that the field does not take
  ['2015-11-13/2015-11-12', 'backwards', /ends before it begins/, '2015-11-12/2015-11-13'],
  ['2015-11-13~/2015-11-12~', 'backwards', /ends before/, '2015-11-12~/2015-11-13~'],
  ['2015-11-12T12:05~/2015-11-12T12:00~', 'backwards', /ends before/],
  ['2015-11-12T12:00/2015-11-12T12:00', 'empty-window', /empty/, '2015-11-12T12:00'],
  ['2015-11-13T00:00/2015-11-12', 'backwards', /ends before/],
  ['../..', 'unbounded', /leave it out/],
  ['2015-11-12/', 'unknown', /leaves a side unknown/, '2015-11-12/..'],
  ['/2015-11-12', 'unknown', /leaves a side unknown/, '../2015-11-12'],
  ['..', 'open', /`until`/],
  ['open', 'open', /`until`/],
  ['unknown', 'unknown', /left out/],
  ['', 'blank', /blank/],
  [' \t', 'blank', /blank/],
  // words
  ['evening', 'words', /<day>T18:00\/<day>T22:00/],
  ['Evening of 2015-11-12', 'words', /words/, '2015-11-12T18:00/2015-11-12T22:00'],
  ['2015-11-12 EVENING', 'words', /words/, '2015-11-12T18:00/2015-11-12T22:00'],
  ['the morning of 12 November 2015', 'words', /words/, '2015-11-12T06:00/2015-11-12T12:00'],
  ['November 12, 2015 at noon', 'words', /words/, '2015-11-12T11:00/2015-11-12T13:00'],
  ['Dawn', 'words', /<day>T04:00/],
  ['night of 2015-12-31', 'words', /words/, '2015-12-31T20:00/2016-01-01T05:00'],
  ['midnight', 'words', /<next day>T01:00/],
  ['about 11:30 on 12 Nov 2015', 'words', /words/, '2015-11-12T11:30~'],
  ['12 November 2015, 11:30 p.m.', 'words', /words/, '2015-11-12T23:30'],
  ['Thu, 12 Nov 2015 21:00:00 GMT', 'words', /words/, '2015-11-12T21:00Z'],
  ['Thu, 12 Nov 2015 21:00:00 +0200', 'words', /words/, '2015-11-12T21:00+02:00'],
  ['12 November 2015', 'words', /words/, '2015-11-12'],
  ['late November 2015', 'words', /words/, '2015-11-21/2015-11-30'],
  ['early 2015', 'words', /words/, '2015-01/2015-04'],
  ['Spring 2015', 'words', /words/, '2015-03/2015-05'],
  ['before 2015-11-12', 'words', /words/, '../2015-11-12'],
  ['since 2015-11', 'words', /words/, '2015-11/..'],
  ['between 2015-11-12 and 2015-11-14', 'words', /words/, '2015-11-12/2015-11-14'],
  ['c. 44 BC', 'words', /words/, '-0043'],
  ['yesterday', 'words', /depends on when it was said/],
  ['вечером', 'words', /<from>\/<to>/],
  // nothing at all
  ['2015-', 'unrecognised', /"2015-11-12" or|"2015-11-12",/],
  ['2015-11-12T', 'unrecognised', /is no time/],
  ['2015-11-12T11:30.5', 'unrecognised', /is no time/],
  ['//', 'unrecognised', /is no time/],
  ['-', 'unrecognised', /is no time/],
  ['x'.repeat(257), 'too-long', /257 characters.*at most 256/],
  ['2'.repeat(100_000), 'too-long', /at most 256/],
]

describe('a time is refused by name', () => {
  const cases = REFUSED.map(([input, reason, says, suggested]) => ({
    shown: quote(input),
    input,
    reason,
    says,
    suggested,
  }))
  test.each(cases)('$shown: $reason', ({ input, reason, says, suggested }) => {
    const refused = refusalOf(() => readTime(input, DAMASCUS))
    expect(refused).toMatchObject({ code: 'invalid-time', category: 'caller' })
    expect(refused.place).toEqual({ field: 'when' })
    expect(refused.data.refused).toBe(reason)
    expect(refused.message).toMatch(/^when: "/)
    expect(refused.message).toMatch(says)
    if (suggested !== undefined) expect(suggestionOf(refused)?.bounds).toBe(suggested)
  })

  test('and what is suggested instead is read', () => {
    for (const [input] of REFUSED) {
      const suggested = suggestionOf(refusalOf(() => readTime(input, DAMASCUS)))
      if (suggested === undefined || suggested.bounds.includes('<')) continue
      const { words, bounds } = suggested
      readTime(words === undefined ? bounds : { words, bounds }, DAMASCUS)
    }
  })

  test('with a value that stays short in the message', () => {
    expect(refusalOf(() => readTime('2'.repeat(100_000), DAMASCUS)).message.length).toBeLessThan(
      300,
    )
  })
})

describe('what is no string is refused', () => {
  test.each([
    [undefined],
    [null],
    [5],
    [Number.NaN],
    [true],
    [12n],
    [Symbol('now')],
    [() => '2015'],
    [new Date(0)],
    [[]],
    [['2015-11-12', '2015-11-13']],
    [{}],
    [{ words: 'evening' }],
    [{ words: 'evening', bounds: null }],
    [{ words: 'evening', bounds: { words: 'late', bounds: '2015' } }],
    [{ bounds: '2015' }],
    [{ words: '', bounds: '2015' }],
    [{ words: ' ', bounds: '2015' }],
    [{ words: 7, bounds: '2015' }],
    [{ words: 'evening', bounds: '2015', zone: 'UTC' }],
    [{ after: 'report-1', atMost: 'PT15M' }],
    [{ words: 'dusk '.repeat(60), bounds: '2015' }],
  ])('%o', (input) => {
    const refused = refusalOf(() => readTime(input, DAMASCUS))
    expect(refused.code).toBe('invalid-time')
    expect(refused.place.field).toMatch(/^when(\.words|\.bounds)?$/)
  })
})

const GOOD = [
  '2015-11-12T11:30:05.125+02:00~',
  '2015-11-12T11:30[Asia/Damascus]/2015-11-12T12:00Z',
  '-0043-03-15',
  '+012345-11-12T23:59',
  '../2015-11~',
  'Y-12345/..',
  'evening of 12 November 2015',
  '2015-W46-4',
  '[1667,1668..1670]',
  'P1Y2M3DT4H',
]

const signs = fc.constantFrom(...'0123456789-+:.,/~?%TZYXWPREuS[]{} ^abn')

/** Texts of every kind: arbitrary, of the signs that times have, and good ones spoilt. */
const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: signs, maxLength: 40 }),
  fc
    .array(fc.constantFrom(...GOOD, '/', '-', 'T', '~', ' '), { maxLength: 4 })
    .map((of) => of.join('')),
  fc
    .record({
      good: fc.constantFrom(...GOOD),
      at: fc.nat(60),
      cut: fc.nat(3),
      put: fc.string({ unit: signs, maxLength: 3 }),
    })
    .map(({ good, at, cut, put }) => good.slice(0, at) + put + good.slice(at + cut)),
)

/** Reasons that turn on a zone or on the ends of the line, which no suggestion is put to. */
const BEYOND_GRAMMAR = ['zone', 'offset', 'skipped', 'out-of-range', 'backwards', 'empty-window']

/** Whatever comes in, a time that is no empty window comes out, or a refusal that says all. */
function readsOrRefuses(reader: (input: string) => SaidTime): void {
  const property = fc.property(texts, (text) => {
    let said: SaidTime
    try {
      said = reader(text)
    } catch (error) {
      if (!isRashomonError(error, 'invalid-time')) throw error
      expect(error.place).toEqual({ field: 'when' })
      expect(error.message).toMatch(/^when: \S/)
      expect(error.message.length).toBeLessThan(1200)
      const bounds = suggestionOf(error)?.bounds
      if (bounds === undefined || bounds.includes('<')) return
      try {
        reader(bounds)
      } catch (second) {
        expect(BEYOND_GRAMMAR).toContain((second as RashomonError).data.refused)
      }
      return
    }
    expect(said.wording).toBe(text)
    expect((said.from ?? -Infinity) < (said.to ?? Infinity)).toBe(true)
    for (const bound of [said.from, said.to])
      if (bound !== null)
        expect(Number.isSafeInteger(bound) && Math.abs(bound) <= 8.64e15).toBe(true)
  })
  fc.assert(property, { numRuns: 3000 })
}

describe('any text', () => {
  test('is read or refused, and nothing else', () =>
    readsOrRefuses((text) => readTime(text, DAMASCUS)))

  test('is not read by a Date', () => {
    const byDate = (text: string): SaidTime => {
      const from = Date.parse(text)
      return { ...readTime('2015', DAMASCUS), wording: text, from, to: from + 1 } as SaidTime
    }
    expect(() => readsOrRefuses(byDate)).toThrow()
  })

  test('is an end, a publication, a reading or a zone, or refused', () => {
    const readers: readonly ((text: string) => unknown)[] = [
      (text) => readEnd(text, DAMASCUS),
      (text) => readPublished(text, DAMASCUS),
      (text) => readMoment(text),
      (text) => readMoment('2015-11-12', text),
      (text) => checkZone(text),
    ]
    fc.assert(
      fc.property(texts, fc.constantFrom(...readers), (text, reader) => {
        try {
          reader(text)
        } catch (error) {
          if (!isRashomonError(error)) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('and any value beside it', () => {
    const input = fc.oneof(
      fc.anything(),
      fc.record({ words: fc.anything(), bounds: fc.anything() }),
    )
    fc.assert(
      fc.property(input, (value) => {
        try {
          readEnd(value, DAMASCUS)
        } catch (error) {
          if (!isRashomonError(error, 'invalid-time')) throw error
        }
      }),
    )
  })
})
