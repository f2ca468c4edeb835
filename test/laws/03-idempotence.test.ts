import * as fc from 'fast-check'
import { it } from 'vitest'
import { idempotence } from '../../src/testing/laws/idempotence.js'
import { subject } from '../../src/testing/laws/subject.js'
import { seeded } from './run.js'

const runs = seeded('law 3, idempotence')

it('holds', () => fc.assert(idempotence(subject()), runs))
