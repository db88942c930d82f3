// Items of lists that are moved take their selection along.
import { expect, test } from "@playwright/test"
import { EditorSelection, EditorState } from "@codemirror/state"
import { moveDown, moveUp } from "../src/editor/lists/commands"
import { proseLanguage } from "../src/editor/prose-language"

for (const [name, marked, command, wanted] of [
  ["down to the end of the text", "* a\n¦* b\n¦* c", moveDown, "* a\n* c\n¦* b¦"],
  ["down to what is no list", "* a\n¦* b\n¦* c\n> d\n", moveDown, "* a\n* c\n¦* b\n¦> d\n"],
  ["and up", "* a\n¦* b\n¦* c", moveUp, "¦* b\n¦* a\n* c"],
] as const) {
  test(`what is selected up to a line's beginning moves ${name}`, () => {
    const [before, selected] = marked.split("¦") as [string, string]
    const selection = EditorSelection.range(before.length, before.length + selected.length)
    let state = EditorState.create({ doc: marked.replaceAll("¦", ""), selection, extensions: [proseLanguage()] })
    expect(command({ state, dispatch: tr => void (state = tr.state) })).toBe(true)
    const { from, to } = state.selection.main
    expect(`${state.sliceDoc(0, from)}¦${state.sliceDoc(from, to)}¦${state.sliceDoc(to)}`).toBe(wanted)
  })
}
