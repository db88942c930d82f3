// Insert bullet puts a line of material into the text, as one step that undo takes
// back.
import { isolateHistory } from "@codemirror/commands"
import { EditorView } from "@codemirror/view"
import { place, placeAtLine, type Placed } from "../text/placing"

/// The type of what is dragged from a tray, beside its text.
export const bulletType = "application/x-galley-bullet"

/// Puts a bullet into its section, or to the cursor where the text has none of that
/// name. Answers the section, "" for the cursor's place; null where nothing can be
/// changed.
export function insertBullet(view: EditorView, bullet: string, section: string): string | null {
  if (view.state.readOnly) return null
  const placed = place(view.state.doc, bullet, section, view.state.selection.main.head)
  put(view, placed)
  return placed.section
}

/// Takes bullets that are dropped on the editor, each as a line of its own. Answers
/// how to stop.
export function takeBullets(view: EditorView, onTaken: () => void): () => void {
  const target = view.contentDOM
  const drop = (event: DragEvent) => {
    const bullet = event.dataTransfer?.getData(bulletType)
    if (!bullet) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (view.state.readOnly) return
    const at = view.posAtCoords({ x: event.clientX, y: event.clientY }, false)
    put(view, placeAtLine(view.state.doc, bullet, at))
    view.focus()
    onTaken()
  }
  target.addEventListener("drop", drop, true)
  return () => target.removeEventListener("drop", drop, true)
}

function put(view: EditorView, { from, to, insert, head }: Placed): void {
  view.dispatch({
    changes: { from, to, insert }, selection: { anchor: head }, userEvent: "input.tray",
    effects: EditorView.scrollIntoView(head, { y: "center" }), annotations: isolateHistory.of("full"),
  })
}
