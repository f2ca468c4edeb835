/**
 * What a projection, a claim kind or a resolver is written against: the part of the public face
 * that the shipped ones import too, so that theirs and a user's are written alike.
 */
export {
  type Denials,
  type Denied,
  type DisputeRule,
  defineProjection,
  denied,
  type FacetSet,
  type Facets,
  type FacetValue,
  type FoldProjection,
  type Key,
  type Projection,
  type RegisterProjection,
  type Setting,
  type Told,
  UNSAID,
  type Words,
} from './fold/projection.js'
export type {
  Aside,
  Credibility,
  Possible,
  Reliability,
  Resolution,
  Resolver,
  StanceOn,
  Voice,
  Weighing,
} from './reading/types.js'
export {
  type ClaimDefinition,
  type ClaimKind,
  defineClaim,
  type References,
} from './report/kind.js'
export {
  type Alternatives,
  CONTROL_FACETS,
  type ControlClaim,
  type ControlFacet,
  type Holder,
  holdersIn,
} from './report/kinds/control.js'
export type {
  EngagementClaim,
  Losses,
  PartOfEngagementClaim,
  SameEngagementClaim,
} from './report/kinds/engagement.js'
export type { Basis, Claim, Hop, Json, JsonRecord, Report, Stance, Timed } from './report/types.js'
export { compareUtf8 } from './report/utf8.js'
export {
  byValue,
  decided,
  type Heard,
  heard,
  undecided,
  unlessDivided,
  withoutEchoes,
} from './weigh/heard.js'
export { defineResolver } from './weigh/resolvers.js'
