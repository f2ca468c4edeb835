/**
 * Moves: what somebody may do next, said in small numbers that shrink. What a move comes to
 * depends on what came before it (arbitraries-book): it picks its target by a number, and one
 * that finds nothing to do does nothing. Dropping a move therefore leaves a history that stands.
 */
import * as fc from 'fast-check'
import type { Basis, Stance } from '../report/types.js'
import { ACTORS, CHAINS, type Ending, PLACES, type Span } from './arbitraries-input.js'

export type MovedFacet = 'holder' | 'contest' | 'siege'

export interface Held {
  readonly actors: readonly string[]
  readonly extent: 'full' | 'partial' | null
  /** How it is written: extent inside the holder, or beside it. */
  readonly written: 'within' | 'beside'
}

export type Denied = { readonly [facet in MovedFacet]?: readonly string[] }

export interface ControlMove {
  readonly act: 'control'
  readonly place: string
  readonly holder?: Held
  /** Who may hold it instead, for all the source knows. */
  readonly orElse?: Held
  readonly contest?: readonly string[]
  readonly siege?: readonly string[]
  /** Actors to whom facets are denied, which are then not set. */
  readonly not?: Denied
  readonly ends?: readonly MovedFacet[]
  readonly mode?: 'change' | 'observation'
  readonly throughout?: true
  readonly basis?: Basis
  readonly status?: string
  readonly start?: Span
  readonly end?: Ending
}

export interface EngagementMove {
  readonly act: 'engagement'
  readonly engagement?: string
  readonly type: string
  readonly place: string
  readonly losses?: { readonly low: number; readonly high: number }
  readonly relates?: 'same' | 'part'
  readonly start?: Span
  readonly end?: Ending
}

export interface Changes {
  /** `null` takes away what was said. */
  readonly start?: Span | null
  readonly end?: Ending | null
  readonly published?: number
  readonly chain?: readonly string[]
  readonly place?: string
  readonly holder?: Held
  readonly contest?: readonly string[] | null
  /** To whom the holder is denied, where it is. */
  readonly not?: readonly string[]
  readonly mode?: 'change' | 'observation'
  readonly basis?: Basis | null
}

export type Act =
  | ControlMove
  | EngagementMove
  | { readonly act: 'sweep'; readonly start?: Span }
  | {
      readonly act: 'withdraw'
      readonly pick: number
      readonly hop: number
      readonly direct: boolean
    }
  | {
      readonly act: 'correct'
      readonly pick: number
      readonly hop: number
      readonly direct: boolean
      readonly changes: Changes
    }
  | { readonly act: 'correct-entry'; readonly pick: number; readonly changes: Changes }
  | { readonly act: 'void'; readonly pick: number }
  | { readonly act: 'stance'; readonly pick: number; readonly stance: Stance }
  | {
      readonly act: 'rate'
      /** A source, or by its number an earlier report. */
      readonly rated: string | number
      readonly grade: number
      readonly start?: Span
      readonly end?: Ending
    }
  | { readonly act: 'void-batch'; readonly batch: string }
  | {
      readonly act: 'enter'
      readonly claim: {
        readonly kind: string
        readonly [field: string]: string | readonly string[] | { places: readonly string[] }
      }
      readonly start?: Span
      readonly end?: Ending
    }

export interface Move {
  readonly act: Act
  /** Makes ids whose order is not that of arrival. */
  readonly letter: string
  readonly chain: readonly string[]
  readonly stance?: 'corroborate' | 'doubt' | 'deny'
  readonly published?: number
  readonly batch?: string
  /** Milliseconds after the commit before; none joins that commit. */
  readonly after?: number
}

const time = fc.integer({ min: 0, max: 12 })
const weighted = <T>(...options: [number, fc.Arbitrary<T>][]) =>
  fc.oneof(
    // What fails shrinks to the first option.
    { withCrossShrink: true },
    ...options.map(([weight, arbitrary]) => ({ weight, arbitrary })),
  )

const span: fc.Arbitrary<Span> = weighted<Span>(
  [4, fc.record({ from: time, width: fc.constant(0) })],
  [5, fc.record({ from: time, width: fc.integer({ min: 1, max: 5 }) })],
  [1, fc.record({ from: time, width: fc.integer({ min: 6, max: 12 }) })],
  [1, fc.record({ from: time, width: fc.constant(1), open: fc.constantFrom('from', 'to') })],
)

