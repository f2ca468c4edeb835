/** Projections that break a law: impure, or deaf to whose account a claim is. */
import { defineProjection } from '../../../src/index.js'
import { type Subject, subject } from '../../../src/testing/laws/subject.js'

/** Values count the reports it was ever shown. */
export function countingArrivals(): Subject {
  let shown = 0
  const counting = defineProjection({
    type: 'register',
    name: 'counting',
    reads: ['control'],
    facets: ['arrived'],
    *sets({ claim, account }) {
      shown += 1
      yield { key: { place: String(claim.place), account }, facets: { arrived: shown } }
    },
  })
  return subject({ projections: [counting] })
}

/** State is kept beside what the engine hands in, from one reading to the next. */
export function rememberingReads(): Subject {
  const ever: string[] = []
  const remembering = defineProjection<{ told: string[] }>({
    type: 'fold',
    name: 'remembering',
    reads: ['control'],
    *keys({ account }) {
      yield { account }
    },
    initial: () => ({ told: [] }),
    apply(state, { id }) {
      ever.push(id)
      state.told = [...ever]
    },
  })
  return subject({ projections: [remembering] })
}

/** What a publisher relays folds into the publisher's own account. */
export function byPublisher(): Subject {
  const mixing = defineProjection({
    type: 'register',
    name: 'mixing',
    reads: ['control'],
    facets: ['holder'],
    *sets({ claim, teller }) {
      const { place, holder } = claim
      if (holder !== undefined)
        yield { key: { place: String(place), account: teller.publisher }, facets: { holder } }
    },
  })
  return subject({ projections: [mixing] })
}

/** Whatever anybody says of a place folds into one state of it. */
export function byPlaceAlone(): Subject {
  const one = defineProjection<{ told: string[] }>({
    type: 'fold',
    name: 'one-truth',
    reads: ['control'],
    *keys({ claim }) {
      yield { place: String(claim.place) }
    },
    initial: () => ({ told: [] }),
    apply(state, { id }) {
      state.told.push(id)
    },
  })
  return subject({ projections: [one] })
}

/** What others think of a source folds into that source's own account. */
export function byRated(options: Pick<Subject, 'histories'>): Subject {
  const flattering = defineProjection({
    type: 'register',
    name: 'flattering',
    reads: ['rating'],
    facets: ['reliability'],
    *sets({ claim: { source, reliability } }) {
      if (reliability !== undefined)
        yield { key: { account: String(source) }, facets: { reliability } }
    },
  })
  return subject({ ...options, projections: [flattering] })
}
