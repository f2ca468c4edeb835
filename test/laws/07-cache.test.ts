import * as fc from 'fast-check'
import { it } from 'vitest'
import { cache } from '../../src/testing/laws/cache.js'
import { subject } from '../../src/testing/laws/subject.js'
import { seeded } from './run.js'

const runs = seeded('law 7, cache')

it('holds', () => fc.assert(cache(subject()), runs))
