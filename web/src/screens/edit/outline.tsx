import { useRef } from "preact/hooks"
import type { EditModel } from "../../post/edit-state"
import { outlineOf, readingOf } from "../../text/outline"
import { Dialog } from "../../ui/dialog"
import { besideWidth, hasRoomFor } from "./room"
import { t, tn } from "../../base/words"

export interface OutlineDialogProps {
  model: EditModel
  onClose: () => void
}

/// The post's headings, to go to one, and how long it is.
export function OutlineDialog({ model, onClose }: OutlineDialogProps) {
  const chosen = useRef<number | null>(null)
  const editor = model.editor()
  if (!editor) return null
  const headings = outlineOf(editor.doc())
  const here = headings.findLast(heading => heading.from <= editor.head())
  const { state } = editor.view
  const selected = state.sliceDoc(state.selection.main.from, state.selection.main.to)
  const { outline } = model.store.get()
  const room = hasRoomFor(document.querySelector(".written"), besideWidth)
  const go = (at: number) => {
    chosen.current = at
    onClose()
  }
  // In one go with the focus, which comes back first: a key between the two would be
  // meant for the heading, and go where the cursor was.
  const gone = () => {
    const at = chosen.current
    if (at !== null) model.inSource(editor => {
      editor.goTo(at)
      editor.focus()
    })
  }
  return (
    <Dialog title={t("Outline")} onClose={onClose} onGone={gone}>
      <p class="note">{lengthOf(editor.text())}{selected && "; " + t("selected: {length}", { length: lengthOf(selected) })}</p>
      {outline && !room && <p class="note">{t("It stands beside the source as soon as there is room: sixty letters a line are left to the text.")}</p>}
      {headings.length === 0 && <p class="none">{t("There are no headings yet.")}</p>}
      <ul class="outline">
        {headings.map(heading => (
          <li key={heading.from} style={{ paddingInlineStart: `${heading.level - 1}rem` }}>
            <button type="button" class="quiet" dir="auto" autofocus={heading === here} aria-current={heading === here ? "true" : undefined} onClick={() => go(heading.from)}>{heading.name}</button>
          </li>
        ))}
      </ul>
      <footer>
        {room && !outline && (
          <button type="button" onClick={() => {
            model.store.set({ outline: true })
            onClose()
          }}>{t("Keep it beside the source")}</button>
        )}
        <button type="button" class="quiet" onClick={onClose}>{t("Close")}</button>
      </footer>
    </Dialog>
  )
}

function lengthOf(text: string): string {
  const { words, minutes } = readingOf(text)
  return `${tn(words, "{count} word", "{count} words")}, ${tn(minutes, "{count} minute to read", "{count} minutes to read")}`
}
