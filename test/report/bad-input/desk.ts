/** Bad second thoughts, and bad entries of the registry. */
import { type BadReport, desk, type Fields, R, said, T } from './form.js'

const correction = (fields: unknown, more: Fields = {}) =>
  said({ kind: 'correction', of: 'fall', reason: 'misheard', fields, ...more })

export const BAD_THOUGHTS: readonly BadReport[] = [
  ['a withdrawal of nothing', said({ kind: 'withdrawal' }), R, 'claim.of'],
  ['a withdrawal of a list', said({ kind: 'withdrawal', of: ['fall'] }), R, 'claim.of'],
  ['a withdrawal of a batch', said({ kind: 'withdrawal', batch: 'b' }), R, 'claim.batch'],
  [
    'a withdrawal with an empty reason',
    said({ kind: 'withdrawal', of: 'fall', reason: '' }),
    R,
    'claim.reason',
  ],
  ['a void without a reason', desk({ kind: 'void', of: 'fall' }), R, 'claim.reason'],
  ['a void of nothing', desk({ kind: 'void', reason: 'typo' }), R, 'claim'],
  [
    'a void of a report and a batch',
    desk({ kind: 'void', of: 'fall', batch: 'b', reason: 'typo' }),
    R,
    'claim',
  ],
  [
    'a correction without fields',
    said({ kind: 'correction', of: 'fall', reason: 'x' }),
    R,
    'claim.fields',
  ],
  [
    'a correction without a reason',
    said({ kind: 'correction', of: 'fall', fields: { when: '2015' } }),
    R,
    'claim.reason',
  ],
  ['a correction of nothing', correction({}), R, 'claim.fields'],
  ['a correction of a zone alone', correction({ zone: 'UTC' }), R, 'claim.fields'],
  ['a correction in a list', correction([]), R, 'claim.fields'],
  ['a correction of the id', correction({ id: 'x' }), R, 'claim.fields.id'],
  ['a correction of the batch', correction({ batch: 'x' }), R, 'claim.fields.batch'],
  [
    'a correction of the kind',
    correction({ claim: { kind: 'engagement' } }),
    R,
    'claim.fields.claim.kind',
  ],
  ['a correction of stored bounds', correction({ start: null }), R, 'claim.fields.start'],
  ['a correction of a time that is none', correction({ when: 'late' }), T, 'claim.fields.when'],
  [
    'a correction of the attribution by a source',
    correction({ attribution: 'gazette' }),
    R,
    'claim.fields.attribution',
  ],
  ['a correction of an empty claim', correction({ claim: {} }), R, 'claim.fields.claim'],
  ['a correction of a claim that is null', correction({ claim: null }), R, 'claim.fields.claim'],
  [
    'a correction of a field that is none',
    correction({ claim: { holdr: 'reds' } }),
    R,
    'claim.fields.claim.holdr',
  ],
  [
    'a correction to a holder that is none',
    correction({ claim: { holder: 7 } }),
    R,
    'claim.fields.claim.holder',
  ],
  [
    'a correction to a mode that is none',
    correction({ claim: { mode: 'seen' } }),
    R,
    'claim.fields.claim.mode',
  ],
  [
    'a correction with a form',
    correction({ when: '2015' }, { form: { kind: 'control', revision: 1 } }),
    R,
    'claim.form',
  ],
  [
    'a correction of a withdrawal',
    correction({ when: '2015' }, { of: 'second-thought' }),
    R,
    'claim.of',
  ],
  [
    'a correction of what is not held',
    correction({ claim: { holder: 'reds' } }, { of: 'no-such' }),
    'unknown-report',
    'claim.of',
  ],
  [
    'an entry correction to nobody',
    desk({ kind: 'entry-correction', of: 'fall', reason: 'typo', fields: { attribution: [] } }),
    R,
    'claim.fields.attribution',
  ],
]

