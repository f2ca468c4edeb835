/** The part of `edtf` that is used: its parse, to tell which form a refused text is of. */
declare module 'edtf' {
  export interface Parsed {
    readonly type: 'Date' | 'Year' | 'Decade' | 'Century' | 'Season' | 'Interval' | 'List' | 'Set'
    /** A bit mask of unspecified digits; absent or 0 where all are given. */
    readonly unspecified?: number
    /** `true` for the whole, a bit mask where parts alone are meant. */
    readonly uncertain?: boolean | number
    readonly approximate?: boolean | number
  }
  export function parse(text: string): Parsed
}
