import { describe, expect, test } from 'vitest'
import { openTimeline, type Timeline } from '../../src/index.js'
import { door, context as reading } from '../report/support.js'

const REGISTRY = [
  ...['herald', 'herald/witness', 'crier', 'critic'].map((source) => ({
    claim: { kind: 'source', source },
  })),
  { claim: { kind: 'place', place: 'town' } },
  { claim: { kind: 'actor', actor: 'reds' } },
]
const CLAIM = { kind: 'control', place: 'town', holder: 'reds' }
const TOLD = { published: '2015-11-12T21:00Z', when: '2015-11-12T12:00Z', claim: CLAIM }

async function withReports(): Promise<Timeline> {
  const timeline = await openTimeline({ log: ':memory:', clock: () => 1_500_000_000_000 })
  await timeline.append(REGISTRY)
  await timeline.append([
    { ...TOLD, id: 'own', attribution: 'herald' },
    { ...TOLD, id: 'relay', attribution: ['crier', 'herald'] },
    { ...TOLD, id: 'witness', attribution: ['herald', 'herald/witness'] },
  ])
  return timeline
}

const stance = (of: string, stance: string, attribution: unknown) => ({
  claim: { kind: 'stance', of, stance },
  attribution,
  published: '2015-11-13T00:00Z',
})

describe('a stance', () => {
  const ALLOWED = [
    ['another source denies', stance('own', 'deny', 'critic')],
    ['the origin denies a relay', stance('relay', 'deny', 'herald')],
    ['the origin stands by a relay', stance('relay', 'corroborate', 'herald')],
    ['a teller doubts what it relayed', stance('relay', 'doubt', 'crier')],
    ['a relayed stance', stance('own', 'deny', ['crier', 'critic'])],
  ] as const
  test.each(ALLOWED)('may be taken: %s', async (_, report) => {
    const timeline = await withReports()
    await expect(timeline.append(report)).resolves.toMatchObject({ duplicate: false })
    await timeline.close()
  })

  const REFUSED = [
    [
      'on its own word',
      stance('own', 'corroborate', 'herald'),
      'unauthorised',
      /told the report itself/,
    ],
    [
      'that denies what one relayed',
      stance('relay', 'deny', 'crier'),
      'unauthorised',
      /is a hop of the report's chain crier < herald/,
    ],
    [
      'on a report that nobody made',
      stance('none', 'deny', 'critic'),
      'unknown-report',
      /claim\.of: the log holds no report "none"/,
    ],
  ] as const
  test.each(REFUSED)('is refused %s', async (_, report, code, message) => {
    const timeline = await withReports()
    const error = await timeline.append(report).catch((e: unknown) => e)
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) })
    await timeline.close()
  })

  test('on the desk’s own entry is refused', async () => {
    const timeline = await withReports()
    const [entry] = [...timeline.reports()]
    const denied = timeline.append(stance(entry!.report.id, 'deny', 'critic'))
    await expect(denied).rejects.toMatchObject({ code: 'unauthorised' })
    await timeline.close()
  })
})

const rating = (claim: object, attribution: unknown = 'critic', more: object = {}) => ({
  claim: { kind: 'rating', ...claim },
  attribution,
  published: '2015-11-13T00:00Z',
  ...more,
})

describe('a rating', () => {
  const REFUSED = [
    [
      'of oneself',
      rating({ source: 'critic', reliability: 'A' }),
      'unauthorised',
      /nobody rates themselves/,
    ],
    [
      'of one’s own report',
      rating({ report: 'relay', credibility: 1 }, 'herald'),
      'unauthorised',
      /nobody rates their own/,
    ],
    [
      'of a source that is unknown',
      rating({ source: 'herold', reliability: 'A' }),
      'unknown-name',
      /no source "herold"/,
    ],
    [
      'of a report that is unknown',
      rating({ report: 'owm', credibility: 1 }),
      'unknown-report',
      /claim\.report: the log holds no report "owm"/,
    ],
  ] as const
  test.each(REFUSED)('is refused %s', async (_, report, code, message) => {
    const timeline = await withReports()
    const error = await timeline.append(report).catch((e: unknown) => e)
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) })
    await timeline.close()
  })

  test('may come of a report from who relays it, as editors do', async () => {
    const timeline = await withReports()
    const graded = timeline.append(rating({ report: 'relay', credibility: 2 }, 'crier'))
    await expect(graded).resolves.toMatchObject({ duplicate: false })
    await timeline.close()
  })

  const MALFORMED = [
    ['no grade', { source: 'herald' }, 'claim.reliability'],
    ['the grade of the other scale', { source: 'herald', credibility: 2 }, 'claim.reliability'],
    ['both grades', { source: 'herald', reliability: 'A', credibility: 2 }, 'claim.credibility'],
    ['both subjects', { source: 'herald', report: 'fall', reliability: 'A' }, 'claim'],
    ['no subject', { reliability: 'A' }, 'claim'],
    ['a grade that is none', { source: 'herald', reliability: 'G' }, 'claim.reliability'],
    ['a number that is none', { report: 'fall', credibility: 0 }, 'claim.credibility'],
    ['half a number', { report: 'fall', credibility: 1.5 }, 'claim.credibility'],
    ['how sure it is', { report: 'fall', credibility: 1, basis: 'told' }, 'claim.basis'],
  ] as const
  test.each(MALFORMED)('with %s is refused', (_, claim, field) => {
    const read = () => door.read(rating(claim), reading)
    expect(read).toThrow(expect.objectContaining({ place: expect.objectContaining({ field }) }))
  })
})

test('a stance that is none is refused, and times with it', () => {
  const read = (more: object) => () =>
    door.read(
      { claim: { kind: 'stance', of: 'fall', stance: 'deny', ...more }, attribution: 'x' },
      reading,
    )
  expect(read({})).not.toThrow()
  expect(read({ stance: 'deni' })).toThrow(/claim\.stance: "deni" is no stance/)
  const timed = {
    claim: { kind: 'stance', of: 'fall', stance: 'deny' },
    attribution: 'x',
    when: '2015',
  }
  expect(() => door.read(timed, reading)).toThrow(/when/)
})