const ending: fc.Arbitrary<Ending> = weighted<Ending>(
  [1, fc.constant({ end: 'open' })],
  [2, fc.constant({ end: 'unknown' })],
  [5, span.map((at) => ({ end: 'at', ...at }))],
)

const place = weighted<string>(
  [6, fc.constant(PLACES[0])],
  [3, fc.constant(PLACES[1])],
  [1, fc.constant(PLACES[2])],
)
const someActors = fc.subarray([...ACTORS], { maxLength: 2 })
const oneActor = fc.constantFrom(...ACTORS).map((actor) => [actor])
const basis = weighted<Basis>(
  [3, fc.constant('default')],
  [1, fc.constantFrom('witnessed', 'told')],
)

const held: fc.Arbitrary<Held> = fc.record({
  actors: weighted<string[]>([5, oneActor], [2, someActors]),
  extent: weighted<Held['extent']>(
    [2, fc.constant(null)],
    [2, fc.constant('full')],
    [1, fc.constant('partial')],
  ),
  written: fc.constantFrom('beside', 'within'),
})

const others = weighted<string[]>(
  [4, oneActor],
  [1, fc.subarray([...ACTORS], { minLength: 1, maxLength: 2 })],
)

/** A field that is there about so many times in ten. */
const often = <T>(times: number, arbitrary: fc.Arbitrary<T>) =>
  weighted<T | undefined>([10 - times, fc.constant(undefined)], [times, arbitrary])

type Optional<T> = { [K in keyof T]: Exclude<T[K], undefined> | undefined }

/** Leaves out the fields that came out as `undefined`. */
function present<T extends object>(record: Optional<T>): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T
}

const denied: fc.Arbitrary<Denied> = weighted<Denied>(
  [6, others.map((holder) => ({ holder }))],
  [2, fc.tuple(others, others).map(([holder, contest]) => ({ holder, contest }))],
  [1, others.map((siege) => ({ siege }))],
)

const control = fc
  .record({
    act: fc.constant('control' as const),
    place,
    holder: often(7, held),
    orElse: often(2, held),
    contest: often(3, someActors),
    siege: often(1, someActors),
    not: often(3, denied),
    ends: often(2, fc.subarray<MovedFacet>(['holder', 'contest', 'siege'], { minLength: 1 })),
    mode: often(6, fc.constantFrom('change' as const, 'observation' as const)),
    throughout: often(2, fc.constant(true as const)),
    basis: often(2, basis),
    status: often(1, fc.constantFrom('liberated', 'grey')),
    start: often(9, span),
    end: often(3, ending),
  })
  .map((move) => present<ControlMove>(move as Optional<ControlMove>))

const engagement = fc
  .record({
    act: fc.constant('engagement' as const),
    engagement: often(8, fc.constantFrom('e1', 'e2')),
    type: fc.constantFrom('clash', 'assault', 'siege'),
    place,
    losses: often(
      3,
      fc.record({ low: fc.integer({ min: 0, max: 3 }), high: fc.integer({ min: 3, max: 6 }) }),
    ),
    relates: often(2, fc.constantFrom('same' as const, 'part' as const)),
    start: often(9, span),
    end: often(3, ending),
  })
  .map((move) => present<EngagementMove>(move as Optional<EngagementMove>))

const sweep = fc
  .record({ act: fc.constant('sweep' as const), start: often(9, span) })
  .map((move) => present<Extract<Act, { act: 'sweep' }>>(move))

const pick = fc.nat({ max: 30 })
const speaker = { pick, hop: fc.nat({ max: 2 }), direct: fc.boolean() }

const changes: fc.Arbitrary<Changes> = fc.record(
  {
    start: weighted<Span | null>([6, span], [1, fc.constant(null)]),
    end: weighted<Ending | null>([3, ending], [1, fc.constant(null)]),
    published: fc.integer({ min: 0, max: 16 }),
    place,
    holder: held,
    contest: weighted<string[] | null>([3, someActors], [1, fc.constant(null)]),
    not: others,
    mode: fc.constantFrom('change' as const, 'observation' as const),
    basis: weighted<Basis | null>([2, basis], [1, fc.constant(null)]),
  },
  { requiredKeys: [] },
)

