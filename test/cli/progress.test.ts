import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { barFor, printed, rateOf } from '../../src/cli/progress.js'

/** A stream that says it is a terminal, or not, and keeps what is written. */
function streamOf(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), {
    ...{ isTTY, columns: 100, cursorTo: () => true, clearLine: () => true },
    ...{ moveCursor: () => true, clearScreenDown: () => true, rows: 20 },
  })
  let text = ''
  stream.on('data', (piece: Buffer) => {
    text += piece.toString()
  })
  return { stream: stream as unknown as NodeJS.WriteStream, written: () => text }
}

function shown(json: boolean, isTTY: boolean): string {
  const { stream, written } = streamOf(isTTY)
  const bar = barFor({ json }, { doing: 'checking', counts: 'rows', whole: 100 }, stream)
  bar.show(50, 1234)
  bar.end()
  return written()
}

describe('a bar', () => {
  test('is shown at a terminal', () => {
    expect(shown(false, true)).toContain('checking')
  })

  test('is not shown under --json, nor where standard error is no terminal', () => {
    expect(shown(true, true)).toBe('')
    expect(shown(false, false)).toBe('')
  })

  test('tells the rate and the time that is left by it', () => {
    const run = { taken: 10_000, whole: 100 }
    expect(rateOf({ ...run, done: 25, counted: 80_000 })).toBe(', 8,000 a second, 30 s left')
    expect(rateOf({ ...run, done: 1, counted: 5 })).toBe(', 1 a second, 16 min 30 s left')
    expect(rateOf({ ...run, done: 100, counted: 5000 })).toBe(', 500 a second, 0 s left')
    expect(rateOf({ ...run, done: 0, counted: 0 })).toBe(', 0 a second')
    expect([printed(1), printed(1234), printed(1234567)]).toEqual(['1', '1,234', '1,234,567'])
  })
})
