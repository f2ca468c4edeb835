import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import '../../src/log/native.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Whether what `make` made outlives a collection. */
async function stays(make: () => object): Promise<boolean> {
  const reference = new WeakRef(make())
  await new Promise((done) => setImmediate(done))
  collect()
  return reference.deref() !== undefined
}

test('what the native part of the store made is never collected', async () => {
  const made = () => {
    const connection = new Database(':memory:')
    const statement = connection.prepare('SELECT 1')
    const iterator = statement.iterate()
    iterator.return?.()
    connection.close()
    return { statement, iterator }
  }
  expect(await stays(() => made().statement)).toBe(true)
  expect(await stays(() => made().iterator)).toBe(true)
})

test('what nobody keeps is collected', async () => {
  expect(await stays(() => ({}))).toBe(false)
})
