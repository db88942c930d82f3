import type { ComponentChildren } from "preact"
import { useId, useLayoutEffect, useRef } from "preact/hooks"
import { focusAgain } from "../editor/focus"

export interface DialogProps {
  title: string
  /// Called when the person leaves it by Escape; a button for it is among the
  /// children.
  onClose: () => void
  /// Holds wide things, such as a diff.
  wide?: boolean
  /// Fills the window. Defaults to false.
  full?: boolean
  /// While it is busy it cannot be left. Defaults to false.
  busy?: boolean
  /// Called when it is gone and has given back the focus.
  onGone?: () => void
  children: ComponentChildren
}

/// A native modal dialog with a heading. Where it asks about what cannot be taken back,
/// the focus begins on the way out: a second press of the key that opened it is no answer.
export function Dialog({ title, onClose, wide, full, busy, onGone, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  const gone = useRef(onGone)
  gone.current = onGone
  const shown = useRef(false)
  // With the change that shows it and takes it away, before the next key is heard: that
  // is meant for the dialog, or for what is behind it.
  useLayoutEffect(() => {
    const back = document.activeElement
    const dialog = ref.current!
    dialog.showModal()
    shown.current = true
    return () => {
      shown.current = false
      // While it is open nothing behind it takes the focus.
      dialog.close()
      focusAgain(back)
      gone.current?.()
    }
  }, [])
  return (
    <dialog
      ref={ref} class={full ? "dialog full" : wide ? "dialog wide" : "dialog"} aria-labelledby={id}
      onCancel={event => {
        if (event.target !== event.currentTarget) return // a file picker's
        event.preventDefault()
        if (!busy) onClose()
      }}
      // Browsers close it all the same where Escape, or Back on a phone, is pressed again.
      onClose={() => {
        if (shown.current && busy) ref.current!.showModal()
        else if (shown.current) onClose()
      }}
      onKeyDown={event => {
        if (event.key === "Escape" && busy) event.preventDefault()
        // A key that is held down presses one button.
        if (event.repeat && event.target instanceof HTMLButtonElement && (event.key === "Enter" || event.key === " ")) event.preventDefault()
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  )
}
