/** Law 10, withdrawal: from there on as if the report had never been made. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { subject } from '../../src/testing/laws/subject.js'
import { withdrawal } from '../../src/testing/laws/withdrawal.js'
import { idle } from './broken/appends.js'
import { countingArrivals } from './broken/projections.js'
import { breach, seeded } from './run.js'

const runs = seeded('Law 10, withdrawal')

test('a report taken back by its source or the desk leaves the log as if it had never been made', () =>
  fc.assert(withdrawal(subject()), runs))

describe('the law catches', () => {
  test.each([
    ['withdrawals that come to nothing', idle('withdrawal'), /without/],
    ['voids that come to nothing', idle('void'), /without/],
    ['a projection that counts what it was shown', countingArrivals(), /without .*counting of/],
  ])('%s', async (_, broken, said) => {
    expect(await breach(withdrawal(broken), runs.seed, said)).toMatch(said)
  })
})
