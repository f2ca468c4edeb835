/**
 * The account whose support is newest in valid time, by a claim or a sweep; of several that one which
 * was published last; else undecided (RULINGS 40). A copy, or a relay of the same origin, that came
 * out later is not the later word.
 */
import type { Resolver, Voice } from '../reading/types.js'
import { byValue, heard, sameValue, unlessDivided, withoutEchoes } from './heard.js'

export const latest: Resolver = {
  name: 'latest',
  revision: 2,
  resolve(_facet, voices, weighing) {
    const of = heard(voices)
    const newest = areOne(of.voices)
      ? of.voices
      : greatest(of.voices, ({ supportedAt }) => supportedAt)
    const tie =
      of.voices.length === 0 ? 'nobody stands by what is said' : 'equally new and different'
    if (byValue(newest).length < 2)
      return unlessDivided(of, newest, { rule: 'newest support', tie })
    const first = withoutEchoes({ voices: newest, aside: [] }, weighing).voices.filter(
      (voice, _, all) => !all.some((other) => isRepeat(voice, other)),
    )
    const last = greatest(first, ({ published }) => published)
    return unlessDivided(of, last, { rule: 'newest support, then newest published', tie })
  },
}

/** Whether ages change nothing: all say the same, and are as sure of it. */
function areOne(voices: readonly Voice[]): boolean {
  return (
    voices.length > 0 &&
    byValue(voices).length === 1 &&
    voices.every(({ certainty }) => certainty === voices[0]!.certainty)
  )
}

/** Whether it says what the same origin had published before through others. */
function isRepeat(voice: Voice, other: Voice): boolean {
  return (
    voice.origin === other.origin &&
    other.published < voice.published &&
    sameValue(voice.value, other.value)
  )
}

function greatest(voices: readonly Voice[], by: (voice: Voice) => number): readonly Voice[] {
  const each = voices.map(by)
  const most = Math.max(...each)
  return voices.filter((_, i) => each[i] === most)
}
