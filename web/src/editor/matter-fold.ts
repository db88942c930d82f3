// Matter fold shows the front matter as one quiet line while a form above the text
// has its keys. It is never between a writer and what stands there: whoever goes into
// it by a key, a search, a problem or an undo has its lines before the cursor gets
// there, and what is no front matter any more is not folded.
import { EditorState, Prec, StateEffect, StateField, type Extension, type Text, type Transaction } from "@codemirror/state"
import { Decoration, EditorView, keymap, WidgetType, type Command, type DecorationSet } from "@codemirror/view"
import { matterEnd } from "./places"
import { t, tn } from "../base/words"

/// Folds the front matter, unless the cursor stays in it, or unfolds it.
export const foldMatter = StateEffect.define<boolean>()

interface Fold {
  /// Where what is folded ends; 0 where nothing is.
  end: number
  decorations: DecorationSet
}

const unfolded: Fold = { end: 0, decorations: Decoration.none }

class Folded extends WidgetType {
  constructor(readonly lines: number) {
    super()
  }
  override eq(other: Folded): boolean {
    return other.lines === this.lines
  }
  toDOM(view: EditorView): HTMLElement {
    const element = document.createElement("div")
    element.className = "cm-matterFold"
    const button = document.createElement("button")
    button.type = "button"
    // Escape, then Tab leaves the text; keys come here by going up to the file's begin.
    button.tabIndex = -1
    button.textContent = tn(this.lines, "front matter, {count} line", "front matter, {count} lines")
    button.title = t("Show these lines in the text")
    button.setAttribute("aria-expanded", "false")
    button.onclick = () => {
      view.dispatch({ selection: { anchor: view.state.doc.line(2).from } })
      view.focus()
    }
    element.append(button)
    return element
  }
  override ignoreEvent(): boolean {
    return true
  }
}

function foldTo(doc: Text, end: number): Fold {
  if (end === 0) return unfolded
  const widget = new Folded(doc.lineAt(end).number)
  return { end, decorations: Decoration.set(Decoration.replace({ widget, block: true }).range(0, end)) }
}

/// Where the fold ends after a transaction. Letters typed behind it cost nothing.
function endAfter(tr: Transaction, end: number): number {
  for (const effect of tr.effects) if (effect.is(foldMatter)) end = effect.value ? matterEnd(tr.newDoc) : 0
  if (end === 0) return 0
  if (tr.docChanged && tr.changes.touchesRange(0, end)) end = matterEnd(tr.newDoc)
  // Also where it ends behind it: what is typed over all of the text replaces all of it.
  return tr.newSelection.ranges.some(range => range.from <= end) ? 0 : end
}

const field = StateField.define<Fold>({
  create({ doc, selection }) {
    const end = matterEnd(doc)
    return foldTo(doc, selection.main.head <= end ? 0 : end)
  },
  update(fold, tr) {
    const end = endAfter(tr, fold.end)
    const same = end === fold.end && (end === 0 || !tr.docChanged || !tr.changes.touchesRange(0, end))
    return same ? fold : foldTo(tr.newDoc, end)
  },
  provide: field => EditorView.decorations.from(field, fold => fold.decorations),
})

/// Where the folded front matter ends; 0 where it is not folded.
export function foldedTo(state: EditorState): number {
  return state.field(field, false)?.end ?? 0
}

/// Where the text behind the front matter begins: at its first line that has
/// something on it, or else at its end.
export function textStart(doc: Text): number {
  const end = matterEnd(doc)
  if (end === 0) return 0
  for (let n = doc.lineAt(end).number + 1; n <= doc.lines; n++) {
    const line = doc.line(n)
    if (/\S/.test(line.text)) return line.from
  }
  return doc.length
}

/// Going up through the text ends at its first line, as it ends at a text's top.
const stay = (distance: (view: EditorView) => number | undefined): Command => view => {
  const end = foldedTo(view.state)
  const { main, ranges } = view.state.selection
  if (end === 0 || ranges.length > 1 || view.moveVertically(main, false, distance(view)).head > end) return false
  view.dispatch({ selection: { anchor: end + 1 }, effects: EditorView.scrollIntoView(0), userEvent: "select" })
  return true
}

/// Folds the front matter of a text whose cursor is behind it.
export const matterFold: Extension = [
  field,
  Prec.high(keymap.of([
    { key: "ArrowUp", run: stay(() => undefined) },
    { key: "PageUp", run: stay(view => Math.max(view.defaultLineHeight, view.scrollDOM.clientHeight - 5)) },
  ])),
  // Backspace at the text's begin would join it with what closes the front matter.
  EditorState.transactionFilter.of(tr => {
    const end = foldedTo(tr.startState)
    return end > 0 && tr.isUserEvent("delete.backward") && tr.changes.touchesRange(0, end) ? [] : tr
  }),
  EditorState.transactionExtender.of(tr => {
    const end = foldedTo(tr.startState)
    const after = endAfter(tr, end)
    if ((end > 0) === (after > 0)) return null
    return { effects: EditorView.announce.of(after > 0 ? t("Front matter folded into one line") : t("Front matter shown in the text")) }
  }),
]
