import { EditorView } from "@codemirror/view"

/// Gives the focus back to what had it before a dialog was shown. An editor has
/// to put its selection back at once, too: what is typed before it does is lost. To a
/// field Chromium gives the focus by itself when the dialog closes, and not its
/// selection: it takes no letters until it loses the focus once.
export function focusAgain(element: Element | null): void {
  if (!(element instanceof HTMLElement) || !element.isConnected) return
  const editor = EditorView.findFromDOM(element)
  if (editor) return editor.focus()
  if (document.activeElement === element) element.blur()
  element.focus()
}
