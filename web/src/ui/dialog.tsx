import type { ComponentChildren } from "preact"
import { useEffect, useId, useRef } from "preact/hooks"
import { focusAgain } from "./focus"

export interface DialogProps {
  title: string
  /// Called when the person leaves it by Escape; a button for it is among the
  /// children.
  onClose: () => void
  /// Holds wide things, such as a diff.
  wide?: boolean
  /// While it is busy it cannot be left. Defaults to false.
  busy?: boolean
  children: ComponentChildren
}

/// A native modal dialog with a heading.
export function Dialog({ title, onClose, wide, busy, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const back = document.activeElement
    const dialog = ref.current!
    dialog.showModal()
    return () => {
      // While it is open nothing behind it takes the focus.
      dialog.close()
      focusAgain(back)
    }
  }, [])
  return (
    <dialog
      ref={ref} class={wide ? "dialog wide" : "dialog"} aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        if (!busy) onClose()
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  )
}
