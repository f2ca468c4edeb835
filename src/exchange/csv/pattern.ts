/** Names of files with `{variables}` in them: what a name says that no column does. */
import { basename } from 'node:path'
import { RashomonError } from '../../errors.js'
import { piecesOf } from './text.js'

/** What is wrong with a pattern, or `null`: the sentence goes on from the pattern itself. */
export function patternFault(pattern: string): string | null {
  const pieces = piecesOf(pattern)
  if (typeof pieces === 'string') return pieces
  const names = pieces.flatMap((piece) => ('column' in piece ? [piece.column] : []))
  if (new Set(names).size < names.length) return 'names a variable twice; once would be right'
  const beside = pieces.some((piece, at) => 'column' in piece && 'column' in (pieces[at + 1] ?? {}))
  if (beside) return 'has variables side by side; some text between them would be right'
  return pattern.includes('/') || pattern.includes('\\')
    ? 'names a folder; the name of the file alone would be right'
    : null
}

/** Names of the variables of a pattern without fault. */
export function variablesOf(pattern: string | undefined): string[] {
  const pieces = pattern === undefined ? [] : piecesOf(pattern)
  if (typeof pieces === 'string') return []
  return pieces.flatMap((piece) => ('column' in piece ? [piece.column] : []))
}

/**
 * The variables that a file's own name gives, in the order of the pattern; a variable reaches to
 * where the text after it first comes, the last one as far as it can.
 *
 * @throws `usage` where the name does not fit.
 */
export function readVariables(pattern: string | undefined, file: string): Map<string, string> {
  const variables = new Map<string, string>()
  if (pattern === undefined) return variables
  const name = basename(file).normalize('NFC')
  if (!fits(pattern, name, variables))
    throw new RashomonError(
      'usage',
      `${file}: the mapping is for files named ${JSON.stringify(pattern)}; a file of such a name would be right, or a mapping without \`file\``,
      { place: { file } },
    )
  return variables
}

function fits(pattern: string, name: string, variables: Map<string, string>): boolean {
  const pieces = piecesOf(pattern)
  if (typeof pieces === 'string') return false
  let at = 0
  for (const [i, piece] of pieces.entries()) {
    if ('literal' in piece) {
      if (!name.startsWith(piece.literal, at)) return false
      at += piece.literal.length
      continue
    }
    const next = pieces[i + 1]
    const last = i + 2 === pieces.length
    const end =
      next === undefined || !('literal' in next)
        ? name.length
        : last
          ? name.length - next.literal.length
          : name.indexOf(next.literal, at + 1)
    if (end <= at) return false
    variables.set(piece.column, name.slice(at, end))
    at = end
  }
  return at === name.length
}
