/** Conditions of a mapping: what must hold of a row's cells. */
import type { Condition } from './language.js'
import { compileText, isList, type Row, type Scope, union } from './node.js'

export interface Test {
  readonly holds: (row: Row) => boolean
  readonly columns: readonly string[]
}

/** All conditions hold; none given holds always. */
export function compileConditions(
  given: Condition | readonly Condition[] | undefined,
  scope: Scope,
): Test {
  const list = given === undefined ? [] : isList(given) ? given : [given as Condition]
  const tests = list.map((one) => compileCondition(one, scope))
  return {
    holds: (row) => tests.every((test) => test.holds(row)),
    columns: union(...tests.map(({ columns }) => columns)),
  }
}

function compileCondition(condition: Condition, scope: Scope): Test {
  if (typeof condition === 'string') {
    const text = compileText(condition, scope)
    return { holds: (row) => text.evaluate(row) !== undefined, columns: text.columns }
  }
  if ('any' in condition) {
    const tests = condition.any.map((one) => compileCondition(one, scope))
    return {
      holds: (row) => tests.some((test) => test.holds(row)),
      columns: union(...tests.map(({ columns }) => columns)),
    }
  }
  if ('ordered' in condition) return orderedTest(condition.ordered, scope)
  const text = compileText(condition.cell, scope)
  const [values, wanted] =
    'in' in condition ? [new Set(condition.in), true] : [new Set(condition.notIn), false]
  return { holds: (row) => values.has(text.whole(row)) === wanted, columns: text.columns }
}

/** None is empty, and each is at most the next: as numbers where all are numbers, else letter by letter. */
function orderedTest(given: readonly string[], scope: Scope): Test {
  const texts = given.map((text) => compileText(text, scope))
  const holds = (row: Row): boolean => {
    const cells = texts.map((text) => text.evaluate(row))
    if (cells.includes(undefined)) return false
    const values: readonly (string | number)[] = cells.every((cell) => NUMBER.test(cell!))
      ? cells.map(Number)
      : (cells as string[])
    return values.every((value, at) => at === 0 || values[at - 1]! <= value)
  }
  return { holds, columns: union(...texts.map(({ columns }) => columns)) }
}

const NUMBER = /^-?\d+(?:\.\d+)?$/
