// Aids are what helps to write that no letter waits for: a script of its own, loaded
// when there is time or when the first of it is asked for (later-aids.ts).
import { Prec, type Extension } from "@codemirror/state"
import { keymap } from "@codemirror/view"
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
}

/// What an editor gets once this script is there.
export function aids(): Extension {
  return Prec.high([wrapping, keymap.of([])])
}

export { pasteRich }
