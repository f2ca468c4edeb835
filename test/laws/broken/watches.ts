/** Watches that lose, repeat or misplace an update. */
import type { Subject, Watched } from '../../../src/testing/laws/subject.js'
import { altered } from './alter.js'

type Observer = Parameters<Watched['subscribe']>[0]
type Updated = Parameters<Observer['next']>[0]

/** The shipped watch, what it tells passed on otherwise; made anew for each that subscribes. */
function telling(
  otherwise: () => (update: Updated, next: (update: Updated) => void) => void,
): Subject {
  return altered((engine) => ({
    watch: (projection, target) => ({
      subscribe(observer) {
        const pass = otherwise()
        const next = (update: Updated) => observer.next(update)
        return engine
          .watch(projection, target)
          .subscribe({ ...observer, next: (update) => pass(update, next) })
      },
    }),
  }))
}

/** Every third update is lost. */
export const losing = telling(() => {
  let told = 0
  return (update, next) => {
    told += 1
    if (told % 3 !== 0) next(update)
  }
})

/** An update that takes something back is told twice. */
export const repeating = telling(() => (update, next) => {
  next(update)
  if (update.before !== undefined) next(update)
})

/** The state before is always the first. */
export const rememberingTheFirst = telling(() => {
  let first: Updated['before']
  return (update, next) => {
    first ??= update.before ?? update.state
    next(update.before === undefined ? update : { ...update, before: first })
  }
})

/** What was missed is not made up for: who resumes hears only what comes. */
export const notResuming: Subject = altered((engine) => ({
  watch: (projection, target) => ({
    subscribe(observer) {
      const { head } = engine
      const next = (update: Updated) => {
        if (update.position > head || target.from === undefined) observer.next(update)
      }
      return engine.watch(projection, target).subscribe({ ...observer, next })
    },
  }),
}))
