/** Law 5, coexistence: every report that counts stands in exactly one account. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coexistence } from '../../src/testing/laws/coexistence.js'
import { subject } from '../../src/testing/laws/subject.js'
import { byPublisher } from './broken/projections.js'
import { countingRelaysTwice, hidingLosers } from './broken/reads.js'
import { breach, seeded } from './run.js'

const runs = seeded('Law 5, coexistence')

test('what counts is found in its own account alone, whoever weighs the accounts', () =>
  fc.assert(coexistence(subject()), runs))

describe('the law catches', () => {
  test.each([
    [
      'an account that lost hidden under `latest`',
      hidingLosers,
      /the accounts of \S+ under latest/,
    ],
    ["a relay shown in the origin's own account too", countingRelaysTwice, /in the account/],
    [
      "relays folded into the publisher's own account",
      byPublisher(),
      /the accounts in which mixing finds/,
    ],
  ])('%s', async (_, broken, said) => {
    expect(await breach(coexistence(broken), runs.seed)).toMatch(said)
  })
})
