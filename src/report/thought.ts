/** Which kinds of claim speak of earlier reports and not of the world. */

const CORRECTIONS: ReadonlySet<string> = new Set(['correction', 'entry-correction'])
const TAKEN_BACK: ReadonlySet<string> = new Set(['withdrawal', 'void'])

/** Whether reports of this kind replace fields of another report. */
export function isCorrection(kind: string): boolean {
  return CORRECTIONS.has(kind)
}

/** Whether reports of this kind are second thoughts: withdrawals, corrections and voids. */
export function isSecondThought(kind: string): boolean {
  return CORRECTIONS.has(kind) || TAKEN_BACK.has(kind)
}
