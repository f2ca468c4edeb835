/** Law 12, resolver: no order of accounts matters, and no copy adds weight; asked of users' own too. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  corroborated,
  defineResolver,
  heard,
  ranked,
  unlessDivided,
  withoutEchoes,
} from '../../src/index.js'
import { resolving } from '../../src/testing/laws/resolver.js'
import { subject } from '../../src/testing/laws/subject.js'
import {
  bestGraded,
  firstVoice,
  lastPublished,
  mostAccounts,
  mostOrigins,
} from './broken/resolvers.js'
import { breach, seeded } from './run.js'

const runs = seeded('Law 12, resolver')

test('every shipped resolver answers alike in any order of accounts and with any copy', () =>
  fc.assert(resolving(subject()), runs))

/** A user's own: the best graded, copies left out. */
const graded = defineResolver({
  name: 'graded',
  resolve(_, voices, weighing) {
    const of = withoutEchoes(heard(voices), weighing)
    const best = of.voices.map(({ reliability }) => reliability[0] ?? 'G').sort()[0]
    const chosen = of.voices.filter(({ reliability }) => (reliability[0] ?? 'G') === best)
    return unlessDivided(of, chosen, { rule: 'best graded', tie: 'graded alike' })
  },
})

test('and so does a user’s own that heeds it', () =>
  fc.assert(
    resolving({
      ...subject(),
      resolvers: [graded, corroborated(3), ranked(['c', 'c via b', 'a'])],
    }),
    runs,
  ))

describe('the law catches', () => {
  test.each([
    ['a resolver that takes the first voice', firstVoice, /first-voice .* in another order/],
    ['one that counts accounts', mostAccounts, /most-accounts .* once a (?:copy|relay) of/],
    ['one that counts copies as origins', mostOrigins, /most-origins .* once a copy of/],
    [
      'one that takes a later copy for news',
      lastPublished,
      /last-published .* once a (?:copy|relay) of/,
    ],
    ['one that lends the grade of a copy', bestGraded, /best-graded .* once a copy of/],
  ])('%s', async (_, resolver, said) => {
    const weighed = resolving({ ...subject(), resolvers: [resolver] })
    expect(await breach(weighed, runs.seed, said)).toMatch(said)
  })
})
