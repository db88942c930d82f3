// Places say what a text is at an offset: the front matter, code, or Markdown.
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language"
import type { EditorState, Text } from "@codemirror/state"

/// How long an editor waits for its grammar, in milliseconds. Without it, all is
/// taken for Markdown.
const patience = 100

/// The innermost of the grammar's nodes around an offset whose name a pattern finds;
/// null for none. `side` is which of two neighbours counts.
export function nodeAt(state: EditorState, at: number, name: RegExp, side: -1 | 0 | 1 = -1): { name: string; from: number; to: number } | null {
  const tree = ensureSyntaxTree(state, at, patience) ?? syntaxTree(state)
  for (let node: ReturnType<typeof tree.resolveInner> | null = tree.resolveInner(at, side); node; node = node.parent) {
    if (name.test(node.name)) return node
  }
  return null
}

/// Where the front matter ends, its last line included; 0 where there is none.
export function matterEnd(doc: Text): number {
  if (!/^---[ \t]*$/.test(doc.line(1).text)) return 0
  for (let n = 2; n <= doc.lines && n < 2_000; n++) {
    const line = doc.line(n)
    if (/^---[ \t]*$/.test(line.text)) return line.to
  }
  return 0
}

/// Whether what stands at an offset is code or front matter, in which signs of
/// Markdown mean nothing.
export function isVerbatim(state: EditorState, at: number): boolean {
  return at < matterEnd(state.doc) || nodeAt(state, at, /^(FencedCode|CodeBlock|InlineCode)/) !== null
}
