/** Voices and a weighing as resolvers see them, made without a log. */
import type { FacetValue, Voice, Weighing } from '../../src/define.js'
import type { SourceRecord } from '../../src/reading/types.js'
import { accountOf } from '../../src/report/account.js'

/** A voice of an account by its name (`a`, `a via x`), certain and of no grade unless said. */
export function voice(name: string, value: FacetValue, more: Partial<Voice> = {}): Voice {
  const [origin = name, tellers] = name.split(' via ')
  const chain = [...(tellers?.split(' < ') ?? []), origin].map((source) => ({ source }))
  const { publisher } = accountOf(chain)
  return {
    account: name,
    origin,
    publisher,
    alignment: null,
    value,
    possible: [value],
    certainty: 'certain',
    basis: null,
    supportedAt: 0,
    published: 0,
    report: `report of ${name}`,
    derived: false,
    reliability: [],
    credibility: [],
    stances: [],
    disowned: false,
    ...more,
  }
}

export interface About {
  /** By facet; none unless said. */
  readonly voices?: Readonly<Record<string, readonly Voice[]>>
  /** What each source is entered to copy. */
  readonly copies?: Readonly<Record<string, readonly string[]>>
  /** What each actor is entered as a member of. */
  readonly memberOf?: Readonly<Record<string, readonly string[]>>
}

export function weighing({ voices = {}, copies = {}, memberOf = {} }: About): Weighing {
  const copied = (origin: string) => reached(origin, copies)
  return {
    valid: 0,
    facets: Object.keys(voices),
    voices: (facet) => voices[facet] ?? [],
    possible: (facet) => voices[facet] ?? [],
    independent: (a, b) =>
      ![a, ...copied(a)].some((origin) => origin === b || copied(b).has(origin)),
    copies: copied,
    sides: (actor) => new Set([actor, ...reached(actor, memberOf)]),
    record: (): SourceRecord => {
      throw new Error('no log stands behind it')
    },
  }
}

function reached(
  from: string,
  steps: Readonly<Record<string, readonly string[]>>,
): ReadonlySet<string> {
  const found = new Set(steps[from])
  for (const one of found) for (const next of steps[one] ?? []) found.add(next)
  return found
}
