/**
 * What is weighed over the whole map, beside the bare map read of the same run: its disputes, every
 * shipped resolver, and what differs between two readings. Answers are held against plain ones before
 * anything is timed.
 */
import { join } from 'node:path'
import { Unequal } from './check.mjs'
import { openEngine } from './engine.mjs'
import {
  ACCOUNTS,
  BEGIN,
  DAY,
  entries,
  generate,
  HOLDERS,
  inGroups,
  placeId,
  RATED,
  random,
  SPAN,
  weights,
} from './generate.mjs'
import { alternate, median } from './measure.mjs'

/** @typedef {import('./engine.mjs').Engine} Engine */
/** @typedef {import('./run.mjs').Figure} Figure */
/** @typedef {{ engine: Engine, plain: import('./plain.mjs').Plain, reports: number, places: number, seed: number }} Filled */

const ROUNDS = 9
/** Rounds that are run and not counted. */
const WARM = 3
const SAMPLE = 150

const RANKED = `ranked(${RATED.join(',')})`
export const RESOLVERS = [
  'dispute',
  'latest',
  RANKED,
  'corroborated',
  'corroborated(3)',
  'rated',
  'cautious',
  'against-interest',
]

/** Spans of which the readings of a diff are apart. */
const APART = /** @type {const} */ ([
  ['a day', DAY],
  ['a week', 7 * DAY],
  ['a month', 30 * DAY],
])

/**
 * @param {Filled & { tell: (line: string) => void }} filled
 * @returns {Promise<{ figures: Figure[], compared: number }>}
 */
export async function weigh({ engine, plain, reports, seed, tell }) {
  const chance = random(seed + 4)
  await engine.appendAside(weights({ reports, seed }))
  const when = () => Math.floor(BEGIN + (0.2 + 0.7 * chance()) * SPAN)
  const compared = checkWeighed(engine, plain, when(), chance)
  tell(`${compared} weighed answers are equal`)
  const frame = (/** @type {number} */ valid) => engine.frame({ valid })

  /** @type {Figure[]} */
  const figures = []
  /** @param {string} name @param {(valid: number) => unknown} read @param {(took: number) => string} [more] */
  const beside = async (name, read, more = () => '') => {
    const readings = Array.from({ length: ROUNDS + WARM }, when)
    const rounds = readings.map((valid) => ({
      bare: () => frame(valid),
      ours: () => read(valid),
    }))
    const { took } = await alternate(rounds)
    const [ours, bare] = [median(took.ours.slice(WARM)), median(took.bare.slice(WARM))]
    figures.push(figureOf(name, ours, bare, more(ours)))
  }
  await beside('the disputes of the map, disputes()', (valid) => engine.at({ valid }).disputes())
  for (const resolver of RESOLVERS)
    await beside(`the map weighed by ${resolver}`, (valid) => {
      let decided = 0
      for (const { resolution } of engine.at({ valid, resolver }).resolved())
        if (resolution.decided) decided++
      return decided
    })
  for (const [apart, span] of APART) {
    let changes = 0
    let times = 0
    await beside(
      `a diff of two readings ${apart} apart`,
      (valid) => {
        changes += engine.diff(valid, valid + span).changes.length
        times++
      },
      () => `${Math.round(changes / times)} changes`,
    )
  }
  return { figures, compared }
}

/**
 * The same changes among as many places and among twice as many.
 *
 * @param {{ rashomon: import('./engine.mjs').Rashomon, folder: string, reports: number, places: number, seed: number, commit: number }} options
 * @returns {Promise<Figure[]>}
 */
