/** Law 3, idempotence: told again, nothing changes; other content under a taken id conflicts. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idempotence } from '../../src/testing/laws/idempotence.js'
import { subject } from '../../src/testing/laws/subject.js'
import {
  committingEach,
  droppingCitations,
  droppingIds,
  enteringAgain,
  forgettingDuplicates,
  swallowingConflicts,
} from './broken/appends.js'
import { breach, seeded } from './run.js'

const runs = seeded('Law 3, idempotence')

test('the same again answers with the first receipt, other content conflicts, and nothing is written', () =>
  fc.assert(idempotence(subject()), runs))

describe('the law catches', () => {
  test.each([
    ['ids dropped before they are sealed', droppingIds, /id is taken|when refused/],
    ['the same again entered under another id', enteringAgain, /told again/],
    [
      'a repeated receipt that says it is new',
      forgettingDuplicates,
      /receipts when told again: 0.duplicate/,
    ],
    ['conflicts passed over in silence', swallowingConflicts, /id is taken|when refused/],
    ['half of a refused commit kept', committingEach, /half of a refused commit is kept/],
    ['hidden parts that are dropped', droppingCitations, /id is taken|when refused/],
  ])('%s', async (_, broken, said) => {
    expect(await breach(idempotence(broken), runs.seed, said)).toMatch(said)
  })
})
