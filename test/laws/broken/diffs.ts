/** Engines whose diffs lose changes, or tell of none that are. */
import type { Change } from '../../../src/index.js'
import type { Engine, Subject } from '../../../src/testing/laws/subject.js'
import { altered } from './alter.js'

type Compared = ReturnType<Engine['diff']>

/** Diffs with some of their changes left out. */
function without(isLost: (change: Change, diff: Compared, engine: Engine) => boolean): Subject {
  return altered((engine) => ({
    diff: (from, to) => {
      const diff = engine.diff(from, to)
      return { ...diff, changes: diff.changes.filter((change) => !isLost(change, diff, engine)) }
    },
  }))
}

const withoutSupport = (word: object | null) => JSON.stringify({ ...word, supportedAt: null })

/** What is only supported anew is not told. */
export const losingSupport = without(
  (change) => change.type === 'facet' && withoutSupport(change.from) === withoutSupport(change.to),
)

/** What a claim over a whole sets in its parts is not told. */
export const missingParts = without(({ place, ...change }, { from, to }, engine) => {
  if (change.type !== 'facet') return false
  const { account, facet } = change
  return [from, to].some((reading) => {
    const view = engine.at({
      valid: reading.valid,
      known: reading.known,
      ...(reading.published === null ? {} : { published: reading.published }),
      ...(reading.accounts === null ? {} : { accounts: reading.accounts }),
    })
    const found = view.place(place).accounts.find((one) => one.account === account)
    return found?.derived.includes(facet) === true
  })
})

/** Rows that a void hid are not looked for. */
export const forgettingVoids = without((change, { from, to }, engine) => {
  const between = [...engine.reports({ after: from.known, upTo: to.known })]
  const voided = between.flatMap(({ kind, report }) => (kind === 'void' ? [report.claim.of] : []))
  return change.reports.some((id) => voided.includes(id))
})

/** How accounts stand to each other is not compared. */
export const losingStandings = without(({ type }) => type === 'standing')

/** What resolvers make of the same words is not compared. */
export const losingWeights = without(({ type }) => type === 'resolved')

/** Only what is settled is looked at. */
export const losingPossibles: Subject = without(
  (change) =>
    change.type === 'facet' &&
    JSON.stringify(change.from?.settled) === JSON.stringify(change.to?.settled),
)

/** Every change is told twice over. */
export const repeatingItself: Subject = altered((engine) => ({
  diff: (from, to) => {
    const diff = engine.diff(from, to)
    return { ...diff, changes: diff.changes.flatMap((change) => [change, change]) }
  },
}))

/** Changes are told, and not what caused them. */
export const nameless: Subject = altered((engine) => ({
  diff: (from, to) => {
    const diff = engine.diff(from, to)
    return { ...diff, changes: diff.changes.map((change) => ({ ...change, reports: [] })) }
  },
}))

/** A diff is of the heads, whatever was known. */
export const comparingHeads: Subject = altered((engine) => ({
  diff: (from, to) => {
    const diff = engine.diff(from, to)
    if (typeof from === 'string' || typeof to === 'string') return diff
    const [{ known: _, ...a }, { known: __, ...b }] = [from, to]
    return { ...diff, changes: engine.diff(a, b).changes }
  },
}))
