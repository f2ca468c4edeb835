/** The claim kinds that every timeline knows. */
import type { ClaimKind } from '../kind.js'
import { control } from './control.js'
import { engagement, partOfEngagement, sameEngagement } from './engagement.js'
import { rating, stance } from './regard.js'
import { actor, place, source } from './registry.js'
import { sweep } from './sweep.js'
import { correction, entryCorrection, voiding, withdrawal } from './thoughts.js'

export const KINDS: readonly ClaimKind<object>[] = [
  control,
  engagement,
  sameEngagement,
  partOfEngagement,
  sweep,
  withdrawal,
  correction,
  entryCorrection,
  voiding,
  stance,
  rating,
  place,
  actor,
  source,
]
