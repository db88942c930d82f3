// Outline watch tells when a text's headings, or the one that the cursor is under, may be
// others: a moment after the last letter, and at once where the cursor alone moved. A
// letter itself costs a note of the time.
import { Compartment, StateEffect } from "@codemirror/state"
import { EditorView } from "@codemirror/view"

/// How long nothing was typed by then, in milliseconds.
const pause = 300

/// Answers how to stop.
export function watchOutline(view: EditorView, onChange: () => void): () => void {
  const part = new Compartment()
  let typed = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame = 0
  const wait = (milliseconds: number) => {
    timer = setTimeout(() => {
      timer = undefined
      const left = typed + pause - performance.now()
      if (left > 1) wait(left)
      else onChange()
    }, milliseconds)
  }
  const told = EditorView.updateListener.of(update => {
    if (update.docChanged) {
      typed = performance.now()
      if (timer === undefined) wait(pause)
    } else if (update.selectionSet && timer === undefined) {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(onChange)
    }
  })
  view.dispatch({ effects: StateEffect.appendConfig.of(part.of(told)) })
  return () => {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    view.dispatch({ effects: part.reconfigure([]) })
  }
}
