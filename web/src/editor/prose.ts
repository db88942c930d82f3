// Prose is what of a text is read as it stands, by the editor's own reading of it: what
// the server says of that is better, and this is for where it does not answer.
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language"
import type { EditorState } from "@codemirror/state"
import type { Span } from "../protocol/preview"
import { toFile } from "../text/file-text"

/// What is no prose, by the grammars' names.
const others = new Set([
  "Frontmatter", "FencedCode", "CodeBlock", "InlineCode", "URL", "Autolink", "LinkReference", "LinkLabel", "LinkTitle",
  "HTMLBlock", "HTMLTag", "Comment", "CommentBlock", "ProcessingInstruction", "ProcessingInstructionBlock", "Blockquote",
])
/// What a template puts there, and attributes as kramdown has them.
const templates = /\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{:(?:(?!\{:).)*?\}/gs
const patience = 200 // milliseconds

/// Where a text has prose, in the file.
export function proseIn(state: EditorState): Span[] {
  const text = state.doc.toString()
  const hidden: [number, number][] = [...text.matchAll(templates)].map(m => [m.index, m.index + m[0].length])
  const found: Span[] = []
  const tree = ensureSyntaxTree(state, text.length, patience) ?? syntaxTree(state)
  tree.iterate({
    enter({ name, from, to }) {
      if (!others.has(name)) return true
      hidden.push([from, to])
      if (name === "Frontmatter") {
        for (const m of text.slice(from, to).matchAll(/^(?:title|description):[ \t]*([^ \t].*)$/gm)) {
          add(from + m.index + m[0].length - m[1]!.length, from + m.index + m[0].length)
        }
      }
      return false
    },
  })
  let at = 0
  for (const [from, to] of hidden.sort((a, b) => a[0] - b[0])) {
    addBlocks(at, from)
    at = Math.max(at, to)
  }
  addBlocks(at, tree.length)
  return found.sort((a, b) => a.from - b.from)

  function addBlocks(from: number, to: number): void {
    if (from < to) for (const block of blocksOf(text.slice(from, to))) add(from + block.from, from + block.to)
  }

  function add(from: number, to: number): void {
    found.push({ from: toFile(state, from), to: toFile(state, to) })
  }
}

/// The parts of a text between blank lines, in UTF-16 units.
export function blocksOf(text: string): Span[] {
  const blocks: Span[] = []
  let open: Span | null = null
  let from = 0
  for (const line of text.split("\n")) {
    const to = from + line.length
    if (line.trim() === "") open = null
    else if (open) open.to = to
    else blocks.push((open = { from, to }))
    from = to + 1
  }
  return blocks
}
