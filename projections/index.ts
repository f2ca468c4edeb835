/** The projections that come with Rashomon, each written as a user writes theirs. */
export { CONTROL_FACETS, type ControlFacet, control, type Holder } from './control.js'
export { type EngagementState, engagements, type Range } from './engagements.js'
