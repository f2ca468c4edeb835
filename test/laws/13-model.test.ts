/** Law 13: the engine equals the naive model, on every read, under histories of every kind. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { control, engagements } from '../../projections/index.js'
import type { RegisterProjection } from '../../src/fold/projection.js'
import type { Reading } from '../../src/reading/types.js'
import { histories } from '../../src/testing/arbitraries.js'
import { idsOf } from '../../src/testing/arbitraries-input.js'
import { asked, readings } from '../../src/testing/arbitraries-readings.js'
import { type Cut, Model } from '../../src/testing/model.js'
import type { ModelEntry } from '../../src/testing/model-forms.js'
import { instant, printInstant } from '../../src/time/instant.js'
import { entriesOf, load } from '../testing/loaded.js'
import { facetAnswer, placeAnswer, placeOf } from './answers.js'
import { ENOUGH, seeded } from './run.js'

const runs = seeded('law 13')
/** Every generated instant lies well within. */
const LINE = { from: instant(-3), to: instant(60) }
const INSTANTS = Array.from({ length: LINE.to - LINE.from }, (_, n) => instant(LINE.from + n))
const cases = histories({ regards: true }).chain((history) =>
  fc.tuple(fc.constant(history), readings(history)),
)

describe('the engine equals the naive model', () => {
  it('on every place of a view', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { timeline, model } = await load(history)
        const { t, cut, resolver } = asked(reading, model)
        const view = timeline.at(reading)
        for (const place of idsOf(history, 'place'))
          if (isKnown(model, place, cut))
            expect(placeOf(view.place(place))).toEqual(
              placeAnswer(model.place(control, place, t, cut, resolver), t),
            )
      }),
      runs,
    )
  })

  it('on every key of the registers', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { timeline, model } = await load(history)
        const { t, cut } = asked(reading, model)
        const view = timeline.at(reading)
        for (const key of model.keys(control, cut, t)) {
          const facets = Object.entries(model.register(control, key, t, cut))
          expect(view.state(control, key)).toEqual({
            key,
            facets: Object.fromEntries(facets.map(([name, at]) => [name, facetAnswer(at, t)])),
          })
        }
      }),
      runs,
    )
  })

  it('on every key of the folds', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { timeline, model } = await load(history)
        const { t, cut } = asked(reading, model)
        const view = timeline.at(reading)
        for (const key of model.keys(engagements, cut, t))
          expect(view.state(engagements, key)).toEqual({
            key,
            ...model.fold(engagements, key, t, cut),
          })
      }),
      runs,
    )
  })

  it('on the registry', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { timeline, model } = await load(history)
        const { t, cut } = asked(reading, model)
        const view = timeline.registry({ valid: reading.valid, known: cut.known })
        for (const kind of ['place', 'source'] as const)
          for (const id of idsOf(history, kind)) {
            const entry = [...(kind === 'place' ? view.places() : view.sources())].find(
              (other) => other.id === id,
            )
            expect(entry?.fields ?? null).toEqual(model.registry(kind, id, t, cut))
          }
      }),
      runs,
    )
  })

  it('on the history of every place', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([history, { valid: _, ...reading }]) => {
        fc.pre(hasNoThen(reading) && !hangsOnInstants(reading))
        const { timeline, model } = await load(history)
        const { cut, resolver } = asked({ valid: printInstant(LINE.to), ...reading }, model)
        for (const place of idsOf(history, 'place').filter((id) => isKnown(model, id, cut))) {
          const edge = (at: number) => (at === LINE.from || at === LINE.to ? null : at)
          const expected = model.history(control, place, LINE, cut, resolver)
          const found = timeline.history(place, reading)
          expect(found.map(({ from, to }) => [parsed(from), parsed(to)])).toEqual(
            expected.map(({ from, to }) => [edge(from), edge(to)]),
          )
          for (const [index, { state }] of expected.entries())
            expect(lasting(placeOf(found[index]!.state))).toEqual(
              lasting(placeAnswer(state, instant(0))),
            )
        }
      }),
      { ...runs, numRuns: Math.ceil((runs.numRuns ?? 100) / 4) },
    )
  })

  it('on the beliefs about every place, by position and by publication', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { timeline, model } = await load(history)
        const { t, cut, resolver } = asked(reading, model)
        for (const place of idsOf(history, 'place').filter((id) => isKnown(model, id, cut))) {
          const known = timeline.beliefs(place, { ...reading, by: 'known' })
          const expected = model.beliefs(control, place, t, cut, resolver)
          expect(known.map(({ from, to, entry }) => ({ from, to, entry }))).toEqual(
            expected.map(({ from, to, entry }) => ({ from, to, entry })),
          )
          const by = timeline.beliefs(place, { ...reading, by: 'published' })
          const runsBy = model.beliefsByPublication(control, place, t, cut, INSTANTS, resolver)
          expect(by.map(({ from, to }) => [parsed(from), parsed(to)])).toEqual(
            runsBy.map(({ from, to }) => [from, to]),
          )
          for (const [index, { state }] of runsBy.entries())
            expect(lasting(placeOf(by[index]!.state))).toEqual(lasting(placeAnswer(state, t)))
        }
      }),
      { ...runs, numRuns: Math.ceil((runs.numRuns ?? 100) / 2) },
    )
  })
})

