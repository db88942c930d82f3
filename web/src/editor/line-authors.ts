// Line authors shows whose lines are whose: a quiet line at the side of what
// somebody else wrote, and their name where it begins.
import type { Extension, Text } from "@codemirror/state"
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view"

/// A range of a text that somebody else wrote.
export interface Mark {
  from: number
  to: number
  /// Whose it is, in a word or two.
  label: string
}

class Name extends WidgetType {
  constructor(readonly label: string) {
    super()
  }
  override eq(other: Name): boolean {
    return other.label === this.label
  }
  toDOM(): HTMLElement {
    const name = document.createElement("span")
    name.className = "cm-whose"
    name.textContent = this.label
    return name
  }
}

/// Marks ranges of a text that does not change.
export function marked(doc: Text, marks: readonly Mark[]): Extension {
  const found = []
  for (const { from, to, label } of [...marks].sort((a, b) => a.from - b.from)) {
    const first = doc.lineAt(Math.min(from, doc.length))
    found.push(Decoration.widget({ widget: new Name(label), side: 1 }).range(first.to))
    if (to === from) continue
    for (let at = first.from; at < Math.min(to, doc.length + 1);) {
      const line = doc.lineAt(Math.min(at, doc.length))
      found.push(Decoration.line({ class: "cm-theirs" }).range(line.from))
      at = line.to + 1
    }
  }
  const set: DecorationSet = Decoration.set(found, true)
  return EditorView.decorations.of(set)
}
