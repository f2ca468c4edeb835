/**
 * The ledger as a snapshot keeps it: columns and tables of interned things as they lie in memory,
 * so that taking them over costs the reading of their bytes. All of it is disposable; the log is
 * the truth.
 *
 * What is saved hangs on the code that made it. `REVISION` stands for the engine's part: raise it
 * when rows are made or laid out in another way.
 */
import { COLUMNS, Columns } from './columns.js'
import { Dormant, saveSlots } from './dormant.js'
import type { Ledger } from './ledger.js'
import type { SavedLedger } from './lineage.js'
import type { SavedRoll } from './roll.js'
import type { Store } from './store.js'
import type { SavedValues } from './values.js'

export const REVISION = 4

/** Arrays by name; each starts a buffer of its own when it is read. */
export type Arrays = ReadonlyMap<string, ArrayBufferView>
export type SavedArrays = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

export function saveLedger(ledger: Ledger): Arrays {
  const { roll, ...rest } = ledger.save()
  const { stamps, batchOf, ...batches } = roll
  return new Map<string, ArrayBufferView>([
    ['stamps', stamps],
    ['batchOf', batchOf],
    ['rest', text({ ...rest, batches })],
  ])
}

export function restoreLedger(ledger: Ledger, arrays: SavedArrays): void {
  const { batches, ...rest } = json(arrays, 'rest') as Omit<SavedLedger, 'roll'> & {
    batches: Pick<SavedRoll, 'batches' | 'recorded'>
  }
  const stamps = new Float64Array(buffer(arrays, 'stamps'))
  const batchOf = new Int32Array(buffer(arrays, 'batchOf'))
  ledger.restore({ ...rest, roll: { ...batches, stamps, batchOf } })
}

/** Lays out the store's rows first. */
export function saveStore(ledger: Ledger, store: Store): Arrays {
  ledger.settle(store)
  const { names, texts, ...slots } = saveSlots(store.ordered())
  const { words, beside, values, table } = store.values.save()
  const forms = [...store.forms].map(([position, of]) => [position, [...of]] as const)
  return new Map<string, ArrayBufferView>([
    ...COLUMNS.map((name) => [name, store.columns.bytes(name)] as const),
    ...Object.entries(slots),
    ['bytes', words.bytes],
    ['offsets', words.offsets],
    ['values', values],
    ['table', table],
    ['rest', text({ names, texts, beside, forms })],
  ])
}

export function restoreStore(store: Store, arrays: SavedArrays): void {
  const { names, texts, beside, forms } = json(arrays, 'rest') as Rest
  const ints = (name: string) => new Int32Array(buffer(arrays, name))
  const slots = new Dormant({
    names,
    texts,
    shapes: ints('shapes'),
    parts: ints('parts'),
    middles: ints('middles'),
    ends: ints('ends'),
    widths: new Float64Array(buffer(arrays, 'widths')),
    marks: new Uint8Array(buffer(arrays, 'marks')),
    facets: ints('facets'),
  })
  const bytes = new Uint8Array(buffer(arrays, 'bytes'))
  store.values.restore({
    words: { bytes, offsets: ints('offsets') },
    beside,
    values: ints('values'),
    table: ints('table'),
  })
  for (const [position, of] of forms) store.forms.set(position, new Map(of))
  const size = bytesOf(arrays, 'report') / Int32Array.BYTES_PER_ELEMENT
  store.restore(
    Columns.from(size, (name) => buffer(arrays, name)),
    slots,
  )
}

interface Rest {
  readonly names: readonly (readonly string[])[]
  readonly texts: readonly string[]
  readonly beside: SavedValues['beside']
  readonly forms: readonly (readonly [number, readonly (readonly [string, readonly number[]])[]])[]
}

function text(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

function json(arrays: SavedArrays, name: string): unknown {
  return JSON.parse(new TextDecoder().decode(buffer(arrays, name)))
}

function bytesOf(arrays: SavedArrays, name: string): number {
  return buffer(arrays, name).byteLength
}

function buffer(arrays: SavedArrays, name: string): ArrayBuffer {
  const bytes = arrays.get(name)
  if (bytes === undefined) throw new RangeError(`a saved state lacks ${name}`)
  return bytes.buffer
}
