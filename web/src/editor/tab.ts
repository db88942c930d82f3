// Tab moves what the cursor is in: an item of a list, a table's cell, a line of code. The editor
// keeps the key, so that letters behind it are not lost; Escape before it, as
// CodeMirror has it, gives it back to the page.
import { indentLess, indentMore } from "@codemirror/commands"
import type { Command } from "@codemirror/view"
import { indentItems, outdentItems } from "./lists/commands"
import { isVerbatim } from "./places"
import { goToCell } from "./tables/commands"

export const tabIn: Command = view => {
  if (goToCell(1)(view) || indentItems(view)) return true
  if (isVerbatim(view.state, view.state.selection.main.head)) indentMore(view)
  return true
}

export const tabOut: Command = view => {
  if (goToCell(-1)(view) || outdentItems(view)) return true
  if (isVerbatim(view.state, view.state.selection.main.head)) indentLess(view)
  return true
}
