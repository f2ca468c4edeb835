/** A row that makes a report for each item of a list, and conditions that compare. */
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { file, mapped, rowsOf } from './tables.js'

const PARTS = {
  reports: [
    {
      if: { cell: '{whole}', notIn: [''] },
      each: { list: '{parts}', separator: '|', unique: true },
      claim: { kind: 'part-of-engagement', part: '{item}', whole: '{whole}' },
      attribution: 'x',
    },
  ],
}

async function reports(text: string): Promise<Readonly<Record<string, unknown>>[]> {
  return (await rowsOf(file(text), PARTS)).map(({ report }) => report)
}

describe('a template with a list', () => {
  test('makes a report for each item, each with an id of its own', async () => {
    const text = 'whole,parts\nw,a|b||b\nw,\n,a|b\n'
    const made = await reports(text)
    expect(made.map(({ claim }) => claim)).toEqual([
      { kind: 'part-of-engagement', part: 'a', whole: 'w' },
      { kind: 'part-of-engagement', part: 'b', whole: 'w' },
    ])
    const ids = made.map(({ id }) => id)
    expect(new Set(ids).size).toBe(2)
    expect((await reports(text)).map(({ id }) => id)).toEqual(ids)
  })
})

/** Whether the cells are in order, as a mapping finds it. */
async function ordered(cells: readonly string[]): Promise<boolean> {
  const condition = { ordered: ['{a}', '{b}', '{c}'] }
  const report = await mapped(['a', 'b', 'c'], cells, {
    citation: { x: { if: condition, give: 'yes', otherwise: 'no' } },
  })
  return (report as { citation: { x: string } }).citation.x === 'yes'
}

describe('what is ordered', () => {
  property.prop([fc.tuple(fc.integer(), fc.integer(), fc.integer())], { numRuns: 50 })(
    'is by number where all are numbers',
    async ([a, b, c]) => {
      expect(await ordered([`${a}`, `${b}`, `${c}`])).toBe(a <= b && b <= c)
    },
  )

  test.each<[readonly string[], boolean]>([
    [['1862-04-03', '1862-04-05', '1862-04-05'], true],
    [['1862-04-05', '1862-04-03', '1862-04-05'], false],
    [['9', '10', '10.5'], true],
    [['1', '', '2'], false],
  ])('%j', async (cells, is) => {
    expect(await ordered(cells)).toBe(is)
  })
})
