/** Good reports of the day south of Aleppo, each with one thing done to it that nobody asked for. */
import fc from 'fast-check'
import { aleppo } from '../../../src/testing/aleppo.js'

type Place = readonly (string | number)[]
type Holder = Record<string | number, unknown>

/** What a hostile or careless hand puts where something else belongs. */
const STRANGE: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  Number.NaN,
  2 ** 53,
  '',
  ' ',
  'x'.repeat(300),
  'x'.repeat(20_000),
  '\0',
  '\u001b[2J',
  'cafe\u0301',
  '\ud800',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  "'; drop table entries; --",
  '=1+1',
  [],
  {},
  [[]],
  [null],
  { length: 3 },
  { toJSON: 'x' },
  { valueOf: 1 },
  new Date(0),
  new Map(),
  () => 'x',
  Symbol('x'),
  1n,
  JSON.parse('{"__proto__": {"polluted": true}}'),
  JSON.parse('{"constructor": {"prototype": {"polluted": true}}}'),
]

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'x',
  'kind',
  'mode',
  'ends',
  'extent',
  '',
]

const strange = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...STRANGE) },
  {
    weight: 1,
    arbitrary: fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withTypedArray: true,
    }),
  },
)

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at]
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  return [at, ...keys.flatMap((key) => placesIn((value as Holder)[key], [...at, key]))]
}

function holderOf(report: unknown, place: Place): Holder {
  return place.slice(0, -1).reduce((at, key) => (at as Holder)[key], report) as Holder
}

/** Sets an own property, whatever its name. */
function put(holder: Holder, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  })
}

type Change = (
  holder: Holder,
  key: string | number,
  extra: { value: unknown; name: string },
) => void

const CHANGES: readonly Change[] = [
  (holder, key, { value }) => put(holder, key, value),
  (holder, key) => delete holder[key],
  (holder, _key, { name, value }) => put(holder, name, value),
  (holder, key, { name }) => {
    put(holder, name, holder[key])
    delete holder[key]
  },
  (holder, key) => put(holder, key, [holder[key]]),
  (holder, key) => put(holder, key, [holder[key], holder[key]]),
  (holder, key) => put(holder, key, { [String(key)]: holder[key] }),
  (holder, key) => put(holder, key, String(holder[key])),
  (holder, key) => put(holder, key, holder),
  (holder, key) => Object.defineProperty(holder, key, { enumerable: true, get: () => 'got' }),
]

export interface Mutated {
  readonly input: unknown
  /** The report as it was. */
  readonly good: unknown
}

/** One good report with one change at one of its places; `input` is made anew each time. */
export const mutated: fc.Arbitrary<Mutated> = fc
  .constantFrom(...aleppo.all)
  .chain((good) =>
    fc.record({
      good: fc.constant(good),
      place: fc.constantFrom(...placesIn(good).filter((place) => place.length > 0)),
      change: fc.constantFrom(...CHANGES),
      value: strange,
      name: fc.constantFrom(...NAMES),
    }),
  )
  .map(({ good, place, change, value, name }) => {
    const input = structuredClone(good)
    change(holderOf(input, place), place.at(-1)!, { value, name })
    return { input, good }
  })
