import { useEffect, useRef } from "preact/hooks"
import { createDiffView, type DiffView } from "../editor/diff-view"
import type { Mark } from "../editor/line-authors"

export interface DiffProps {
  /// What it is a diff of, for those who hear it.
  label: string
  old: string
  new: string
  nonce: string
  /// What somebody else wrote of the new text. Defaults to nothing.
  marks?: readonly Mark[]
  /// Called with the text whenever it changes; without it nothing can be
  /// changed.
  onText?: (text: string) => void
  /// Called with the text whenever one change was taken back to what the old text
  /// has there. Besides, nothing can be changed.
  onTake?: ((text: string) => void) | undefined
  /// Whether nothing can be done to it for now. Defaults to false.
  inert?: boolean
  /// Called with what shows them.
  onView?: (view: DiffView) => void
}

/// Two texts in one: what is gone, what is new, and a little around it. With
/// onText each change can be kept or taken back, and the text be edited.
export function Diff(props: DiffProps) {
  const ref = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    const { label, nonce, onText, onTake, marks = [] } = latest.current
    const view = createDiffView({
      parent: ref.current!, label, nonce, old: props.old, new: props.new, marks,
      onText: onText && (text => latest.current.onText?.(text)),
      onTake: onTake && (text => latest.current.onTake?.(text)),
    })
    latest.current.onView?.(view)
    return () => view.destroy()
  }, [props.old, props.new, props.marks])
  // A text that was not there has no line to strike out, not even an empty one.
  return <div class={props.old === "" ? "diff all-new" : "diff"} inert={props.inert} ref={ref} />
}
