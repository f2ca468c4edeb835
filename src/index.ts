/**
 * The public names of Rashomon, listed one by one. The everyday reads (`place`, `places`,
 * `history`, `beliefs`) are bound to the control projection here, and nowhere else.
 */
import { againstInterest, cautious, control, engagements } from '../projections/index.js'
import { sha256 } from './integrity/hash.js'
import { leafHash } from './integrity/leaf.js'
import { type Examination, examineSqliteLog } from './log/examine.js'
import { type LogSurvey, surveyFile } from './survey.js'
import { Timeline, type TimelineOptions } from './timeline.js'

/** Opens a timeline on a log: a file, or `:memory:`. See `Timeline`. */
export function openTimeline(options: TimelineOptions): Promise<Timeline> {
  return Timeline.open(options, {
    projections: [control, engagements],
    everyday: control,
    resolvers: [cautious, againstInterest],
  })
}

/**
 * Looks a log's file through and changes nothing: settings, store, stamps and hashes. Damage is a
 * finding, no error.
 *
 * @throws `log-missing`, `log-foreign`, `log-busy`.
 */
export function examineLog(file: string): Examination {
  return examineSqliteLog({ file, reportHash: sha256, leafHash })
}

/**
 * Counts what a log's file holds, without folding it, and looks at what lies beside it; changes
 * nothing.
 *
 * @throws `log-missing`, `log-foreign`, `log-unsafe`, `log-damaged`, `log-busy`.
 */
export function surveyLog(file: string): LogSurvey {
  return surveyFile(file)
}

export type {
  Alternatives,
  Aside,
  Basis,
  Claim,
  ClaimDefinition,
  ClaimKind,
  ControlClaim,
  ControlFacet,
  Credibility,
  Denials,
  Denied,
  DisputeRule,
  EngagementClaim,
  FacetSet,
  Facets,
  FacetValue,
  FoldProjection,
  Holder,
  Hop,
  Json,
  JsonRecord,
  Key,
  Losses,
  PartOfEngagementClaim,
  Possible,
  Projection,
  References,
  RegisterProjection,
  Reliability,
  Report,
  Resolution,
  Resolver,
  SameEngagementClaim,
  Setting,
  Stance,
  StanceOn,
  Timed,
  Told,
  Voice,
  Weighing,
  Words,
} from './define.js'
export {
  CONTROL_FACETS,
  defineClaim,
  defineProjection,
  denied,
  holdersIn,
  UNSAID,
} from './define.js'
export type { ErrorCategory, ErrorCode, ErrorPlace } from './errors.js'
export { isRashomonError, RashomonError } from './errors.js'
export type { FacetColumn, Frame } from './fold/frame.js'
export { regard } from './fold/regard.js'
export { sweeps } from './fold/sweeps.js'
export type { AccountCount, Census, Extent, KindCount } from './log/census.js'
export type { Examination } from './log/examine.js'
export type { Logged, ReportQuery } from './logged.js'
export type {
  CompareOptions,
  Comparison,
  Counts,
  PlaceCounts,
  StepCounts,
} from './reading/compare.js'
export type {
  Answers,
  Change,
  Diff,
  FromTo,
  PlaceAnswer,
  Resolved,
  Whole,
} from './reading/diff-answers.js'
export { answersOf } from './reading/diff-answers.js'
export { applyDiff, composeDiffs } from './reading/diff-apply.js'
export type { DisputesOverOptions } from './reading/disputes-over.js'
export type { DisputeAt, DisputeOver, Since } from './reading/disputes-types.js'
export type {
  Ended,
  Explanation,
  FacetExplanation,
  Loser,
  NotYet,
  WordExplanation,
} from './reading/explain-types.js'
export type { ResolvedFacet } from './reading/resolved.js'
export type {
  AccountFilter,
  AccountName,
  AccountState,
  Belief,
  Cause,
  Dispute,
  FacetReading,
  FoldState,
  PlaceView,
  Reading,
  RecordCase,
  RecordFigures,
  RecordMedians,
  RegisterState,
  SettledReading,
  SourceRecord,
  Standing,
  Stretch,
  WindowText,
} from './reading/types.js'
export type { View } from './reading/view.js'
export type { Appended, AppendOptions, Receipt, Stored } from './recorder.js'
export type { RegistryEntry } from './registry/entries.js'
export type { RegistryMatch, RegistryView } from './registry/view.js'
export type { Foreseen, Rehearsal, RehearsalOptions, Rehearsed } from './rehearsal.js'
export { locate, readJson } from './report/json.js'
export type { Casualties } from './report/kinds/engagement.js'
export type { RatingClaim, StanceClaim } from './report/kinds/regard.js'
export type { ActorClaim, OtherName, PlaceClaim, SourceClaim } from './report/kinds/registry.js'
export type { SweepClaim } from './report/kinds/sweep.js'
export type {
  CorrectionClaim,
  EntryCorrectionClaim,
  VoidClaim,
  WithdrawalClaim,
} from './report/kinds/thoughts.js'
export { LIMITS, type Limits } from './report/limits.js'
export { instead } from './report/nearest.js'
export { fieldOf, show } from './report/show.js'
export type { WrittenReport } from './report/written.js'
export type { Snapshot } from './snapshot.js'
export type { Update, Watch } from './stream/watch.js'
export type { LogSurvey, SurveyedSnapshot } from './survey.js'
export { type Instant, parseInstant, printInstant } from './time/instant.js'
export { type InstantOf, type Step, type StepsAsked, stepsOf } from './time/steps.js'
export { checkZone } from './time/zone.js'
export type {
  BeliefOptions,
  DisputesReading,
  ReadOptions,
  Timeline,
  TimelineOptions,
  WatchTarget,
} from './timeline.js'
export { corroborated } from './weigh/corroborated.js'
export {
  byValue,
  decided,
  type Heard,
  heard,
  undecided,
  unlessDivided,
  withoutEchoes,
} from './weigh/heard.js'
export { ranked } from './weigh/ranked.js'
export { defineResolver } from './weigh/resolvers.js'
