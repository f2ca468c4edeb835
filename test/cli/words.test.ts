import fc from 'fast-check'
import pc from 'picocolors'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { instantOf, shieldYears } from '../../src/cli/coordinates.js'
import { quoted } from '../../src/cli/session.js'
import { paragraph, tableLines, wrap } from '../../src/cli/table.js'
import { paintFor, widthOf } from '../../src/cli/terminal.js'
import { ageWords, whenIn } from '../../src/cli/when.js'
import { facetWords, inOrder } from '../../src/cli/words.js'

const names = {
  place: (id: string) => `place ${id}`,
  actor: (id: string) => id.toUpperCase(),
  source: (id: string) => id,
  account: (name: string) => name,
}

describe('facets in words', () => {
  test.each([
    ['holder', { actors: ['a', 'b'], extent: 'full' }, 'held fully by A, B'],
    ['holder', { actors: ['a'], extent: 'partial' }, 'held in part by A'],
    ['holder', { actors: ['a'] }, 'held by A'],
    ['holder', { actors: [] }, 'held by nobody'],
    ['contest', ['a', 'b'], 'contested by A, B'],
    ['contest', [], 'quiet'],
    ['fireControl', ['a'], 'under the fire control of A'],
    ['fireControl', [], 'under no fire control'],
    ['siege', ['a'], 'besieged by A'],
    ['threat', ['a'], 'threatened by A'],
    ['presence', [], 'nobody present'],
    ['administration', ['a'], 'administered by A'],
    ['contest', null, 'nothing said of fighting for it'],
    ['holder', { oneOf: [{ actors: ['a'] }, { actors: ['b', 'c'] }] }, 'held by A or B, C'],
    [
      'holder',
      { oneOf: [{ actors: ['a'], extent: 'full' }, { actors: ['b'] }] },
      'held fully by A or held by B',
    ],
    ['holder', { oneOf: [{ actors: [] }, { actors: ['b'] }] }, 'held by nobody or B'],
    ['holder', { not: ['a'] }, 'not held by A'],
    ['holder', { not: ['a', 'b'] }, 'not held by A or B'],
    ['siege', { not: ['a'] }, 'not besieged by A'],
    ['fireControl', { not: ['a'] }, 'not under the fire control of A'],
    ['presence', { not: ['a'] }, 'not present: A'],
    ['holder', { oneOf: ['x'] }, 'holder: {"oneOf":["x"]}'],
    ['weather', { not: ['a'] }, 'weather: {"not":["a"]}'],
    ['weather', 'rain', 'weather: "rain"'],
  ])('%s %j', (facet, value, words) => {
    expect(facetWords(facet, value, names)).toBe(words)
  })

  test('who holds it is told first, what is not known last', () => {
    expect(inOrder(['weather', 'siege', 'contest', 'holder'])).toEqual([
      'holder',
      'contest',
      'siege',
      'weather',
    ])
  })
})

