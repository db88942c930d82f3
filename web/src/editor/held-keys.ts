// HeldKeys keeps what is typed behind a key whose script is still on its way: it goes to
// the text once that key has done its work, so that both come in the order of the keys.
// A script may never come: after four seconds that key does nothing, and the others go to
// the text. An input method's keys cannot be held, and are not. Nor are those of the
// clipboard, which nobody but the browser acts on: what is pasted is held in their place.
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
  const held: (KeyboardEvent | ClipboardEvent)[] = []
  let works = 0
  let plain = false // Shift was down with the last key.

  function hold(event: KeyboardEvent): void {
    if (!event.isTrusted || event.isComposing || event.keyCode === 229 || modifier.test(event.key)) return
    plain = event.shiftKey
    if ((event.ctrlKey || event.metaKey) && /^[vcx]$/i.test(event.key)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    held.push(event)
  }

  function holdPaste(event: ClipboardEvent): void {
    event.preventDefault()
    event.stopImmediatePropagation()
    held.push(pasteAgain(event, plain))
  }

  function done(view: EditorView): void {
    if (--works > 0) return
    view.contentDOM.removeEventListener("keydown", hold, true)
    view.contentDOM.removeEventListener("paste", holdPaste, true)
    for (const event of held.splice(0)) {
      if (event instanceof KeyboardEvent) press(view, event)
      else view.contentDOM.dispatchEvent(event)
    }
  }

  return {
    until(view, script, act, without) {
      if (works++ === 0) {
        view.contentDOM.addEventListener("keydown", hold, true)
        view.contentDOM.addEventListener("paste", holdPaste, true)
      }
      inTime(script, limit).then(act, (error: unknown) => {
        console.error(error)
        without()
      }).catch((error: unknown) => console.error(error)).finally(() => done(view))
    },
  }
}

/// A paste like another one, whose data go with its event.
function pasteAgain({ clipboardData }: ClipboardEvent, plain: boolean): ClipboardEvent {
  const data = new DataTransfer()
  for (const item of clipboardData?.items ?? []) {
    const file = item.getAsFile()
    if (file && !plain) data.items.add(file)
    else if (!plain || item.type === "text/plain") data.setData(item.type, clipboardData!.getData(item.type))
  }
  return new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
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
