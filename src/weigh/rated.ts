/**
 * The best-rated origin decides. Reliability counts first; between equals the credibility of the
 * reports, where both have one. Where raters differ, one is better only if the worst grade it was
 * judged to have is better than the best of the other.
 *
 * F and 6 say that it cannot be judged: whoever was given nothing else has no part in it, neither has
 * an origin that nobody rates. A copy of what another says is weighed as that other's word alone, and
 * what one origin says through several is one word, with every grade of its reports.
 * Those whom nobody beats decide if they agree; else it is undecided.
 */
import type { Resolver, Voice } from '../reading/types.js'
import { heard, sameValue, setAside, unlessDivided, withoutEchoes } from './heard.js'

/** The best and the worst of the grades that judge, lowest best; `null` where there are none. */
type Grades = { readonly best: number; readonly worst: number } | null

interface Rated {
  readonly voice: Voice
  readonly reliability: Grades
  readonly credibility: Grades
}

export const rated: Resolver = {
  name: 'rated',
  revision: 1,
  resolve(_facet, voices, weighing) {
    const first = withoutEchoes(heard(voices), weighing)
    const given = (voice: Voice) => credibilityGiven(voice, first.voices)
    const of = setAside(first, (voice) => unjudged(voice, given(voice)))
    const all = of.voices.map((voice) => ({
      voice,
      reliability: reliabilityOf(voice),
      credibility: credibilityOf(given(voice)),
    }))
    const best = all.filter((one) => !all.some((other) => beats(other, one)))
    const chosen = best.map(({ voice }) => voice)
    const tie =
      chosen.length === 0 ? 'nobody who can be judged speaks' : 'equally rated and different'
    return unlessDivided(of, chosen, { rule: 'the best rated', tie })
  },
}

/** Of every report in which its origin says the same. */
function credibilityGiven(voice: Voice, all: readonly Voice[]): readonly number[] {
  return all.flatMap(({ origin, value, credibility }) =>
    origin === voice.origin && sameValue(value, voice.value) ? credibility : [],
  )
}

function unjudged(voice: Voice, given: readonly number[]): string | null {
  if (voice.reliability.length === 0) return 'nobody rates its origin'
  if (reliabilityOf(voice) === null) return 'the reliability of its origin cannot be judged'
  if (given.length > 0 && credibilityOf(given) === null)
    return 'the credibility of its report cannot be judged'
  return null
}

function reliabilityOf({ reliability }: Voice): Grades {
  return gradesOf(reliability.filter((grade) => grade !== 'F').map((grade) => grade.charCodeAt(0)))
}

function credibilityOf(given: readonly number[]): Grades {
  return gradesOf(given.filter((grade) => grade !== 6))
}

function gradesOf(grades: readonly number[]): Grades {
  if (grades.length === 0) return null
  return { best: Math.min(...grades), worst: Math.max(...grades) }
}

function beats(a: Rated, b: Rated): boolean {
  if (isBetter(a.reliability, b.reliability)) return true
  const equal =
    a.reliability?.best === b.reliability?.best && a.reliability?.worst === b.reliability?.worst
  return equal && isBetter(a.credibility, b.credibility)
}

function isBetter(a: Grades, b: Grades): boolean {
  return a !== null && b !== null && a.worst < b.best
}
