/** Tables that a mapping looks things up in: small files beside the one that is imported. */
import { RashomonError } from '../../errors.js'
import { instead, show } from '../../index.js'
import { keyOf } from './compile.js'
import type { Tables } from './node.js'
import type { Mapping, Table } from './schema.js'
import { openTable } from './table.js'

/**
 * Reads the tables that a mapping declares, each from the file that was given for it.
 *
 * @throws `usage` for a table without a file or a file without a table, `invalid-csv` for a file
 *   without its columns or with two values for one key.
 */
export async function loadTables(
  mapping: Mapping,
  files: ReadonlyMap<string, string>,
): Promise<Tables> {
  const declared = Object.entries(mapping.lookups ?? {})
  const names = declared.map(([name]) => name)
  for (const name of files.keys())
    if (!names.includes(name))
      throw new RashomonError(
        'usage',
        `--lookup: the mapping has no lookup ${show(name)}; ${names.length === 0 ? 'it takes none' : instead(name, names)}`,
      )
  const tables = new Map<string, ReadonlyMap<string, string>>()
  for (const [name, table] of declared) {
    const file = files.get(name)
    if (file === undefined)
      throw new RashomonError(
        'usage',
        `--lookup: the mapping looks up in ${show(name)}, for which no file is given; --lookup ${name}=FILE would be right`,
      )
    tables.set(name, await loadTable(table, file, mapping))
  }
  return tables
}

async function loadTable(
  { key, value, where = {} }: Table,
  file: string,
  { trim }: Mapping,
): Promise<ReadonlyMap<string, string>> {
  const { header, rows } = await openTable(file, { trim })
  const indexOf = (name: string): number => {
    const index = header.indexOf(name.normalize('NFC'))
    if (index >= 0) return index
    throw new RashomonError(
      'invalid-csv',
      `the file has no column ${show(name)}; one of ${header.join(', ')} would be right`,
      { place: { file, column: name } },
    )
  }
  const keys = key.map(indexOf)
  const [answer, wanted] = [
    indexOf(value),
    Object.entries(where).map(([name, texts]) => [indexOf(name), new Set(texts)] as const),
  ]
  const found = new Map<string, string>()
  for await (const batch of rows)
    for (const { row, cells, fault } of batch) {
      if (fault !== undefined) throw fault.at({ file })
      if (!wanted.every(([index, texts]) => texts.has(cells[index]!))) continue
      const text = keyOf(keys.map((index) => cells[index]!))
      const known = found.get(text)
      if (known !== undefined && known !== cells[answer])
        throw new RashomonError(
          'invalid-csv',
          `${show(value)} is ${show(cells[answer])} here and ${show(known)} in an earlier row of the same key; one value for each key would be right, or \`where\` in the lookup`,
          { place: { file, row, column: value } },
        )
      found.set(text, cells[answer]!)
    }
  return found
}
