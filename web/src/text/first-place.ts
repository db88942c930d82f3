/// Where one begins to write in a new post: at the first line behind the front
/// matter that has something on it, or else at the end.
export function firstPlace(text: string): number {
  const matter = /^\uFEFF?---[ \t]*\r?\n(?:[^]*?\n)??---[ \t]*(?:\r?\n|$)/.exec(text)
  const from = matter ? matter[0].length : 0
  const words = text.slice(from).search(/\S/)
  if (words < 0) return text.length
  const before = text.slice(from, from + words)
  return from + Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1
}
