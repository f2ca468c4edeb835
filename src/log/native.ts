/**
 * Keeps what the store's native part makes from being collected before the process ends.
 *
 * Node from 24.19 aborts when it collects an object of a native module while no JavaScript runs
 * (nodejs/node issue 65446), as it may at any idle moment after a statement was dropped. So every
 * connection, statement and iterator stays reachable. What they hold of SQLite goes when the
 * connection is closed, the rest is small; a log makes a fixed number of them for a connection.
 */
import Database from 'better-sqlite3'

type Method = (this: object, ...args: unknown[]) => unknown

const kept = new Set<object>()

/** Makes whatever a method is called on stay, and every object that it returns. */
function keep(prototype: Record<string, Method>, name: string): void {
  const method = prototype[name]
  if (method === undefined) return
  prototype[name] = function (...args) {
    const made = method.apply(this, args)
    kept.add(this)
    if (typeof made === 'object' && made !== null) kept.add(made)
    return made
  }
}

/** The native object behind a connection; `undefined` where there is none to be found. */
function nativeOf(connection: object): object | undefined {
  return Object.getOwnPropertySymbols(connection)
    .map((symbol) => Reflect.get(connection, symbol) as unknown)
    .find(
      (value): value is object => typeof value === 'object' && value !== null && 'prepare' in value,
    )
}

const probe = new Database(':memory:')
const native = nativeOf(probe)
if (native !== undefined) {
  for (const name of ['prepare', 'exec', 'close']) keep(Object.getPrototypeOf(native), name)
  keep(Object.getPrototypeOf(probe.prepare('SELECT 1')), 'iterate')
}
probe.close()
