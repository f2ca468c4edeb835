/**
 * The public names of `rashomon/testing`: generators of histories, readings and arrivals; the laws
 * of DESIGN 9 as properties of any engine, projection and resolver; the naive model that the
 * engine equals; and one day south of Aleppo. Any test runner will do.
 */
export { aleppo } from './aleppo.js'
export {
  type HistoryOptions,
  histories,
  type Unauthorised,
  unauthorised,
} from './arbitraries.js'
export { arrivals } from './arbitraries-arrivals.js'
export type { Stamps } from './arbitraries-book.js'
export { type History, type ReportInput, reportsOf } from './arbitraries-input.js'
export { filters, instants, type ModelReading, readings } from './arbitraries-readings.js'
export { Breach } from './laws/answers.js'
export { arrival, arrivesAlike } from './laws/arrival.js'
export { type Crash, cache, foldsAlike } from './laws/cache.js'
export { coexistence, standsBeside } from './laws/coexistence.js'
export { diff, partsAlike } from './laws/diff.js'
export { explanation, isExplained } from './laws/explain.js'
export { type Again, idempotence, tellsOnce } from './laws/idempotence.js'
export { isolation, staysApart } from './laws/isolation.js'
export { type Asked, past, staysFixed } from './laws/past.js'
export { isPossible, possibleWorlds } from './laws/possible.js'
export { resolving, type Weight, weighsAlike } from './laws/resolver.js'
export { runs } from './laws/runs.js'
export { follows, stream, type Watcher } from './laws/stream.js'
export {
  type Engine,
  type EngineView,
  type Receipted,
  type State,
  type Subject,
  type SubjectOptions,
  subject,
  type Watched,
} from './laws/subject.js'
export { isUnmade, type Taken, withdrawal } from './laws/withdrawal.js'
export { ALL, type Cut, Model, type ModelResolver } from './model.js'
export type { Form, ModelEntry } from './model-forms.js'
export type { ModelBelief, ModelPlace, ModelStretch } from './model-runs.js'
export type { ModelAccount, ModelFacet, ModelResolution } from './model-weigh.js'
export type { Picks } from './model-worlds.js'
export { printed, tell, tellEntries } from './tell.js'
