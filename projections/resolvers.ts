/**
 * Resolvers that know war. Both are written as a user writes theirs, against what `define` gives.
 */
import {
  byValue,
  compareUtf8,
  decided,
  defineResolver,
  type FacetValue,
  type Heard,
  heard,
  type Possible,
  type Resolution,
  undecided,
  unlessDivided,
  type Voice,
  type Weighing,
  withoutEchoes,
} from '../src/define.js'

/** Facets of which the worst counts: whoever may fight, besiege, fire, threaten or be there. */
const FEARED: ReadonlySet<string> = new Set([
  'contest',
  'siege',
  'fireControl',
  'threat',
  'presence',
])

/**
 * Any claim of fighting, siege or loss counts, settled or possible: for people who must not drive into
 * it. Of what is feared it names all whom anybody names; and where some say, or may say, that a place
 * is lost to those who hold it by the word of others, or not wholly theirs, these are taken to fight for it. Who holds or governs it is
 * decided only where nobody says, or may say, otherwise.
 */
export const cautious = defineResolver({
  name: 'cautious',
  unvoiced: true,
  resolve(facet, voices, weighing) {
    const words = spoken(facet, weighing)
    const of = heard(voices)
    if (!FEARED.has(facet)) return undisputed(of, words)
    const all = [...words, ...(facet === 'contest' ? holdersApart(weighing) : [])]
    const named = actorsIn(all)
    if (named.length === 0) return whatAllSay(of, 'accounts differ')
    const naming = new Set(all.filter(namesSomebody).map(({ account }) => account))
    const sure = actorsIn(all.filter(({ certain }) => certain))
    return {
      ...decided(of, {
        value: named,
        certainty: sure.length === named.length ? 'certain' : 'possible',
        rule: 'whoever anybody says, or may say, counts',
      }),
      support: [...naming].sort(compareUtf8),
      opposition: of.voices.map(({ account }) => account).filter((name) => !naming.has(name)),
    }
  },
})

/**
 * A claim that hurts its own side weighs more: where accounts aligned with somebody say that a place is
 * with others than theirs, or not with theirs, and agree, that decides; where none does, what all say
 * alike. A copy of what another says is weighed as that other's word alone.
 */
export const againstInterest = defineResolver({
  name: 'against-interest',
  resolve(facet, voices, weighing) {
    const of = withoutEchoes(heard(voices), weighing)
    const against = INTERESTED.has(facet)
      ? of.voices.filter((voice) => hurtsItsSide(voice, weighing))
      : []
    if (against.length > 0)
      return unlessDivided(of, against, {
        rule: 'said against its own side',
        tie: 'those who speak against their own side differ',
      })
    return whatAllSay(of, 'accounts differ, none against its own side')
  },
})

function whatAllSay(of: Heard, differ: string): Resolution {
  const tie = of.voices.length === 0 ? 'nobody stands by what is said' : differ
  return unlessDivided(of, of.voices, { rule: 'every account that speaks says so', tie })
}

/** Decides where all that anybody says, or may say, is one value. */
function undisputed(of: Heard, words: readonly Word[]): Resolution {
  const [only, ...others] = byValue(words)
  if (only === undefined || of.voices.length === 0)
    return undecided(of, 'nobody stands by what is said')
  if (others.length > 0)
    return undecided({ ...of, voices: words }, 'somebody says, or may say, otherwise')
  return decided(of, {
    value: only[0]!.value,
    certainty: words.every(({ certain }) => certain) ? 'certain' : 'possible',
    rule: 'nobody says, or may say, otherwise',
  })
}

/** Facets whose value is to somebody's good. */
const INTERESTED: ReadonlySet<string> = new Set([
  'holder',
  'administration',
  'siege',
  'fireControl',
  'presence',
  'threat',
])

function hurtsItsSide({ alignment, value }: Voice, { sides }: Weighing): boolean {
  if (alignment === null) return false
  const isOwn = (actor: string) => sides(actor).has(alignment)
  const denied = deniedIn(value)
  if (denied !== null) return denied.every(isOwn)
  const named = whom(value)
  return named.length > 0 && !named.some(isOwn)
}

/** What an account says, or may say. */
interface Word {
  readonly account: string
  readonly value: FacetValue
  /** Whether that is all it may say. */
  readonly certain: boolean
}

/** Of everybody but those whose origin took back what they tell. */
function spoken(facet: string, weighing: Weighing): Word[] {
  const disowned = new Set(
    weighing
      .voices(facet)
      .filter((voice) => voice.disowned)
      .map(({ account }) => account),
  )
  return weighing
    .possible(facet)
    .filter(({ account }) => !disowned.has(account))
    .flatMap(({ account, possible }: Possible) =>
      possible
        .filter((value) => value !== null)
        .map((value) => ({ account, value, certain: possible.length === 1 })),
    )
}

/**
 * Words on who holds a place beside which somebody says that it is lost, or not wholly held: that others
 * hold it, or nobody, that these do not, or that they hold a part.
 */
function holdersApart(weighing: Weighing): Word[] {
  const words = spoken('holder', weighing)
  return words.filter(
    (word) => namesSomebody(word) && words.some((other) => isApart(word.value, other.value)),
  )
}

function isApart(held: FacetValue, other: FacetValue): boolean {
  const denied = deniedIn(other)
  if (denied !== null) return whom(held).every((actor) => denied.includes(actor))
  if (whom(other).length === 0) return true
  if (!within(held, other) && !within(other, held)) return true
  const [x, y] = [extentOf(held), extentOf(other)]
  return x !== undefined && y !== undefined && x !== y
}

function extentOf(value: FacetValue): unknown {
  return (value as { extent?: unknown }).extent
}

function within(a: FacetValue, b: FacetValue): boolean {
  const others = whom(b)
  return whom(a).every((actor) => others.includes(actor))
}

function namesSomebody({ value }: Word): boolean {
  return whom(value).length > 0
}

function actorsIn(words: readonly Word[]): string[] {
  return [...new Set(words.flatMap(({ value }) => whom(value)))].sort(compareUtf8)
}

/** The actors that a value names: a list, a holder or alternatives; none where it only denies. */
function whom(value: FacetValue): readonly string[] {
  if (Array.isArray(value))
    return value.filter((actor): actor is string => typeof actor === 'string')
  if (typeof value !== 'object' || value === null) return []
  const { actors = [], oneOf } = value as { actors?: readonly string[]; oneOf?: FacetValue[] }
  return oneOf === undefined ? actors : [...new Set(oneOf.flatMap(whom))]
}

/** Those with whom a value says it is not; `null` where it says with whom it is. */
function deniedIn(value: FacetValue): readonly string[] | null {
  const { not } = (value ?? {}) as { not?: readonly string[] }
  return not ?? null
}
