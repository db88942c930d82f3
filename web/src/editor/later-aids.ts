// Later aids are what aids.ts can do, before and after it is loaded.
import { StateEffect, type Extension } from "@codemirror/state"
import type { Command, EditorView, KeyBinding } from "@codemirror/view"
import type { Knowledge } from "./completion/knowledge"
import { createHeldKeys } from "./held-keys"

type Script = typeof import("./aids")
export type AidName = keyof Script["commands"]

export interface LaterAids {
  /// Does what is asked for as soon as it can be done.
  command(name: AidName): Command
  keys: readonly KeyBinding[]
  /// Pastes HTML as Markdown; false where it is left to the editor, as plain text.
  paste(view: EditorView, html: string, plain: string): boolean
  /// Gives the text the keys that wait for the script.
  releaseKeys(): void
  /// Gives the editor all of it, once it is there.
  load(view: EditorView): Promise<void>
}

/// `onTab` is called when Tab was pressed, which leaves the editor elsewhere, and `onLate`
/// when nothing came of a command, since its script does not come.
export function laterAids(knowledge: Knowledge, onTab: () => void, onLate: () => void): LaterAids {
  let script: Script | null = null
  let given: Extension | null = null
  const get = async () => (script ??= await import("./aids"))
  const keys = createHeldKeys()
  let late = false // Once is enough to wait: from then on no keys are held.

  const tooLate = () => {
    late = true
    onLate()
  }
  const command = (name: AidName): Command => view => {
    if (script) return script.commands[name](view)
    if (late) void get().catch((error: unknown) => console.error(error))
    if (late) onLate()
    else keys.until(view, get(), ({ commands }) => commands[name](view), tooLate)
    return true
  }
  const tab = (name: AidName): Command => {
    const move = command(name)
    return view => {
      onTab()
      return move(view)
    }
  }
  const inTable = ({ state }: EditorView) => state.doc.lineAt(state.selection.main.head).text.includes("|")
  return {
    command,
    keys: [
      { key: "Tab", run: tab("tabIn"), shift: tab("tabOut"), preventDefault: true },
      { key: "Alt-ArrowUp", run: command("moveUp"), preventDefault: true },
      { key: "Alt-ArrowDown", run: command("moveDown"), preventDefault: true },
      { key: "Mod-Shift-7", run: command("numbers"), preventDefault: true },
      { key: "Mod-Shift-8", run: command("bullets"), preventDefault: true },
      { key: "Mod-Shift-9", run: command("tasks"), preventDefault: true },
      { key: "Mod-Shift-.", run: command("quote"), preventDefault: true },
      { key: "Mod-e", run: command("code"), preventDefault: true },
      { key: "Alt-Shift-ArrowLeft", run: view => inTable(view) && command("columnLeft")(view) },
      { key: "Alt-Shift-ArrowRight", run: view => inTable(view) && command("columnRight")(view) },
      ...([1, 2, 3, 4] as const).map(n => ({ key: `Mod-Alt-${n}`, run: command(`heading${n}`), preventDefault: true })),
    ],
    paste(view, html, plain) {
      if (script) return script.pasteRich(view, html)
      const insert = () => view.dispatch(view.state.replaceSelection(view.state.toText(plain)), { userEvent: "input.paste", scrollIntoView: true })
      if (late) return false
      keys.until(view, get(), ({ pasteRich }) => pasteRich(view, html) || insert(), () => {
        insert()
        tooLate()
      })
      return true
    },
    releaseKeys: keys.release,
    async load(view) {
      const { aids } = await get()
      if (given || !view.dom.isConnected) return
      given = aids(knowledge)
      view.dispatch({ effects: StateEffect.appendConfig.of(given) })
    },
  }
}
