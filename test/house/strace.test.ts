import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { installStrace } from '../../scripts/run/checks.mjs'

let folder: string
const path = process.env.PATH
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rashomon-apt-'))
  process.env.PATH = folder
})
afterEach(() => {
  process.env.PATH = path
  rmSync(folder, { recursive: true, force: true })
})

/** Puts a program on the path that notes what it is asked for. */
function put(program: string, script: string): void {
  const file = join(folder, program)
  writeFileSync(file, `#!/bin/sh\necho "${program} $*" >> ${folder}/asked\n${script}\n`)
  chmodSync(file, 0o755)
}

/** What programs were asked for, looking for them left out. */
function asked(): string[] {
  const file = join(folder, 'asked')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  return lines.filter((line) => !/-V$|--version$/.test(line))
}

const INSTALL = 'apt-get install -y -qq --no-install-recommends strace'

test('strace that is there is left alone', () => {
  put('strace', '')
  put('apt-get', '')
  installStrace(0)
  expect(asked()).toEqual([])
})

test('strace that is missing is installed', () => {
  put('apt-get', '')
  installStrace(0)
  expect(asked()).toEqual([INSTALL])
})

test('lists of packages are fetched where it is not in them', () => {
  put(
    'apt-get',
    `case "$1" in install) [ -e ${folder}/lists ];; update) : > ${folder}/lists;; esac`,
  )
  installStrace(0)
  expect(asked()).toEqual([INSTALL, 'apt-get update -qq', INSTALL])
})

test('what cannot be installed is not asked for again', () => {
  put('apt-get', '[ "$1" = --version ]')
  installStrace(0)
  expect(asked()).toEqual([INSTALL, 'apt-get update -qq'])
})

test('nothing is installed for a user who is not root, nor without apt-get', () => {
  installStrace(0)
  put('apt-get', '')
  installStrace(1000)
  expect(asked()).toEqual([])
})
