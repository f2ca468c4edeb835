/** Histories in which three sources quarrel over one place: dense enough that every way of weighing bites. */
import * as fc from 'fast-check'
import { clock, type History, type ReportInput } from '../../src/testing/arbitraries-input.js'
import { printed } from '../../src/testing/tell.js'
import { instant } from '../../src/time/instant.js'

const ENTRIES: readonly ReportInput[] = [
  ...['red', 'blue'].map((id) => ({ kind: 'actor', actor: id })),
  { kind: 'place', place: 'p1' },
  { kind: 'source', source: 'a', alignment: 'red' },
  { kind: 'source', source: 'b', alignment: 'blue' },
  { kind: 'source', source: 'c', copies: ['a'] },
  { kind: 'source', source: 'd' },
  { kind: 'source', source: 'e', copies: ['b'] },
].map((claim, at) => ({ id: `entry/${at}`, claim, published: clock(0) }))

type Said = Pick<ReportInput, 'claim' | 'when'>

const when = fc.integer({ min: 0, max: 6 }).map(clock)
const holder = fc.constantFrom('red', 'red', 'blue')

const told: fc.Arbitrary<Said> = fc.record({
  claim: fc
    .tuple(holder, fc.constantFrom(true, true, false), fc.constantFrom([], ['red'], null))
    .map(([side, holds, contest]) => ({
      kind: 'control',
      mode: 'change',
      place: 'p1',
      ...(holds || contest === null ? { holder: side } : {}),
      ...(contest === null ? {} : { contest }),
    })),
  when,
})

const swept: fc.Arbitrary<Said> = fc.record({ claim: fc.constant({ kind: 'sweep' }), when })

const graded: fc.Arbitrary<Said> = fc
  .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('A', 'B', 'C', 'F'))
  .map(([source, reliability]) => ({ claim: { kind: 'rating', source, reliability } }))

/** What is thought of one of the reports before; the number picks it. */
const thought = fc.record({
  pick: fc.nat(),
  claim: fc.oneof(
    fc.constantFrom('corroborate', 'doubt', 'deny').map((stance) => ({ kind: 'stance', stance })),
    fc.integer({ min: 1, max: 6 }).map((credibility) => ({ kind: 'rating', credibility })),
  ),
})

const TELLERS = [['a'], ['b'], ['c'], ['a', 'b']]
/** Nobody rates themselves, so grades and stances come from others. */
const JUDGES = [['d'], ['e']]

interface Move {
  readonly chain: readonly string[]
  readonly move: Said | { readonly pick: number; readonly claim: ReportInput['claim'] }
}

const by = <T extends Move['move']>(
  chains: readonly (readonly string[])[],
  move: fc.Arbitrary<T>,
) => fc.record({ chain: fc.constantFrom(...chains), move })

const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 5, arbitrary: by(TELLERS, told) },
  { weight: 1, arbitrary: by(TELLERS, swept) },
  { weight: 2, arbitrary: by(JUDGES, graded) },
  { weight: 2, arbitrary: by(JUDGES, thought) },
)

/** Reports of control alone where `plain`, else with sweeps, grades and stances among them. */
export function quarrels({ plain = false } = {}): fc.Arbitrary<History> {
  const some: fc.Arbitrary<Move> = plain ? by(TELLERS, told) : moves
  return fc.array(some, { minLength: 2, maxLength: 9 }).map((all) => {
    const reports: ReportInput[] = []
    for (const [at, { chain, move }] of all.entries()) {
      const rest = { attribution: chain, published: clock(8), id: `r${at}` }
      if (!('pick' in move)) reports.push({ ...move, ...rest })
      else {
        const about = reports.filter(({ claim }) => claim.kind === 'control')
        const target = about[move.pick % Math.max(1, about.length)]
        if (target === undefined) continue
        const names = move.claim.kind === 'stance' ? { of: target.id } : { report: target.id }
        reports.push({ claim: { ...move.claim, ...names }, ...rest })
      }
    }
    return printed({ commits: [ENTRIES, reports], stamps: [instant(0), instant(0)] })
  })
}
