/**
 * Which account could make a losing value win by saying it once more. Each is tried: the resolver is
 * asked again with that account's voice as it would be had it claimed the value at the instant of the
 * reading, for certain, and been the last to publish within the reading's cut.
 */
import { canonicalText } from '../fold/intern.js'
import type { FacetValue } from '../fold/projection.js'
import { accountOf, namedUnder } from '../report/account.js'
import { compareUtf8 } from '../report/utf8.js'
import { END } from '../time/instant.js'
import { Regards } from '../weigh/regards.js'
import type { Asked } from './explain-asked.js'
import { accountsOf } from './tellings.js'
import type { Possible, Voice, Weighing } from './types.js'

/** Whom a voice is of. */
type Speaker = Omit<Possible, 'possible'>

/**
 * The account whose one further claim would make the value the answer, or `null`. Asked are, in this
 * order, those that say it, those that ever spoke of the place, and every source that the
 * registry knows speaking for itself; in each group by name.
 */
export function wouldWin(
  asked: Asked,
  facet: string,
  value: FacetValue,
  weighing: Weighing,
): string | null {
  const text = canonicalText(value)
  const voices = weighing.voices(facet)
  const saying = voices.filter((voice) => canonicalText(voice.value) === text)
  const tried = new Set<string>()
  for (const speaker of speakers(asked, saying)) {
    if (tried.has(speaker.account)) continue
    tried.add(speaker.account)
    const further = withClaim(asked, facet, value, weighing, speaker)
    const answer = asked.c.resolver.resolve(facet, further.voices(facet), further)
    if (answer.decided && canonicalText(answer.value) === text) return speaker.account
  }
  return null
}

function* speakers(asked: Asked, saying: readonly Voice[]): Generator<Speaker> {
  yield* saying
  const { engine, store, place, c } = asked
  for (const { chain } of accountsOf(engine, store, place, c.cut)) {
    const speaker = speakerOf(asked, chain)
    if (speaker !== null) yield speaker
  }
  const sources = [...engine.registry.entries('source', c.valid, c.cut.known)]
  for (const { id } of sources.sort((a, b) => compareUtf8(a.id, b.id))) {
    const under = namedUnder(id)
    const speaker = speakerOf(asked, under === null ? [id] : [under, id])
    if (speaker !== null) yield speaker
  }
}

/** `null` where the reading does not hear the chain. */
function speakerOf({ engine, c }: Asked, chain: readonly string[]): Speaker | null {
  const hops = chain.map((source) => ({ source }))
  if (c.cut.passes !== null && !c.cut.passes(hops)) return null
  const { name, origin, publisher } = accountOf(hops)
  const alignment = engine.registry.alignment(chain, c.valid, c.cut)
  return { account: name, origin, publisher, alignment }
}

/** Stands for the id that the further claim would have. */
const FURTHER = 'a further claim'

function withClaim(
  { engine, c }: Asked,
  facet: string,
  value: FacetValue,
  weighing: Weighing,
  { account, origin, publisher, alignment }: Speaker,
): Weighing {
  const voices = weighing.voices(facet)
  const regards = new Regards({ ...engine, cut: c.cut, valid: c.valid, record: weighing.record })
  const further: Voice = {
    account,
    origin,
    publisher,
    alignment,
    value,
    possible: [value],
    certainty: 'certain',
    basis: null,
    supportedAt: c.valid,
    published: c.cut.published === END ? afterAll(voices, c.valid) : c.cut.published,
    report: FURTHER,
    derived: false,
    reliability: regards.reliability(origin),
    credibility: [],
    stances: [],
    disowned: false,
  }
  const put = <T extends Possible>(all: readonly T[], one: T): readonly T[] =>
    [...all.filter((other) => other.account !== account), one].sort((a, b) =>
      compareUtf8(a.account, b.account),
    )
  return {
    ...weighing,
    voices: (of) => (of === facet ? put(voices, further) : weighing.voices(of)),
    possible: (of) => {
      const possible = weighing.possible(of)
      return of === facet
        ? put(possible, { account, origin, publisher, alignment, possible: [value] })
        : possible
    },
  }
}

function afterAll(voices: readonly Voice[], valid: number): number {
  return Math.max(valid, ...voices.map(({ published }) => published)) + 1
}
