import { describe, expect, test } from 'vitest'
import { readTime } from '../../src/time/read.js'
import { quote } from '../../src/time/refusal.js'
import { DAMASCUS, refusalOf, suggestionOf } from './refusal.js'
import { REFUSED } from './refused.js'

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
