/**
 * The laws of DESIGN 9, each a property of a `Subject`: the shipped engine, one with a user's own
 * projections and resolvers, or a broken one that the law must catch. Any runner will do:
 *
 *   await fc.assert(arrival(subject({ projections: [mine] })), runs(process.env))
 *
 * `RUNS=3000` asks for that many cases. A failure prints the history as a table, with the seed and
 * the path to it; `SEED=… PATH_=…` goes there again, best with the one test chosen by name.
 */
import * as fc from 'fast-check'

/** How fast-check is to run a law: as the environment says, else `most` cases from a seed of chance. */
export function runs(
  environment: Readonly<Record<string, string | undefined>>,
  most = 100,
): { readonly numRuns: number; readonly seed: number; readonly path?: string } {
  const { RUNS, SEED, PATH_ } = environment
  return {
    numRuns: RUNS === undefined ? most : Number(RUNS),
    seed: SEED === undefined ? fc.sample(fc.noBias(fc.integer()), 1)[0]! : Number(SEED),
    ...(PATH_ === undefined ? {} : { path: PATH_ }),
  }
}
