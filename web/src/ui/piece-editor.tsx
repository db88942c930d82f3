import { useEffect, useRef } from "preact/hooks"
import { createPieceView } from "../editor/piece-view"

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
    const view = createPieceView({ parent: ref.current!, label, text, nonce, onText: text => latest.current.onText(text) })
    return () => view.destroy()
  }, [])
  return <div class="piece-editor" ref={ref} />
}
