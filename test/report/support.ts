/** A door with the shipped kinds, a small registry's zones, and reports that corrections can name. */
import { z } from 'zod'
import { type Door, openDoor, type ReadContext } from '../../src/report/door.js'
import { type ClaimKind, defineClaim } from '../../src/report/kind.js'
import { KINDS } from '../../src/report/kinds/all.js'
import { LIMITS, type Limits } from '../../src/report/limits.js'
import type { Claim, JsonRecord } from '../../src/report/types.js'

export function doorWith(
  more: readonly ClaimKind<object>[] = [],
  limits: Partial<Limits> = {},
): Door {
  return openDoor({ kinds: [...KINDS, ...more], limits: { ...LIMITS, ...limits }, rules: 'test' })
}

export const door = doorWith()

/** What the log is said to hold, by id. */
const HELD: Readonly<Record<string, Claim>> = {
  fall: { kind: 'control', place: 'town', holder: { actors: ['reds'] } },
  clash: { kind: 'engagement', type: 'clash', places: ['town'], belligerents: {} },
  'second-thought': { kind: 'withdrawal', of: 'fall' },
}

const ZONES: Readonly<Record<string, string>> = { town: 'Asia/Damascus', kyiv: 'Europe/Kyiv' }

export const context: ReadContext = {
  zoneOf: (place) => ZONES[place],
  reportOf: (id) => (HELD[id] ? { claim: HELD[id] } : undefined),
}

/** A report of control of the town that is right as it stands. */
export const GOOD = {
  claim: { kind: 'control', place: 'town', holder: ['reds'], extent: 'full' },
  when: '2015-11-12T12:00/2015-11-12T20:00',
  attribution: ['herald', 'herald/witness'],
  published: '2015-11-12T21:00+02:00',
}

/** The claim of a report of the herald, read. */
export function claimOf(claim: Readonly<Record<string, unknown>>): Claim {
  return door.read({ claim, attribution: 'herald' }, context).report.claim
}

/** A road that was cut: a flag at first, then a state, then a list of roads. */
export const roadCut = defineClaim({
  kind: 'road-cut',
  revision: 3,
  schema: z.strictObject({
    roads: z.array(z.string()),
    state: z.enum(['cut', 'open']),
  }),
  upcast: {
    1: ({ cut, ...rest }: JsonRecord): JsonRecord =>
      cut === undefined ? rest : { ...rest, state: cut === null ? null : cut ? 'cut' : 'open' },
    2: ({ road, ...rest }: JsonRecord): JsonRecord =>
      road === undefined ? rest : { ...rest, roads: road === null ? null : [road] },
  },
})
