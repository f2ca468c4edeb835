import * as fc from 'fast-check'
import { it } from 'vitest'
import { arrival } from '../../src/testing/laws/arrival.js'
import { subject } from '../../src/testing/laws/subject.js'
import { seeded } from './run.js'

const runs = seeded('law 1, arrival')

it('holds', () => fc.assert(arrival(subject()), runs))
