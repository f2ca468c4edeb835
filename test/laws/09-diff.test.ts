/** Law 9, diff: applied to the first reading it gives the second; diffs compose. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diff } from '../../src/testing/laws/diff.js'
import { subject } from '../../src/testing/laws/subject.js'
import {
  comparingHeads,
  forgettingVoids,
  losingPossibles,
  losingStandings,
  losingSupport,
  losingWeights,
  missingParts,
  nameless,
  repeatingItself,
} from './broken/diffs.js'
import { breach, seeded } from './run.js'

const runs = seeded('Law 9, diff')

test('a diff applied to its first reading gives its second, and diffs compose', () =>
  fc.assert(diff(subject()), runs))

describe('the law catches', () => {
  test.each([
    ['changes of support alone that are lost', losingSupport, /supportedAt/],
    ['parts that a whole reaches and that are missed', missingParts, /the diff applied/],
    ['rows hidden by a void that are forgotten', forgettingVoids, /the diff applied/],
    ['possible values that are not compared', losingPossibles, /the diff applied/],
    ['standings that are not compared', losingStandings, /standing/],
    ['resolved values that are not compared', losingWeights, /resolved/],
    ['a change that is told twice', repeatingItself, /^RashomonError: /],
    ['changes without what caused them', nameless, /no report changed/],
    ['a diff of what is known now', comparingHeads, /the diff applied|here is/],
  ])('%s', async (_, broken, said) => {
    expect(await breach(diff(broken), runs.seed, said)).toMatch(said)
  })
})
