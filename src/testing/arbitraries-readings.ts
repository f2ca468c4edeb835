/** Generators of readings, and what a reading asks of the model. */
import * as fc from 'fast-check'
import type { AccountFilter, AccountName, Reading } from '../reading/types.js'
import { END, type Instant, instant } from '../time/instant.js'
import { ACTORS, chainOf, clock, type History, reportsOf } from './arbitraries-input.js'
import type { Cut, Model, ModelResolver } from './model.js'

/** What a reading comes to, in the model's words. */
export interface Asked {
  readonly t: Instant
  readonly cut: Cut
  readonly resolver: ModelResolver
}

/** Names of resolvers that the model knows, every shipped one among them. */
export const MODELLED: readonly ModelResolver[] = [
  'dispute',
  'latest',
  'corroborated',
  'corroborated(1)',
  'corroborated(3)',
  'ranked(b,a)',
  'ranked(c via b,a/x,c)',
  'rated',
  'cautious',
  'against-interest',
]

/** A reading with a resolver that the model knows, by name. */
export type ModelReading = Reading & { readonly resolver?: ModelResolver }

/** Readings of a history: within, just before and just after its instants; at any of its positions. */
export function readings(history: History): fc.Arbitrary<ModelReading> {
  const head = reportsOf(history).length
  const stamps = history.stamps.map((at) => at + 1)
  const optional = { nil: undefined, freq: 2 }
  return fc
    .record({
      valid: instants,
      known: fc.option(
        fc.oneof(
          fc.integer({ min: 0, max: head }),
          fc.constantFrom(...history.stamps, ...stamps).map(clock),
          fc.constant('then'),
        ),
        optional,
      ),
      published: fc.option(fc.oneof(instants, fc.constant('then')), optional),
      accounts: fc.option(filters(history), optional),
      resolver: fc.option(fc.constantFrom(...MODELLED), optional),
    })
    .map((reading) => stated(reading) as ModelReading)
}

/** Instants from a little before every generated one to a little after. */
export const instants: fc.Arbitrary<string> = fc.integer({ min: -2, max: 18 }).map(clock)

/** Filters by the sources of the history, as names, origins, publishers and alignments. */
export function filters(history: History): fc.Arbitrary<AccountFilter> {
  const used = [...new Set(reportsOf(history).flatMap(chainOf))]
  const source = fc.constantFrom(...(used.length === 0 ? ['a'] : used))
  const name = fc.oneof<fc.Arbitrary<AccountName>[]>(
    source,
    fc.constantFrom(...ACCOUNTS),
    source.map((origin) => ({ origin })),
    source.map((publisher) => ({ publisher })),
    fc.constantFrom(...ACTORS).map((alignment) => ({ alignment })),
  )
  const names = fc.array(name, { minLength: 1, maxLength: 2 })
  return fc.oneof(
    names.map((exclude) => ({ exclude })),
    names.map((include) => ({ include })),
    fc.record({ include: names, exclude: names }),
  )
}

/** What a reading asks of a model that holds the whole history. */
export function asked(reading: ModelReading, model: Model): Asked {
  const t = instant(Date.parse(reading.valid))
  const parse = (text: string) => (text === 'then' ? t : instant(Date.parse(text)))
  const { known, published, accounts, resolver = 'dispute' } = reading
  const cut: Cut = {
    known: typeof known === 'string' ? model.positionBefore(parse(known)) : (known ?? model.head),
    published: published === undefined ? END : parse(published),
    ...(accounts === undefined ? {} : { accounts }),
  }
  return { t, cut, resolver }
}

/** Names of whole accounts, as they are printed. */
const ACCOUNTS = ['b via a', 'c via b', 'a/x via b < a']

const stated = (record: object) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
