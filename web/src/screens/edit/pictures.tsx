import { undo } from "../../editor/commands"
import { describePicture, insertPictures } from "../../editor/pictures"
import { PictureDialog } from "../../ui/picture-dialog"
import type { EditModel, EditState } from "../../post/edit-state"
import { viewOf } from "../../post/life/view"

export interface PicturesProps {
  model: EditModel
  adding: NonNullable<EditState["adding"]>
}

/// Puts files into the post as pictures: they stand in the text, and on the
/// page, as soon as they are prepared, and get their words afterwards.
export function Pictures({ model, adding }: PicturesProps) {
  const { store } = model
  const done = () => {
    store.set({ adding: null })
    const trouble = model.pictures.notKept()
    if (trouble) model.send({ type: "notice", sentence: trouble })
    requestAnimationFrame(() => model.editor()?.focus())
  }
  return (
    <PictureDialog
      files={adding.files}
      add={file => model.pictures.add(file)}
      onReady={pictures => {
        const view = model.editor()?.view
        if (view && pictures.length > 0) view.dispatch(insertPictures(view.state, adding.at, pictures.map(p => p.address)))
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
        // The dialog is modal, so that nothing else was typed since.
        if (view && ready.length > 0) undo(view)
        done()
      }}
    />
  )
}

/// Lets the writer pick files, which go where the cursor is.
export function pickPictures(model: EditModel): void {
  const picker = document.createElement("input")
  picker.type = "file"
  picker.accept = "image/jpeg,image/png,image/gif,image/webp"
  picker.multiple = true
  picker.addEventListener("change", () => {
    const files = [...(picker.files ?? [])]
    const at = model.editor()?.view.state.selection.main.to ?? 0
    if (files.length > 0) model.store.set({ adding: { files, at } })
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
    const view = model.editor()?.view
    if (view && phase === "open" && writer && !document.querySelector("dialog[open]")) {
      model.store.set({ adding: { files, at: view.state.selection.main.to } })
    }
  }
  addEventListener("dragover", over)
  addEventListener("drop", drop)
  return () => {
    removeEventListener("dragover", over)
    removeEventListener("drop", drop)
  }
}
