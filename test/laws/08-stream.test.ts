/** Law 8, stream: updates applied one after another equal the view. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stream } from '../../src/testing/laws/stream.js'
import { subject } from '../../src/testing/laws/subject.js'
import { losing, notResuming, rememberingTheFirst, repeating } from './broken/watches.js'
import { breach, seeded } from './run.js'

const runs = seeded('Law 8, stream')

test('a watch from anywhere tells of each change once, and of nothing else', () =>
  fc.assert(stream(subject()), runs))

describe('the law catches', () => {
  test.each([
    ['an update that is lost', losing, /updates of/],
    ['an update that is told twice', repeating, /updates of/],
    ['a state before that is not the one before', rememberingTheFirst, /before/],
    ['changes missed before resuming', notResuming, /updates of/],
  ])('%s', async (_, broken, said) => {
    expect(await breach(stream(broken), runs.seed, said)).toMatch(said)
  })
})
