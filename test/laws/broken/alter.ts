/** Subjects whose engines are the shipped one with some of its ways replaced: what a broken subject is made of. */
import { isRashomonError } from '../../../src/index.js'
import type { ReportInput } from '../../../src/testing/arbitraries-input.js'
import {
  type Engine,
  type EngineView,
  type Subject,
  subject,
} from '../../../src/testing/laws/subject.js'

type Opening = Parameters<Subject['open']>[0]

/** The shipped subject with engines altered as they are opened. */
export function altered(change: (engine: Engine, opening: Opening) => Partial<Engine>): Subject {
  const shipped = subject()
  return {
    ...shipped,
    open: async (opening) => {
      const engine = await shipped.open(opening)
      const own: Engine = {
        get head() {
          return engine.head
        },
        append: (reports) => engine.append(reports),
        at: (reading) => engine.at(reading),
        history: (place, options) => engine.history(place, options),
        beliefs: (place, options) => engine.beliefs(place, options),
        diff: (from, to) => engine.diff(from, to),
        watch: (projection, target) => engine.watch(projection, target),
        reports: (query) => engine.reports(query),
        receipt: (id) => engine.receipt(id),
        registry: (coordinates) => engine.registry(coordinates),
        close: () => engine.close(),
      }
      return Object.defineProperties(own, Object.getOwnPropertyDescriptors(change(engine, opening)))
    },
  }
}

/** The same with its views altered. */
export function alteredViews(
  change: (view: EngineView, reading: Parameters<Engine['at']>[0]) => Partial<EngineView>,
): Subject {
  return altered((engine) => ({
    at: (reading) => {
      const view = engine.at(reading)
      return {
        reading: view.reading,
        token: view.token,
        place: (id) => view.place(id),
        places: () => view.places(),
        keys: (projection) => view.keys(projection),
        explain: (id) => view.explain(id),
        state: (projection, key) => view.state(projection, key),
        ...change(view, reading),
      }
    },
  }))
}

/** The same with reports rewritten on their way in. */
export function rewriting(rewrite: (report: ReportInput) => unknown): Subject {
  return altered((engine) => ({
    append: (reports) => engine.append((reports as ReportInput[]).map(rewrite)),
  }))
}

/** Whether a promise was refused as a conflict; throws what else it was refused for. */
export async function isConflict(promise: Promise<unknown>): Promise<boolean> {
  try {
    await promise
    return false
  } catch (error) {
    if (isRashomonError(error, 'id-taken')) return true
    throw error
  }
}
