/** The projections that come with Rashomon, each written as a user writes theirs. */
export { type Casualties, type CasualtiesState, casualties, casualtiesIn } from './casualties.js'
export { control } from './control.js'
export { type EngagementState, engagements } from './engagements.js'
export { type LossesAnswer, type LossesQuestion, lossesOf } from './losses.js'
export { againstInterest, cautious } from './resolvers.js'
