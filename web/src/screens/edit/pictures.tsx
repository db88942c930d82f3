import { useRef } from "preact/hooks"
import { undoTo } from "../../editor/commands"
import { describePicture, insertPictures, picturesIn, takeOutPictures } from "../../editor/pictures"
import type { Editor } from "../../editor/editor"
import { PictureDialog } from "../../ui/picture-dialog"
import type { EditModel, EditState } from "../../post/edit-state"
import type { WordsPlace } from "../../post/kept-words"
import { viewOf } from "../../post/life/view"
import type { Span } from "../../protocol/preview"
import { fromFile, toFile } from "../../text/file-text"
import { t } from "../../base/words"

export interface PicturesProps {
  model: EditModel
  /// Where what is typed of pictures is kept.
  place: WordsPlace
  adding: NonNullable<EditState["adding"]>
}

/// Puts files into the post as pictures: they stand in the text, and on the
/// page, as soon as they are prepared, and get their words afterwards.
export function Pictures({ model, place, adding }: PicturesProps) {
  const { store } = model
  const written = useRef({ before: "", text: "" }) // the text without them, and what they are in it
  const done = () => {
    store.set({ adding: null })
    const trouble = model.pictures.notKept()
    if (trouble) model.send({ type: "notice", sentence: trouble })
    requestAnimationFrame(() => model.editor()?.focus())
  }
  return (
    <PictureDialog
      files={adding.files} place={place}
      add={file => model.pictures.add(file)}
      onReady={pictures => {
        const editor = model.editor()
        if (!editor || pictures.length === 0) return
        const before = editor.text()
        const { state } = editor.view
        const tr = state.update(insertPictures(state, fromFile(state, adding.at.from), pictures.map(p => p.address)))
        editor.view.dispatch(tr)
        Object.assign(adding.at, picturesIn(tr))
        written.current = { before, text: editor.text().slice(adding.at.from, adding.at.to) }
      }}
      onDone={words => {
        const view = model.editor()?.view
        for (const { picture, alt } of words) {
          const change = view && describePicture(view.state, picture.address, alt)
          if (change) view.dispatch(change)
        }
        done()
      }}
      onCancel={ready => {
        const view = model.editor()?.view
        done()
        // Something may have come into the text behind the dialog, as from the form.
        if (!view || ready.length === 0 || undoTo(written.current.before)(view)) return
        const change = takeOutPictures(view.state, adding.at, written.current.text)
        if (change) view.dispatch(change)
        else model.send({ type: "notice", sentence: t("The text was changed where the picture is. Take the picture out there.") })
      }}
    />
  )
}

function cursorIn({ view }: Editor): Span {
  const at = toFile(view.state, view.state.selection.main.to)
  return { from: at, to: at }
}

/// Lets the writer pick files, which go where the cursor is.
export function pickPictures(model: EditModel): void {
  const picker = document.createElement("input")
  picker.type = "file"
  picker.accept = "image/jpeg,image/png,image/gif,image/webp"
  picker.multiple = true
  // In the document: one that nothing else holds may be gone before anybody has chosen.
  picker.hidden = true
  document.body.append(picker)
  picker.addEventListener("cancel", () => picker.remove())
  picker.addEventListener("change", () => {
    picker.remove()
    const files = [...(picker.files ?? [])]
    const editor = model.editor()
    if (editor && files.length > 0) model.store.set({ adding: { files, at: cursorIn(editor) } })
  })
  picker.click()
}

/// Takes files that are dropped beside the editor, which the browser would open
/// in the app's place. They go where the cursor is. Answers how to stop it.
export function takeDrops(model: EditModel): () => void {
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault()
  }
  const drop = (event: DragEvent) => {
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length === 0 || event.defaultPrevented) return
    event.preventDefault()
    const { phase, writer } = viewOf(model.life.get())
    const editor = model.editor()
    if (editor && phase === "open" && writer && !document.querySelector("dialog[open]")) {
      model.store.set({ adding: { files, at: cursorIn(editor) } })
    }
  }
  addEventListener("dragover", over)
  addEventListener("drop", drop)
  return () => {
    removeEventListener("dragover", over)
    removeEventListener("drop", drop)
  }
}
