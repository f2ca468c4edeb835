/**
 * Whose telling a report is: the account, which is its origin through one chain of tellers.
 */
import type { Hop } from './types.js'

export interface Account {
  /** Printed form and key: the origin's id, or `origin via a < b`. */
  readonly name: string
  readonly origin: string
  /** Every hop before the last, the publisher first. */
  readonly via: readonly string[]
  readonly publisher: string
}

/** The desk's own account, under which registry entries fold. */
export const DESK = 'desk'

/** The source under which an unnamed source's id (`al-masdar/activists`) is made, or `null`. */
export function namedUnder(source: string): string | null {
  const slash = source.lastIndexOf('/')
  return slash > 0 ? source.slice(0, slash) : null
}

/** The account that a name is printed for; that of no source's is a name like any. */
export function accountNamed(name: string): Account {
  const [origin = name, tellers] = name.split(' via ')
  const publisher = namedUnder(origin)
  const via = tellers?.split(' < ') ?? (publisher === null ? [] : [publisher])
  return accountOf([...via, origin].map((source) => ({ source })))
}

/** The account that a chain of attribution tells; an empty chain is the desk's. */
export function accountOf(attribution: readonly Hop[]): Account {
  const origin = attribution.at(-1)?.source ?? DESK
  const via = attribution.slice(0, -1).map((hop) => hop.source)
  const publisher = attribution[0]?.source ?? DESK
  const unnamedUnderPublisher = via.length === 1 && namedUnder(origin) === via[0]
  const name =
    via.length === 0 || unnamedUnderPublisher ? origin : `${origin} via ${via.join(' < ')}`
  return { name, origin, via, publisher }
}