export async function diffsBySize({ rashomon, folder, reports, places, seed, commit }) {
  const few = Math.min(reports, FEW)
  /** @param {string} name @param {number} silent */
  const open = async (name, silent) => {
    const all = Array.from({ length: silent }, (_, i) => placeId(places + i))
    const quiet = all.map((place) => ({
      id: `quiet-${place}`,
      claim: { kind: 'control', place, holder: HOLDERS[0] },
      when: '2020-06-01T00:00Z',
      attribution: ACCOUNTS[0],
      published: '2020-06-02T00:00Z',
    }))
    const engine = await openEngine(rashomon, join(folder, `${name}-${few}-${places}.log`), [
      ...entries(places + silent),
      .../** @type {import('../../src/index.js').WrittenReport[]} */ (quiet),
    ])
    if (engine.count() === 0)
      for (const group of inGroups(generate({ reports: few, seed, places }), commit))
        await engine.append(group)
    return engine
  }
  const once = await open('once', 0)
  const twice = await open('twice', places)
  try {
    const chance = random(seed + 5)
    const when = () => Math.floor(BEGIN + (0.2 + 0.7 * chance()) * SPAN)
    const readings = Array.from({ length: ROUNDS + WARM }, when)
    const week = (/** @type {Engine} */ engine, /** @type {number} */ valid) =>
      engine.diff(valid, valid + 7 * DAY).changes
    const [first = 0] = readings
    if (JSON.stringify(week(once, first)) !== JSON.stringify(week(twice, first)))
      throw new Unequal('a diff among twice the places: the changes differ')
    const { took } = await alternate(
      readings.map((valid) => ({
        once: () => week(once, valid),
        twice: () => week(twice, valid),
        frameOnce: () => once.frame({ valid }),
        frameTwice: () => twice.frame({ valid }),
      })),
    )
    const middle = (/** @type {number[] | undefined} */ all) => median((all ?? []).slice(WARM))
    const changes = week(once, first).length
    const note = (/** @type {Engine} */ engine, /** @type {number} */ frame) =>
      `${changes} changes; frame() of ${engine.frame({ valid: first }).frame.places.length} places takes ${frame.toPrecision(3)} ms`
    return [
      figureOf(
        'a week of few reports',
        middle(took.once),
        null,
        note(once, middle(took.frameOnce)),
      ),
      figureOf(
        'the same among twice the places',
        middle(took.twice),
        null,
        note(twice, middle(took.frameTwice)),
      ),
    ]
  } finally {
    await once.close()
    await twice.close()
  }
}

/** Reports of the logs in which the number of places is told apart from that of changes. */
const FEW = 50_000

/** @param {string} name @param {number} ours @param {number | null} bare @param {string} more @returns {Figure} */
function figureOf(name, ours, bare, more) {
  const times =
    bare === null ? [] : [`${(ours / bare).toFixed(1)} times frame() (${bare.toPrecision(3)} ms)`]
  const note = [...times, ...(more === '' ? [] : [more])].join('; ')
  return { name, unit: 'ms', ours, plain: null, ratio: null, note }
}

/**
 * Holds disputes, resolved values and diffs against plain computations over the rows of the other side.
 *
 * @param {Engine} engine @param {Filled['plain']} plain @param {number} valid @param {() => number} chance
 * @returns {number} how many answers were compared
 */
