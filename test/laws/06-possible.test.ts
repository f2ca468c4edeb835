/** Law 6, possible worlds: what is possible is what some world gives. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { possibleWorlds } from '../../src/testing/laws/possible.js'
import { subject } from '../../src/testing/laws/subject.js'
import {
  doubtingAll,
  doubtingDenials,
  lateEdges,
  missingPossibles,
  roundingOff,
  takingAlternativesForOne,
} from './broken/reads.js'
import { breach, seeded } from './run.js'

const runs = seeded('Law 6, possible worlds')

test('every register answers at every instant as all worlds together do', () =>
  fc.assert(possibleWorlds(subject()), runs))

describe('the law catches', () => {
  test.each([
    ['a possible value that is missing', missingPossibles, /possible(\.\d+)? was/],
    ['a doubt that no world has', doubtingAll, /possible(\.\d+)? was/],
    ['alternatives taken for one value', takingAlternativesForOne, /possible(\.\d+)?(\.\w+)* was/],
    ['a denial that is never certain', doubtingDenials, /possible(\.\d+)? was/],
    ['what is possible taken for settled', roundingOff, /settled was null/],
    ['a window that ends one instant late', lateEdges, /was/],
  ])('%s', async (_, broken, said) => {
    expect(await breach(possibleWorlds(broken), runs.seed, said)).toMatch(said)
  })
})
