// Which lines belong to a table: what a command does to it leaves those around it alone.
import { expect, test } from "@playwright/test"
import { EditorState } from "@codemirror/state"
import { addRow, formatTable, goToCell, moveRow, tableAt } from "../src/editor/tables/commands"
import { proseLanguage } from "../src/editor/prose-language"

const rows = "| a | b |\n|---|---|\n| 1 | 2 |\n"

test("a line whose bars are none is no row, above a table or below it", () => {
  for (const marked of [rows + "Use ¦`x|y` here, or \\| there.\n", "Total ¦\\| all\n|---|\n| 1 |\n", "Use `x¦|y`\n|---|\n| 1 |\n", "¦\\|\n" + rows]) {
    const at = marked.indexOf("¦")
    const doc = marked.replace("¦", "")
    for (const command of [goToCell(1), goToCell(-1), addRow, moveRow(-1), moveRow(1), formatTable]) {
      let state = EditorState.create({ doc, selection: { anchor: at }, extensions: [proseLanguage()] })
      expect(tableAt(state, at), marked).toBeNull()
      expect(command({ state, dispatch: tr => void (state = tr.state) }), marked).toBe(false)
      expect(state.doc.toString()).toBe(doc)
    }
  }
})

test("its own lines are, each of them", () => {
  const state = EditorState.create({ doc: rows + "x | y\n" })
  expect([1, 2, 3, 4].map(n => tableAt(state, state.doc.line(n).to)?.row)).toEqual([0, 0, 1, 2])
})
