/** The benchmark: both sides filled alike, their answers held against each other, then timed. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkEqual } from './check.mjs'
import { openEngine } from './engine.mjs'
import {
  BEGIN,
  entries,
  generate,
  inGroups,
  PLACES,
  placeId,
  random,
  SPAN,
  skewed,
} from './generate.mjs'
import { alternate, median } from './measure.mjs'
import { openPlain } from './plain.mjs'
import { diffsBySize, weigh } from './weigh.mjs'

/**
 * @typedef {object} Options
 * @property {import('./engine.mjs').Rashomon} rashomon
 * @property {string} folder where the logs are made, and found again where they are there already
 * @property {number} reports
 * @property {number} [places]
 * @property {number} [seed]
 * @property {number} [commit] reports to a commit
 * @property {readonly Part[]} parts what is measured
 * @property {string} [index] the built face, for what is opened in a process of its own
 * @property {(line: string) => void} [tell]
 * @property {typeof openPlain} [plain] the other side; tests give one that is wrong
 *
 * @typedef {'append' | 'read' | 'weigh' | 'open'} Part
 *
 * @typedef {object} Figure
 * @property {string} name
 * @property {string} unit of the figures of the two sides
 * @property {number} ours
 * @property {number | null} plain
 * @property {number | null} ratio how many times faster (or smaller) than the other side
 * @property {string} [note]
 */

export const SEED = 20_221_109

/** Reports on which the sides are compared before appends are timed. */
const TRIAL = 3000
const ROUNDS = 15
const PLACES_A_ROUND = 200
const SAMPLE_PLACES = 400
const SAMPLE_MAPS = 3
/** Rounds that are run and not counted. */
const WARM = 4

/**
 * Fills both sides, or finds them filled; answers, and times the appends where that is asked for.
 *
 * @param {Options} options
 * @returns {Promise<{ figures: Figure[], compared: number, sqlite: string }>}
 */
export async function bench(options) {
  const { rashomon, folder, reports, places = PLACES, seed = SEED, commit = 5000 } = options
  const { parts, tell = () => {}, plain: makePlain = openPlain } = options
  /** @type {Figure[]} */
  const figures = []
  let compared = 0

  /** @param {string} name */
  const open = async (name) => {
    const engine = await openEngine(rashomon, join(folder, `${name}.log`), entries(places))
    const plain = makePlain(
      join(folder, `${name}.plain.db`),
      Array.from({ length: places }, (_, i) => placeId(i)),
    )
    return { engine, plain }
  }

  const trial = await open('trial')
  const few = Math.min(TRIAL, reports)
  if (trial.engine.count() === 0)
    for (const group of inGroups(generate({ reports: few, seed: seed + 1, places }), commit)) {
      await trial.engine.append(group)
      trial.plain.append(group)
    }
  compared += checkEqual(trial.engine, trial.plain, asked({ reports: few, places, seed }))
  await trial.engine.close()
  trial.plain.close()
  tell(`${compared} answers over ${few} reports are equal`)

  const name = `bench-${reports}-${places}-${seed}`
  let { engine, plain } = await open(name)
  const sqlite = plain.version
  try {
    if (engine.count() === 0) {
      const appended = await fill({ engine, plain, reports, places, seed, commit, tell })
      if (parts.includes('append')) figures.push(appended)
      // Who reads has opened the log, and holds nothing of what was appended.
      await engine.close()
      plain.close()
      ;({ engine, plain } = await open(name))
    } else if (parts.includes('append')) tell('appends are not timed: the logs were filled before')
    compared += checkEqual(engine, plain, asked({ reports, places, seed }))
    tell(`${compared} answers are equal`)
    if (parts.includes('read'))
      figures.push(...(await read({ engine, plain, reports, places, seed })))
    if (parts.includes('weigh')) {
      const weighed = await weigh({ engine, plain, reports, places, seed, tell })
      figures.push(...weighed.figures)
      compared += weighed.compared
    }
  } finally {
    await engine.close()
    plain.close()
  }
  if (parts.includes('weigh'))
    figures.push(...(await diffsBySize({ rashomon, folder, reports, places, seed, commit })))
  if (parts.includes('open') && options.index !== undefined)
    figures.push(
      ...(await opening({ ...options, index: options.index, file: join(folder, `${name}.log`) })),
    )
  return { figures, compared, sqlite }
}

