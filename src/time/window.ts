/**
 * A window: the half-open interval `[from, to)` in which an uncertain instant lies, and the
 * three-valued question whether that instant has come (RULINGS 1-3).
 */
import type { Instant } from './instant.js'

export interface Window {
  readonly from: Instant
  readonly to: Instant
}

export type Begun = 'certain' | 'possible' | 'excluded'

/** Whether an instant of the window has come at `t`: certain once its last instant has. */
export function begun(window: Window, t: Instant): Begun {
  if (window.to - 1 <= t) return 'certain'
  return window.from <= t ? 'possible' : 'excluded'
}

/** Whether two windows share an instant. */
export function meet(a: Window, b: Window): boolean {
  return a.from < b.to && b.from < a.to
}
