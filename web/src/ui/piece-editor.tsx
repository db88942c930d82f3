import { defaultKeymap, history, historyKeymap } from "@codemirror/commands"
import { EditorState } from "@codemirror/state"
import { EditorView, keymap } from "@codemirror/view"
import { useEffect, useRef } from "preact/hooks"
import { fileText, linesOf, textIn } from "../text/file-text"
import { theme } from "../editor/theme"

export interface PieceEditorProps {
  label: string
  /// What is there at first.
  text: string
  nonce: string
  onText: (text: string) => void
}

/// A small editor for a piece of a post, as exact as the large one.
export function PieceEditor(props: PieceEditorProps) {
  const ref = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    const { label, text, nonce } = latest.current
    const view = new EditorView({
      parent: ref.current!,
      state: EditorState.create({
        doc: linesOf(text),
        extensions: [
          fileText(text), history(), keymap.of([...historyKeymap, ...defaultKeymap.filter(binding => binding.key !== "Mod-Enter")]),
          EditorView.cspNonce.of(nonce),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "true", tabindex: "0" }),
          EditorView.updateListener.of(update => {
            if (update.docChanged) latest.current.onText(textIn(update.state))
          }),
          theme,
        ],
      }),
    })
    view.focus()
    return () => view.destroy()
  }, [])
  return <div class="piece-editor" ref={ref} />
}
