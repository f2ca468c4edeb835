/** What the laws once found, shrunk: each a history that must stand by its law. */
import { test } from 'vitest'
import { clock, type History, type ReportInput } from '../../src/testing/arbitraries-input.js'
import { standsBeside } from '../../src/testing/laws/coexistence.js'
import { staysApart } from '../../src/testing/laws/isolation.js'
import { staysFixed } from '../../src/testing/laws/past.js'
import { subject } from '../../src/testing/laws/subject.js'
import { isUnmade } from '../../src/testing/laws/withdrawal.js'
import { instant } from '../../src/time/instant.js'

const entered = (kind: string, id: string, more = {}): ReportInput => ({
  id: `${kind}/${id}`,
  claim: { kind, [kind]: id, ...more },
  published: clock(0),
})

const ENTRIES = [
  ...['red', 'blue'].map((id) => entered('actor', id)),
  entered('place', 'p1'),
  entered('place', 'p2', { partOf: ['p1'] }),
  entered('place', 'p3'),
  ...['a', 'b', 'c'].map((id) => entered('source', id)),
]

const said = (id: string, by: string, published: number, claim: ReportInput['claim']) => ({
  id,
  claim,
  attribution: [by],
  published: clock(published),
})

/** Commits of one report each, all recorded at 0, behind one that enters what they name. */
function history(...reports: ReportInput[]): History {
  const commits = [ENTRIES, ...reports.map((report) => [report])]
  return { commits, stamps: commits.map(() => instant(0)) }
}

test('a place that only a cut by publication shows is shown at the first reading', () =>
  staysApart(
    subject(),
    history(
      said('told', 'c', 8, { kind: 'control', place: 'p3', holder: 'red' }),
      said('back', 'c', 13, { kind: 'withdrawal', of: 'told' }),
      said('moved', 'c', 11, {
        kind: 'correction',
        of: 'told',
        reason: 'mistaken',
        fields: { claim: { place: 'p1' } },
      }),
      said('unrelated', 'a', 12, { kind: 'sweep' }),
    ),
    { valid: clock(9), published: clock(11) },
  ))

test('beliefs by publication know of forms that were never the newest', () =>
  staysFixed(
    subject(),
    history(
      said('told', 'a', 2, { kind: 'control', place: 'p1', holder: 'red' }),
      said('corrected', 'a', 16, {
        kind: 'correction',
        of: 'told',
        reason: 'mistaken',
        fields: { published: clock(4), claim: { holder: 'blue' } },
      }),
      {
        id: 'entry',
        claim: {
          kind: 'entry-correction',
          of: 'told',
          reason: 'typed wrong',
          fields: { published: clock(15) },
        },
      },
      said('unrelated', 'a', 6, { kind: 'sweep' }),
    ),
    { after: 3, reading: { valid: clock(0) }, ahead: 0 },
  ))

test('of entries published together, beliefs name one that is known and bears on the place', () =>
  staysFixed(
    subject(),
    history(
      said('told', 'a', 9, { kind: 'control', place: 'p1', holder: 'red' }),
      said('elsewhere', 'a', 9, { kind: 'control', place: 'p3', holder: 'red' }),
      said('back', 'a', 9, { kind: 'withdrawal', of: 'elsewhere' }),
      said('again', 'a', 9, { kind: 'withdrawal', of: 'back' }),
      said('abroad', 'a', 9, {
        kind: 'correction',
        of: 'elsewhere',
        reason: 'mistaken',
        fields: { claim: { place: 'p1' } },
      }),
    ),
    { after: 2, reading: { valid: clock(0) }, ahead: 0 },
  ))

test('a sweep of an account that says nothing of the place begins no belief', () =>
  staysFixed(
    subject(),
    history(
      said('a-sweep', 'a', 9, { kind: 'sweep' }),
      said('told', 'b', 9, { kind: 'control', place: 'p1', holder: 'red' }),
      said('too', 'a', 9, { kind: 'control', place: 'p1', holder: 'red' }),
    ),
    { after: 2, reading: { valid: clock(0) }, ahead: 0 },
  ))

test('what is said of a whole that a place was not yet part of begins no belief about it', () =>
  staysFixed(
    subject(),
    history(
      said('a-whole', 'a', 9, {
        kind: 'control',
        place: 'p1',
        mode: 'change',
        holder: 'red',
        extent: 'full',
      }),
      said('told', 'a', 9, { kind: 'control', place: 'p3', holder: 'red' }),
      { ...entered('place', 'p3', { partOf: ['p1'] }), id: 'part' },
    ),
    { after: 2, reading: { valid: clock(0) }, ahead: 0 },
  ))

test('keys of what came later are not seen by an earlier view', () =>
  staysFixed(
    subject(),
    history(said('told', 'a', 2, { kind: 'control', place: 'p1', holder: 'red' })),
    { after: 0, reading: { valid: clock(0) }, ahead: 0 },
  ))

test('a history begins with the state of an instant that later reports do not move', () =>
  staysFixed(
    subject(),
    history(
      {
        ...entered('place', 'p1', { name: 'Old' }),
        id: 'named',
        when: clock(0),
      },
      { ...said('swept', 'b', 1, { kind: 'sweep' }), when: clock(0) },
      said('told', 'b', 10, { kind: 'control', place: 'p1', holder: 'red' }),
    ),
    { after: 2, reading: { valid: clock(0) }, ahead: 0 },
  ))

test('a key under which a report was told and taken back is no key', () =>
  isUnmade(
    subject(),
    history(said('told', 'a', 2, { kind: 'control', place: 'p1', holder: 'red' })),
    { pick: 0, later: 0, by: 'its source' },
    { valid: clock(0) },
  ))

test('a part that is only reached from its whole is listed among the places', () =>
  standsBeside(
    subject(),
    history(
      said('told', 'a', 2, {
        kind: 'control',
        place: 'p1',
        mode: 'change',
        holder: 'red',
        extent: 'full',
      }),
    ),
    { valid: clock(2) },
  ))
