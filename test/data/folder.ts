/** Where the data of others lies: the folder `RASHOMON_DATA`, else one beside the checkout. Nothing of it is copied. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

const TOP = fileURLToPath(new URL('../..', import.meta.url))
const DATA = resolve(TOP, process.env.RASHOMON_DATA ?? '../shared/data')

/** Why a test over data did not run. */
export const NO_DATA = 'the data is not there; RASHOMON_DATA names its folder'

/** The folder of one data set, or `null` where it is not. */
export function dataFolder(name: string): string | null {
  const folder = join(DATA, name)
  return existsSync(folder) ? folder : null
}

/** The rows of a gzip-compressed CSV file, by the names in its header; an empty cell is `''`. */
export function rowsOf(...path: readonly string[]): Record<string, string>[] {
  return parse(gunzipSync(readFileSync(join(...path))), { columns: true })
}
