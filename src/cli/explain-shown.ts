/** What the lines of an explanation are made of. */
import type { Logged, PlaceView } from '../index.js'
import type { Tools } from './place-lines.js'
import { wrap } from './table.js'

/** What the text is made of beside the explanation. */
export interface Shown extends Tools {
  readonly resolver: string
  readonly view: PlaceView
  readonly entry: (id: string) => Logged | undefined
}

/** A paragraph, indented by so many steps. */
export function sentence(
  text: string,
  steps: number,
  { session }: Pick<Shown, 'session'>,
): string[] {
  const indent = '  '.repeat(steps)
  return wrap(text, session.width - indent.length).map((line) => `${indent}${line}`)
}
