import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { control as projection } from '../../projections/control.js'
import { ALL, Model } from '../../src/testing/model.js'
import { formsAt } from '../../src/testing/model-forms.js'
import { outcomes, type Row } from '../../src/testing/model-worlds.js'
import { END, instant } from '../../src/time/instant.js'
import { control, entry, held, type Saying } from './stored.js'

const moment = fc
  .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 4 }))
  .map(([from, width]) => [from, from + width] as const)

const sayings = fc
  .array(
    fc.record({
      who: fc.constantFrom('red', 'blue', ''),
      mode: fc.constantFrom('change', 'observation'),
      when: moment,
      until: fc.option(moment, { nil: undefined, freq: 2 }),
      sweeps: fc.constantFrom(false, false, true),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((drawn) =>
    drawn.map(({ who, mode, when, until, sweeps }, index): Saying => {
      const id = `r${index}`
      if (sweeps) return { id, by: 'a', claim: { kind: 'sweep' }, when }
      const claim = who === '' ? { ends: ['holder'], mode: 'change' } : { holder: held(who), mode }
      return { id, by: 'a', claim: control(claim), when, ...(until ? { until } : {}) }
    }),
  )

const instants = fc.integer({ min: -1, max: 11 }).map(instant)

describe('worlds', () => {
  it('come to the same by one pick of each cell as by every pick', () => {
    const read = (told: readonly Saying[], picks: 'cells' | 'every') => {
      const model = new Model({ projections: [projection], picks })
      model.append(told.map(entry))
      return (t: ReturnType<typeof instant>) =>
        model.register(projection, { place: 'p', account: 'a' }, t, ALL)
    }
    fc.assert(
      fc.property(sayings, instants, (told, t) => {
        expect(read(told, 'cells')(t)).toEqual(read(told, 'every')(t))
      }),
      { numRuns: 1000 },
    )
  })

  it('refuse to be counted where they are too many, or without end', () => {
    const rows = (count: number, when: Saying['when']): Row[] =>
      Array.from({ length: count }, (_, index) => {
        const told = entry({ id: `r${index}`, by: 'a', claim: control({}), when: when! })
        const [form] = formsAt([told], { known: 1, published: END, passes: () => true })
        return { form: form!, value: null, reached: false }
      })
    expect(() => outcomes(rows(30, [0, 9]), [], { t: 5, picks: 'cells', lore: {} })).toThrow(
      'too many',
    )
    expect(() => outcomes(rows(1, [null, 9]), [], { t: 5, picks: 'every', lore: {} })).toThrow(
      'no end',
    )
  })
})
