/** Law 5, coexistence: every report that counts stands in exactly one account. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HistoryOptions, histories } from '../../src/testing/arbitraries.js'
import { coexistence } from '../../src/testing/laws/coexistence.js'
import { subject } from '../../src/testing/laws/subject.js'
import { forgettingLosers } from './broken/explanations.js'
import { byPublisher, byRated } from './broken/projections.js'
import { countingRelaysTwice, hidingLosers } from './broken/reads.js'
import { quarrels } from './quarrels.js'
import { breach, seeded } from './run.js'

const withRegards = (options?: HistoryOptions) => histories({ ...options, regards: true })

const runs = seeded('Law 5, coexistence')

test('what counts is found in its own account alone, whoever weighs the accounts', () =>
  fc.assert(coexistence(subject({ histories: withRegards })), runs))

test('so too where sources quarrel, grade each other and take stances', () =>
  fc.assert(coexistence(subject({ histories: () => quarrels() })), runs))

describe('the law catches', () => {
  test.each([
    [
      'an account that lost hidden under `latest`',
      hidingLosers,
      /the accounts of \S+ under latest/,
    ],
    [
      "a relay shown in the origin's own account too",
      countingRelaysTwice,
      /in the account|explains relayed of/,
    ],
    [
      "relays folded into the publisher's own account",
      byPublisher(),
      /the accounts in which mixing finds/,
    ],
    [
      'grades folded into the account of whom they grade',
      byRated({ histories: () => quarrels() }),
      /the accounts in which flattering finds/,
    ],
    [
      'a loser that nothing tells of any more',
      forgettingLosers,
      /the accounts in which \S+ explains/,
    ],
  ])('%s', async (_, broken, said) => {
    expect(await breach(coexistence(broken), runs.seed, said)).toMatch(said)
  })
})
