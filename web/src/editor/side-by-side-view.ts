// Side by side view is two texts beside each other, or one above the other where
// there is no room, with what differs marked. Nothing can be changed.
import { MergeView } from "@codemirror/merge"
import { EditorState, type Extension } from "@codemirror/state"
import { EditorView, showPanel, type Panel } from "@codemirror/view"
import { textOf } from "../text/file-text"
import { comparison } from "./compare"
import { hiddenEnds } from "./hidden-ends"
import { hiddenSigns } from "./hidden-signs"
import { theme } from "./theme"

/// One of the two.
export interface Side {
  /// Whose it is.
  title: string
  text: string
}

export interface SideBySideViewOptions {
  parent: HTMLElement
  left: Side
  right: Side
  /// Where it is, for those who hear it.
  place: string
  nonce: string
}

export function createSideBySideView({ parent, left, right, place, nonce }: SideBySideViewOptions): { destroy(): void } {
  const extensions = (side: Side): Extension => [
    hiddenEnds,
    EditorView.cspNonce.of(nonce),
    EditorView.lineWrapping,
    hiddenSigns,
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ "aria-label": `${side.title}: ${place}`, "aria-readonly": "true", tabindex: "0" }),
    showPanel.of(() => title(side.title)),
    theme,
  ]
  // The last line's end is no line of its own to look at.
  const doc = (side: Side) => textOf(side.text.replace(/\r?\n$/, ""))
  return new MergeView({
    parent, diffConfig: comparison, gutter: false, highlightChanges: left.text !== "" && right.text !== "",
    a: { doc: doc(left), extensions: extensions(left) },
    b: { doc: doc(right), extensions: extensions(right) },
  })
}

/// Says whose text it is, above it.
function title(text: string): Panel {
  const dom = document.createElement("div")
  dom.className = "whose"
  dom.textContent = text
  return { dom, top: true }
}
