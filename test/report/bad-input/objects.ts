/** Values that a program hands over and that no JSON can hold: made anew for each test. */
export type BadObject = readonly [name: string, make: () => unknown, code: string, field?: string]

const withClaim = (claim: unknown) => ({ claim, attribution: 'herald' })

class Claimed {
  kind = 'control'
  place = 'town'
}

function cycle(): unknown {
  const claim: Record<string, unknown> = { kind: 'control', place: 'town', contest: [] }
  claim.holder = claim
  return withClaim(claim)
}

/** Two references at each level unfold into 2^40 values. */
function bomb(): unknown {
  let level: unknown[] = []
  for (let i = 0; i < 30; i++) level = [level, level]
  return { claim: { kind: 'control', place: 'town', holder: 'reds' }, citation: { level } }
}

function getter(): unknown {
  const claim = { kind: 'control', contest: [] as string[] }
  Object.defineProperty(claim, 'place', { enumerable: true, get: () => 'town' })
  return withClaim(claim)
}

function listWithGetter(): unknown {
  const contest = ['reds']
  Object.defineProperty(contest, 0, { enumerable: true, get: () => 'reds' })
  return withClaim({ kind: 'control', place: 'town', contest })
}

function throwingProxy(): unknown {
  const claim = new Proxy(
    { kind: 'control' },
    {
      ownKeys() {
        throw new TypeError('no keys for you')
      },
    },
  )
  return withClaim(claim)
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return withClaim(proxy)
}

function holed(): unknown {
  const list = ['reds', 'blues', 'greens']
  delete list[1]
  return list
}

function named(): unknown {
  const contest: unknown[] & { extra?: string } = ['reds']
  contest.extra = 'x'
  return withClaim({ kind: 'control', place: 'town', contest })
}

export const BAD_OBJECTS: readonly BadObject[] = [
  ['nothing at all', () => undefined, 'invalid-report'],
  ['null', () => null, 'invalid-report'],
  ['a number', () => 7, 'invalid-report'],
  ['a text', () => '{}', 'invalid-report'],
  ['a list', () => [], 'invalid-report'],
  ['a function', () => () => ({}), 'invalid-report'],
  ['a symbol', () => Symbol('report'), 'invalid-report'],
  ['a bigint', () => 1n, 'invalid-report'],
  ['a Date', () => new Date(0), 'invalid-report'],
  ['a Map', () => new Map([['claim', {}]]), 'invalid-report'],
  ['a promise', () => Promise.resolve({}), 'invalid-report'],
  ['a claim of a class', () => withClaim(new Claimed()), 'invalid-report', 'claim'],
  ['a claim that is a Map', () => withClaim(new Map()), 'invalid-report', 'claim'],
  ['a Date for a time', () => ({ ...base(), when: new Date(0) }), 'invalid-report', 'when'],
  [
    'bytes for a citation',
    () => ({ ...base(), citation: new Uint8Array(4) }),
    'invalid-report',
    'citation',
  ],
  ['a regular expression', () => ({ ...base(), id: /x/ }), 'invalid-report', 'id'],
  ['a boxed text', () => ({ ...base(), id: Object('x') }), 'invalid-report', 'id'],
  ['a cycle', cycle, 'invalid-report', 'claim.holder'],
  ['shared references without end', bomb, 'too-large'],
  ['a getter', getter, 'invalid-report', 'claim.place'],
  ['a getter in a list', listWithGetter, 'invalid-report', 'claim.contest[0]'],
  ['a proxy that throws', throwingProxy, 'invalid-report', 'claim'],
  ['a proxy that was revoked', revoked, 'invalid-report', 'claim'],
  ['a symbol for a key', () => ({ ...base(), [Symbol('x')]: 1 }), 'invalid-report'],
  [
    'a function in a claim',
    () => withClaim({ ...CONTROL, holder: () => 'reds' }),
    'invalid-report',
    'claim.holder',
  ],
  [
    'a bigint in a claim',
    () => withClaim({ ...CONTROL, holder: 1n }),
    'invalid-report',
    'claim.holder',
  ],
  [
    'NaN in a citation',
    () => ({ ...base(), citation: { page: Number.NaN } }),
    'invalid-report',
    'citation.page',
  ],
  [
    'Infinity in a citation',
    () => ({ ...base(), citation: { page: Number.POSITIVE_INFINITY } }),
    'invalid-report',
    'citation.page',
  ],
  [
    'an unsafe whole number',
    () => ({ ...base(), citation: { page: 2 ** 53 } }),
    'invalid-report',
    'citation.page',
  ],
  [
    'undefined in a list',
    () => withClaim({ ...CONTROL, contest: ['reds', undefined] }),
    'invalid-report',
    'claim.contest[1]',
  ],
  [
    'a list with a hole',
    () => withClaim({ ...CONTROL, contest: holed() }),
    'invalid-report',
    'claim.contest',
  ],
  [
    'a list that says it is endless',
    () => withClaim({ ...CONTROL, contest: new Array(2 ** 32 - 1) }),
    'too-large',
    'claim.contest',
  ],
  ['a list with names', named, 'invalid-report', 'claim.contest'],
  [
    '__proto__ as an own key',
    () => JSON.parse('{"claim": {"kind": "control", "__proto__": {"place": "town"}}}'),
    'invalid-report',
    'claim.__proto__',
  ],
  [
    'constructor as an own key',
    () => ({ ...base(), citation: { constructor: 1 } }),
    'invalid-report',
    'citation.constructor',
  ],
  [
    'prototype as an own key',
    () => ({ ...base(), citation: { prototype: 1 } }),
    'invalid-report',
    'citation.prototype',
  ],
  ['half a surrogate pair', () => ({ ...base(), id: '\ud83d' }), 'invalid-report', 'id'],
  [
    'a key with half a surrogate pair',
    () => ({ ...base(), citation: { '\ud83d': 1 } }),
    'invalid-report',
  ],
  ['an id not in NFC', () => ({ ...base(), id: 'cafe\u0301' }), 'invalid-report', 'id'],
  [
    'text too long',
    () => ({ ...base(), citation: { text: 'x'.repeat(20_000) } }),
    'too-large',
    'citation.text',
  ],
  ['levels too deep', () => ({ ...base(), citation: deep(40) }), 'too-large'],
  ['too many keys', () => ({ ...base(), citation: wide(600) }), 'too-large', 'citation'],
  [
    'a citation too large',
    () => ({ ...base(), citation: { pages: Array(5).fill('x'.repeat(15_000)) } }),
    'too-large',
    'citation',
  ],
  [
    'a report too large',
    () =>
      withClaim({ ...CONTROL, ...Object.fromEntries(FACETS.map((facet) => [facet, many(512)])) }),
    'too-large',
  ],
]

const CONTROL = { kind: 'control', place: 'town' }
const FACETS = ['contest', 'fireControl', 'siege', 'threat', 'presence', 'administration']

function base() {
  return { claim: { ...CONTROL, holder: 'reds' }, attribution: 'herald' }
}

function deep(levels: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < levels; i++) value = { in: value }
  return value
}

function wide(keys: number): unknown {
  return Object.fromEntries(Array.from({ length: keys }, (_, i) => [`k${i}`, i]))
}

function many(ids: number): string[] {
  return Array.from({ length: ids }, (_, i) => `actor-of-a-rather-long-name-${i}`)
}
