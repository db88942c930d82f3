// Directions has each line begin at the side that its own script begins at. Lines
// without letters that are written from the right are left as they are.
import { RangeSetBuilder, type Extension } from "@codemirror/state"
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view"

const fromRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const auto = Decoration.line({ attributes: { dir: "auto" } })

export const directions: Extension = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = find(view)
      }
      update(update: ViewUpdate) {
        if (update.docChanged || update.viewportChanged) this.decorations = find(update.view)
      }
    },
    { decorations: plugin => plugin.decorations },
  ),
]

function find(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  const { doc } = view.state
  for (const { from, to } of view.visibleRanges) {
    if (!fromRight.test(view.state.sliceDoc(from, to))) continue
    for (let at = from; at <= to;) {
      const line = doc.lineAt(at)
      if (fromRight.test(line.text)) builder.add(line.from, line.from, auto)
      at = line.to + 1
    }
  }
  return builder.finish()
}
