// Exact keeps a file's bytes as they are. The document's lines end with "\n"
// alone, so that a "\r" stays in the text, where it is hidden at a line's end;
// in a file that has such ends, what is typed gets them too, and the cursor
// never stands between the two. A byte order mark is kept and hidden as well.
import {
  EditorSelection, EditorState, RangeSetBuilder, Transaction,
  type ChangeSpec, type Extension, type SelectionRange, type Text,
} from "@codemirror/state"
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view"

const mark = "\ufeff"

/// Everything that keeps `text` exact while it is edited.
export function exact(text: string): Extension {
  const extensions: Extension[] = [EditorState.lineSeparator.of("\n")]
  const crlf = text.includes("\r\n")
  // What comes from a clipboard has the clipboard's line ends, not the file's.
  extensions.push(
    EditorView.clipboardInputFilter.of(pasted => pasted.replace(/\r\n?/g, "\n")),
    EditorView.clipboardOutputFilter.of(copied => copied.replace(/\r\n/g, "\n")),
  )
  if (crlf) extensions.push(EditorState.transactionFilter.of(keepLineEnds))
  if (crlf || text.startsWith(mark)) {
    extensions.push(EditorState.transactionFilter.of(keepCursorOut), hidden)
  }
  return extensions
}

/// Repairs the line ends that an edit made or broke.
function keepLineEnds(tr: Transaction): Transaction | readonly any[] {
  if (!tr.docChanged || tr.isUserEvent("undo") || tr.isUserEvent("redo") || !tr.annotation(Transaction.userEvent)) return tr
  const fixes = lineEndFixes(tr)
  return fixes.length > 0 ? [tr, { changes: fixes, sequential: true }] : tr
}

/// What must change after `tr` so that every line end that it touched is whole.
function lineEndFixes(tr: Transaction): ChangeSpec[] {
  const fixes: ChangeSpec[] = []
  const old = tr.startState.doc
  const doc = tr.newDoc
  let done = -1
  tr.changes.iterChanges((fromA, toA, fromB, toB) => {
    if (charAt(doc, fromB - 1) === "\r" && charAt(doc, fromB) !== "\n" && fromB - 1 > done) {
      fixes.push({ from: fromB - 1, to: fromB })
    }
    for (let at = fromB; at < toB; at = doc.lineAt(at).to + 1) {
      const end = doc.lineAt(at).to
      if (end >= toB) break
      if (charAt(doc, end - 1) !== "\r") fixes.push({ from: end, insert: "\r" })
    }
    done = toB
    if (charAt(doc, toB) === "\n" && charAt(doc, toB - 1) !== "\r" && charAt(old, toA - 1) === "\r" && charAt(old, toA) === "\n") {
      // Deleting at a line's end joins it with the next; replacing up to a
      // line's end does not.
      if (toA - fromA === 1 && fromB === toB) fixes.push({ from: toB, to: toB + 1 })
      else fixes.push({ from: toB, insert: "\r" })
      done = toB + 1
    }
  })
  return fixes
}

/// Moves a cursor out of the middle of a line end, and from before the mark.
function keepCursorOut(tr: Transaction): Transaction | readonly any[] {
  const selection = tr.newSelection
  const doc = tr.newDoc
  let changed = false
  const ranges = selection.ranges.map((range, i) => {
    const was = tr.docChanged ? undefined : tr.startState.selection.ranges[i]
    const anchor = place(doc, range.anchor, was?.anchor)
    const head = place(doc, range.head, was?.head)
    if (anchor === range.anchor && head === range.head) return range
    changed = true
    return anchor === head ? EditorSelection.cursor(head, range.assoc) : EditorSelection.range(anchor, head)
  }) as SelectionRange[]
  if (!changed) return tr
  return [tr, { selection: EditorSelection.create(ranges, selection.mainIndex), sequential: true }]
}

function place(doc: Text, at: number, was: number | undefined): number {
  if (at === 0 && charAt(doc, 0) === mark) return 1
  if (charAt(doc, at - 1) === "\r" && charAt(doc, at) === "\n") return was === at - 1 ? at + 1 : at - 1
  return at
}

function charAt(doc: Text, at: number): string {
  return at < 0 || at >= doc.length ? "" : doc.sliceString(at, at + 1)
}

const nothing = Decoration.replace({})

const hidden = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = hide(view)
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = hide(update.view)
    }
  },
  {
    decorations: plugin => plugin.decorations,
    provide: plugin => EditorView.atomicRanges.of(view => view.plugin(plugin)?.decorations ?? Decoration.none),
  },
)

function hide(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  const { doc } = view.state
  let last = 0
  if (charAt(doc, 0) === mark) {
    builder.add(0, 1, nothing)
    last = 1
  }
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = doc.lineAt(at)
      if (line.to > line.from && line.to - 1 >= last && charAt(doc, line.to - 1) === "\r" && line.to < doc.length) {
        builder.add(line.to - 1, line.to, nothing)
        last = line.to
      }
      at = line.to + 1
    }
  }
  return builder.finish()
}
