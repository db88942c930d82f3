import { EditorView } from "@codemirror/view"

/// Gives the focus back to what had it before a dialog was shown. An editor has
/// to put its selection back at once, too: what is typed before it does is lost.
export function focusAgain(element: Element | null): void {
  if (!(element instanceof HTMLElement) || !element.isConnected) return
  const editor = EditorView.findFromDOM(element)
  if (editor) editor.focus()
  else element.focus()
}
