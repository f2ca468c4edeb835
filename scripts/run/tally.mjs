/** Counts what a run of tests came to, and why tests were skipped: a reporter of vitest. */
import { writeFileSync } from 'node:fs'

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed failing tests, and whatever else went wrong around them
 * @property {{ name: string, why: string }[]} skipped
 */

/**
 * Counts one run. A file or suite that could not be set up, an error outside any test and a run
 * that was cut short each count as one failure, as does a test that never came to an end.
 *
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {readonly unknown[]} unhandled
 * @param {string} reason
 * @returns {Tally}
 */
export function tallyOf(modules, unhandled, reason) {
  /** @type {Tally} */
  const tally = { passed: 0, failed: unhandled.length, skipped: [] }
  if (reason === 'interrupted') tally.failed++
  for (const module of modules) {
    if (module.errors().length > 0) tally.failed++
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) tally.failed++
    for (const test of module.children.allTests()) {
      const result = test.result()
      if (result.state === 'passed') tally.passed++
      else if (result.state === 'skipped')
        tally.skipped.push({
          name: `${module.relativeModuleId} > ${test.fullName}`,
          why: result.note ?? 'no reason is given',
        })
      else tally.failed++
    }
  }
  return tally
}

/** Writes the tally as JSON to the file that `RASHOMON_TALLY` names. */
export default class TallyReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandled
   * @param {string} reason
   */
  onTestRunEnd(modules, unhandled, reason) {
    const file = process.env.RASHOMON_TALLY
    if (file !== undefined) writeFileSync(file, JSON.stringify(tallyOf(modules, unhandled, reason)))
  }
}
