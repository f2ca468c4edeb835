/**
 * Law 1, arrival: any order of appends in which what is referred to comes first, any grouping into
 * commits, gives the same states at the head. Asked of reports that state when they were published
 * (RULINGS 34).
 */
import * as fc from 'fast-check'
import type { Reading } from '../../reading/types.js'
import { arrivals } from '../arbitraries-arrivals.js'
import type { History } from '../arbitraries-input.js'
import { readings } from '../arbitraries-readings.js'
import { printed } from '../tell.js'
import { sameAnswers, statesAt } from './answers.js'
import { Bench, type Subject } from './subject.js'

export function arrival(subject: Subject) {
  const cases = subject.histories({ stamps: 'idle' }).chain((history) =>
    fc.record({
      history: fc.constant(history),
      other: arrivals(history).map(printed),
      reading: readings(history).map(({ known: _, ...reading }): Reading => reading),
    }),
  )
  return fc.asyncProperty(cases, ({ history, other, reading }) =>
    arrivesAlike(subject, [history, other], reading),
  )
}

/** Whether two histories of the same reports come to the same states at the head. */
export async function arrivesAlike(
  subject: Subject,
  [history, other]: readonly [History, History],
  reading: Reading,
): Promise<void> {
  const one = await Bench.holding(subject, history)
  const two = await Bench.holding(subject, other)
  const [expected, found] = [one, two].map(({ engine }) => statesAt(engine, subject, reading))
  sameAnswers('in another order of arrival', expected!, found!)
}