const enter: fc.Arbitrary<Act> = fc
  .record({
    act: fc.constant('enter' as const),
    claim: weighted<Extract<Act, { act: 'enter' }>['claim']>(
      [
        4,
        // Parts lie only in places before them, so that none comes to contain itself.
        fc.constantFrom(
          { kind: 'place', place: 'p2', partOf: ['p1'] },
          { kind: 'place', place: 'p3', partOf: ['p2'] },
          { kind: 'place', place: 'p3', partOf: ['p1'] },
          { kind: 'place', place: 'p2', partOf: [] },
        ),
      ],
      [
        2,
        fc.record({
          kind: fc.constant('source'),
          source: fc.constantFrom('a', 'b', 'a/x'),
          coverage: fc.record({ places: fc.subarray([...PLACES]) }),
        }),
      ],
      [
        2,
        fc.constantFrom(
          { kind: 'source', source: 'b', copies: ['a'] },
          { kind: 'source', source: 'c', copies: ['b'] },
          { kind: 'source', source: 'b', copies: [] },
        ),
      ],
      [
        2,
        fc.record({
          kind: fc.constant('source'),
          source: fc.constantFrom('a', 'b', 'c'),
          alignment: fc.constantFrom(...ACTORS),
        }),
      ],
      [
        1,
        fc.constantFrom(
          { kind: 'place', place: 'p1', name: 'Old' },
          { kind: 'place', place: 'p1', name: 'New' },
        ),
      ],
    ),
    start: often(5, span),
    end: often(3, ending),
  })
  .map((move) => present(move))

/** Which actors are on one side. */
const join: fc.Arbitrary<Act> = fc
  .record({
    act: fc.constant('enter' as const),
    claim: fc.constantFrom(
      { kind: 'actor', actor: 'red', memberOf: ['green'] },
      { kind: 'actor', actor: 'blue', alliedWith: ['green'] },
      { kind: 'actor', actor: 'blue', alliedWith: ['red'] },
      { kind: 'actor', actor: 'red', memberOf: [] },
    ),
    start: often(3, span),
    end: often(3, ending),
  })
  .map((move) => present(move))

/** What others think: stances on earlier reports, and ratings of them and of sources. */
const regard: fc.Arbitrary<Act> = weighted<Act>(
  [
    3,
    fc.record({
      act: fc.constant('stance' as const),
      pick,
      stance: fc.constantFrom(
        'corroborate' as const,
        'deny' as const,
        'doubt' as const,
        'none' as const,
      ),
    }),
  ],
  [
    5,
    fc
      .record({
        act: fc.constant('rate' as const),
        rated: weighted<string | number>([3, fc.constantFrom('a', 'b', 'c')], [1, pick]),
        grade: fc.nat({ max: 5 }),
        start: often(3, span),
        end: often(2, ending),
      })
      .map((move) => present<Extract<Act, { act: 'rate' }>>(move)),
  ],
  [2, join],
)

const act: fc.Arbitrary<Act> = weighted<Act>(
  [14, control],
  [3, sweep],
  [2, engagement],
  [4, fc.record({ act: fc.constant('withdraw' as const), ...speaker })],
  [4, fc.record({ act: fc.constant('correct' as const), ...speaker, changes })],
  [
    2,
    fc.record({
      act: fc.constant('correct-entry' as const),
      pick,
      changes: fc.oneof(
        { weight: 4, arbitrary: changes },
        { weight: 1, arbitrary: fc.record({ chain: fc.constantFrom(...CHAINS) }) },
      ),
    }),
  ],
  [3, fc.record({ act: fc.constant('void' as const), pick })],
  [
    1,
    fc.record({ act: fc.constant('void-batch' as const), batch: fc.constantFrom('day1', 'day2') }),
  ],
  [4, enter],
)

/** The earlier of the chains are the likelier. */
const chain = fc
  .tuple(fc.nat({ max: CHAINS.length - 1 }), fc.nat({ max: CHAINS.length - 1 }))
  .map(([one, other]) => CHAINS[Math.min(one, other)]!)

/** Moves; with `regards`, a third of them say what is thought of others. */
export function movesWith({ regards }: { readonly regards: boolean }): fc.Arbitrary<Move> {
  return movesOf(regards ? weighted<Act>([2, act], [1, regard]) : act)
}

const movesOf = (acts: fc.Arbitrary<Act>): fc.Arbitrary<Move> =>
  fc
    .record({
      act: acts,
      letter: fc.constantFrom('k', 'c', 'r'),
      chain,
      stance: often(1, fc.constantFrom('corroborate' as const, 'doubt' as const, 'deny' as const)),
      published: often(8, fc.integer({ min: 0, max: 16 })),
      batch: often(2, fc.constantFrom('day1', 'day2')),
      after: often(6, fc.integer({ min: 0, max: 3 })),
    })
    .map((move) => present<Move>(move as Optional<Move>))
