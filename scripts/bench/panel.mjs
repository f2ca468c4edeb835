/**
 * A load test: every row of the daily panel of 2022 (11,754 places on 280 days) as one report.
 *
 * Of a row only its `isw` column is taken, which is the assessed control of the place on that day:
 * `RU` holds, `CONTESTED` is contested by both, `UA` holds by default (it means no more than not
 * shown otherwise). 3,291,120 reports, one account, one batch a day.
 */
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { inGroups } from './generate.mjs'

const SOURCE = 'isw'

/** Claim of a status, beside place and kind. */
const STATUS = {
  RU: { holder: 'russia', basis: 'assessed' },
  CONTESTED: { contest: ['russia', 'ukraine'], basis: 'assessed' },
  UA: { holder: 'ukraine', basis: 'default' },
}

/** @param {string} status */
function claimOf(status) {
  if (status in STATUS) return STATUS[/** @type {keyof typeof STATUS} */ (status)]
  throw new Error(`isw: ${status} is no status; ${Object.keys(STATUS).join(', ')} would be right`)
}

/** @param {{ geonameid: string, date: string, isw: string }} row */
function reportOf({ geonameid, date, isw }) {
  return {
    id: `isw/${date}/${geonameid}`,
    claim: { kind: 'control', place: geonameid, status: isw, ...claimOf(isw) },
    when: `${date}[America/New_York]`,
    attribution: SOURCE,
    published: `${date}[America/New_York]`,
    batch: `isw/${date}`,
  }
}

/** @param {string} file */
function rows(file) {
  const parser = parse({ columns: true })
  createReadStream(file).pipe(createGunzip()).pipe(parser)
  return /** @type {AsyncIterable<Record<'geonameid' | 'date' | 'isw', string>>} */ (parser)
}

const entry = (/** @type {string} */ kind, /** @type {string} */ id) => ({
  claim: { kind, [kind]: id },
})

/**
 * @param {Pick<import('./run.mjs').Options, 'rashomon' | 'folder' | 'commit' | 'tell'>} options
 * @returns {Promise<{ figures: import('./run.mjs').Figure[], compared: number, sqlite: string }>}
 */
export async function loadPanel({ rashomon, folder, commit = 5000, tell = () => {} }) {
  const data =
    process.env.RASHOMON_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
  const file = join(data, 'ua-control-2022', 'panel_daily.csv.gz')
  if (!existsSync(file))
    throw new Error(`${file}: is not there; RASHOMON_DATA names the folder of the data`)
  const timeline = await rashomon.openTimeline({ log: join(folder, 'panel.log') })
  if (timeline.head > 0)
    throw new Error(`${folder}: holds a panel already; another folder would be right`)
  await timeline.append([
    entry('actor', 'russia'),
    entry('actor', 'ukraine'),
    entry('source', SOURCE),
  ])

  const known = new Set()
  let count = 0
  let spent = 0
  let said = performance.now()
  const started = said
  /** @type {object[]} */
  let waiting = []
  const flush = async () => {
    for (const group of inGroups(waiting, commit)) {
      const start = performance.now()
      await timeline.append(group)
      spent += performance.now() - start
    }
    count += waiting.length
    waiting = []
    if (performance.now() - said < 10_000) return
    said = performance.now()
    tell(`${count} rows appended, ${((1000 * spent) / count).toFixed(1)} µs each`)
  }
  for await (const row of rows(file)) {
    if (!known.has(row.geonameid)) {
      known.add(row.geonameid)
      waiting.push(entry('place', row.geonameid))
    }
    waiting.push(reportOf(row))
    if (waiting.length >= commit) await flush()
  }
  await flush()
  const wall = performance.now() - started
  const start = performance.now()
  let held = 0
  for (const { accounts } of timeline.at({ valid: '2022-11-30T23:59:59Z' }).places())
    for (const { control } of accounts) if (control.holder !== undefined) held++
  const map = performance.now() - start
  const { sqlite } = timeline.settings()
  await timeline.close()
  const figures = [
    {
      name: 'appends of the daily panel',
      unit: 'µs a report',
      ours: (1000 * spent) / count,
      note: `${count} reports, ${(wall / 1000).toFixed(0)} s in all`,
    },
    { name: 'its last map, places()', unit: 'ms', ours: map, note: `${held} places held` },
  ]
  return {
    figures: figures.map((one) => ({ ...one, plain: null, ratio: null })),
    compared: 0,
    sqlite: String(sqlite),
  }
}
