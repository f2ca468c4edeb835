/** Attribution chains, interned; and which of them a cut's filter lets through, asked once each. */
import type { Hop } from '../report/types.js'
import type { Cut } from './cut.js'
import { Intern } from './intern.js'

export class Chains {
  readonly #chains = new Intern<readonly Hop[]>()
  readonly #passes = new WeakMap<Cut, Map<number, boolean>>()

  /** Chains tell who told whom; stances are not looked at. */
  number(chain: readonly Hop[]): number {
    const text =
      chain.length === 1 ? chain[0]!.source : chain.map((hop) => hop.source).join('\u0000')
    return this.#chains.number(text, () => chain)
  }

  chain(number: number): readonly Hop[] {
    return this.#chains.item(number)
  }

  passes(number: number, cut: Cut): boolean {
    if (cut.passes === null) return true
    let known = this.#passes.get(cut)
    if (known === undefined) {
      known = new Map()
      this.#passes.set(cut, known)
    }
    const passes = known.get(number) ?? cut.passes(this.#chains.item(number))
    known.set(number, passes)
    return passes
  }

  save(): (readonly Hop[])[] {
    return Array.from({ length: this.#chains.size }, (_, number) => this.#chains.item(number))
  }
}
