// HeldKeys keeps what is typed behind a key whose script is still on its way: it goes to
// the text once that key has done its work, so that both come in the order of the keys.
// A script may never come: after four seconds that key does nothing, and the others go to
// the text. An input method's keys cannot be held, and are not.
import { EditorView } from "@codemirror/view"
import { inTime } from "../base/in-time"

export interface HeldKeys {
  /// Holds the keys of an editor until a script is there and `act` has been called with
  /// it; or, in its place, `without`, since it failed or its time is over.
  until<T>(view: EditorView, script: Promise<T>, act: (script: T) => void, without: () => void): void
}

const modifier = /^(?:Shift|Control|Alt|AltGraph|Meta|CapsLock)$/

/// Keys are held for `limit` milliseconds at most.
export function createHeldKeys(limit = 4_000): HeldKeys {
  const held: KeyboardEvent[] = []
  let works = 0

  function hold(event: KeyboardEvent): void {
    if (!event.isTrusted || event.isComposing || event.keyCode === 229 || modifier.test(event.key)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    held.push(event)
  }

  function done(view: EditorView): void {
    if (--works > 0) return
    view.contentDOM.removeEventListener("keydown", hold, true)
    for (const event of held.splice(0)) press(view, event)
  }

  return {
    until(view, script, act, without) {
      if (works++ === 0) view.contentDOM.addEventListener("keydown", hold, true)
      inTime(script, limit).then(act, (error: unknown) => {
        console.error(error)
        without()
      }).catch((error: unknown) => console.error(error)).finally(() => done(view))
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
