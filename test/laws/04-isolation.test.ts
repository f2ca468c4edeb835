import * as fc from 'fast-check'
import { it } from 'vitest'
import { isolation } from '../../src/testing/laws/isolation.js'
import { subject } from '../../src/testing/laws/subject.js'
import { seeded } from './run.js'

const runs = seeded('law 4, isolation')

it('holds', () => fc.assert(isolation(subject()), runs))
