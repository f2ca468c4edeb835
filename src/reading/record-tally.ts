/** The tally of a source's record: counts, medians, and a few of the claims that were counted. */
import type { Key } from '../fold/projection.js'
import type { RecordCase, RecordFigures, SourceRecord } from './types.js'

type Outcome = 'borneOut' | 'contradicted' | 'open'

/** A claim that was first; rows stand for the reports. */
export type First = {
  readonly of: Key
  readonly facet: string
  readonly claim: number
  /** Of the claim, in milliseconds. */
  readonly published: number
} & (
  | { readonly outcome: 'open' }
  | {
      readonly outcome: 'borneOut' | 'contradicted'
      readonly next: number
      readonly ms: number
      readonly validMs: number
    }
)

/** How many of each outcome are told one by one. */
const FEW = 3

export class Tally {
  readonly #claims: Map<string, number>
  readonly #firsts: First[] = []

  /** Facets are told in this order. */
  constructor(facets: readonly string[]) {
    this.#claims = new Map(facets.map((facet) => [facet, 0]))
  }

  claim(facet: string): void {
    this.#claims.set(facet, (this.#claims.get(facet) ?? 0) + 1)
  }

  add(first: First): void {
    this.#firsts.push(first)
  }

  record(source: string, idOf: (row: number) => string): SourceRecord {
    const byFacet: Record<string, RecordFigures> = {}
    let claims = 0
    for (const [facet, made] of this.#claims) {
      if (made === 0) continue
      claims += made
      const firsts = this.#firsts.filter((first) => first.facet === facet)
      byFacet[facet] = figures(made, firsts)
    }
    const inOrder = this.#firsts.toSorted((a, b) => a.published - b.published)
    const few = (outcome: Outcome): RecordCase[] =>
      inOrder
        .filter((first) => first.outcome === outcome)
        .slice(0, FEW)
        .map(({ of, facet, claim, ...rest }) => ({
          of,
          facet,
          claim: idOf(claim),
          next: rest.outcome === 'open' ? null : idOf(rest.next),
        }))
    return {
      source,
      ...figures(claims, this.#firsts),
      byFacet,
      examples: {
        borneOut: few('borneOut'),
        contradicted: few('contradicted'),
        open: few('open'),
      },
    }
  }
}

function figures(claims: number, firsts: readonly First[]): RecordFigures {
  const decided = (outcome: Outcome, measure: 'ms' | 'validMs') =>
    median(
      firsts.flatMap((one) =>
        one.outcome === outcome && one.outcome !== 'open' ? [one[measure]] : [],
      ),
    )
  const count = (outcome: Outcome) => firsts.filter((first) => first.outcome === outcome).length
  const medians = (measure: 'ms' | 'validMs') => ({
    borneOut: decided('borneOut', measure),
    contradicted: decided('contradicted', measure),
  })
  return {
    claims,
    first: firsts.length,
    borneOut: count('borneOut'),
    contradicted: count('contradicted'),
    open: count('open'),
    medianMs: medians('ms'),
    medianValidMs: medians('validMs'),
  }
}

/** The middle one; of an even number halfway between the middle two. `null` of none. */
function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b)
  const high = sorted[sorted.length >> 1]
  const low = sorted[(sorted.length - 1) >> 1]
  return high === undefined || low === undefined ? null : (low + high) / 2
}
