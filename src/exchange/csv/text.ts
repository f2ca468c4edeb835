/** Text with `{column}` in it, as templates are made of. */

/** A stretch of text as it stands, or the name of a column. */
export type Piece = { readonly literal: string } | { readonly column: string }

/** What is wrong with a text, or `null`: the sentence goes on from the text itself. */
export function textFault(text: string): string | null {
  const pieces = piecesOf(text)
  return typeof pieces === 'string' ? pieces : null
}

/** The pieces of a text, or what is wrong with it. */
export function piecesOf(text: string): readonly Piece[] | string {
  const pieces: Piece[] = []
  let literal = ''
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!
    if (letter === text[at + 1] && (letter === '{' || letter === '}')) {
      literal += letter
      at++
    } else if (letter === '}') {
      return 'closes a brace that was not opened; "}}" would be right for a brace itself'
    } else if (letter !== '{') literal += letter
    else {
      const end = text.indexOf('}', at)
      const column = text.slice(at + 1, end < 0 ? undefined : end)
      if (end < 0)
        return 'opens a brace and does not close it; "{column}" would be right, or "{{" for a brace itself'
      if (column === '') return 'names no column between its braces; "{column}" would be right'
      if (literal !== '') pieces.push({ literal })
      literal = ''
      pieces.push({ column })
      at = end
    }
  }
  if (literal !== '') pieces.push({ literal })
  return pieces
}