/** @typedef {{ engine: import('./engine.mjs').Engine, plain: import('./plain.mjs').Plain, reports: number, places: number, seed: number }} Filled */

/**
 * @param {Filled & { commit: number, tell: (line: string) => void }} filled
 * @returns {Promise<Figure>}
 */
async function fill({ engine, plain, reports, places, seed, commit, tell }) {
  let done = 0
  let said = performance.now()
  /** @type {number[]} */
  const sizes = []
  function* rounds() {
    for (const group of inGroups(generate({ reports, seed, places }), commit)) {
      sizes.push(group.length)
      yield { ours: () => engine.append(group), plain: () => plain.append(group) }
      done += group.length
      if (performance.now() - said < 10_000) continue
      said = performance.now()
      tell(`${done} reports appended to both sides`)
    }
  }
  const { took, busy } = await alternate(rounds())
  const each = (/** @type {readonly number[]} */ times) =>
    median(times.map((time, i) => (1000 * time) / (sizes[i] ?? 1)))
  const sum = (/** @type {readonly number[]} */ times) => times.reduce((a, b) => a + b, 0)
  const inAll = (/** @type {number} */ milliseconds) => ((1000 * milliseconds) / reports).toFixed(0)
  const note = `over all ${inAll(sum(took.ours))} against ${inAll(sum(took.plain))}; processor ${inAll(busy.ours)} against ${inAll(busy.plain)}`
  return figure(
    `durable appends, ${commit} a commit`,
    'µs a report',
    each(took.ours),
    each(took.plain),
    note,
  )
}

/** @param {Filled} filled */
async function read({ engine, plain, reports, places, seed }) {
  const chance = random(seed + 2)
  const draw = skewed(chance, places)
  const when = () => Math.floor(BEGIN + chance() * SPAN)
  /** @template T @param {number} count @param {() => T} make */
  const times = (count, make) => Array.from({ length: count }, make)
  /** @type {Figure[]} */
  const figures = []

  const batches = times(ROUNDS + WARM, () =>
    times(PLACES_A_ROUND, () => ({ place: draw(), valid: when() })),
  )
  const { took: one } = await alternate(
    batches.map((batch) => ({
      ours: () => {
        for (const { place, valid } of batch) engine.place(place, valid)
      },
      plain: () => {
        for (const { place, valid } of batch) plain.place(place, valid)
      },
    })),
  )
  const each = (/** @type {number[]} */ took) => (1000 * median(took.slice(WARM))) / PLACES_A_ROUND
  figures.push(figure('one place at an instant', 'µs', each(one.ours), each(one.plain)))

  for (const known of [false, true]) {
    const at = () => ({
      valid: when(),
      ...(known ? { known: Math.floor(chance() * reports) } : {}),
    })
    const readings = times(ROUNDS + WARM, at)
    const samples = times(SAMPLE_MAPS, at)
    const ways = plain.ways.map((way) => ({
      way,
      took: median(samples.map((reading) => timed(() => plain.map(reading, way)))),
    }))
    const [best] = ways.sort((a, b) => a.took - b.took)
    if (best === undefined) continue
    const what = known ? 'the map at an instant and a position' : 'the map at an instant'
    const { took } = await alternate(
      readings.map((reading) => ({
        plain: () => plain.map(reading, best.way),
        frame: () => engine.framed && engine.frame(reading),
        places: () => engine.places(reading),
      })),
    )
    const middle = (/** @type {number[] | undefined} */ all) => median((all ?? []).slice(WARM))
    const note = `plain: ${best.way}`
    if (engine.framed)
      figures.push(figure(`${what}, frame()`, 'ms', middle(took.frame), middle(took.plain), note))
    figures.push(figure(`${what}, places()`, 'ms', middle(took.places), middle(took.plain), note))
  }
  return figures
}

