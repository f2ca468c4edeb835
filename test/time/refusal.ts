import { RashomonError } from '../../src/errors.js'

/** What `act` is refused with; anything else that it does fails the test. */
export function refusalOf(act: () => unknown): RashomonError {
  let result: unknown
  try {
    result = act()
  } catch (error) {
    if (error instanceof RashomonError) return error
    throw error
  }
  throw new Error(`expected to be refused, but got ${JSON.stringify(result)}`)
}

export const DAMASCUS = { field: 'when', rules: '2025c', zone: 'Asia/Damascus' }

interface Suggested {
  readonly bounds: string
  readonly words?: string
}

export const suggestionOf = (refused: RashomonError) =>
  refused.data.suggest as Suggested | undefined
