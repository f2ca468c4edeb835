/** How the tables of bad reports are written. */
import { GOOD } from '../support.js'

/** What is written, the code it is refused with, and the field that the error names. */
export type BadReport = readonly [name: string, input: unknown, code: string, field?: string]

export type Fields = Readonly<Record<string, unknown>>

/** A good report with fields changed. */
export const report = (fields: Fields) => ({ ...GOOD, ...fields })
/** A good report with another claim of control. */
export const control = (fields: Fields, more: Fields = {}) =>
  report({ claim: { kind: 'control', place: 'town', ...fields }, ...more })
/** What a source says, at no time. */
export const said = (claim: Fields, more: Fields = {}) => ({
  claim,
  attribution: 'herald',
  ...more,
})
/** What the desk enters. */
export const desk = (claim: Fields, more: Fields = {}) => ({ claim, ...more })

export const R = 'invalid-report'
export const T = 'invalid-time'