export function checkWeighed(engine, plain, valid, chance) {
  let compared = 0
  /** @param {string} what @param {readonly string[]} ours @param {readonly string[]} theirs */
  const same = (what, ours, theirs) => {
    compared += Math.max(ours.length, 1)
    const [a, b] = [[...ours].sort(), [...theirs].sort()]
    const at = a.findIndex((line, i) => line !== b[i])
    const i = at === -1 && b.length > a.length ? a.length : at
    if (i !== -1)
      throw new Unequal(
        `${what}: the sides differ, first in "${a[i] ?? 'nothing'}" here and "${b[i] ?? 'nothing'}" there`,
      )
  }
  const [way] = plain.ways
  if (way === undefined) throw new Error('ways: SQLite is asked in none')
  const held = (/** @type {number} */ at) => heldBy(plain.map({ valid: at }, way))

  /** @type {string[]} */
  const clashes = []
  for (const [place, accounts] of held(valid))
    for (const [i, [a, x]] of accounts.entries())
      for (const [b, y] of accounts.slice(i + 1)) if (x !== y) clashes.push(`${place} ${a} ${b}`)
  const disputes = engine.at({ valid }).disputes()
  same(
    'disputes on who holds',
    disputes.flatMap(({ place, kind, parties }) =>
      kind === 'who' ? [`${place} ${[...parties].sort().join(' ')}`] : [],
    ),
    clashes,
  )

  for (const resolver of ['dispute', RANKED, 'rated']) {
    const weighed = resolver === 'dispute' ? agreed : first
    const theirs = [...held(valid)].flatMap(([place, accounts]) => {
      const holder = weighed(accounts)
      return holder === null ? [] : [`${place} ${holder}`]
    })
    const ours = [...engine.at({ valid, resolver }).resolved()].flatMap(
      ({ place, facet, resolution }) =>
        facet === 'holder' && resolution.decided
          ? [`${place} ${/** @type {any} */ (resolution.value).actors[0]}`]
          : [],
    )
    same(`holders by ${resolver}`, ours, theirs)
  }
  const ids = [...held(valid).keys()]
  const sample = Array.from({ length: SAMPLE }, () => ids[Math.floor(chance() * ids.length)] ?? '')
  for (const resolver of RESOLVERS) {
    const view = engine.at({ valid, resolver })
    /** @type {Map<string, Record<string, unknown>>} */
    const all = new Map()
    for (const { place, facet, resolution } of view.resolved())
      all.set(place, { ...all.get(place), [facet]: resolution })
    for (const place of new Set(sample))
      same(
        `${place} by ${resolver}`,
        [JSON.stringify(all.get(place) ?? {})],
        [JSON.stringify(view.place(place).resolved)],
      )
  }

  for (const [apart, span] of APART) {
    const [before, after] = [held(valid), held(valid + span)]
    const theirs = [...new Set([...before.keys(), ...after.keys()])].flatMap((place) =>
      ACCOUNTS.flatMap((account) => {
        const [x, y] = [before, after].map((map) => holderOf(map.get(place), account))
        return x === y ? [] : [`${place} ${account} ${x} ${y}`]
      }),
    )
    const ours = engine.diff(valid, valid + span).changes.flatMap((change) => {
      if (change.type !== 'facet') return []
      const [x, y] = [change.from, change.to].map(
        (whole) => /** @type {any} */ (whole?.settled)?.actors[0] ?? 'nobody',
      )
      return x === y ? [] : [`${change.place} ${change.account} ${x} ${y}`]
    })
    same(`holders that changed within ${apart}`, ours, theirs)
  }
  return compared
}

/** @typedef {readonly (readonly [account: string, holder: string])[]} Accounts */

/** @param {readonly (readonly [string, string, string])[]} rows @returns {Map<string, [string, string][]>} */
function heldBy(rows) {
  /** @type {Map<string, [string, string][]>} */
  const places = new Map()
  for (const [place, account, holder] of rows) {
    const accounts = places.get(place) ?? []
    places.set(place, accounts)
    accounts.push([account, holder])
    accounts.sort(([a], [b]) => (a < b ? -1 : 1))
  }
  return places
}

/** @param {Accounts | undefined} accounts @param {string} account */
function holderOf(accounts, account) {
  return accounts?.find(([name]) => name === account)?.[1] ?? 'nobody'
}

/** @param {Accounts} accounts */
function agreed(accounts) {
  const holders = new Set(accounts.map(([, holder]) => holder))
  const [only = null] = holders
  return holders.size === 1 ? only : null
}

/** Of the best rated account. @param {Accounts} accounts */
function first(accounts) {
  for (const account of RATED) {
    const holder = accounts.find(([name]) => name === account)?.[1]
    if (holder !== undefined) return holder
  }
  return null
}
