/** Bad claims of engagements and sweeps. */
import { type BadReport, type Fields, R, report, said } from './form.js'

const engagement = (fields: Fields) =>
  report({ claim: { kind: 'engagement', type: 'clash', places: 'town', ...fields } })

export const BAD_ENGAGEMENTS: readonly BadReport[] = [
  ['no type', report({ claim: { kind: 'engagement', places: 'town' } }), R, 'claim.type'],
  ['a type in capitals', engagement({ type: 'CLASH' }), R, 'claim.type'],
  ['no places', report({ claim: { kind: 'engagement', type: 'clash' } }), R, 'claim.places'],
  ['an empty list of places', engagement({ places: [] }), R, 'claim.places'],
  ['a place twice', engagement({ places: ['town', 'town'] }), R, 'claim.places[1]'],
  ['an engagement that is a number', engagement({ engagement: 7 }), R, 'claim.engagement'],
  ['belligerents in a list', engagement({ belligerents: ['reds'] }), R, 'claim.belligerents'],
  [
    'a role in capitals',
    engagement({ belligerents: { Attackers: 'reds' } }),
    R,
    'claim.belligerents.Attackers',
  ],
  [
    'a role of nobody',
    engagement({ belligerents: { attackers: [] } }),
    R,
    'claim.belligerents.attackers',
  ],
  [
    'a role of a number',
    engagement({ belligerents: { attackers: 7 } }),
    R,
    'claim.belligerents.attackers',
  ],
  [
    'a belligerent twice in a role',
    engagement({ belligerents: { attackers: ['reds', 'reds'] } }),
    R,
    'claim.belligerents.attackers[1]',
  ],
  ['an outcome that is true', engagement({ outcome: true }), R, 'claim.outcome'],
  [
    'an outcome without a result',
    engagement({ outcome: { victors: 'reds' } }),
    R,
    'claim.outcome.result',
  ],
  [
    'victors who are nobody',
    engagement({ outcome: { result: 'rout', victors: [] } }),
    R,
    'claim.outcome.victors',
  ],
  ['losses that are a number', engagement({ casualties: 7 }), R, 'claim.casualties'],
  ['losses of nobody', engagement({ casualties: [{ killed: 1 }] }), R, 'claim.casualties[0]'],
  [
    'losses of two',
    engagement({ casualties: [{ actor: 'reds', civilians: true, killed: 1 }] }),
    R,
    'claim.casualties[0]',
  ],
  [
    'losses without a count',
    engagement({ casualties: [{ actor: 'reds' }] }),
    R,
    'claim.casualties[0]',
  ],
  [
    'losses below zero',
    engagement({ casualties: [{ actor: 'reds', killed: -1 }] }),
    R,
    'claim.casualties[0].killed',
  ],
  [
    'half a loss',
    engagement({ casualties: [{ actor: 'reds', killed: 1.5 }] }),
    R,
    'claim.casualties[0].killed',
  ],
  [
    'losses in words',
    engagement({ casualties: [{ actor: 'reds', killed: 'several' }] }),
    R,
    'claim.casualties[0].killed',
  ],
  [
    'a low above the high',
    engagement({ casualties: [{ actor: 'reds', killed: { low: 3, high: 2 } }] }),
    R,
    'claim.casualties[0].killed',
  ],
  [
    'a best outside',
    engagement({ casualties: [{ actor: 'reds', killed: { low: 1, best: 5, high: 2 } }] }),
    R,
    'claim.casualties[0].killed',
  ],
  [
    'no high',
    engagement({ casualties: [{ actor: 'reds', killed: { low: 1 } }] }),
    R,
    'claim.casualties[0].killed.high',
  ],
  [
    'a party twice',
    engagement({
      casualties: [
        { actor: 'reds', killed: 1 },
        { actor: 'reds', wounded: 1 },
      ],
    }),
    R,
    'claim.casualties[1]',
  ],
  [
    'civilians twice',
    engagement({
      casualties: [
        { civilians: true, killed: 1 },
        { civilians: true, wounded: 1 },
      ],
    }),
    R,
    'claim.casualties[1]',
  ],
  [
    'civilians that are false',
    engagement({ casualties: [{ civilians: false, killed: 1 }] }),
    R,
    'claim.casualties[0].civilians',
  ],
  [
    'a loss that is none',
    engagement({ casualties: [{ actor: 'reds', missing: 1 }] }),
    R,
    'claim.casualties[0].missing',
  ],
  ['a summary that is a list', engagement({ summary: ['a'] }), R, 'claim.summary'],
  ['an empty summary', engagement({ summary: '' }), R, 'claim.summary'],
  [
    'one engagement that is the same',
    said({ kind: 'same-engagement', engagements: ['a'] }),
    R,
    'claim.engagements',
  ],
  [
    'an engagement the same as itself',
    said({ kind: 'same-engagement', engagements: ['a', 'a'] }),
    R,
    'claim.engagements[1]',
  ],
  [
    'an engagement part of itself',
    said({ kind: 'part-of-engagement', part: 'a', whole: 'a' }),
    R,
    'claim.whole',
  ],
  ['a part of nothing', said({ kind: 'part-of-engagement', part: 'a' }), R, 'claim.whole'],
  ['a sweep of a place', said({ kind: 'sweep', place: 'town' }), R, 'claim.place'],
]
