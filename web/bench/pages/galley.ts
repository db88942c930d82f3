// Galley's editor, watched in its page and in the preview's frame. It is run
// in both before anything else, and changes nothing but that it leaves marks.
import type { Edit, Run } from "../edit"
import { layOut, settled } from "./page"

interface View {
  state: { doc: { length: number; toString(): string } }
  dispatch(spec: object): void
}

if (parent === window) watchPage()
else watchFrame()

function watchPage(): void {
  const post = Worker.prototype.postMessage
  Worker.prototype.postMessage = function (this: Worker, ...args: any[]) {
    if (args[0]?.request?.op === "edit") performance.mark("posted")
    return post.apply(this, args as [any])
  }
  const tell = MessagePort.prototype.postMessage
  MessagePort.prototype.postMessage = function (this: MessagePort, ...args: any[]) {
    if (args[0]?.type === "typed") performance.mark("told")
    return tell.apply(this, args as [any])
  }
  let laid = () => {}
  addEventListener("message", event => {
    if (event.data?.bench === "laid") laid()
  })
  const view = () => {
    const found = (document.querySelector(".cm-content") as any)?.cmTile?.root?.view as View | undefined
    if (!found) throw new Error("CodeMirror's view is not where it was; see EditorView.findFromDOM")
    return found
  }
  const edit = ({ from, to, insert }: Edit) =>
    view().dispatch({
      changes: { from, to, insert }, selection: { anchor: from + insert.length }, scrollIntoView: true,
      userEvent: insert === "" ? "delete.backward" : insert.length > 1 ? "input.paste" : "input.type",
    })
  const run: Run = async steps => {
    for (const step of steps) {
      await settled(step.pause)
      const done = new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`the preview did not change within 30 s of an edit: ${JSON.stringify(step).slice(0, 200)}`)), 30_000)
        laid = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      if (step.timed) performance.mark("start:" + step.action)
      edit(step.edit)
      await done
    }
  }
  window.benchRun = run
  // Puts the cursor where typing begins, as a click does.
  window.benchOpen = async text => {
    const now = view().state.doc.toString()
    if (now !== text) throw new Error(`the editor holds ${now.length} characters that are not the text's ${text.length}`)
    view().dispatch({ selection: { anchor: text.length >> 1 }, scrollIntoView: true })
    await settled(500)
  }
}

function watchFrame(): void {
  const own = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage")!
  Object.defineProperty(MessagePort.prototype, "onmessage", {
    ...own,
    set(this: MessagePort, handler: ((event: MessageEvent) => void) | null) {
      own.set!.call(this, handler && ((event: MessageEvent) => {
        const { type, patch } = event.data
        if (type === "typed") performance.mark("arrived")
        handler.call(this, event)
        if (patch) performance.mark("rendered")
      }))
    },
  })
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => {
      performance.mark("applied")
      layOut()
      performance.mark("laid")
      parent.postMessage({ bench: "laid" }, "*")
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
}
