/** A sweep: the source looked at its whole coverage at an instant, and what it last said there still stands. */
import { z } from 'zod'
import { defineClaim } from '../kind.js'

export type SweepClaim = { kind: 'sweep' }

export const sweep = defineClaim({
  kind: 'sweep',
  schema: z.strictObject({}),
  timed: false,
  takes: ['when'],
})
