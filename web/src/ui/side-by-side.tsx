import { MergeView } from "@codemirror/merge"
import { EditorState, type Extension } from "@codemirror/state"
import { EditorView, showPanel, type Panel } from "@codemirror/view"
import { useEffect, useRef } from "preact/hooks"
import { textOf } from "../text/file-text"
import { hiddenEnds } from "../editor/hidden-ends"
import { theme } from "../editor/theme"

export interface Side {
  /// Whose it is.
  title: string
  text: string
  /// What is said where there is no text.
  none: string
}

export interface SideBySideProps {
  left: Side
  right: Side
  /// Where it is, for those who hear it.
  place: string
  nonce: string
}

/// Two texts beside each other, or one above the other where there is no room,
/// with what differs marked. Nothing can be changed.
export function SideBySide({ left, right, place, nonce }: SideBySideProps) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const extensions = (side: Side): Extension => [
      hiddenEnds,
      EditorView.cspNonce.of(nonce),
      EditorView.lineWrapping,
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({ "aria-label": `${side.title}: ${place}`, "aria-readonly": "true", tabindex: "0" }),
      showPanel.of(() => title(side.title)),
      theme,
    ]
    // The last line's end is no line of its own to look at.
    const doc = (side: Side) => textOf(side.text.replace(/\r?\n$/, ""))
    const view = new MergeView({
      parent: ref.current!, gutter: false, highlightChanges: left.text !== "" && right.text !== "",
      a: { doc: doc(left), extensions: extensions(left) },
      b: { doc: doc(right), extensions: extensions(right) },
    })
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

/// Says whose text it is, above it.
function title(text: string): Panel {
  const dom = document.createElement("div")
  dom.className = "whose"
  dom.textContent = text
  return { dom, top: true }
}
