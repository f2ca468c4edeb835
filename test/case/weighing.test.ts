/** What each resolver makes of Al-'Eiss at the end of the day south of Aleppo (DESIGN 10). */
import { beforeAll, describe, expect, test } from 'vitest'
import { openTimeline, type Resolution, type Timeline } from '../../src/index.js'
import { aleppo } from '../../src/testing/aleppo.js'

const VALID = '2015-11-12T20:00+02:00'
const AT_AL_EISS = ['hezbollah', 'iranian-units', 'iraqi-units']
const FIGHTING = ['ahrar-al-sham', ...AT_AL_EISS]

let timeline: Timeline
beforeAll(async () => {
  timeline = await openTimeline({ log: ':memory:' })
  for (const report of aleppo.all) await timeline.append(report)
})

const resolved = (resolver: string, facet: string): Resolution | undefined =>
  timeline.at({ valid: VALID, resolver }).place('al-eiss').resolved[facet]

describe('Al-’Eiss at 20:00', () => {
  test('is contested by cautious', () => {
    expect(resolved('cautious', 'contest')).toEqual({
      decided: true,
      value: FIGHTING,
      certainty: 'certain',
      rule: 'whoever anybody says, or may say, counts',
      support: ['al-masdar/ground-source'],
      opposition: ['al-masdar/activists'],
    })
  })

  test('has no holder by corroborated(2), for one origin alone names one', () => {
    for (const resolver of ['corroborated', 'corroborated(2)'])
      expect(resolved(resolver, 'holder')).toEqual({
        decided: false,
        rule: 'no value is said by 2 independent origins',
        candidates: [
          { value: { actors: AT_AL_EISS, extent: 'full' }, accounts: ['al-masdar/activists'] },
        ],
      })
  })

  test('is undecided on fighting by all that cannot tell the two accounts apart', () => {
    for (const resolver of ['dispute', 'latest', 'corroborated', 'against-interest', 'rated'])
      expect(resolved(resolver, 'contest')?.decided).toBe(false)
  })

  test('is as the first in an order says', () => {
    expect(resolved('ranked(al-masdar/activists)', 'contest')).toMatchObject({ value: [] })
    expect(resolved('ranked(al-masdar/ground-source)', 'contest')).toMatchObject({
      value: FIGHTING,
    })
  })

  test('has no rating that would decide, and rated says so', () => {
    expect(resolved('rated', 'holder')).toMatchObject({
      decided: false,
      candidates: [],
      aside: [{ account: 'al-masdar/activists', why: 'nobody rates its origin' }],
    })
  })
})

describe('with what others make of it', () => {
  let weighed: Timeline
  beforeAll(async () => {
    weighed = await openTimeline({ log: ':memory:' })
    for (const report of aleppo.all) await weighed.append(report)
    const captured = aleppo.all.find(({ id }) => id?.endsWith('/6'))
    const by = (source: string, claim: object) => ({
      claim,
      attribution: source,
      published: '2015-11-13T09:00Z',
    })
    await weighed.append([
      { claim: { kind: 'source', source: 'sohr' } },
      by('sohr', { kind: 'stance', of: captured!.id, stance: 'corroborate' }),
      by('sohr', { kind: 'rating', source: 'al-masdar/ground-source', reliability: 'B' }),
      by('sohr', { kind: 'rating', source: 'al-masdar/activists', reliability: 'D' }),
    ])
  })
  const weigh = (reading: object) =>
    weighed.at({ valid: VALID, ...reading }).place('al-eiss').resolved
  const contest = (reading: object) => weigh(reading).contest

  test('a report that another origin corroborates has two', () => {
    expect(weigh({ resolver: 'corroborated(2)' }).holder).toMatchObject({
      decided: true,
      value: { actors: AT_AL_EISS, extent: 'full' },
      support: ['al-masdar/activists', 'sohr'],
    })
    expect(weigh({ resolver: 'corroborated(2)', published: 'then' }).holder).toBeUndefined()
  })

  test('rated believes whom the better grade was given', () => {
    expect(contest({ resolver: 'rated' })).toMatchObject({ decided: true, value: FIGHTING })
    expect(contest({ resolver: 'rated', published: '2015-11-12' })).toMatchObject({
      decided: false,
    })
    expect(contest({ resolver: 'rated', accounts: { exclude: ['sohr'] } })).toMatchObject({
      decided: false,
    })
  })
})
