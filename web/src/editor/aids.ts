// Aids are what helps to write that no letter waits for: a script of its own, loaded
// when there is time or when the first of it is asked for (later-aids.ts).
import { Prec, type Extension } from "@codemirror/state"
import { tableBar } from "./tables/bar"
import { addColumn, addRow, alignColumn, deleteColumn, deleteRow, formatTable, insertTable, moveColumn } from "./tables/commands"
import { completion } from "./completion/completion"
import type { Knowledge } from "./completion/knowledge"
import { directions } from "./directions"
import { pasteRich } from "./paste/rich"
import { tabIn, tabOut } from "./tab"
import { wrapping } from "./wrapping"
import { moveDown, moveUp } from "./lists/commands"
import { toggleCode, toggleDone, toggleHeading, toggleList, toggleQuote } from "./lists/toggles"

/// What can be done in the editor, by name.
export const commands = {
  tabIn, tabOut, moveUp, moveDown,
  bullets: toggleList("bullets"), numbers: toggleList("numbers"), tasks: toggleList("tasks"), done: toggleDone,
  quote: toggleQuote, code: toggleCode,
  heading1: toggleHeading(1), heading2: toggleHeading(2), heading3: toggleHeading(3), heading4: toggleHeading(4),
  insertTable, formatTable, addRow, addColumn, deleteRow, deleteColumn, columnLeft: moveColumn(-1), columnRight: moveColumn(1),
  alignLeft: alignColumn("left"), alignCenter: alignColumn("center"), alignRight: alignColumn("right"),
}

/// What an editor gets once this script is there.
export function aids(knowledge: Knowledge): Extension {
  return Prec.high([wrapping, tableBar, completion(knowledge), directions])
}

export { pasteRich }
