/** Law 7, cache: reopened, or fed again after a crash, the log answers as one full fold. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cache } from '../../src/testing/laws/cache.js'
import { subject } from '../../src/testing/laws/subject.js'
import { committingEach } from './broken/appends.js'
import { rememberingReads } from './broken/projections.js'
import { keepingAnswers, leavingOffTheLast } from './broken/reads.js'
import { breach, seeded } from './run.js'

const runs = seeded('Law 7, cache')

test('a log that grew, was reopened, or crashed at any point answers as one full fold', () =>
  fc.assert(cache(subject()), runs))

describe('the law catches', () => {
  test.each([
    ['answers kept whatever is appended', keepingAnswers(), /after a crash|reopened/],
    ['a snapshot that is not caught up', leavingOffTheLast, /reopened, /],
    ['state kept beside what the engine hands in', rememberingReads(), /reopened, remembering of/],
    ['commits that can be cut in half', committingEach, /half a commit/],
  ])('%s', async (_, broken, said) => {
    expect(await breach(cache(broken), runs.seed, said)).toMatch(said)
  })
})
