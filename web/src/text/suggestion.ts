// Suggestion reads what a comment says line by line: words, and the blocks that
// suggest other lines for the ones that it is about, as GitHub has them.

export type Part = { kind: "words"; text: string } | { kind: "suggestion"; text: string }

const fence = /^ {0,3}(`{3,}(?!`)|~{3,}(?!~))([^`\n]*)$/

/// The parts of a comment. A block that is not closed goes to the end, as in
/// Markdown; other blocks of code are words, and what stands in them suggests
/// nothing.
export function partsOf(body: string): Part[] {
  const parts: Part[] = []
  let words: string[] = []
  const flush = () => {
    const text = words.join("\n").replace(/^\n+/, "").trimEnd()
    if (text !== "") parts.push({ kind: "words", text })
    words = []
  }
  const lines = body.replace(/\r\n?/g, "\n").split("\n")
  for (let at = 0; at < lines.length; at++) {
    const open = fence.exec(lines[at]!)
    if (!open) {
      words.push(lines[at]!)
      continue
    }
    const sign = open[1]!
    const close = new RegExp(`^ {0,3}\\${sign[0]}{${sign.length},}[ \\t]*$`)
    let end = at + 1
    while (end < lines.length && !close.test(lines[end]!)) end++
    if (/^suggestion\s*$/.test(open[2]!.trimStart().split(/\s/)[0] ?? "")) {
      flush()
      parts.push({ kind: "suggestion", text: lines.slice(at + 1, end).join("\n") })
    } else {
      words.push(...lines.slice(at, end + 1))
    }
    at = end
  }
  flush()
  return parts
}

/// A comment that suggests lines. Its fence is longer than what stands in them.
export function suggest(words: string, lines: string): string {
  const longest = Math.max(2, ...[...lines.matchAll(/`+/g)].map(([run]) => run.length))
  const sign = "`".repeat(longest + 1)
  return `${words.trim() ? words.trim() + "\n\n" : ""}${sign}suggestion\n${lines}\n${sign}`
}
