import * as fc from 'fast-check'
import { it } from 'vitest'
import { past } from '../../src/testing/laws/past.js'
import { subject } from '../../src/testing/laws/subject.js'
import { seeded } from './run.js'

const runs = seeded('law 2, past')

it('holds', () => fc.assert(past(subject()), runs))
