/** What the system said of a file that could not be read, in the caller's words. */
import { isRashomonError, RashomonError } from '../errors.js'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
}

/** `usage` with the file and the reason; an error of ours as it is. */
export function unreadable(file: string, error: unknown): RashomonError {
  if (isRashomonError(error)) return error
  const { code = '', message = String(error) } = error as NodeJS.ErrnoException
  return new RashomonError(
    'usage',
    `${file}: ${REASONS[code] ?? message}; the name of a file that can be read would be right`,
    { place: { file }, cause: error },
  )
}
