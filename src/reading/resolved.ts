/**
 * What a resolver makes of every facet of every place, in one walk over the frame.
 *
 * A resolver is pure, so it answers alike wherever all that it looks at is alike. It is asked of each
 * facet once for each combination of words on the facets that it looks at, through voices that notice
 * what it reads: as long as that is what the combination fixes (who says what, what else is possible,
 * how the sources stand), the answer holds for every place with the same words. What reads on, to ages
 * or to the reports themselves, is asked of each place; what the frame does not hold is read from the
 * place as it is read alone.
 */
import type { FacetColumn, FacetGrounds } from '../fold/frame.js'
import type { Store } from '../fold/store.js'
import type { Coordinates } from './coordinates.js'
import { type Answer, PlaceWeighing, type Span, WeighedMap } from './resolved-place.js'
import type { Engine } from './subject.js'
import type { Resolution } from './types.js'

/** What the reading's resolver makes of one facet of a place. */
export interface ResolvedFacet {
  readonly place: string
  readonly facet: string
  readonly resolution: Resolution
}

/** By place (UTF-8 bytes), then by facet in the projection's order; as `place(id).resolved` has it. */
export function* resolvedOf(engine: Engine, store: Store, c: Coordinates): Iterable<ResolvedFacet> {
  const map = new WeighedMap(engine, store, c)
  const { frame } = map
  const spoken = map.facets.filter(
    (facet) => c.resolver.unvoiced === true || frame.column[facet] !== undefined,
  )
  const asked = spoken.map((facet) => ({ facet, combinations: new Combinations(map, [], []) }))
  let from = 0
  for (const [number, place] of frame.places.entries()) {
    let to = from
    while (to < frame.size && frame.place[to] === number) to++
    const at: Span = { place, from, to }
    from = to
    const isPlain = map.isPlain(at)
    let weighing: PlaceWeighing | null = null
    for (const one of asked) {
      const { facet } = one
      let answer = isPlain ? one.combinations.find(at) : undefined
      if (answer?.type !== 'anywhere') {
        weighing ??= new PlaceWeighing(map, at, isPlain)
        const isNew = answer === undefined
        answer = weighing.answer(facet)
        if (isPlain) {
          one.combinations = one.combinations.with(weighing)
          if (isNew) one.combinations.add(at, answer)
        }
      }
      if (answer.resolution !== null) yield { place, facet, resolution: answer.resolution }
    }
  }
}

/** What is told of a facet by number. */
type Told = Pick<FacetColumn, 'settled' | 'certain' | 'byDefault'> & {
  /** Where it is asked what else is possible. */
  readonly other: FacetGrounds['other'] | null
}

/**
 * Answers for a facet by combination of words: accounts, and of each facet that is asked for, the word,
 * how certain, and whether by default; and what else is possible, where that is asked for.
 */
class Combinations {
  readonly #map: WeighedMap
  /** Of which a combination tells; what a resolver asks for is among them. */
  readonly #facets: readonly string[]
  /** Of which it tells what else is possible. */
  readonly #ranging: readonly string[]
  readonly #columns: readonly Told[]
  readonly #found = new Map<number, { readonly at: Span; readonly answer: Answer }[]>()

  constructor(map: WeighedMap, facets: readonly string[], ranging: readonly string[]) {
    this.#map = map
    this.#facets = facets
    this.#ranging = ranging
    this.#columns = facets.map((facet) => {
      const { settled, certain, byDefault } = map.frame.column[facet]!
      const other = ranging.includes(facet) ? map.grounds[facet]!.other : null
      return { settled, certain, byDefault, other }
    })
  }

  /** Those that tell of more facets too, which begin anew where they tell of more. */
  with({ asked, ranged }: PlaceWeighing): Combinations {
    const { column } = this.#map.frame
    const beyond = (all: ReadonlySet<string>, known: readonly string[]) =>
      [...all].filter((facet) => column[facet] !== undefined && !known.includes(facet))
    const facets = beyond(asked, this.#facets)
    const ranging = beyond(ranged, this.#ranging)
    if (facets.length === 0 && ranging.length === 0) return this
    return new Combinations(this.#map, [...this.#facets, ...facets], [...this.#ranging, ...ranging])
  }

  find(at: Span): Answer | undefined {
    const others = this.#found.get(this.#hash(at))
    if (others === undefined) return undefined
    for (const other of others) if (this.#alike(other.at, at)) return other.answer
    return undefined
  }

  /** Of a combination of which there is none yet. */
  add(at: Span, answer: Answer): void {
    const hash = this.#hash(at)
    const others = this.#found.get(hash)
    if (others === undefined) this.#found.set(hash, [{ at, answer }])
    else others.push({ at, answer })
  }

  #hash({ from, to }: Span): number {
    if (this.#columns.length === 0) return 0
    const { account } = this.#map.frame
    let hash = 0x811c9dc5
    for (let row = from; row < to; row++) hash = Math.imul(hash ^ account[row]!, 0x01000193)
    for (const { settled, certain, other } of this.#columns)
      for (let row = from; row < to; row++) {
        hash = Math.imul(hash ^ settled[row]!, 0x01000193)
        const more = certain[row] === 1 ? 0 : other === null ? 1 : other[row]! + 2
        hash = Math.imul(hash ^ more, 0x01000193)
      }
    return hash
  }

  #alike(a: Span, b: Span): boolean {
    if (this.#columns.length === 0) return true
    const { account } = this.#map.frame
    const size = a.to - a.from
    if (b.to - b.from !== size) return false
    for (let i = 0; i < size; i++) if (account[a.from + i] !== account[b.from + i]) return false
    for (const { settled, certain, byDefault, other } of this.#columns)
      for (let i = 0; i < size; i++) {
        const [x, y] = [a.from + i, b.from + i]
        if (settled[x] !== settled[y] || byDefault[x] !== byDefault[y]) return false
        if (certain[x] !== certain[y]) return false
        if (other !== null && certain[x] === 0 && other[x] !== other[y]) return false
      }
    return true
  }
}
