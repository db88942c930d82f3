import { EditorState } from "@codemirror/state"
import { EditorView, keymap } from "@codemirror/view"
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands"
import { unifiedMergeView } from "@codemirror/merge"
import { useEffect, useRef } from "preact/hooks"
import { fileText, linesOf, textIn, textOf } from "../text/file-text"
import { hiddenEnds } from "../editor/hidden-ends"
import { marked } from "../editor/line-authors"
import { theme } from "../editor/theme"
import type { Mark } from "../post/merge"

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
}

/// Two texts in one: what is gone, what is new, and a little around it. With
/// onText each change can be kept or taken back, and the text be edited.
export function Diff(props: DiffProps) {
  const ref = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    const { label, nonce, onText } = latest.current
    const shown = onText ? linesOf : textOf
    const view = new EditorView({
      parent: ref.current!,
      state: EditorState.create({
        doc: shown(props.new),
        extensions: [
          onText ? fileText(props.new) : hiddenEnds,
          EditorView.cspNonce.of(nonce),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", ...(onText ? {} : { "aria-readonly": "true" }) }),
          onText
            ? [history(), keymap.of([...historyKeymap, ...defaultKeymap])]
            : [EditorState.readOnly.of(true), EditorView.editable.of(false)],
          unifiedMergeView({
            original: shown(props.old),
            gutter: false,
            syntaxHighlightDeletions: false,
            collapseUnchanged: { margin: 2, minSize: 5 },
            mergeControls: onText ? choice : false,
          }),
          EditorView.updateListener.of(update => {
            if (update.docChanged) latest.current.onText?.(textIn(update.state))
          }),
          marked(shown(props.new), latest.current.marks ?? []),
          theme,
        ],
      }),
    })
    return () => view.destroy()
  }, [props.old, props.new, props.marks])
  // A text that was not there has no line to strike out, not even an empty one.
  return <div class={props.old === "" ? "diff all-new" : "diff"} ref={ref} />
}

function choice(type: "accept" | "reject", act: (event: MouseEvent) => void): HTMLElement {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "small"
  button.textContent = type === "accept" ? "Keep mine" : "Take theirs"
  button.addEventListener("click", act)
  return button
}
