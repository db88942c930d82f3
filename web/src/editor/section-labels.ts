// Section labels mark the headings of sections that somebody else writes.
import { StateEffect, StateField, type Extension } from "@codemirror/state"
import { Decoration, EditorView, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from "@codemirror/view"
import { chapterName, sameChapter } from "../text/chapters"

/// A section, and who writes it, in a word or two.
export interface Whose {
  section: string
  label: string
}

/// Says who writes what.
export const setWhose = StateEffect.define<readonly Whose[]>()

const field = StateField.define<readonly Whose[]>({
  create: () => [],
  update(list, tr) {
    for (const effect of tr.effects) if (effect.is(setWhose)) list = effect.value
    return list
  },
})

class Label extends WidgetType {
  constructor(readonly text: string) {
    super()
  }
  override eq(other: Label): boolean {
    return other.text === this.text
  }
  toDOM(): HTMLElement {
    const label = document.createElement("span")
    label.className = "cm-whose"
    label.textContent = this.text
    return label
  }
}

function labels(view: EditorView): DecorationSet {
  const list = view.state.field(field)
  if (list.length === 0) return Decoration.none
  const found = []
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at)
      const next = line.number < view.state.doc.lines ? view.state.doc.line(line.number + 1).text : ""
      const name = chapterName(line.text, next)
      const whose = name && list.find(whose => sameChapter(whose.section, name))
      if (whose) found.push(Decoration.widget({ widget: new Label(whose.label), side: 1 }).range(line.to))
      at = line.to + 1
    }
  }
  return Decoration.set(found)
}

export const whose: Extension = [
  field,
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = labels(view)
      }
      update(update: ViewUpdate) {
        if (update.docChanged || update.viewportChanged || update.startState.field(field) !== update.state.field(field)) {
          this.decorations = labels(update.view)
        }
      }
    },
    { decorations: plugin => plugin.decorations },
  ),
]
