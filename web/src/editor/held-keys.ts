// HeldKeys keeps what is typed behind a key whose script is still on its way: it goes to
// the text once that key has done its work, so that both come in the order of the keys.
// An input method's keys cannot be held, and are not.
import { EditorView } from "@codemirror/view"

export interface HeldKeys {
  /// Holds the keys of an editor until some work is done, or has failed.
  until(view: EditorView, work: Promise<unknown>): void
}

const modifier = /^(?:Shift|Control|Alt|AltGraph|Meta|CapsLock)$/

export function createHeldKeys(): HeldKeys {
  const held: KeyboardEvent[] = []
  let works = 0

  function hold(event: KeyboardEvent): void {
    if (!event.isTrusted || event.isComposing || event.keyCode === 229 || modifier.test(event.key)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    held.push(event)
  }

  return {
    until(view, work) {
      if (works++ === 0) view.contentDOM.addEventListener("keydown", hold, true)
      const done = () => {
        if (--works > 0) return
        view.contentDOM.removeEventListener("keydown", hold, true)
        for (const event of held.splice(0)) press(view, event)
      }
      work.then(done, done)
    },
  }
}

/// Does what a key that was held would have done.
function press(view: EditorView, event: KeyboardEvent): void {
  const { key, code, keyCode, location, ctrlKey, shiftKey, altKey, metaKey, repeat } = event
  const again = new KeyboardEvent("keydown", { key, code, keyCode, location, ctrlKey, shiftKey, altKey, metaKey, repeat, modifierAltGraph: event.getModifierState("AltGraph"), bubbles: true, cancelable: true })
  if (!view.contentDOM.dispatchEvent(again)) return
  const isText = [...key].length === 1 && ((!ctrlKey && !altKey && !metaKey) || event.getModifierState("AltGraph"))
  if (!isText || view.state.readOnly) return
  const insert = () => view.state.update(view.state.replaceSelection(key), { userEvent: "input.type", scrollIntoView: true })
  const { from, to } = view.state.selection.main
  if (!view.state.facet(EditorView.inputHandler).some(handles => handles(view, from, to, key, insert))) view.dispatch(insert())
}