/**
 * A rebuild against a snapshot, each in a process of its own; what it then holds of memory.
 *
 * @param {Options & { index: string, file: string }} options
 */
async function opening({ rashomon, index, file, reports, tell = () => {} }) {
  const bare = `${file}.bare`
  if (!existsSync(bare)) copyFileSync(file, bare)
  const timeline = await rashomon.openTimeline({ log: file })
  const snapshot = /** @type {unknown} */ (Reflect.get(timeline, 'snapshot'))
  if (typeof snapshot === 'function') await snapshot.call(timeline)
  await timeline.close()

  const rebuilt = openedIn(index, bare)
  tell(`opened by a rebuild in ${(rebuilt.took / 1000).toFixed(1)} s`)
  const perReport = (/** @type {Opened} */ { heap, arrayBuffers }) =>
    (heap + arrayBuffers) / reports
  const about = (/** @type {Opened} */ { heap, arrayBuffers, rss }) =>
    `heap ${(heap / reports).toFixed(0)}, array buffers ${(arrayBuffers / reports).toFixed(0)}; rss grew by ${(rss / reports).toFixed(0)}`
  const name = 'memory, after a rebuild'
  const figures = [figure(name, 'bytes a report', perReport(rebuilt), null, about(rebuilt))]
  if (typeof snapshot !== 'function') {
    figures.push(figure('opening by a rebuild', 'ms', rebuilt.took, null, 'no snapshots here'))
    return figures
  }
  // A short rebuild is measured as often as the snapshot, one after the other.
  const rebuilds = [rebuilt.took]
  const restored = []
  for (let i = 0; i < 5; i++) {
    restored.push(openedIn(index, file))
    if (rebuilt.took < 5000) rebuilds.push(openedIn(index, bare).took)
  }
  const [last = rebuilt] = restored
  const fast = median(restored.map(({ took }) => took))
  figures.push(
    figure('memory, after a snapshot', 'bytes a report', perReport(last), null, about(last)),
  )
  const note = 'the other side is a rebuild'
  figures.push(figure('opening from a snapshot', 'ms', fast, median(rebuilds), note))
  rmSync(bare)
  return figures
}

/** @typedef {{ took: number, head: number, rss: number, heap: number, arrayBuffers: number }} Opened */

/** @param {string} index @param {string} file @returns {Opened} */
function openedIn(index, file) {
  const script = fileURLToPath(new URL('opening.mjs', import.meta.url))
  const args = ['--expose-gc', '--max-old-space-size=8192', script, index, file]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${file} cannot be opened: ${stderr}`)
  return JSON.parse(stdout)
}

/** @param {() => unknown} work */
function timed(work) {
  const start = performance.now()
  work()
  return performance.now() - start
}

/**
 * @param {string} name @param {string} unit @param {number} ours @param {number | null} plain
 * @param {string} [note]
 * @returns {Figure}
 */
function figure(name, unit, ours, plain, note) {
  const ratio = plain === null ? null : plain / ours
  return { name, unit, ours, plain, ratio, ...(note === undefined ? {} : { note }) }
}

/**
 * What both sides are asked before they are timed.
 *
 * @param {{ reports: number, places: number, seed: number }} options
 * @returns {import('./check.mjs').Asked}
 */
function asked({ reports, places, seed }) {
  const chance = random(seed + 3)
  const draw = skewed(chance, places)
  const when = () => Math.floor(BEGIN + chance() * SPAN)
  return {
    places: Array.from({ length: SAMPLE_PLACES }, () => ({ place: draw(), valid: when() })),
    maps: Array.from({ length: SAMPLE_MAPS }, () => when()).flatMap((valid) => [
      { valid },
      { valid, known: Math.floor(chance() * reports) },
    ]),
  }
}