const withoutParts: RegisterProjection = {
  ...control,
  *sets(told) {
    for (const { key, facets } of control.sets(told)) yield { key, facets }
  },
}

const withoutObservations: RegisterProjection = {
  ...control,
  *sets(told) {
    if (told.claim.mode === 'change') yield* control.sets(told)
  },
}

const denyingNothing: RegisterProjection = {
  ...control,
  denials: { ...control.denials!, leaves: (value) => value },
}

interface Fault {
  readonly control?: RegisterProjection
  /** A kind of claim that is passed over. */
  readonly forgets?: string
}

describe('law 13', () => {
  it.each<[string, Fault]>([
    ['lets full control stop at the place itself', { control: withoutParts }],
    ['passes over what was observed', { control: withoutObservations }],
    ['denies nothing that stands', { control: denyingNothing }],
    ['takes alternatives for one', { control: { ...control, alternatives: (value) => [value] } }],
    ['forgets who took what back', { forgets: 'withdrawal' }],
    ['never sweeps', { forgets: 'sweep' }],
    ['corrects nothing', { forgets: 'correction' }],
    ['knows no parts', { forgets: 'place' }],
  ])('catches an engine that %s', async (_, { control: broken = control, forgets = '' }) => {
    const found = await fc.check(
      fc.asyncProperty(cases, async ([history, reading]) => {
        const { timeline, model } = await load(history)
        const other = new Model({ projections: [broken] })
        const isKept = ({ report: { claim } }: ModelEntry) => claim.kind !== forgets
        // What is left out keeps its position, under a kind that nothing reads.
        const kept = entriesOf(timeline).map((entry) =>
          isKept(entry)
            ? entry
            : { ...entry, report: { ...entry.report, claim: { kind: 'none' } } },
        )
        other.append(kept)
        const { t, cut } = asked(reading, model)
        for (const key of model.keys(control, cut, t))
          expect(other.register(broken, key, t, cut)).toEqual(model.register(control, key, t, cut))
      }),
      { numRuns: ENOUGH, seed: runs.seed, endOnFailure: true },
    )
    expect(found.failed).toBe(true)
  })
})

/** What makes two answers equal: evidence and ages do not (RULINGS 35). */
function lasting({ standing, accounts, resolved }: ReturnType<typeof placeOf>) {
  return {
    standing,
    accounts: accounts.map(({ account, control, possible }) => ({ account, control, possible })),
    resolved: Object.entries(resolved).map(([facet, found]) => [
      facet,
      found.decided ? found.value : found.candidates.map(({ value }) => value),
    ]),
  }
}

/** `then` follows the instant that is asked of, which a history has none of. */
const hasNoThen = ({ known, published }: Omit<Reading, 'valid'>) =>
  known !== 'then' && published !== 'then'

/** Alignments are those of the instant that is asked of. */
const hangsOnInstants = ({ accounts }: Omit<Reading, 'valid'>) =>
  JSON.stringify(accounts ?? {}).includes('alignment')

const parsed = (text: string | number | null) =>
  typeof text === 'string' ? Date.parse(text) : text

const isKnown = (model: Model, place: string, cut: Cut) =>
  model.registry('place', place, LINE.from, cut) !== null
