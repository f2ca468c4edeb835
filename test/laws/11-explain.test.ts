/** Law 11, explain: the support alone carries the answer against all that opposes it. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HistoryOptions, histories } from '../../src/testing/arbitraries.js'
import { explanation } from '../../src/testing/laws/explain.js'
import { subject } from '../../src/testing/laws/subject.js'
import {
  carriedByAll,
  carriedByNothing,
  keepingOthersQuiet,
  listingAll,
  namingTheOldest,
  passingOverOne,
  sparingLosers,
  wordOfTheOldest,
} from './broken/explanations.js'
import { quarrels } from './quarrels.js'
import { breach, seeded } from './run.js'

const withRegards = (options?: HistoryOptions) => histories({ ...options, regards: true })

const runs = seeded('Law 11, explain')

test('a smallest support carries every answer against all that opposes it, whoever weighs', () =>
  fc.assert(explanation(subject({ histories: withRegards })), runs))

test('and where sources rate each other and take stances on what they say of one place', () =>
  fc.assert(explanation(subject({ histories: () => quarrels() })), runs))

describe('the law catches', () => {
  test.each([
    ['every report of the value listed as its support', listingAll, /is given by/],
    ['an opposing report left out', passingOverOne, /is not in the opposition|is not given by/],
    [
      'the oldest named where several carry it',
      namingTheOldest,
      /is not given by|canonically later/,
    ],
    ['other supporters left out', keepingOthersQuiet, /is not listed/],
    ['losers left out', sparingLosers, /not among the losers/],
    ['a word that nothing is said to carry', carriedByNothing, /what .* is not given by/],
    ['a word carried by all that was ever said', carriedByAll, /what .* is given by/],
    ['a word carried by the oldest', wordOfTheOldest, /and is later/],
  ])('%s', async (_, broken, said) => {
    expect(await breach(explanation(broken), runs.seed, said)).toMatch(said)
  })
})
