import * as fc from 'fast-check'
import { it } from 'vitest'
import { withdrawal } from '../../src/testing/laws/withdrawal.js'
import { subject } from '../../src/testing/laws/subject.js'
import { seeded } from './run.js'

const runs = seeded('law 10, withdrawal')

it('holds', () => fc.assert(withdrawal(subject()), runs))
