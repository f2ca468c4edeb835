/**
 * What a set of maps shows of places, kept as small as it can be: for every place the maps on which
 * it begins to be shown otherwise, and for every map which places it shows at all. Rows come in any
 * order; in the order of maps, or of maps within each place, a row costs next to nothing.
 *
 *   maps in order   1   2   3   4   5
 *   place a         x   x   y   .   y      begins: 1 x, 3 y      (`.` the map does not show it)
 *   place b         .   z   z   x   x      begins: 2 z, 4 x
 */

/** From a map on, until the next, a place is shown so. */
interface Begins {
  readonly map: number
  readonly what: number
}

/** What became of a row. */
export type Taken = 'new' | 'again' | 'otherwise'

const UNSEEN = -1

export class Shown {
  /** Latest bound of each map, in milliseconds; the order of maps. */
  readonly #latest: number[] = []
  readonly #shows: Uint8Array[] = []
  readonly #begins: Begins[][] = []
  /** Of each place, the last map that a row showed and what it showed. */
  #lastMap = new Int32Array(64).fill(UNSEEN)
  #lastWhat = new Int32Array(64)

  /** Takes a map; each latest bound is one map's. */
  addMap(latest: number): number {
    this.#latest.push(latest)
    this.#shows.push(new Uint8Array(0))
    return this.#latest.length - 1
  }

  /** Maps in the order of their latest bounds. */
  maps(): number[] {
    return [...this.#latest.keys()].sort((a, b) => this.#latest[a]! - this.#latest[b]!)
  }

  /** Takes a row; one that shows a place otherwise than an earlier row of the same map is not taken. */
  take(map: number, place: number, what: number): Taken {
    if (place >= this.#lastMap.length) this.#grow(place)
    const last = this.#lastMap[place]!
    const later = last === UNSEEN || this.#latest[map]! > this.#latest[last]!
    if (!later && this.shows(map, place))
      return this.at(map, place) === what ? 'again' : 'otherwise'
    this.#mark(map, place)
    if (later) {
      if (last === UNSEEN) this.#begins[place] = [{ map, what }]
      else if (this.#lastWhat[place] !== what) this.#begins[place]!.push({ map, what })
      this.#lastMap[place] = map
      this.#lastWhat[place] = what
    } else this.#insert(map, place, what)
    return 'new'
  }

  /** Whether a map shows a place. */
  shows(map: number, place: number): boolean {
    return ((this.#shows[map]![place >>> 3] ?? 0) & (1 << (place & 7))) !== 0
  }

  /** What the last map that shows a place, up to one, shows of it; -1 where none does. */
  at(map: number, place: number): number {
    const begins = this.#begins[place] ?? []
    return begins[this.#indexAt(begins, map)]?.what ?? UNSEEN
  }

  /** Calls back with every place that a map shows. */
  each(map: number, visit: (place: number) => void): void {
    const bits = this.#shows[map]!
    for (let byte = 0; byte < bits.length; byte++)
      for (let rest = bits[byte]!; rest !== 0; rest &= rest - 1)
        visit(byte * 8 + (31 - Math.clz32(rest & -rest)))
  }

  /** The places that a map shows otherwise than the maps before it, with what it shows. */
  beginnings(): Map<number, { place: number; what: number }[]> {
    const byMap = new Map<number, { place: number; what: number }[]>()
    for (const [place, begins] of this.#begins.entries())
      for (const { map, what } of begins ?? []) {
        const others = byMap.get(map)
        if (others === undefined) byMap.set(map, [{ place, what }])
        else others.push({ place, what })
      }
    return byMap
  }

  /** A row of a map before the last of its place: what the place was shown as goes on after it. */
  #insert(map: number, place: number, what: number): void {
    const begins = this.#begins[place]!
    const index = this.#indexAt(begins, map)
    const before = begins[index]?.what ?? UNSEEN
    if (before === what) return
    const next = begins[index + 1]
    const goesOn = before === UNSEEN ? undefined : this.#nextShowing(place, map, next?.map)
    const added: Begins[] = [{ map, what }]
    if (goesOn !== undefined) added.push({ map: goesOn, what: before })
    const merges = goesOn === undefined && next?.what === what
    begins.splice(index + 1, merges ? 1 : 0, ...added)
  }

  /** The first map after one, and before another, that shows a place. */
  #nextShowing(place: number, after: number, before: number | undefined): number | undefined {
    const from = this.#latest[after]!
    const to = before === undefined ? Number.POSITIVE_INFINITY : this.#latest[before]!
    let found: number | undefined
    for (const [map, latest] of this.#latest.entries())
      if (latest > from && latest < to && this.shows(map, place))
        if (found === undefined || latest < this.#latest[found]!) found = map
    return found
  }

  /** Index of the last beginning at or before a map; -1 where there is none. */
  #indexAt(begins: readonly Begins[], map: number): number {
    const latest = this.#latest[map]!
    let index = begins.length - 1
    while (index >= 0 && this.#latest[begins[index]!.map]! > latest) index--
    return index
  }

  #mark(map: number, place: number): void {
    const byte = place >>> 3
    let bits = this.#shows[map]!
    if (byte >= bits.length) {
      const grown = new Uint8Array(Math.max(byte + 1, this.#lastMap.length >>> 3))
      grown.set(bits)
      bits = this.#shows[map] = grown
    }
    bits[byte]! |= 1 << (place & 7)
  }

  #grow(place: number): void {
    const size = Math.max(place + 1, this.#lastMap.length * 2)
    const maps = new Int32Array(size).fill(UNSEEN)
    const whats = new Int32Array(size)
    maps.set(this.#lastMap)
    whats.set(this.#lastWhat)
    this.#lastMap = maps
    this.#lastWhat = whats
  }
}
