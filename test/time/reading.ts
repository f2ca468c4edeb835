import { printInstant } from '../../src/time/instant.js'
import { readTime } from '../../src/time/read.js'
import type { SaidTime } from '../../src/time/said.js'

export const RULES = '2025c'
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

export const read = (wording: string, zone?: string): SaidTime =>
  readTime(wording, { field: 'when', rules: RULES, zone })

export const utc = (iso: string): number => Date.parse(iso)

/** Bounds in ISO, so that a failure can be read. */
export const bounds = ({ from, to }: Pick<SaidTime, 'from' | 'to'>) =>
  [from, to].map((at) => at && printInstant(at))

export interface Span {
  readonly from: number
  readonly to: number
}

export const spanOf = (said: SaidTime): Span => ({ from: said.from!, to: said.to! })
