/** The projections that come with Rashomon, each written as a user writes theirs. */
export { control } from './control.js'
export { type EngagementState, engagements } from './engagements.js'
