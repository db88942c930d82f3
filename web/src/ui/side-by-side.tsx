import { useEffect, useRef } from "preact/hooks"
import { createSideBySideView, type Side } from "../editor/side-by-side-view"

export interface SideBySideProps {
  left: SideOrNone
  right: SideOrNone
  /// Where it is, for those who hear it.
  place: string
  nonce: string
}

export interface SideOrNone extends Side {
  /// What is said where there is no text.
  none: string
}

/// Two texts beside each other, or one above the other where there is no room,
/// with what differs marked. Nothing can be changed.
export function SideBySide({ left, right, place, nonce }: SideBySideProps) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const view = createSideBySideView({ parent: ref.current!, left, right, place, nonce })
    return () => view.destroy()
  }, [left.text, right.text])
  return (
    <div class="side-by-side">
      <div class={`sides${left.text === "" ? " no-left" : ""}${right.text === "" ? " no-right" : ""}`} ref={ref} />
      {left.text === "" && <p class="none">{left.none}</p>}
      {right.text === "" && <p class="none">{right.none}</p>}
    </div>
  )
}