const ring = (...points: readonly (readonly number[])[]) => [points]
const placed = (fields: Fields) => desk({ kind: 'place', place: 'x', ...fields })

export const BAD_REGISTRY: readonly BadReport[] = [
  ['a place without an id', desk({ kind: 'place', name: 'Town' }), R, 'claim.place'],
  ['a place part of itself', placed({ partOf: 'x' }), R, 'claim.partOf'],
  ['a place part of a number', placed({ partOf: 7 }), R, 'claim.partOf'],
  ['a place with a name that is a list', placed({ name: ['Town'] }), R, 'claim.name'],
  ['a place with a name that is empty', placed({ name: '' }), R, 'claim.name'],
  ['a place with names that are text', placed({ names: 'Town' }), R, 'claim.names'],
  ['a name without a name', placed({ names: [{ lang: 'ar' }] }), R, 'claim.names[0].name'],
  [
    'a name in no language',
    placed({ names: [{ name: 'a', lang: 'Arabic!' }] }),
    R,
    'claim.names[0].lang',
  ],
  ['a point in a list', placed({ point: [35, 37] }), R, 'claim.point'],
  ['a point without a longitude', placed({ point: { lat: 35 } }), R, 'claim.point.lon'],
  ['a point beyond the pole', placed({ point: { lat: 91, lon: 0 } }), R, 'claim.point.lat'],
  ['a point beyond the date line', placed({ point: { lat: 0, lon: -181 } }), R, 'claim.point.lon'],
  ['a point in words', placed({ point: { lat: '35', lon: '37' } }), R, 'claim.point.lat'],
  ['an outline in words', placed({ outline: 'round' }), R, 'claim.outline'],
  [
    'an outline of no shape',
    placed({ outline: { type: 'Circle', coordinates: [] } }),
    R,
    'claim.outline.type',
  ],
  [
    'a ring that is not closed',
    placed({ outline: ring([0, 0], [1, 0], [1, 1], [0, 1]) }),
    R,
    'claim.outline[0]',
  ],
  ['a ring of two', placed({ outline: ring([0, 0], [0, 0]) }), R, 'claim.outline[0]'],
  [
    'an outline with too many vertices',
    placed({ outline: ring(...Array(10_001).fill([0, 0])) }),
    'too-large',
  ],
  [
    'an outline of many rings with too many vertices',
    placed({ outline: Array.from({ length: 2 }, () => Array(6000).fill([0, 0])) }),
    'too-large',
    'claim.outline',
  ],
  ['a zone of a place that is none', placed({ zone: 'Asia/Damscus' }), R, 'claim.zone'],
  ['an actor at no level', desk({ kind: 'actor', actor: 'x', level: 'army' }), R, 'claim.level'],
  [
    'an actor member of itself',
    desk({ kind: 'actor', actor: 'x', memberOf: ['x'] }),
    R,
    'claim.memberOf',
  ],
  [
    'an actor allied with itself',
    desk({ kind: 'actor', actor: 'x', alliedWith: 'x' }),
    R,
    'claim.alliedWith',
  ],
  ['an actor with a place', desk({ kind: 'actor', actor: 'x', place: 'town' }), R, 'claim.place'],
  [
    'a source that copies itself',
    desk({ kind: 'source', source: 'x', copies: ['x'] }),
    R,
    'claim.copies',
  ],
  ['a source that is the desk', desk({ kind: 'source', source: 'desk' }), R, 'claim.source'],
  [
    'an unnamed source under nobody',
    desk({ kind: 'source', source: 'x', unnamed: true }),
    R,
    'claim.source',
  ],
  [
    'coverage in words',
    desk({ kind: 'source', source: 'x', coverage: 'Syria' }),
    R,
    'claim.coverage',
  ],
  [
    'coverage of a number',
    desk({ kind: 'source', source: 'x', coverage: { places: 7 } }),
    R,
    'claim.coverage.places',
  ],
  ['a mode of a place', placed({ mode: 'change' }), R, 'claim.mode'],
]
