/** Reports that are JSON and wrong. */
import { BAD_CONTROL } from './control.js'
import { BAD_REGISTRY, BAD_THOUGHTS } from './desk.js'
import { BAD_ENGAGEMENTS } from './engagements.js'
import { BAD_ENVELOPE, BAD_SPEAKERS } from './envelope.js'
import type { BadReport } from './form.js'
import { BAD_TIMES } from './times.js'

export const BAD_REPORTS: readonly BadReport[] = [
  ...BAD_ENVELOPE,
  ...BAD_SPEAKERS,
  ...BAD_TIMES,
  ...BAD_CONTROL,
  ...BAD_ENGAGEMENTS,
  ...BAD_THOUGHTS,
  ...BAD_REGISTRY,
]
