import * as fc from 'fast-check'
import { it } from 'vitest'
import { coexistence } from '../../src/testing/laws/coexistence.js'
import { subject } from '../../src/testing/laws/subject.js'
import { seeded } from './run.js'

const runs = seeded('law 5, coexistence')

it('holds', () => fc.assert(coexistence(subject()), runs))
