/**
 * Generated reports: who holds a place, as four sources tell it over two years. The same seed
 * gives the same reports, in the order in which they arrive.
 */

/**
 * A report as a person writes it, and the same as a row of a plain table would have it.
 *
 * @typedef {object} Generated
 * @property {import('../../src/index.js').WrittenReport} written
 * @property {Row} row
 *
 * @typedef {object} Row
 * @property {string} id
 * @property {string} place
 * @property {string} account
 * @property {number} earliest first instant at which it may have begun; milliseconds, as are all here
 * @property {number} latest last such instant
 * @property {number} published
 * @property {string} holder
 */

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const WINDOWS = [MINUTE, HOUR, DAY]

export const BEGIN = Date.UTC(2021, 0, 1)
export const SPAN = 730 * DAY

export const PLACES = 33_000
export const ACCOUNTS = ['herald', 'gazette', 'wire', 'radio']
export const HOLDERS = ['reds', 'blues', 'greens', 'greys', 'whites']

/** Share of the reports that tell of what was weeks or months ago, and how long at the most. */
const LATE = 0.1
const LATEST = 180 * DAY

/**
 * Numbers in [0, 1) from a seed (mulberry32).
 *
 * @param {number} seed
 */
export function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** @param {number} number from 0 */
export function placeId(number) {
  return `place-${String(number).padStart(5, '0')}`
}

/**
 * Draws places by Zipf's law: the n-th is spoken of 1/n times as often as the first.
 *
 * @param {() => number} chance @param {number} places
 */
export function skewed(chance, places) {
  const sums = new Float64Array(places)
  let sum = 0
  for (let i = 0; i < places; i++) {
    sum += 1 / (i + 1)
    sums[i] = sum
  }
  return () => {
    const at = chance() * sum
    let low = 0
    let high = places - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (/** @type {number} */ (sums[middle]) <= at) low = middle + 1
      else high = middle
    }
    // The places that are spoken of most do not lie side by side in the order of their ids.
    return placeId((low * 7919) % places)
  }
}

/** @param {number} at @param {number} length of an ISO 8601 instant's text that is kept */
const iso = (at, length) => new Date(at).toISOString().slice(0, length)

/** The window `[from, to)` as it is written. @param {number} from @param {number} to */
function wording(from, to) {
  if (to - from === DAY) return `${iso(from, 10)}[UTC]`
  return `${iso(from, 16)}Z/${iso(to, 16)}Z`
}

/**
 * Reports in the order of arrival. A window ends before its report is published, so that what is
 * known of the start is just that window.
 *
 * @param {{ reports: number, seed: number, places?: number }} options
 * @returns {Generator<Generated, void>}
 */
export function* generate({ reports, seed, places = PLACES }) {
  const chance = random(seed)
  const draw = skewed(chance, places)
  /** @template T @param {readonly T[]} list @returns {T} */
  const one = (list) => /** @type {T} */ (list[Math.floor(chance() * list.length)])
  for (let i = 0; i < reports; i++) {
    const published = Math.floor(BEGIN + (SPAN * (i + 1)) / reports)
    const lag = chance() < LATE ? chance() * LATEST : chance() * 12 * HOUR
    const length = one(WINDOWS)
    const to = Math.floor((published - lag) / length) * length
    const from = to - length
    const id = `report-${String(i + 1).padStart(8, '0')}`
    const place = draw()
    const account = one(ACCOUNTS)
    const holder = one(HOLDERS)
    const change = chance() < 0.5
    yield {
      written: {
        id,
        claim: { kind: 'control', place, holder, ...(change ? { mode: 'change' } : {}) },
        when: wording(from, to),
        attribution: account,
        published: new Date(published).toISOString(),
      },
      row: { id, place, account, earliest: from, latest: to - 1, published, holder },
    }
  }
}

/**
 * Entries of everything that the reports name.
 *
 * @param {number} [places]
 * @returns {import('../../src/index.js').WrittenReport[]}
 */
export function entries(places = PLACES) {
  const entry = (/** @type {string} */ kind, /** @type {string} */ id) => ({
    claim: { kind, [kind]: id },
  })
  return [
    ...HOLDERS.map((id) => entry('actor', id)),
    ...ACCOUNTS.map((id) => entry('source', id)),
    ...Array.from({ length: places }, (_, i) => entry('place', placeId(i))),
  ]
}

/** The accounts, the best rated first. */
export const RATED = ['gazette', 'wire', 'herald', 'radio']
const GRADES = /** @type {const} */ (['A', 'B', 'C', 'D'])
const STANCES = /** @type {const} */ (['corroborate', 'doubt', 'deny'])
const COPIES = { radio: ['wire'] }
const ALIGNED = { herald: 'reds', gazette: 'blues' }
/** Sources that tell of no place themselves. */
const JUDGES = ['archive', 'monitor']
/** One stance for so many reports. */
const REPORTS_A_STANCE = 500

/**
 * What there is to weigh the reports by: who copies whom and is on whose side, grades of the sources, and
 * stances on some of the reports.
 *
 * @param {{ reports: number, seed: number }} options
 * @returns {import('../../src/index.js').WrittenReport[]}
 */
export function weights({ reports, seed }) {
  const chance = random(seed + 6)
  const published = iso(BEGIN + SPAN, 24)
  const one = (/** @type {number} */ count) => Math.floor(chance() * count)
  const sources = ACCOUNTS.map((source) => {
    const copies = COPIES[/** @type {keyof typeof COPIES} */ (source)]
    const alignment = ALIGNED[/** @type {keyof typeof ALIGNED} */ (source)]
    return {
      claim: { kind: 'source', source, ...(copies && { copies }), ...(alignment && { alignment }) },
    }
  })
  const judges = JUDGES.map((source) => ({ claim: { kind: 'source', source } }))
  const ratings = RATED.map((source, i) => ({
    id: `rating-${source}`,
    claim: { kind: 'rating', source, reliability: GRADES[i] },
    attribution: RATED[(i + 1) % RATED.length],
    published,
  }))
  const stances = Array.from({ length: Math.floor(reports / REPORTS_A_STANCE) }, (_, i) => ({
    id: `stance-${i + 1}`,
    claim: {
      kind: 'stance',
      of: `report-${String(one(reports) + 1).padStart(8, '0')}`,
      stance: STANCES[one(STANCES.length)],
    },
    attribution: JUDGES[one(JUDGES.length)],
    published,
  }))
  return /** @type {import('../../src/index.js').WrittenReport[]} */ ([
    ...sources,
    ...judges,
    ...ratings,
    ...stances,
  ])
}

/**
 * Groups of a list or generator.
 *
 * @template T @param {Iterable<T>} items @param {number} size
 * @returns {Generator<T[], void>}
 */
export function* inGroups(items, size) {
  /** @type {T[]} */
  let group = []
  for (const item of items) {
    group.push(item)
    if (group.length < size) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
