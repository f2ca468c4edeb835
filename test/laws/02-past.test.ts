/** Law 2, past knowledge is fixed. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { past } from '../../src/testing/laws/past.js'
import { subject } from '../../src/testing/laws/subject.js'
import { ignoringKnown, knowingHistories, looseTokens, stampingBefore } from './broken/reads.js'
import { breach, seeded } from './run.js'

const runs = seeded('Law 2, past knowledge is fixed')

test('nothing appended later changes an answer at an earlier position, instant or token', () =>
  fc.assert(past(subject()), runs))

describe('the law catches', () => {
  test.each([
    ['reads that ignore `known`', ignoringKnown, /^Breach: known /],
    [
      'a history that knows what came later',
      knowingHistories,
      /known \S+ at head \d+, the history of/,
    ],
    ['entries stamped before an instant that was answered for', stampingBefore, /^Breach: known /],
    ['a token that opens at the head', looseTokens, /what the token opens/],
  ])('%s', async (_, broken, said) => {
    expect(await breach(past(broken), runs.seed, said)).toMatch(said)
  })
})
