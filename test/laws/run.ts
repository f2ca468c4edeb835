/** How the tests of laws run them, and what a law says of what breaks it. */
import * as fc from 'fast-check'
import { runs } from '../../src/testing/laws/runs.js'

/** Parameters of a law's properties; prints the seed, with which `SEED=… npm test` runs them again. */
export function seeded(law: string, most?: number): ReturnType<typeof runs> {
  const parameters = runs(process.env, most)
  console.log(`${law}: SEED=${parameters.seed}, ${parameters.numRuns} runs of each property`)
  return parameters
}

/** Cases in which a law must meet what a broken subject does wrong. */
const ENOUGH = 1000

/** What a law finds wrong, in words; nothing where it finds nothing. */
export async function breach(
  property: fc.IRawProperty<unknown>,
  seed: number,
): Promise<string> {
  const details = await fc.check(property, { numRuns: ENOUGH, seed, endOnFailure: true })
  return details.failed ? String(details.errorInstance) : ''
}
