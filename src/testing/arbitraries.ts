/**
 * Generators of small worlds, biased to trouble: few places, sources and instants, so that
 * windows overlap, ends meet starts, second thoughts meet third ones, and relays meet origins.
 * What they write is in the form of a person, and shrinks to few reports at small instants.
 */
import * as fc from 'fast-check'
import { historyOf, type Stamps } from './arbitraries-book.js'
import { chainOf, clock, type History, type ReportInput, reportsOf } from './arbitraries-input.js'
import { movesWith } from './arbitraries-moves.js'
import { printed } from './tell.js'

export interface HistoryOptions {
  /** Moves at most; most come to one report each. 12 unless given. */
  readonly moves?: number
  /**
   * `matter` (the default) leaves some publications unstated, so that the log's stamp stands in;
   * `idle` lets no answer hang on a stamp, as law 1 asks.
   */
  readonly stamps?: Stamps
  /** Whether sources take stances, rate each other, and actors join sides; they do not unless said. */
  readonly regards?: boolean
}

/** Histories that a log takes whole: the first commit enters every name that is used. */
export function histories(options: HistoryOptions = {}): fc.Arbitrary<History> {
  const { moves: maxLength = 12, stamps = 'matter', regards = false } = options
  const moves = movesWith({ regards })
  return fc.array(moves, { maxLength, size: 'max' }).map((made) => printed(historyOf(made, stamps)))
}

export interface Unauthorised {
  readonly history: History
  /** A second thought, to be appended after the history, that its speaker may not have. */
  readonly bad: ReportInput
}

/**
 * A history and a withdrawal or correction of one of its reports by somebody who is no hop of
 * its chain, through tellers that are not its own, or of an entry of the desk's.
 */
export function unauthorised(options: HistoryOptions = {}): fc.Arbitrary<Unauthorised> {
  return fc
    .record({
      history: histories(options),
      pick: fc.nat(),
      kind: fc.constantFrom('withdrawal', 'correction'),
      fault: fc.constantFrom('outsider', 'tellers'),
    })
    .map(({ history, pick, kind, fault }): Unauthorised => {
      const targets = reportsOf(history).filter(({ claim }) => takes(kind, claim.kind))
      const target = targets[pick % targets.length]!
      const own = chainOf(target).find((source) => !source.includes('/'))
      const attribution = [STRANGER, ...(fault === 'tellers' && own !== undefined ? [own] : [])]
      const fields = kind === 'correction' ? { fields: { published: clock(16) } } : {}
      const claim = { kind, of: target.id, reason: 'not theirs to say', ...fields }
      return {
        history: withStranger(history),
        bad: { id: 'bad', claim, attribution, published: clock(16) },
      }
    })
}

const STRANGER = 'z'

/** Whether a thought of this kind may be had of a report of that kind at all. */
function takes(thought: string, kind: string): boolean {
  const isThought = /correction$|^withdrawal$|^void$/.test(kind)
  return thought === 'withdrawal' || !isThought
}

/** The history, with one more source that never speaks in it entered by its first commit. */
function withStranger({ commits, stamps }: History): History {
  const entry = { id: `source/${STRANGER}`, claim: { kind: 'source', source: STRANGER } }
  const [first = [], ...rest] = commits
  return printed({ commits: [[...first, { ...entry, published: clock(0) }], ...rest], stamps })
}
