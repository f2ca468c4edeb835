import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  corroborated,
  defineResolver,
  openTimeline,
  type Resolver,
  ranked,
  unlessDivided,
  type View,
  type Voice,
} from '../../src/index.js'
import { histories } from '../../src/testing/arbitraries.js'
import { readings } from '../../src/testing/arbitraries-readings.js'
import { Bench, subject } from '../../src/testing/laws/subject.js'
import { plain } from '../../src/testing/plain.js'
import { seeded } from '../laws/run.js'

const runs = seeded('resolved')
const cases = histories({ regards: true }).chain((history) =>
  fc.tuple(fc.constant(history), readings(history)),
)

const FIELDS: readonly (keyof Voice)[] = [
  'account',
  'origin',
  'publisher',
  'alignment',
  'value',
  'certainty',
  'possible',
  'basis',
  'supportedAt',
  'published',
  'report',
  'derived',
  'reliability',
  'credibility',
  'disowned',
  'stances',
]

/** Answers with all that it sees, asked for field by field, and by copying voices whole. */
const nosy = defineResolver({
  name: 'nosy',
  unvoiced: true,
  resolve(facet, voices, weighing) {
    const whole = voices.map((voice) => ({ ...voice }))
    const named = voices.map((voice) => Object.fromEntries(FIELDS.map((f) => [f, voice[f]])))
    expect(whole).toEqual(named)
    const sees = {
      facet,
      whole,
      possible: weighing.possible(facet),
      others: weighing.facets.map((other) => weighing.voices(other).map((one) => ({ ...one }))),
      independent: voices.map(({ origin }) => weighing.independent(origin, 'a')),
      copies: voices.map(({ origin }) => [...weighing.copies(origin)]),
    }
    const of = { voices, aside: [] }
    return unlessDivided(of, voices, { rule: JSON.stringify(sees), tie: JSON.stringify(sees) })
  },
})

/** Each reads one field alone. */
const single = FIELDS.map((field) =>
  defineResolver({
    name: `only-${field.toLowerCase()}`,
    resolve: (_, voices) =>
      unlessDivided({ voices, aside: [] }, voices, {
        rule: JSON.stringify(voices.map((voice) => voice[field])),
        tie: 'differ',
      }),
  }),
)

const RESOLVERS: readonly (string | Resolver)[] = [
  'dispute',
  'latest',
  'rated',
  'cautious',
  'against-interest',
  corroborated(1),
  corroborated(2),
  ranked(['b', 'a', 'c via b']),
  nosy,
  ...single,
]

describe('what a resolver makes of the whole map', () => {
  test('is what it makes of each place', async () => {
    let answers = 0
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { engine } = await Bench.holding(subject(), history)
        for (const resolver of RESOLVERS) {
          const view = engine.at({ ...reading, resolver }) as View
          const all = [...view.resolved()]
          const each = [...view.places()].flatMap(({ place, resolved }) =>
            Object.entries(resolved).map(([facet, resolution]) => ({ place, facet, resolution })),
          )
          expect(plain(all)).toEqual(plain(each))
          answers += all.length
        }
        await engine.close()
      }),
      runs,
    )
    expect(answers).toBeGreaterThan(100)
  })
})

test('a resolver that looks at words alone is asked once for each combination of them', async () => {
  const timeline = await openTimeline({ log: ':memory:', clock: () => 1_700_000_000_000 })
  await timeline.append([
    ...['herald', 'crier'].map((source) => ({ claim: { kind: 'source', source } })),
    ...['reds', 'blues'].map((actor) => ({ claim: { kind: 'actor', actor } })),
  ])
  const reports = Array.from({ length: 60 }, (_, i) => [
    { claim: { kind: 'place', place: `p${i}` } },
    ...['herald', 'crier'].map((attribution, by) => ({
      claim: { kind: 'control', place: `p${i}`, holder: i % (by + 2) === 0 ? 'reds' : 'blues' },
      when: new Date(1_600_000_000_000 + 1000 * i).toISOString(),
      published: '2021-01-01T00:00Z',
      attribution,
    })),
  ])
  await timeline.append(reports.flat())
  let asked = 0
  const counting = (read: (voice: Voice) => unknown) =>
    defineResolver({
      name: 'counting',
      resolve(_, voices) {
        asked++
        voices.map(read)
        return unlessDivided({ voices, aside: [] }, voices, { rule: 'alike', tie: 'not' })
      },
    })
  const ask = (read: (voice: Voice) => unknown) => {
    asked = 0
    const answers = [...timeline.at({ valid: '2022', resolver: counting(read) }).resolved()]
    expect(answers.length).toBe(60)
    return asked
  }
  expect(ask(({ value }) => value)).toBe(4)
  expect(
    ask(({ reliability, stances, disowned, possible }) => [
      reliability,
      stances,
      disowned,
      possible,
    ]),
  ).toBe(4)
  expect(ask(({ supportedAt }) => supportedAt)).toBe(60)
  await timeline.close()
})
