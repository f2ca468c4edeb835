/**
 * Law 5, coexistence: every report that counts is found in exactly one account, its own, and no
 * resolver makes one disappear from the view, nor from what explains it. What sources think of each
 * other and of reports is a report too.
 */
import * as fc from 'fast-check'
import { canonicalText } from '../../fold/intern.js'
import { deniedValue, type Projection, type Told, UNSAID } from '../../fold/projection.js'
import { regard } from '../../fold/regard.js'
import type { PlaceView, Reading } from '../../reading/types.js'
import { type Instant, instant, MAX_INSTANT, printInstant } from '../../time/instant.js'
import type { History } from '../arbitraries-input.js'
import { asked, type ModelReading, readings } from '../arbitraries-readings.js'
import { toldOf } from '../model-register.js'
import { holds, same } from './answers.js'
import { modelOf } from './naive.js'
import { Bench, type Engine, type EngineView, type State, type Subject } from './subject.js'

export function coexistence(subject: Subject) {
  const cases = subject
    .histories()
    .chain((history) => fc.record({ history: fc.constant(history), reading: readings(history) }))
  return fc.asyncProperty(cases, ({ history, reading }) => standsBeside(subject, history, reading))
}

/** Whether every report that counts at a reading is in its account's words, whoever weighs them. */
export async function standsBeside(
  subject: Subject,
  history: History,
  reading: ModelReading,
): Promise<void> {
  const { engine } = await Bench.holding(subject, history)
  const { known, published } = engine.at(reading).reading
  const { resolver: _, ...coordinates } = reading
  const cut = { ...coordinates, known, ...(published === null ? {} : { published }) }
  sameAccounts(engine, subject, cut)
  for (const told of counting(engine, subject, cut)) {
    // At the last instant of its start a report is among the last words of its account.
    const last = Math.min(told.start.to - 1, MAX_INSTANT)
    const begun = instant(Number.isFinite(last) ? last : 0)
    const at = { ...cut, valid: printInstant(begun) }
    // A filter by alignment asks which side a source is on at the instant that is read.
    if (!counting(engine, subject, at).some(({ id }) => id === told.id)) continue
    const view = engine.at(at)
    for (const projection of [...subject.projections, regard]) {
      const found = new Set(tellersOf(view, projection, told.id))
      // What only ends or denies, or is over, may leave no trace: nothing stood, or what stands fits it.
      const says = saysBy(projection, told) && !isOver(told, begun)
      const own = says || found.size > 0 ? [told.account] : []
      same(`the accounts in which ${projection.name} finds ${told.id}`, own, [...found])
    }
    for (const { id } of engine.registry({ known }).places())
      for (const { account, evidence } of view.place(id).accounts)
        holds(
          account === told.account || !Object.values(evidence).flat().includes(told.id),
          `${told.id} of ${told.account} is shown at ${id} in the account ${account}`,
        )
  }
}

function counting(engine: Engine, subject: Subject, reading: Reading): Told[] {
  const model = modelOf(engine, subject)
  const { cut, t } = asked(reading as ModelReading, model)
  return model.forms(cut, t).map(toldOf)
}

/** Accounts under whose keys a projection has folded a report, or holds it for possible. */
function* tellersOf(view: EngineView, projection: Projection, id: string): Iterable<string> {
  for (const key of view.keys(projection))
    if (reportsIn(view.state(projection, key)).includes(id))
      yield key.account ?? `of no account, ${canonicalText(key)}`
}

function reportsIn(state: State): readonly string[] {
  return 'facets' in state
    ? Object.values(state.facets).flatMap(({ evidence }) => evidence)
    : [...state.folded, ...state.possible]
}

function isOver({ end }: Told, at: Instant): boolean {
  return end !== undefined && end.to - 1 <= at
}

/** Whether a report sets a value by the projection. */
function saysBy(projection: Projection, told: Told): boolean {
  if (!projection.reads.includes(told.claim.kind)) return false
  if (projection.type === 'fold') return [...projection.keys(told)].length > 0
  return [...projection.sets(told)].some(({ facets }) =>
    Object.values(facets).some(
      (value) => value !== undefined && value !== UNSAID && deniedValue(value) === undefined,
    ),
  )
}

/** The same accounts, standings and disputes whichever resolver weighs, and each where places are listed. */
function sameAccounts(engine: Engine, { resolvers }: Subject, reading: Reading): void {
  const beside = ({ accounts, standing, disputes }: PlaceView) => ({ accounts, standing, disputes })
  const ids = engine.registry({ known: engine.at(reading).reading.known }).places()
  const plain = engine.at(reading)
  const told = ids.filter(({ id }) => plain.place(id).accounts.length > 0).map(({ id }) => id)
  for (const resolver of resolvers) {
    const weighed = engine.at({ ...reading, resolver })
    const name = typeof resolver === 'string' ? resolver : resolver.name
    for (const { id } of ids)
      same(
        `the accounts of ${id} under ${name}`,
        beside(plain.place(id)),
        beside(weighed.place(id)),
      )
    for (const id of told) isToldOf(weighed, id, name)
    const listed = [...weighed.places()].map(({ place }) => place)
    same(`the places listed under ${name}`, told.sort(), listed.sort())
  }
}

/** Whether what explains a place tells every report behind it, in the words of its own account alone. */
function isToldOf(view: EngineView, id: string, resolver: string): void {
  const { facets } = view.explain(id)
  for (const { account, evidence } of view.place(id).accounts)
    for (const [facet, reports] of Object.entries(evidence))
      for (const report of reports) {
        const tellers = (facets[facet]?.accounts ?? [])
          .filter(({ support, alsoSaid, likewise, before, others }) =>
            [
              ...support,
              ...alsoSaid,
              ...likewise,
              ...before,
              ...others.flatMap((one) => one.reports),
            ].includes(report),
          )
          .map((one) => one.account)
        same(
          `the accounts in which ${report} explains ${facet} of ${id} under ${resolver}`,
          [account],
          tellers,
        )
      }
}
