// Ends are taken off by hand: a pattern for them begins anew at each sign of a run that is
// in the middle.

/// A text without those of some signs that it ends in.
export function withoutEnd(text: string, signs: string): string {
  let end = text.length
  while (end > 0 && signs.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}