describe('times in words', () => {
  const utc = whenIn()
  const damascus = whenIn('Asia/Damascus')

  test.each([
    ['2015-11-12T18:00:00.000Z', '2015-11-12 18:00'],
    ['2015-11-12T18:00:05.000Z', '2015-11-12 18:00:05'],
    ['2015-11-12T02:59:59.999Z', '2015-11-12 02:59:59.999'],
    ['-000430-01-01T00:00:00.000Z', '-000430-01-01 00:00'],
  ])('the instant %s', (iso, words) => {
    expect(utc.instant(iso)).toBe(words)
  })

  test('clocks of a zone, before and after they change, and far back', () => {
    expect(damascus.instant('2015-11-12T18:00:00.000Z')).toBe('2015-11-12 20:00')
    expect(damascus.instant('2015-07-12T18:00:00.000Z')).toBe('2015-07-12 21:00')
    expect(whenIn('-03:30').instant('2015-01-01T00:00:00.000Z')).toBe('2014-12-31 20:30')
    expect(whenIn('Europe/Rome').instant('-000043-03-15T12:00:00.000Z')).toMatch(
      /^-000043-03-15 12:49/,
    )
  })

  test('a zone that is none is refused with one that is', () => {
    expect(() => whenIn('Asia/Damascu')).toThrow(/no zone "Asia\/Damascu".*Asia\/Damascus/)
  })

  test.each([
    [{ from: null, to: null }, 'at any time'],
    [{ from: null, to: '2015-11-12T19:00:00.001Z' }, 'by 2015-11-12 19:00'],
    [{ from: '2015-11-12T19:00:00.000Z', to: null }, 'from 2015-11-12 19:00 on'],
    [{ from: '2015-11-12T19:00:00.000Z', to: '2015-11-12T19:00:00.001Z' }, '2015-11-12 19:00'],
    [
      { from: '2015-11-12T10:00:00.000Z', to: '2015-11-12T18:00:00.000Z' },
      '2015-11-12 10:00–18:00',
    ],
    [{ from: '2015-11-12T00:00:00.000Z', to: '2015-11-13T00:00:00.000Z' }, '2015-11-12'],
    [
      { from: '2015-11-01T00:00:00.000Z', to: '2015-12-01T00:00:00.000Z' },
      '2015-11-01 to 2015-11-30',
    ],
    [
      { from: '2015-11-11T22:00:00.000Z', to: '2015-11-12T03:00:00.000Z' },
      '2015-11-11 22:00 – 2015-11-12 03:00',
    ],
  ])('the window %j', (window, words) => {
    expect(utc.window(window)).toBe(words)
  })

  test('a day in its zone is a day', () => {
    const day = { from: '2015-11-11T22:00:00.000Z', to: '2015-11-12T22:00:00.000Z' }
    expect(damascus.window(day)).toBe('2015-11-12')
  })

  test('a stretch that turns at the last instant of a minute turns at the minute', () => {
    expect(utc.stretch(null, '2015-11-12T02:59:59.999Z')).toBe('until 2015-11-12 03:00')
    expect(utc.stretch('2015-11-12T02:59:59.999Z', null)).toBe('from 2015-11-12 03:00 on')
    expect(utc.stretch(null, null)).toBe('at all times')
    expect(utc.stretch('2015-11-12T04:00:00.000Z', '2015-11-12T09:59:59.999Z')).toBe(
      '2015-11-12 04:00–10:00',
    )
  })

  test.each([
    [0, 'now'],
    [59_999, 'now'],
    [60_000, '1 minute'],
    [45 * 60_000, '45 minutes'],
    [9 * 3_600_000 + 1, '9 hours'],
    [36 * 3_600_000, '36 hours'],
    [49 * 86_400_000, '49 days'],
    [200 * 86_400_000, '7 months'],
    [7305 * 86_400_000, '20 years'],
  ])('an age of %i ms', (age, words) => {
    expect(ageWords(age)).toBe(words)
  })

  test('years before our era are no options', () => {
    const shielded = shieldYears(['at', '-0430-01-01', '--known', '3', '-h'])
    expect(shielded).toEqual(['at', '−0430-01-01', '--known', '3', '-h'])
    expect(shielded.map(instantOf)[1]).toBe('-0430-01-01')
  })
})

describe('columns', () => {
  const page = { width: 80, paint: pc.createColors(false) }
  const word = fc.string({ unit: fc.constantFrom('a', 'é', 'ح', '漢', '-', '/'), minLength: 1 })
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '))

  test('no line is wider than asked, and no letter is lost', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 40 }), (said, width) => {
        const lines = wrap(said, width)
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(said.replaceAll(' ', ''))
      }),
    )
  })

  test('a table fits its page', () => {
    const columns = [{ title: 'a', cap: 20 }, { title: 'b' }, { title: 'c', cap: 10 }]
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 }), (rows) => {
        for (const line of tableLines(columns, rows, page)) {
          expect(stringWidth(line)).toBeLessThanOrEqual(80)
          expect(line).toBe(line.trimEnd())
        }
      }),
    )
  })

  test('a column that says nothing is left out', () => {
    const lines = tableLines([{ title: 'a' }, { title: 'gone', cap: 9 }], [['x', '']], page)
    expect(lines).toEqual(['  a', '  x'])
  })

  test('a sentence goes on under itself', () => {
    expect(paragraph('one two three', { width: 12 })).toEqual(['  one two', '    three'])
  })
})

describe('the terminal', () => {
  const coloured = (stream: { isTTY?: boolean }, env: Record<string, string>) =>
    paintFor(stream, env).isColorSupported

  test('colours are for terminals, unless told otherwise', () => {
    expect(coloured({}, {})).toBe(false)
    expect(coloured({}, { CI: 'true' })).toBe(false)
    expect(coloured({ isTTY: true }, {})).toBe(true)
    expect(coloured({ isTTY: true }, { TERM: 'dumb' })).toBe(false)
    expect(coloured({ isTTY: true }, { NO_COLOR: '1' })).toBe(false)
    expect(coloured({}, { FORCE_COLOR: '1' })).toBe(true)
    expect(coloured({ isTTY: true }, { FORCE_COLOR: '0' })).toBe(false)
    expect(coloured({}, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false)
  })

  test('widths stay readable', () => {
    expect(widthOf({ isTTY: true, columns: 80 }, {})).toBe(80)
    expect(widthOf({ isTTY: true, columns: 20 }, {})).toBe(60)
    expect(widthOf({ isTTY: true, columns: 400 }, {})).toBe(140)
    expect(widthOf({}, {})).toBe(100)
    expect(widthOf({}, { COLUMNS: '90' })).toBe(90)
  })

  test('a shell takes back what is quoted for it', () => {
    expect(quoted('a.db')).toBe('a.db')
    expect(quoted("it's here.db")).toBe(`'it'\\''s here.db'`)
  })
})
