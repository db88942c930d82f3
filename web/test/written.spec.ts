import { expect, test } from "@playwright/test"
import { history, undo } from "@codemirror/commands"
import { EditorState } from "@codemirror/state"
import { origin, originIn } from "../src/editor/origin"
import { writing, type Written } from "../src/editor/written"
import { fileText, linesOf, textIn } from "../src/text/file-text"
import { originOf } from "../src/text/origin"

const [was, is] = [originOf("b0", "one\n"), originOf("b1", "one\r\nBen's\n")]

/// A state as the editor begins with it, before anybody sees it.
function begin(text: string, ...since: Written[]): EditorState {
  const first = EditorState.create({ doc: linesOf(text), extensions: [fileText(text), history(), origin(was, () => {})] })
  return since.reduce((state, written) => state.update(...writing(state, written)).state, first)
}

function undone(state: EditorState): EditorState {
  let now = state
  undo({ state, dispatch: tr => (now = tr.state) })
  return now
}

test("what was written before the editor was there is undone as what is written into it", () => {
  const begun = begin("one\nAda's\n", { text: "one\r\nBen's\nAda's\n", origin: is })
  expect(textIn(begun)).toBe("one\r\nBen's\nAda's\n")
  expect(originIn(begun)).toBe(is)
  const before = undone(begun)
  expect(textIn(before)).toBe("one\nAda's\n")
  expect(originIn(before)).toBe(was)
})

test("what the text was made from is set without a text, and stays", () => {
  const begun = begin("one\n", { origin: is }, { text: "one\n" })
  expect(originIn(begun)).toBe(is)
  expect(originIn(undone(begun))).toBe(is)
  expect(textIn(begun)).toBe("one\n")
})
