/**
 * What n independent origins say. An origin counts for a value that it says itself, in settled words
 * equal to those of the others (to name fewer of the same holders fits them, and is another word), and
 * for one told by a report that it corroborates; whoever relays a report is no origin of it. Those that
 * copy each other or a third count as `countIndependent` has it.
 *
 * Undecided unless exactly one value has n; and where as many independent origins deny the reports
 * that tell of a value as stand for it.
 */
import { RashomonError } from '../errors.js'
import type { FacetValue } from '../fold/projection.js'
import type { Resolution, Resolver, StanceOn, Voice, Weighing } from '../reading/types.js'
import { byValue, decided, type Heard, heard, undecided } from './heard.js'
import { countIndependent } from './independence.js'

/** How many origins have to agree unless said. */
const AGREEING = 2

/**
 * Makes the resolver that asks for `n` independent origins.
 *
 * @throws `invalid-definition` unless n is a whole number from 1.
 */
export function corroborated(n: number = AGREEING): Resolver {
  if (!Number.isSafeInteger(n) || n < 1)
    throw new RashomonError(
      'invalid-definition',
      `resolver: corroborated by ${n} is no number of origins; a whole number from 1 would be right, as in corroborated(3)`,
      { place: { field: 'resolver' } },
    )
  return {
    name: `corroborated(${n})`,
    revision: 1,
    resolve: (_facet, voices, weighing) => resolve(heard(voices), n, weighing),
  }
}

interface Stood {
  readonly value: FacetValue
  readonly count: number
  readonly denied: number
  readonly certainty: 'certain' | 'possible'
  readonly support: readonly string[]
  readonly opposition: readonly string[]
}

function resolve(of: Heard, n: number, weighing: Weighing): Resolution {
  const all = byValue(of.voices).map((voices) => stoodFor(voices, n, weighing))
  const [found, ...others] = all.filter(({ count }) => count >= n)
  if (found === undefined)
    return undecided(
      of,
      `no value is said by ${n === 1 ? 'an origin' : `${n} independent origins`}`,
    )
  if (others.length > 0)
    return undecided(of, `${others.length + 1} values are said by ${n} independent origins each`)
  if (found.denied >= found.count)
    return undecided(of, 'as many independent origins deny it as say it')
  const rule = `${found.count} independent ${found.count === 1 ? 'origin says' : 'origins say'} so, ${n} asked for`
  return decided(of, { ...found, rule })
}

/** Who stands for what these voices all say, and who stands against it. */
function stoodFor(voices: readonly Voice[], n: number, weighing: Weighing): Stood {
  const stances = voices.flatMap((voice) => voice.stances.map((one) => ({ ...one, voice })))
  const corroborating = stances.filter(takes('corroborate')).filter(isOrigins)
  const denying = stances.filter(takes('deny')).filter(isOrigins)
  const against = stances.filter(
    ({ stance, origin, voice }) => stance !== 'corroborate' && origin !== voice.origin,
  )
  const independent = (a: string, b: string) => weighing.independent(a, b)
  const counted = (origins: readonly string[]) => countIndependent(origins, independent)
  const origins = (some: readonly { readonly origin: string }[]) => some.map(({ origin }) => origin)
  const sure = voices.filter(({ certainty }) => certainty === 'certain')
  const vouched = corroborating.filter(({ voice }) => sure.includes(voice))
  return {
    value: voices[0]!.value,
    count: counted([...origins(voices), ...origins(corroborating)]),
    denied: denying.length === 0 ? 0 : counted(origins(denying)),
    certainty: counted([...origins(sure), ...origins(vouched)]) >= n ? 'certain' : 'possible',
    support: corroborating.map(({ account }) => account),
    opposition: against.map(({ account }) => account),
  }
}

const takes = (stance: StanceOn['stance']) => (one: StanceOn) => one.stance === stance

/** Not that of a hop through which the report came, nor of its own origin. */
function isOrigins({ relay, origin, voice }: StanceOn & { readonly voice: Voice }): boolean {
  return relay !== true && origin !== voice.origin
}
