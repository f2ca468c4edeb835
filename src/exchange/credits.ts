/**
 * Whom an export owes: the credit line and licence of every source whose words are in it, as the
 * registry has them now, whatever reading is exported. What is owed does not hang on what was once
 * known.
 */
import type { RegistryView } from '../index.js'

/** A source that is in an export; `null` where the registry names no credit line or licence. */
export interface Credit {
  readonly source: string
  readonly name: string
  readonly credit: string | null
  readonly licence: string | null
}

export class Credits {
  readonly #registry: RegistryView
  readonly #used = new Map<string, Credit>()
  readonly #texts = new Map<string, string>()

  /** `registry` is that of the head. */
  constructor(registry: RegistryView) {
    this.#registry = registry
  }

  /** Sources that are in the export from here on. */
  owe(sources: readonly string[]): void {
    for (const source of sources) this.#credit(source)
  }

  /** The credit of a chain of sources as one text, `; ` between them; they are in the export too. */
  of(sources: readonly string[]): string {
    const key = sources.join('\u0000')
    const known = this.#texts.get(key)
    if (known !== undefined) return known
    const lines = sources.flatMap((source) => creditText(this.#credit(source)) ?? [])
    const text = [...new Set(lines)].join('; ')
    this.#texts.set(key, text)
    return text
  }

  /** Every source of the export, in the order of their ids. */
  all(): readonly Credit[] {
    return [...this.#used.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
  }

  /** Sources of the export for which nobody is to be credited; unnamed ones are credited with their publisher. */
  silent(): readonly Credit[] {
    const under = (source: string) => this.#used.has(source.slice(0, source.lastIndexOf('/')))
    return this.all().filter((each) => creditText(each) === null && !under(each.source))
  }

  #credit(source: string): Credit {
    const known = this.#used.get(source)
    if (known !== undefined) return known
    const entry = this.#registry.entry('source', source)
    const text = (field: string) => {
      const value = entry?.fields[field]
      return typeof value === 'string' ? value : null
    }
    const name = entry?.name ?? source
    const credit = { source, name, credit: text('credit'), licence: text('licence') }
    this.#used.set(source, credit)
    return credit
  }
}

/** `credit line (licence)`; the source's name where it has a licence alone, `null` where it has neither. */
export function creditText({ name, credit, licence }: Credit): string | null {
  if (credit === null && licence === null) return null
  return licence === null ? credit : `${credit ?? name} (${licence})`
}
