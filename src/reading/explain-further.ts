/**
 * Which account could make a losing value win by saying it once more. Each is tried: the resolver is
 * asked again with that account's voice as it would be had it claimed the value at the instant of the
 * reading, for certain, and been the last to publish within the reading's cut. What the account says
 * then is folded from all that it said (explain-folded.ts).
 */
import { canonicalText } from '../fold/intern.js'
import { accountOf, namedUnder } from '../report/account.js'
import { compareUtf8 } from '../report/utf8.js'
import { END } from '../time/instant.js'
import { Regards } from '../weigh/regards.js'
import { type Asked, resolutionIn } from './explain-asked.js'
import { type Claimed, type Said, saidWith } from './explain-folded.js'
import type { AccountRows } from './tellings.js'
import type { Possible, Voice, Weighing } from './types.js'

/** Whom a voice is of. */
type Speaker = Omit<Possible, 'possible'>

/**
 * The account whose one further claim would make the value the answer, or `null`. Asked are, in this
 * order, those that say it, those that ever spoke of the place, and every source that the
 * registry knows speaking for itself; in each group by name. None where no such claim is taken: a
 * denial is never foretold.
 */
export function wouldWin(
  asked: Asked,
  claimed: Claimed,
  accounts: readonly AccountRows[],
  weighing: Weighing,
): string | null {
  const { valid, cut } = asked.c
  if (claimed.denial && cut.published < valid) return null
  const text = canonicalText(claimed.value)
  const voices = weighing.voices(claimed.facet)
  const saying = voices.filter((voice) => canonicalText(voice.value) === text)
  const tried = new Set<string>()
  for (const speaker of speakers(asked, accounts, saying)) {
    if (tried.has(speaker.account)) continue
    tried.add(speaker.account)
    const told = accounts.find(({ account }) => account.name === speaker.account)
    const said = saidWith(asked, told?.keyRows, claimed)
    const further = withSaid(asked, claimed.facet, weighing, speaker, said)
    const answer = resolutionIn(asked, claimed.facet, further)
    if (answer?.decided === true && canonicalText(answer.value) === text) return speaker.account
  }
  return null
}

function* speakers(
  asked: Asked,
  accounts: readonly AccountRows[],
  saying: readonly Voice[],
): Generator<Speaker> {
  yield* saying
  const { engine, c } = asked
  for (const { chain } of accounts) {
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

/** The weighing, had the account come to say this by a further claim. */
function withSaid(
  asked: Asked,
  facet: string,
  weighing: Weighing,
  speaker: Speaker,
  said: Said,
): Weighing {
  const { account, origin, publisher, alignment } = speaker
  const { possible } = said
  const voice = voiceOf(asked, facet, weighing, speaker, said)
  const whole = { account, origin, publisher, alignment, possible }
  const speaks = possible.some((value) => value !== null)
  const put = <T extends Possible>(all: readonly T[], some: readonly T[]): readonly T[] =>
    [...all.filter((other) => other.account !== account), ...some].sort((a, b) =>
      compareUtf8(a.account, b.account),
    )
  return {
    ...weighing,
    voices: (of) => (of === facet ? put(weighing.voices(of), voice) : weighing.voices(of)),
    possible: (of) => {
      const before = weighing.possible(of)
      return of === facet ? put(before, speaks ? [whole] : []) : before
    },
  }
}

/** Empty where what it then says is said by default alone. */
function voiceOf(
  { engine, c }: Asked,
  facet: string,
  weighing: Weighing,
  { account, origin, publisher, alignment }: Speaker,
  { settled, certainty, possible, carries }: Said,
): readonly Voice[] {
  if (settled === null) return []
  const voices = weighing.voices(facet)
  const said = { value: settled, possible, certainty, supportedAt: c.valid }
  if (!carries)
    return voices
      .filter((voice) => voice.account === account)
      .map((voice) => ({ ...voice, ...said }))
  const regards = new Regards({ ...engine, cut: c.cut, valid: c.valid, record: weighing.record })
  const further: Voice = {
    account,
    origin,
    publisher,
    alignment,
    ...said,
    basis: null,
    published: c.cut.published === END ? afterAll(voices, c.valid) : c.cut.published,
    report: FURTHER,
    derived: false,
    reliability: regards.reliability(origin),
    credibility: [],
    stances: [],
    disowned: false,
  }
  return [further]
}

function afterAll(voices: readonly Voice[], valid: number): number {
  return Math.max(valid, ...voices.map(({ published }) => published)) + 1
}
