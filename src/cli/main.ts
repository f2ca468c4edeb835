#!/usr/bin/env node
/** The program's way in: how the process ends, and what it was asked to do. */
import { readFileSync } from 'node:fs'
import { run } from './program.js'
import { endOnInterrupt, quietOnBrokenPipe } from './terminal.js'

quietOnBrokenPipe()
endOnInterrupt()
const about = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
await run(process.argv.slice(2), String(JSON.parse(about).version))
