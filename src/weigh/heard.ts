/**
 * What all resolvers share: whose words count at all, how a decision is told, and how an open
 * question is. What its origin took back supports nothing (RULINGS 18); those set aside are named,
 * so that nobody who speaks goes missing.
 */
import { canonicalText } from '../fold/intern.js'
import type { FacetValue } from '../fold/projection.js'
import type { Aside, Resolution, Voice, Weighing } from '../reading/types.js'
import { compareUtf8 } from '../report/utf8.js'

/** What an account says, as far as the listing of an answer goes. */
export type Word = Pick<Voice, 'account' | 'value'>

/** Voices that count, in the order they came, and those that do not, with why. */
export interface Heard<W extends Word = Voice> {
  readonly voices: readonly W[]
  readonly aside: readonly Aside[]
}

/** Leaves out relays that their origin took back. */
export function heard(voices: readonly Voice[]): Heard {
  if (!voices.some((voice) => voice.disowned)) return { voices, aside: [] }
  return setAside({ voices, aside: [] }, (voice) =>
    voice.disowned ? 'its origin took it back' : null,
  )
}

/** Leaves out those that `why` gives a reason for. */
export function setAside(of: Heard, why: (voice: Voice) => string | null): Heard {
  const aside = [...of.aside]
  const voices = of.voices.filter((voice) => {
    const reason = why(voice)
    if (reason !== null) aside.push({ account: voice.account, why: reason })
    return reason === null
  })
  return { voices, aside }
}

/**
 * Leaves out echoes: the word of an origin that is known to copy another who says the same here. What
 * is copied is weighed as it was said first. Where two copy each other neither is an echo.
 */
export function withoutEchoes(of: Heard, weighing: Weighing): Heard {
  if (of.voices.length < 2) return of
  return setAside(of, (voice) => {
    const copies = weighing.copies(voice.origin)
    const copied = of.voices.filter(
      (other) =>
        copies.has(other.origin) &&
        !weighing.copies(other.origin).has(voice.origin) &&
        sameValue(other.value, voice.value),
    )
    if (copied.length === 0) return null
    return `copies ${inOrder(copied.map(({ origin }) => origin)).join(', ')}, saying the same`
  })
}

export function sameValue(a: FacetValue, b: FacetValue): boolean {
  return a === b || canonicalText(a) === canonicalText(b)
}

/** Voices by what they say, in canonical order of the values. */
export function byValue<W extends Pick<Word, 'value'>>(
  voices: readonly W[],
): readonly (readonly W[])[] {
  const [first] = voices
  if (first === undefined) return []
  if (voices.every(({ value }) => value === first.value)) return [voices]
  const groups = new Map<string, W[]>()
  for (const voice of voices) {
    const text = canonicalText(voice.value)
    const group = groups.get(text)
    if (group === undefined) groups.set(text, [voice])
    else group.push(voice)
  }
  return [...groups].sort(([a], [b]) => compareUtf8(a, b)).map(([, group]) => group)
}

/** A decision for `value`: those who say it support it, the others oppose it, beside any `more`. */
export function decided(
  { voices, aside }: Heard<Word>,
  by: {
    readonly value: FacetValue
    readonly certainty: 'certain' | 'possible'
    readonly rule: string
    readonly support?: readonly string[]
    readonly opposition?: readonly string[]
  },
): Resolution {
  const support = [...(by.support ?? [])]
  const opposition = [...(by.opposition ?? [])]
  for (const { account, value } of voices)
    if (sameValue(value, by.value)) support.push(account)
    else opposition.push(account)
  return {
    decided: true,
    value: by.value,
    certainty: by.certainty,
    rule: by.rule,
    support: inOrder(support),
    opposition: inOrder(opposition),
    ...asideIn(aside),
  }
}

/** No decision: every value that is said, with those who say it. */
export function undecided({ voices, aside }: Heard<Word>, rule: string): Resolution {
  return {
    decided: false,
    rule,
    candidates: byValue(voices).map((group) => ({
      value: group[0]!.value,
      accounts: inOrder(group.map(({ account }) => account)),
    })),
    ...asideIn(aside),
  }
}

/** Decides for what all of `chosen` say alike; `tie` names what it is where they do not. */
export function unlessDivided(
  of: Heard,
  chosen: readonly Voice[],
  { rule, tie }: { readonly rule: string; readonly tie: string },
): Resolution {
  const [alike, ...others] = byValue(chosen)
  if (alike === undefined || others.length > 0) return undecided(of, tie)
  const certain = chosen.every(({ certainty }) => certainty === 'certain')
  const { value } = alike[0]!
  return decided(of, { value, certainty: certain ? 'certain' : 'possible', rule })
}

/** Each once, by UTF-8 bytes. */
export function inOrder(accounts: readonly string[]): string[] {
  return [...new Set(accounts)].sort(compareUtf8)
}

function asideIn(aside: readonly Aside[]): { readonly aside?: readonly Aside[] } {
  if (aside.length === 0) return {}
  return { aside: [...aside].sort((a, b) => compareUtf8(a.account, b.account)) }
}
