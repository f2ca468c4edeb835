/** Cells: what a spreadsheet opens is what was meant, and runs nothing. */
import { fc, test as property } from '@fast-check/vitest'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import {
  type Cell,
  csvText,
  days,
  listText,
  valuesText,
  valueText,
} from '../../src/exchange/cells.js'

const STARTS = ['=', '+', '-', '@', '\t', '\r']
const isFormula = (cell: string) => STARTS.includes(cell[0] ?? '')

const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.tuple(fc.constantFrom(...STARTS, '"', ',', '\n', "'"), fc.string()).map(([a, b]) => a + b),
)
const cells: fc.Arbitrary<Cell> = fc.oneof(
  texts,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

const read = (text: string) =>
  parse(text, { relax_column_count: true, skip_empty_lines: false }) as string[][]

/** Faults of a table as text: formulas in it, and cells that are not as they were given. */
function faults(rows: readonly (readonly Cell[])[], text: string): string[] {
  return read(text).flatMap((row, at) =>
    row.flatMap((cell, column) => {
      const meant = rows[at]?.[column]
      if (typeof meant === 'number') return Number(cell) === meant ? [] : [`number ${cell}`]
      if (isFormula(cell)) return [`formula ${cell}`]
      return cell === meant || cell === `'${meant}` ? [] : [`changed ${cell}`]
    }),
  )
}

/** A table of at least two columns: a row of one empty cell is an empty line. */
const tables = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([width, height]) =>
    fc.array(fc.array(cells, { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
  )

describe('rows as CSV', () => {
  property.prop([tables])('hold what was given, and no cell of text is a formula', (rows) => {
    expect(faults(rows, csvText(rows))).toEqual([])
  })

  test('numbers stay numbers, text that looks like a formula does not run', () => {
    expect(csvText([[-12.5, '-12.5', '=1+1', '@x', '+1', 'a=b', '\tx']])).toBe(
      "-12.5,'-12.5,'=1+1,'@x,'+1,a=b,'\tx\n",
    )
  })

  test('a writer that escapes nothing is caught', () => {
    const rows = [['=HYPERLINK("x")', 'a']]
    expect(faults(rows, '"=HYPERLINK(""x"")",a\n')).toEqual(['formula =HYPERLINK("x")'])
    expect(faults(rows, 'HYPERLINK,a\n')).toEqual(['changed HYPERLINK'])
  })
})

describe('values in cells', () => {
  test('actors, holders and how far, nobody, unsaid', () => {
    expect(valueText(['a', 'b'])).toBe('a|b')
    expect(valueText([])).toBe('(none)')
    expect(valueText({ actors: ['a', 'b'], extent: 'full' })).toBe('a|b (full)')
    expect(valueText({ actors: ['a'] })).toBe('a')
    expect(valueText({ actors: [] })).toBe('(none)')
    expect(valuesText([null, ['a'], []])).toBe('(unsaid); a; (none)')
  })

  test('alternatives and denials', () => {
    const either = [{ actors: ['a'], extent: 'full' }, { actors: ['b', 'c'] }]
    expect(valueText({ oneOf: either })).toBe('a (full) or b|c')
    expect(valueText({ not: ['a', 'b'] })).toBe('not a|b')
  })

  test('ids that could be misread are quoted, other forms are JSON', () => {
    expect(listText(['a|b', 'c', '(none)', 'd;e'])).toBe('"a|b"|c|"(none)"|"d;e"')
    expect(listText(['a or b', 'not a'])).toBe('"a or b"|"not a"')
    expect(valueText({ oneOf: [['a'], [1]] })).toBe('{"oneOf":[["a"],[1]]}')
    expect(valueText({ not: 'a' })).toBe('{"not":"a"}')
    expect(valueText({ actors: ['a'], not: true })).toBe('{"actors":["a"],"not":true}')
    expect(valueText(3)).toBe('3')
  })

  test('ages are days', () => {
    expect([days(0), days(86_400_000), days(90_000_000)]).toEqual([0, 1, 1.0417])
  })
})
