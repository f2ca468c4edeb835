/** Law 1, arrival: order and grouping of appends do not matter. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrival } from '../../src/testing/laws/arrival.js'
import { subject } from '../../src/testing/laws/subject.js'
import { countingArrivals } from './broken/projections.js'
import { inOrderOfArrival } from './broken/reads.js'
import { breach, seeded } from './run.js'

const runs = seeded('Law 1, arrival')

test('whatever the order of arrival, and however it is grouped into commits, states are the same', () =>
  fc.assert(arrival(subject()), runs))

describe('the law catches', () => {
  test.each([
    [
      'a projection that counts arrivals',
      countingArrivals(),
      /in another order of arrival, counting of/,
    ],
    [
      'accounts in the order in which they were first heard',
      inOrderOfArrival,
      /in another order of arrival, place/,
    ],
  ])('%s', async (_, broken, said) => {
    expect(await breach(arrival(broken), runs.seed, said)).toMatch(said)
  })
})
