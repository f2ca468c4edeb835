/** Whether `dist/` was built from what now stands: a digest of all that goes into it. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const MADE_FROM = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'scripts/build.mjs',
  'scripts/tsconfig.build.json',
]
const FOLDERS = ['src', 'projections']
const STAMP = 'dist/.built'

/** @param {string} top */
function digest(top) {
  const inside = FOLDERS.flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(folder, path)),
  )
  const hash = createHash('sha256')
  for (const path of [...MADE_FROM, ...inside.sort()]) {
    const bytes = readFileSync(join(top, path))
    hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/** @param {string} top */
export function isBuilt(top) {
  const stamp = join(top, STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest(top)
}

/** @param {string} top */
export function stampBuilt(top) {
  writeFileSync(join(top, STAMP), digest(top))
}
