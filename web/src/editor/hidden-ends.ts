// Hidden ends hides, in texts that are only looked at, the "\r" at the ends of
// lines. There it stays in the document, so that texts that differ in nothing
// else are shown to differ.
import { RangeSetBuilder } from "@codemirror/state"
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from "@codemirror/view"

const nothing = Decoration.replace({})

export const hiddenEnds = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = hide(view)
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = hide(update.view)
    }
  },
  { decorations: plugin => plugin.decorations },
)

function hide(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  const { doc } = view.state
  let last = 0
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = doc.lineAt(at)
      if (line.to < doc.length && line.to - 1 >= last && line.text.endsWith("\r")) {
        builder.add(line.to - 1, line.to, nothing)
        last = line.to
      }
      at = line.to + 1
    }
  }
  return builder.finish()
}
