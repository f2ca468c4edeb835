import { describe, expect, test } from 'vitest'
import { namesIn } from '../../src/cli/names.js'
import { resolvedWords } from '../../src/cli/place-lines.js'
import { openTimeline, type Resolution } from '../../src/index.js'

const aside = [{ account: 'a via b', why: 'its origin took it back' }]

describe('what a resolver makes of a facet, in words,', () => {
  const UNDECIDED = { decided: false, rule: 'nobody speaks', candidates: [] } as const
  const CASES: readonly (readonly [string, Resolution, string])[] = [
    [
      'names who was not weighed, and why',
      { ...UNDECIDED, aside },
      'fighting for it undecided (nobody speaks; not weighed: a via b, its origin took it back)',
    ],
    [
      'has no colon where nobody is a candidate',
      UNDECIDED,
      'fighting for it undecided (nobody speaks)',
    ],
    [
      'names who stands for it and against it',
      {
        decided: true,
        value: [],
        certainty: 'certain',
        rule: 'said',
        support: ['a'],
        opposition: ['b'],
        aside,
      },
      'quiet (said: a, against b; not weighed: a via b, its origin took it back)',
    ],
  ]
  test.each(CASES)('%s', async (_, resolution, words) => {
    const timeline = await openTimeline({ log: ':memory:' })
    const names = namesIn(timeline.registry())
    expect(resolvedWords({ resolved: { contest: resolution } }, names)).toEqual([words])
    await timeline.close()
  })
})
