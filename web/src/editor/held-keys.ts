// HeldKeys keeps what is typed behind a key whose script is still on its way: it goes to
// the text once that key has done its work, so that both come in the order of the keys.
// A script may never come: after four seconds that key does nothing, and the others go to
// the text. So it is when the page is hidden, the editor goes or is to take no more keys,
// which is the last that a draft can be kept of, and before the text is sent. An input
// method's keys cannot be held, and are not. Nor are those of the clipboard, which nobody
// but the browser acts on: what is pasted is held in their place.
import { EditorView } from "@codemirror/view"
import { inTime } from "../base/in-time"
import { isMac } from "../base/is-mac"

export interface HeldKeys {
  /// Holds the keys of an editor until a script is there and `act` has been called with
  /// it; or, in its place, `without`, since it failed or its time is over.
  until<T>(view: EditorView, script: Promise<T>, act: (script: T) => void, without: () => void): void
  /// Waits no longer: the keys that were held are in the text when it returns.
  release(): void
}

/// What waits for its script.
interface Work {
  view: EditorView
  without: () => void
}

const modifier = /^(?:Shift|Control|Alt|AltGraph|Meta|CapsLock)$/

/// Keys are held for `limit` milliseconds at most.
export function createHeldKeys(limit = 4_000): HeldKeys {
  const held: (KeyboardEvent | ClipboardEvent)[] = []
  const waiting: Work[] = [] // in the order of their keys
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

  function end(work: Work, act: () => void): void {
    const at = waiting.indexOf(work)
    if (at < 0) return // its keys are in the text
    waiting.splice(at, 1)
    try {
      act()
    } catch (error) {
      console.error(error)
    }
    if (waiting.length > 0) return
    listen(work.view, false)
    for (const event of held.splice(0)) {
      if (event instanceof KeyboardEvent) press(work.view, event)
      else work.view.contentDOM.dispatchEvent(event)
    }
  }

  function release(): void {
    for (const work of [...waiting]) end(work, work.without)
  }

  const hidden = () => document.hidden && release()

  /// Before whoever keeps the text then, which does not listen while events come down.
  function listen({ contentDOM }: EditorView, on: boolean): void {
    const change = on ? "addEventListener" : "removeEventListener"
    contentDOM[change]("keydown", hold as EventListener, true)
    contentDOM[change]("paste", holdPaste as EventListener, true)
    window[change]("pagehide", release, true)
    window[change]("visibilitychange", hidden, true)
  }

  return {
    release,
    until(view, script, act, without) {
      const work: Work = { view, without }
      if (waiting.push(work) === 1) listen(view, true)
      inTime(script, limit).then(script => end(work, () => act(script)), (error: unknown) => {
        console.error(error)
        end(work, without)
      })
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
  const isText = [...key].length === 1 && ((!ctrlKey && (!altKey || isMac()) && !metaKey) || event.getModifierState("AltGraph"))
  if (!isText || view.state.readOnly) return
  const insert = () => view.state.update(view.state.replaceSelection(key), { userEvent: "input.type", scrollIntoView: true })
  const { from, to } = view.state.selection.main
  if (!view.state.facet(EditorView.inputHandler).some(handles => handles(view, from, to, key, insert))) view.dispatch(insert())
}
