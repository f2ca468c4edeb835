/** Resolvers that break law 12, each as a user might write it. */
import {
  byValue,
  defineResolver,
  heard,
  type Resolver,
  undecided,
  unlessDivided,
  type Voice,
} from '../../../src/index.js'

/** Believes whoever comes first. */
export const firstVoice: Resolver = defineResolver({
  name: 'first-voice',
  resolve: (_, voices) => {
    const of = heard(voices)
    return unlessDivided(of, of.voices.slice(0, 1), { rule: 'the first', tie: 'nobody speaks' })
  },
})

/** Believes what most accounts say, whoever they have it from. */
export const mostAccounts: Resolver = defineResolver({
  name: 'most-accounts',
  resolve: (_, voices) => most(voices, ({ account }) => account),
})

/** Counts origins, but takes a source that copies another for one of its own. */
export const mostOrigins: Resolver = defineResolver({
  name: 'most-origins',
  resolve: (_, voices) => most(voices, ({ origin }) => origin),
})

/** Believes what was published last, a copy as well as what is copied. */
export const lastPublished: Resolver = defineResolver({
  name: 'last-published',
  resolve(_, voices) {
    const of = heard(voices)
    const last = Math.max(...of.voices.map(({ published }) => published))
    const chosen = of.voices.filter(({ published }) => published === last)
    return unlessDivided(of, chosen, { rule: 'published last', tie: 'at once' })
  },
})

/** Believes the best graded, and lends a copy's grade to what it copies. */
export const bestGraded: Resolver = defineResolver({
  name: 'best-graded',
  resolve(_, voices) {
    const of = heard(voices)
    const best = of.voices.map(({ reliability }) => reliability[0] ?? 'G').sort()[0]
    const chosen = of.voices.filter(({ reliability }) => (reliability[0] ?? 'G') === best)
    return unlessDivided(of, chosen, { rule: 'best graded', tie: 'graded alike' })
  },
})

function most(voices: readonly Voice[], by: (voice: Voice) => string) {
  const of = heard(voices)
  const groups = byValue(of.voices).map((group) => ({ group, size: new Set(group.map(by)).size }))
  const size = Math.max(0, ...groups.map((one) => one.size))
  const [first, ...others] = groups.filter((one) => one.size === size)
  if (first === undefined || others.length > 0) return undecided(of, 'as many say otherwise')
  return unlessDivided(of, first.group, { rule: 'most say so', tie: '' })
}
