import * as fc from 'fast-check'
import { it } from 'vitest'
import { possibleWorlds } from '../../src/testing/laws/possible.js'
import { subject } from '../../src/testing/laws/subject.js'
import { seeded } from './run.js'

const runs = seeded('law 6, possible')

it('holds', () => fc.assert(possibleWorlds(subject()), runs))
