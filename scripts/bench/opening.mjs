// Opens a log in a process of its own and says, as JSON, how long that took and what it holds of
// memory. `node --expose-gc scripts/bench/opening.mjs DIST/src/index.js LOG`
import { statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [index = '', file = ''] = process.argv.slice(2)
/** @type {import('./engine.mjs').Rashomon} */
const rashomon = await import(pathToFileURL(index).href)

function memory() {
  for (let i = 0; i < 4; i++) globalThis.gc?.()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  return { rss, heapUsed, arrayBuffers }
}

const empty = await rashomon.openTimeline({ log: ':memory:' })
empty.at({ valid: '2022-01-01' }).reading
await empty.close()
statSync(file)

const before = memory()
const start = performance.now()
const timeline = await rashomon.openTimeline({ log: file, create: false })
const { head } = timeline
const took = performance.now() - start
const after = memory()
console.log(
  JSON.stringify({
    took,
    head,
    rss: after.rss - before.rss,
    heap: after.heapUsed - before.heapUsed,
    arrayBuffers: after.arrayBuffers - before.arrayBuffers,
  }),
)
await timeline.close()
