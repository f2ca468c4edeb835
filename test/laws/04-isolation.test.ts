/** Law 4, isolation: a claim changes no account but its own. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isolation } from '../../src/testing/laws/isolation.js'
import { subject } from '../../src/testing/laws/subject.js'
import { voidingPublishers } from './broken/appends.js'
import { byPlaceAlone, byPublisher } from './broken/projections.js'
import { breach, seeded } from './run.js'

const runs = seeded('Law 4, isolation')

test('a claim changes its own account alone, a desk act what it names', () =>
  fc.assert(isolation(subject()), runs))

describe('the law catches', () => {
  test.each([
    ["relays folded into the publisher's own account", byPublisher(), /changed mixing of/],
    ["a state of a place that is nobody's", byPlaceAlone(), /changed one-truth of/],
    ['a void of one report that voids all of its publisher', voidingPublishers, /changed/],
  ])('%s', async (_, broken, said) => {
    expect(await breach(isolation(broken), runs.seed, said)).toMatch(said)
  })
})
