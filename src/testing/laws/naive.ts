/** The naive model of what an engine's log holds. */
import { instant } from '../../time/instant.js'
import { Model } from '../model.js'
import type { Picks } from '../model-worlds.js'
import type { Engine, Subject } from './subject.js'

export function modelOf(engine: Engine, { projections }: Subject, picks: Picks = 'cells'): Model {
  const model = new Model({ projections, picks })
  model.append(
    [...engine.reports()].map(({ report, recorded }) => ({
      report,
      recorded: instant(Date.parse(recorded)),
    })),
  )
  return model
}
