// What `npm run bench` runs: the engine against a plain SQLite table, in one run and side by side.
//   --reports N          how many are generated; a million
//   --only append|read|weigh|open
//   --commit N           reports to a commit; 5000
//   --keep FOLDER        makes the logs there, or reads those that it holds, and leaves them
//   --panel              instead: every row of the real daily panel as a report (RASHOMON_DATA)
//   --json
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { printFigures } from './bench/print.mjs'
import { isBuilt } from './built.mjs'

const TOP = fileURLToPath(new URL('..', import.meta.url))
const INDEX = join(TOP, 'dist/src/index.js')
const PARTS = /** @type {const} */ (['append', 'read', 'weigh', 'open'])

const { values } = parseArgs({
  options: {
    reports: { type: 'string', default: '1000000' },
    commit: { type: 'string', default: '5000' },
    only: { type: 'string' },
    keep: { type: 'string' },
    panel: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const parts = PARTS.filter((part) => values.only === undefined || values.only === part)
if (parts.length === 0)
  throw new Error(`--only ${values.only}: one of ${PARTS.join(', ')} would be right`)

if (!isBuilt(TOP)) {
  const { status } = spawnSync(process.execPath, [join(TOP, 'scripts/build.mjs')], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}
/** @type {import('./bench/engine.mjs').Rashomon} */
const rashomon = await import(pathToFileURL(INDEX).href)

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'rashomon-bench-'))
mkdirSync(folder, { recursive: true })
const tell = (/** @type {string} */ line) => console.error(line)
try {
  const options = {
    rashomon,
    folder,
    index: INDEX,
    tell,
    commit: whole('commit', values.commit),
  }
  const { loadPanel } = await import('./bench/panel.mjs')
  const { bench } = await import('./bench/run.mjs')
  const result = values.panel
    ? await loadPanel(options)
    : await bench({ ...options, reports: whole('reports', values.reports), parts })
  const { sqlite, figures } = result
  const processors = cpus()
  const machine = {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    node: process.version,
    sqlite,
  }
  if (values.json) console.log(JSON.stringify({ machine, ...result }, null, 2))
  else console.log(printFigures(figures, machine))
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true })
}

/** @param {string} name @param {string} text */
function whole(name, text) {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new Error(`--${name} ${text}: a whole number from 1 would be right`)
}
