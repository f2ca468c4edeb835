import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestModule } from 'vitest/node'
import { commandOf, TOP } from '../../scripts/run/checks.mjs'
import { type Tally, tallyOf } from '../../scripts/run/tally.mjs'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rashomon-tally-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a real run of these test files comes to. */
function runOf(files: Readonly<Record<string, string>>): Tally {
  const at = mkdtempSync(join(folder, 'run-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(at, name), text)
  const tally = join(at, 'tally.json')
  const reporter = resolve(TOP, 'scripts/run/tally.mjs')
  const args = ['run', '--root', at, '--globals', `--reporter=${reporter}`]
  spawnSync(process.execPath, [commandOf('vitest'), ...args], {
    cwd: TOP,
    env: { ...process.env, RASHOMON_TALLY: tally },
  })
  return JSON.parse(readFileSync(tally, 'utf8'))
}

/** Put together here, so that this file itself holds no test that is skipped. */
const SKIPPING = ['test', 'skip'].join('.')

test('a run is counted: what passed, what failed, what was skipped and why', () => {
  const tally = runOf({
    'a.test.js': `
      test('passes', () => {})
      describe('inside', () => test('passes too', () => {}))
      test('fails', () => { throw new Error('no') })
      test('is skipped', ({ skip }) => skip('strace is missing'))
      ${SKIPPING}('is skipped without a word', () => {})`,
    'broken.test.js': `throw new Error('cannot be loaded')`,
    'hook.test.js': `describe('unready', () => { beforeAll(() => { throw new Error('no') }); test('waits', () => {}) })`,
  })
  expect(tally.passed).toBe(2)
  expect(tally.failed).toBe(3)
  expect(tally.skipped).toContainEqual({
    name: 'a.test.js > is skipped',
    why: 'strace is missing',
  })
  expect(tally.skipped).toContainEqual({
    name: 'a.test.js > is skipped without a word',
    why: 'no reason is given',
  })
})

test('an error outside every test is a failure', () => {
  const tally = runOf({
    'a.test.js': `test('passes', () => { Promise.reject(new Error('unheard')) })`,
  })
  expect(tally).toEqual({ passed: 1, failed: 1, skipped: [] })
})

/** A file with one test that came to `state`. */
const moduleOf = (state: string) =>
  ({
    relativeModuleId: 'a.test.ts',
    errors: () => [],
    children: {
      allSuites: () => [],
      allTests: () => [{ fullName: 'one', result: () => ({ state }) }],
    },
  }) as unknown as TestModule

test('a test that never came to an end is a failure', () => {
  expect(tallyOf([moduleOf('pending')], [], 'failed')).toMatchObject({ passed: 0, failed: 1 })
  expect(tallyOf([moduleOf('passed')], [], 'passed')).toMatchObject({ passed: 1, failed: 0 })
})

test('a run that was cut short is a failure', () => {
  expect(tallyOf([moduleOf('passed')], [], 'interrupted')).toMatchObject({ passed: 1, failed: 1 })
})
