import * as fc from 'fast-check'
import { it } from 'vitest'
import { stream } from '../../src/testing/laws/stream.js'
import { subject } from '../../src/testing/laws/subject.js'
import { seeded } from './run.js'

const runs = seeded('law 8, stream')

it('holds', () => fc.assert(stream(subject()), runs))
