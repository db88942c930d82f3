// Enter in lists and quotations: what is written behind one that was left is no part
// of it.
import { history, undo } from "@codemirror/commands"
import { markdown, markdownLanguage } from "@codemirror/lang-markdown"
import { ensureSyntaxTree } from "@codemirror/language"
import { EditorState, type Transaction } from "@codemirror/state"
import { expect, test } from "@playwright/test"
import { enter } from "../src/editor/lists/enter"
import { fileText, linesOf, textIn } from "../src/text/file-text"

/// A state whose cursor is at "|".
function stateOf(text: string): EditorState {
  const plain = text.replace("|", "")
  const at = text.replace(/\r\n/g, "\n").indexOf("|")
  return EditorState.create({ doc: linesOf(plain), selection: { anchor: at }, extensions: [fileText(plain), history(), markdown({ base: markdownLanguage })] })
}

/// Its text with the cursor.
const shown = (state: EditorState) => {
  const { head } = state.selection.main
  return state.sliceDoc(0, head) + "|" + state.sliceDoc(head)
}

function press(state: EditorState): EditorState {
  let next = state
  ensureSyntaxTree(state, state.doc.length, 5_000)
  const dispatch = (tr: Transaction) => (next = tr.state)
  if (!enter({ state, dispatch })) throw new Error("Enter was left to others")
  return next
}

for (const [what, text, wanted] of [
  ["a list", "- one\n- two\n- |", "- one\n- two\n\n|"],
  ["a list before the end of the last line", "- one\n- |\n", "- one\n\n|\n"],
  ["tasks", "- [x] one\n- [ ] |\n", "- [x] one\n\n|\n"],
  ["numbers", "1. one\n2. |\n", "1. one\n\n|\n"],
  ["words below", "* one\n* |\nwords\n", "* one\n\n|\n\nwords\n"],
  ["a paragraph below", "* one\n* |\n\nwords\n", "* one\n\n|\n\nwords\n"],
  ["two empty lines below", "* one\n* |\n\n\nwords\n", "* one\n\n|\n\nwords\n"],
  ["an empty line above", "* one\n\n* |\n", "* one\n\n|\n"],
  ["the middle of a list", "* one\n* |\n* two\n", "* one\n\n|\n\n* two\n"],
  ["a nested item steps out", "* one\n  * two\n  * |\n", "* one\n  * two\n* |\n"],
  ["and once more", "* one\n  * two\n* |\n", "* one\n  * two\n\n|\n"],
  ["a number's nested item", "1. one\n   - two\n   - |\n", "1. one\n   - two\n2. |\n"],
  ["a list in a quotation", "> - one\n> - |\n", "> - one\n>\n> |\n"],
  ["a quotation", "> a\n> |\n", "> a\n\n|\n"],
  ["words below a quotation", "> a\n> |\nwords\n", "> a\n\n|\n\nwords\n"],
  ["a quotation in one", "> > a\n> > |\n", "> > a\n>\n> |\n"],
  ["a quotation with an empty line", "> a\n>\n> |\n", "> a\n\n|\n"],
  ["an item goes on", "- one|\n", "- one\n- |\n"],
  ["a quotation goes on", "> a|\n", "> a\n> |\n"],
  ["an item is taken in two", "- on|e\n", "- on\n- |e\n"],
] as const) {
  test(what, () => {
    for (const end of ["\n", "\r\n"]) {
      const before = stateOf(text.replaceAll("\n", end))
      const state = press(before)
      expect(shown(state)).toBe(wanted)
      expect(textIn(state)).toBe(wanted.replace("|", "").replaceAll("\n", end))
      let back = state
      undo({ state, dispatch: tr => (back = tr.state) })
      expect(shown(back)).toBe(text)
    }
  })
}

test("code in a quotation is no place to leave it", () => {
  const state = stateOf("> ```\n> |\n> ```\n")
  ensureSyntaxTree(state, state.doc.length, 5_000)
  let next = state
  enter({ state, dispatch: tr => (next = tr.state) })
  expect(next.doc.toString()).toContain("> ```\n>")
  expect(next.doc.line(2).text).toMatch(/^>/)
})
