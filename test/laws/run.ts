/** How the tests of laws run them, and what a law says of what breaks it. */
import * as fc from 'fast-check'
import { vi } from 'vitest'
import { runs } from '../../src/testing/laws/runs.js'

/** Milliseconds that one case may take on a busy machine. */
const MOST_OF_A_RUN = 500
/** That the search for a case may take, which mostly ends at once. */
const LONGEST = 300_000

/** Parameters of a law's properties; prints the seed, with which `SEED=… npm test` runs them again. */
export function seeded(law: string, most?: number): ReturnType<typeof runs> {
  const parameters = runs(process.env, most)
  console.log(`${law}: SEED=${parameters.seed}, ${parameters.numRuns} runs of each property`)
  vi.setConfig({ testTimeout: Math.max(LONGEST, parameters.numRuns * MOST_OF_A_RUN) })
  return parameters
}

/** Cases in which a law must meet what a broken subject does wrong. */
export const ENOUGH = 20_000

/**
 * What a law finds wrong, in words; nothing where it finds nothing. Where it is said what, it is
 * searched on past breaches that come first by chance and say something else.
 */
export async function breach<T>(
  property: fc.IRawProperty<T>,
  seed: number,
  said: RegExp = /./,
): Promise<string> {
  const searched: fc.IRawProperty<T, boolean> = {
    isAsync: () => true,
    generate: (random, run) => property.generate(random, run),
    shrink: (value) => property.shrink(value),
    runBeforeEach: async () => property.runBeforeEach(),
    runAfterEach: async () => property.runAfterEach(),
    async run(value) {
      const found = await property.run(value)
      const isOther = found !== null && 'error' in found && !said.test(String(found.error))
      return isOther ? null : found
    },
  }
  const details = await fc.check(searched, { numRuns: ENOUGH, seed, endOnFailure: true })
  return details.failed ? String(details.errorInstance) : ''
}
