// What `npm test` runs: the checks, then the tests. Arguments go to vitest, as in
// `npm test -- test/time`. The last line printed counts all of it.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CHECKS, commandOf, installStrace, TOP } from './run/checks.mjs'

const counts = { passed: 0, failed: 0, skipped: 0 }

for (const [name, check] of CHECKS) {
  const { ok, output } = await check()
  counts[ok ? 'passed' : 'failed']++
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name}`)
  if (!ok) console.log(output.trimEnd())
}

installStrace()
const folder = mkdtempSync(join(tmpdir(), 'rashomon-test-'))
const tally = join(folder, 'tally.json')
const args = ['run', '--config', 'scripts/vitest.config.ts', '--reporter=default']
const quiet = process.env.CI ? { NO_COLOR: '1', FORCE_COLOR: undefined } : {}
const { status } = spawnSync(
  process.execPath,
  [commandOf('vitest'), ...args, '--reporter=./scripts/run/tally.mjs', ...process.argv.slice(2)],
  { cwd: TOP, stdio: 'inherit', env: { ...process.env, ...quiet, RASHOMON_TALLY: tally } },
)
/** @type {import('./run/tally.mjs').Tally} */
const tests = existsSync(tally)
  ? JSON.parse(readFileSync(tally, 'utf8'))
  : { passed: 0, failed: 0, skipped: [] }
rmSync(folder, { recursive: true, force: true })
counts.passed += tests.passed
counts.failed += status !== 0 && tests.failed === 0 ? 1 : tests.failed
counts.skipped += tests.skipped.length
for (const { name, why } of tests.skipped) console.log(`skipped  ${name}: ${why}`)

process.exitCode = counts.failed === 0 ? 0 : 1
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
