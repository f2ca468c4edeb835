/**
 * What a resolver makes of every facet of every place, in one walk over the frame.
 *
 * A resolver is pure, so it answers alike wherever all that it looks at is alike. It is asked once for
 * each combination of words on the map, through voices that notice what it reads: as long as that is
 * what the combination fixes (who says what, how certain, how the sources stand), the answer holds for
 * every place with the same words. What reads on, to ages or to the reports themselves, is asked of
 * each place; what the frame does not hold is read from the place as it is read alone.
 */
import type { Frame } from '../fold/frame.js'
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
  const combinations = new Combinations(frame)
  let from = 0
  for (const [number, place] of frame.places.entries()) {
    let to = from
    while (to < frame.size && frame.place[to] === number) to++
    const at: Span = { place, from, to }
    from = to
    const isPlain = map.isPlain(at)
    const answers = isPlain ? combinations.find(at) : new Map<string, Answer>()
    let weighing: PlaceWeighing | null = null
    for (const facet of map.facets) {
      let answer = answers.get(facet)
      if (answer?.type !== 'anywhere') {
        weighing ??= new PlaceWeighing(map, at, isPlain)
        answer = answer === undefined ? weighing.answer(facet) : weighing.here(facet)
        if (!answers.has(facet)) answers.set(facet, answer)
      }
      if (answer.resolution !== null) yield { place, facet, resolution: answer.resolution }
    }
  }
}

/** Answers by combination of words: accounts, and of each facet the word, how certain, whether by default. */
class Combinations {
  readonly #frame: Frame
  readonly #found = new Map<
    number,
    { readonly at: Span; readonly answers: Map<string, Answer> }[]
  >()

  constructor(frame: Frame) {
    this.#frame = frame
  }

  find(at: Span): Map<string, Answer> {
    const hash = this.#hash(at)
    const others = this.#found.get(hash)
    const known = others?.find((other) => this.#alike(other.at, at))
    if (known !== undefined) return known.answers
    const fresh = { at, answers: new Map<string, Answer>() }
    if (others === undefined) this.#found.set(hash, [fresh])
    else others.push(fresh)
    return fresh.answers
  }

  #hash({ from, to }: Span): number {
    const { account, facets, column } = this.#frame
    let hash = 0x811c9dc5
    for (let row = from; row < to; row++) hash = Math.imul(hash ^ account[row]!, 0x01000193)
    for (const facet of facets) {
      const { settled, certain } = column[facet]!
      for (let row = from; row < to; row++)
        hash = Math.imul(hash ^ ((settled[row]! << 1) | certain[row]!), 0x01000193)
    }
    return hash
  }

  #alike(a: Span, b: Span): boolean {
    const { account, facets, column } = this.#frame
    const size = a.to - a.from
    if (b.to - b.from !== size) return false
    for (let i = 0; i < size; i++) if (account[a.from + i] !== account[b.from + i]) return false
    return facets.every((facet) => {
      const { settled, certain, byDefault } = column[facet]!
      for (let i = 0; i < size; i++) {
        const [x, y] = [a.from + i, b.from + i]
        if (settled[x] !== settled[y]) return false
        if (certain[x] !== certain[y] || byDefault[x] !== byDefault[y]) return false
      }
      return true
    })
  }
}
