/** The registry at one instant and position, for those who look things up. */
import type { Instant } from '../time/instant.js'
import type { Position } from '../time/position.js'
import type { EntryKind, Registry, RegistryEntry } from './entries.js'

/** How an entry was found: by its id, by one of its names, or by a near spelling. */
export interface RegistryMatch {
  readonly entry: RegistryEntry
  readonly match: 'id' | 'name' | 'near'
}

export class RegistryView {
  readonly #registry: Registry
  readonly #valid: Instant
  readonly #known: Position

  constructor(registry: Registry, valid: Instant, known: Position) {
    this.#registry = registry
    this.#valid = valid
    this.#known = known
  }

  /** In the order of their first entry. */
  places(): RegistryEntry[] {
    return this.#all('place')
  }

  actors(): RegistryEntry[] {
    return this.#all('actor')
  }

  sources(): RegistryEntry[] {
    return this.#all('source')
  }

  entry(kind: EntryKind, id: string): RegistryEntry | undefined {
    return this.#registry.entry(kind, id, this.#valid, this.#known)
  }

  /** Entries by id, by any name they ever had, or by near spelling; the surest first. */
  async find(kind: EntryKind, query: string): Promise<RegistryMatch[]> {
    const exact = this.entry(kind, query)
    const { fold, search } = await import('./names.js')
    const known = new Map(this.#all(kind).map((entry) => [entry.id, entry]))
    const found = await search(query, known.values())
    const wanted = fold(query)
    const others = found
      .filter(({ id }) => id !== query)
      .flatMap(({ id }): RegistryMatch[] => {
        const entry = known.get(id)
        if (entry === undefined) return []
        const named = entry.names.some((name) => fold(name) === wanted)
        return [{ entry, match: named ? 'name' : 'near' }]
      })
    return exact === undefined ? others : [{ entry: exact, match: 'id' }, ...others]
  }

  #all(kind: EntryKind): RegistryEntry[] {
    return [...this.#registry.entries(kind, this.#valid, this.#known)]
  }
}
