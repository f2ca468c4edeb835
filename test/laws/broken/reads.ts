/** Engines that read what they should not, or show less, or more, than there is. */
import type { PlaceView, Reading } from '../../../src/index.js'
import type { EngineView, State, Subject } from '../../../src/testing/laws/subject.js'
import { plain } from '../../../src/testing/plain.js'
import { altered, alteredViews } from './alter.js'

const withoutKnown = <R extends Partial<Reading>>({ known: _, ...reading }: R) => reading

/** Whatever position is asked for, the head answers. */
export const ignoringKnown: Subject = altered((engine) => ({
  at: (reading) =>
    engine.at(typeof reading === 'string' ? reading : (withoutKnown(reading) as Reading)),
}))

/** Histories know what came later. */
export const knowingHistories: Subject = altered((engine) => ({
  history: (place, options = {}) => engine.history(place, withoutKnown(options)),
}))

/** An instant of knowledge is answered for, and entries are stamped before it all the same. */
export const stampingBefore: Subject = altered((engine, { clock }) => {
  const unheld = <R extends Partial<Reading>>(reading: R): R => {
    const text = reading.known === 'then' ? reading.valid : reading.known
    if (typeof text !== 'string') return reading
    const asked = Date.parse(text)
    if (asked > clock()) return reading
    const known = [...engine.reports()].filter((entry) => Date.parse(entry.recorded) < asked)
    return { ...reading, known: known.length }
  }
  return {
    at: (reading) => engine.at(typeof reading === 'string' ? reading : unheld(reading)),
    history: (place, options = {}) => engine.history(place, unheld(options)),
    beliefs: (place, options) => engine.beliefs(place, unheld(options)),
  }
})

/** A token opens at the head. */
export const looseTokens: Subject = altered((engine) => {
  const readings = new Map<string, Reading>()
  return {
    at: (reading) => {
      if (typeof reading === 'string') return engine.at(readings.get(reading) ?? reading)
      const view = engine.at(reading)
      readings.set(view.token, withoutKnown(reading) as Reading)
      return view
    },
  }
})

/** Accounts stand in the order in which they were first heard. */
export const inOrderOfArrival: Subject = altered((engine) => ({
  at: (reading) => {
    const heard = [...engine.reports()].map(({ account }) => account)
    const sorted = (place: PlaceView): PlaceView => ({
      ...place,
      accounts: place.accounts.toSorted(
        (a, b) => heard.indexOf(a.account) - heard.indexOf(b.account),
      ),
    })
    return over(engine.at(reading), sorted)
  },
}))

/** Under `latest` an account that lost every facet is not shown. */
export const hidingLosers: Subject = alteredViews((view) => {
  if (view.reading.resolver !== 'latest') return {}
  return {
    place: (id) => {
      const place = view.place(id)
      const won = Object.values(place.resolved).flatMap((resolution) =>
        resolution.decided ? resolution.support : [],
      )
      return { ...place, accounts: place.accounts.filter(({ account }) => won.includes(account)) }
    },
  }
})

/** What others relay of an origin is shown as evidence of the origin's own words too. */
export const countingRelaysTwice: Subject = alteredViews((view) => ({
  place: (id) => {
    const place = view.place(id)
    const accounts = place.accounts.map((own) => {
      const relays = place.accounts.filter(
        ({ origin, account }) => origin === own.account && account !== own.account,
      )
      const relayed = relays.flatMap(({ evidence }) => Object.values(evidence).flat())
      return relayed.length === 0 ? own : { ...own, evidence: { ...own.evidence, relayed } }
    })
    return { ...place, accounts }
  },
}))

type Facet = Extract<State, { facets: object }>['facets'][string]

/** Facets of states altered. */
function facets(change: (facet: Facet) => Facet): Subject {
  return alteredViews((view) => ({
    state: (projection, key) => {
      const state = view.state(projection, key)
      if (!('facets' in state)) return state
      const changed = Object.entries(state.facets).map(([name, at]) => [name, change(at)] as const)
      return { ...state, facets: Object.fromEntries(changed) }
    },
  }))
}

/** Of several possible values the last is missing. */
export const missingPossibles: Subject = facets((facet) => ({
  ...facet,
  possible: facet.possible.length < 2 ? facet.possible : facet.possible.slice(0, -1),
}))

/** Alternatives are possible together, not each by itself. */
export const takingAlternativesForOne: Subject = facets((facet) => {
  const { settled } = facet
  return typeof settled === 'object' && settled !== null && 'oneOf' in settled
    ? { ...facet, possible: [settled] }
    : facet
})

/** What is denied may have come about all the same. */
export const doubtingDenials: Subject = facets((facet) => {
  const { settled } = facet
  return typeof settled === 'object' && settled !== null && 'not' in settled
    ? { ...facet, possible: [null, ...facet.possible.filter((one) => one !== null)] }
    : facet
})

/** What is not certain may always be unsaid too. */
export const doubtingAll: Subject = facets((facet) => ({
  ...facet,
  possible:
    facet.possible.length < 2 || facet.possible[0] === null
      ? facet.possible
      : [null, ...facet.possible],
}))

/** What can be is as good as what is settled. */
export const roundingOff: Subject = facets((facet) =>
  facet.settled === null
    ? { ...facet, settled: facet.possible.find((one) => one !== null)! }
    : facet,
)

/** A window has passed when its last instant is over, not when it has come. */
export const lateEdges: Subject = altered((engine) => ({
  at: (reading) => {
    if (typeof reading === 'string') return engine.at(reading)
    const valid = new Date(Date.parse(reading.valid) - 1).toISOString()
    return engine.at({ ...reading, valid })
  },
}))

/** What was read once is read again for ever, whatever was appended since, in whichever process. */
export function keepingAnswers(): Subject {
  const kept = new Map<string, PlaceView>()
  return altered((engine, { log }) => ({
    at: (reading) => {
      return over(engine.at(reading), (place) => {
        const question = JSON.stringify([log, reading, place.place])
        const answer = kept.get(question) ?? place
        kept.set(question, answer)
        return answer
      })
    },
  }))
}

/** A log that is opened again is read but for its last entry, until something is appended. */
export const leavingOffTheLast: Subject = altered((engine) => {
  const opened = engine.head
  return {
    at: (reading) => {
      const stale = engine.head === opened && opened > 0
      return stale && typeof reading !== 'string' && reading.known === undefined
        ? engine.at({ ...reading, known: opened - 1 })
        : engine.at(reading)
    },
  }
})

/** A view whose places are altered wherever they are read. */
function over(view: EngineView, change: (place: PlaceView) => PlaceView): EngineView {
  return {
    reading: view.reading,
    token: view.token,
    place: (id) => change(plain(view.place(id))),
    places: () => [...view.places()].map(plain).map(change),
    keys: (projection) => view.keys(projection),
    explain: (id) => view.explain(id),
    state: (projection, key) => view.state(projection, key),
  }
}
