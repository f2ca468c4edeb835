/** Lengths and order of text in UTF-8 bytes, without encoding it (RULINGS 30: ties by id compare UTF-8 bytes). */

/** Bytes that a text takes in UTF-8. */
export function byteLength(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) bytes += 1
    else if (unit >= 0xd800 && unit <= 0xdbff) {
      bytes += 2
      i++
    } else bytes += 2
  }
  return bytes
}

/** Whether a text takes more than `limit` bytes; reads it only where its length leaves that open. */
export function longerThan(text: string, limit: number): boolean {
  if (text.length > limit) return true
  return text.length * 3 > limit && byteLength(text) > limit
}

/** Negative, zero or positive as `a` comes before, with or after `b` in the order of UTF-8 bytes. */
export function compareUtf8(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

/** Surrogates stand for code points above all other units, though they are not the greatest units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
