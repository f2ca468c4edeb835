/** Small logs told to the naive model, and short ways to ask it. */
import { control as projection } from '../../projections/control.js'
import { engagements } from '../../projections/engagements.js'
import { ALL, type Cut, Model } from '../../src/testing/model.js'
import type { Instant } from '../../src/time/instant.js'
import { control, entry, held, type Saying } from './stored.js'

export function told(...sayings: Saying[]): Model {
  const model = new Model({ projections: [projection, engagements] })
  model.append(sayings.map(entry))
  return model
}

export const at = (t: number) => t as Instant

export function facet(model: Model, name: string, t: number, where: Partial<Where> = {}) {
  const { place = 'p', account = 'a', cut = ALL } = where
  return model.register('control', { place, account }, at(t), cut)[name]
}
export interface Where {
  place: string
  account: string
  cut: Cut
}

/** Settled and possible holders, by their actors. */
export function holder(model: Model, t: number, where: Partial<Where> = {}) {
  const reading = facet(model, 'holder', t, where)
  const name = (value: unknown) =>
    value === null ? '-' : (value as { actors: string[] }).actors.join('+')
  return reading === undefined
    ? 'unsaid'
    : `${name(reading.settled)} of ${reading.possible.map(name).join('|')}`
}

export const took = (
  id: string,
  who: string,
  when: Saying['when'],
  rest: Partial<Saying> = {},
): Saying => ({
  id,
  by: 'a',
  claim: control({ holder: held(who), mode: 'change' }),
  ...(when === undefined ? {} : { when }),
  ...rest,
})
export const saw = (
  id: string,
  who: string,
  when: Saying['when'],
  rest: Partial<Saying> = {},
): Saying => ({
  ...took(id, who, when, rest),
  claim: control({ holder: held(who) }),
})

export function sweep(id: string, when: number): Saying {
  return { id, by: 'a', claim: { kind: 'sweep' }, when }
}

export function place(id: string, fields = {}, rest: Partial<Saying> = {}): Saying {
  return { id: `place/${id}`, claim: { kind: 'place', place: id, ...fields }, ...rest }
}

export function source(id: string, fields = {}, rest: Partial<Saying> = {}): Saying {
  return { id: `source/${id}`, claim: { kind: 'source', source: id, ...fields }, ...rest }
}
