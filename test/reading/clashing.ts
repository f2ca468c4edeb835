/** Logs in which few speak of little, so that they clash in every way and for every cause. */
import * as fc from 'fast-check'
import type { Timeline } from '../../src/index.js'
import { at, control, openWorld, type Said, within } from '../support.js'

const VALUES = [
  { holder: ['reds'] },
  { holder: ['blues'] },
  { holder: ['reds', 'blues'] },
  { holder: [] },
  { holder: { actors: ['reds'], extent: 'full' } },
  { holder: { actors: ['blues'], extent: 'full' } },
  { holder: { actors: ['reds'], extent: 'partial' } },
  { holder: ['reds'], ends: ['contest'] },
  { contest: ['blues', 'reds'], ends: ['holder'] },
  { contest: ['blues', 'reds'] },
  { contest: [] },
  { siege: ['blues'] },
  { siege: [] },
  { ends: ['holder', 'contest'] },
] as const

/** `herald via gazette` has the origin of the herald; the echo copies the herald. */
const CHAINS = ['herald', 'gazette', ['gazette', 'herald'], 'echo'] as const

/** The last instant that a claim speaks of, and the last of publication. */
export const LAST = 24

const window = fc.oneof(
  fc.integer({ min: 1, max: 18 }).map(at),
  fc
    .tuple(fc.integer({ min: 1, max: 18 }), fc.integer({ min: 2, max: 5 }))
    .map(([from, width]) => within(from, from + width)),
)

const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 6 }, { arbitrary, weight: 1 })

const claim = fc.record({
  chain: fc.constantFrom(...CHAINS),
  value: fc.constantFrom(...VALUES),
  mode: fc.constantFrom('change', 'change', 'observation'),
  place: fc.constantFrom('town', 'town', 'town', 'town', 'flank'),
  when: window,
  published: fc.integer({ min: 19, max: LAST }),
  basis: seldom(fc.constant('default')),
  withdrawn: seldom(fc.integer({ min: 19, max: LAST })),
})

/** Claims of control, some taken back by their publisher in the end. */
export const clashing: fc.Arbitrary<readonly Said[]> = fc
  .array(claim, { minLength: 4, maxLength: 10 })
  .map((claims) => [
    ...claims.map(({ chain, value, mode, place, when, published, basis }, i) => {
      const ends = 'ends' in value && Object.keys(value).length === 1
      return control(
        `c${i}`,
        chain,
        when,
        {
          place,
          ...value,
          mode: ends ? 'change' : mode,
          ...(basis === undefined ? {} : { basis }),
        },
        { published: at(published) },
      )
    }),
    ...claims.flatMap(({ chain, published, withdrawn }, i) =>
      withdrawn === undefined
        ? []
        : [
            {
              id: `w${i}`,
              claim: { kind: 'withdrawal', of: `c${i}` },
              attribution: typeof chain === 'string' ? chain : chain[0],
              published: at(Math.max(published, withdrawn)),
            },
          ],
    ),
  ])

/** A world in which these are appended one by one. */
export async function worldOf(said: readonly Said[]): Promise<Timeline> {
  const timeline = await openWorld()
  for (const one of said) await timeline.append(one)
  return timeline
}
