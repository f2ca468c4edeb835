/**
 * Watching: the current state, then one update per commit that changed it. Every past position can
 * be read again, so an update is a comparison of two cuts, and to resume takes one integer.
 */
// The package's index loads all of its operators, a fifth of a second that every start would pay.
import { Observable } from 'rxjs/internal/Observable'

export interface Update<S> {
  /** Position to resume after. */
  readonly position: number
  readonly state: S
  /** The state before the commit; absent on the first update of a watch that does not resume. */
  readonly before?: S
}

export type Watch<S> = Observable<Update<S>>

/** What a watch reads: the ends of commits, as they come, and the state at any of them. */
export interface Watched<S> {
  readonly head: () => number
  /** Ends of the commits after a position, ascending. */
  readonly commitsAfter: (position: number) => Iterable<number>
  readonly read: (position: number) => S
  /** Equal texts, equal states. */
  readonly text: (state: S) => string
  /** Calls back after commits; answers how to stop. */
  readonly onCommit: (tell: () => void) => () => void
}

/**
 * Without `from`, the state at the head and then its changes; with it, the changes of every commit
 * after that position, those already made first. Errors of a read end the stream.
 */
export function watch<S>(watched: Watched<S>, from?: number): Watch<S> {
  return new Observable((subscriber) => {
    let position = from ?? watched.head()
    let state = watched.read(position)
    let text = watched.text(state)
    if (from === undefined) subscriber.next({ position, state })
    const follow = () => {
      for (const commit of watched.commitsAfter(position)) {
        if (subscriber.closed) return
        position = commit
        const next = watched.read(commit)
        const nextText = watched.text(next)
        if (nextText === text) continue
        const before = state
        state = next
        text = nextText
        subscriber.next({ position: commit, state, before })
      }
    }
    // One follow at a time: an append made by an observer is followed when its turn comes.
    let following = false
    let again = false
    const follower = () => {
      again = true
      if (following) return
      following = true
      try {
        while (again && !subscriber.closed) {
          again = false
          follow()
        }
      } catch (error) {
        subscriber.error(error)
      } finally {
        following = false
      }
    }
    const stop = watched.onCommit(follower)
    follower()
    return stop
  })
}
