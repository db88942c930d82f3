// File text keeps what a file has beside its lines, so that every byte that
// nobody typed stays: the sign that ends each line ("\n", "\r\n" or "\r"), and a
// byte order mark. CodeMirror's document has the lines alone, as of a file with
// "\n": what keys, clicks, selections and input methods do with it cannot depend
// on what the file has at its lines' ends.
//
// Everything outside the editor counts in the file's text. Offsets, changes and
// texts are translated here, and nowhere else.
import { invertedEffects } from "@codemirror/commands"
import {
  ChangeSet, MapMode, RangeSet, RangeValue, StateEffect, StateField, Text, type EditorState, type Extension,
  type Transaction, type TransactionSpec,
} from "@codemirror/state"
import type { Change } from "../protocol/preview"

/// What ends a line.
type End = "\n" | "\r\n" | "\r"

const mark = "\ufeff"

/// The end of a line that does not end as usual. It stands before the document's
/// "\n", and goes with it.
class OtherEnd extends RangeValue {
  override startSide = 1
  override endSide = 1
  override mapMode = MapMode.TrackAfter
  constructor(readonly end: End) {
    super()
  }
  override eq(other: RangeValue): boolean {
    return other instanceof OtherEnd && other.end === this.end
  }
}

const otherEnds: Record<End, OtherEnd> = { "\n": new OtherEnd("\n"), "\r\n": new OtherEnd("\r\n"), "\r": new OtherEnd("\r") }

interface Form {
  /// Whether the file begins with a byte order mark.
  marked: boolean
  /// What most lines end with, and what is typed gets.
  usual: End
  others: RangeSet<OtherEnd>
}

/// What a change makes of the form, where that does not follow from its text: the
/// ends of lines at places of the new document, and the mark.
interface FormChange {
  marked?: boolean
  ends: readonly { at: number; end: End }[]
}

const setForm = StateEffect.define<FormChange>({
  map: ({ marked, ends }, changes) => ({
    ...(marked === undefined ? {} : { marked }),
    ends: ends.flatMap(({ at, end }) => {
      const to = changes.mapPos(at, 1, MapMode.TrackAfter)
      return to === null ? [] : [{ at: to, end }]
    }),
  }),
})

const field = StateField.define<Form>({
  create: () => formOf(""),
  update(form, tr) {
    const effects = tr.effects.filter(effect => effect.is(setForm))
    if (!tr.docChanged && effects.length === 0) return form
    let { marked } = form
    let others = form.others.map(tr.changes)
    for (const { value } of effects) {
      marked = value.marked ?? marked
      others = withEnds({ ...form, others }, value.ends)
    }
    others = withEnds({ ...form, others }, fallenTogether({ ...form, others }, tr))
    return { ...form, marked, others }
  },
})

/// Keeps the form of `text`, whose lines the document has.
export function fileText(text: string): Extension {
  return [
    field.init(() => formOf(text)),
    // An undo brings back the ends of the lines that it brings back.
    invertedEffects.of(tr => {
      const form = tr.startState.field(field)
      if (!tr.effects.some(effect => effect.is(setForm)) && (form.others.size === 0 || !tr.docChanged)) return []
      const ends: { at: number; end: End }[] = []
      tr.changes.iterChangedRanges((from, to) => ends.push(...endsIn(form, tr.startState.doc, from - 1, to + 1)))
      return [setForm.of({ marked: form.marked, ends })]
    }),
  ]
}

/// The lines of a file's text, as a document.
export function linesOf(text: string): Text {
  return Text.of((text.startsWith(mark) ? text.slice(1) : text).split(/\r\n|\n|\r/))
}

/// A file's text with whatever is in it, for those who only show it.
export function textOf(text: string): Text {
  return Text.of(text.split("\n"))
}

/// The lines of a text as a file has them that ends its lines in its own way.
export function asIn(file: string, text: string): string {
  const [own, other] = [formOf(file), formOf(text)]
  if (own.usual === other.usual && own.marked === other.marked) return text
  return (own.marked ? mark : "") + linesOf(text).sliceString(0, undefined, own.usual)
}

/// The file's text.
export function textIn(state: EditorState): string {
  const form = state.field(field)
  return (form.marked ? mark : "") + slice(form, state.doc, 0, state.doc.length)
}

/// Whether the file's text is the document's, so that nothing is to be
/// translated.
export function isPlain(state: EditorState): boolean {
  const { marked, usual, others } = state.field(field)
  return !marked && usual === "\n" && others.size === 0
}

/// An offset of the document in the file.
export function toFile(state: EditorState, at: number): number {
  const form = state.field(field)
  let added = form.marked ? 1 : 0
  if (form.usual === "\r\n") added += state.doc.lineAt(at).number - 1
  for (const other = form.others.iter(); other.value && other.from < at; other.next()) added += other.value.end.length - form.usual.length
  return at + added
}

/// An offset of the file in the document. What is within a line's end is before
/// it, and what is out of the text at its nearer side.
export function fromFile(state: EditorState, at: number): number {
  const { doc } = state
  if (isPlain(state)) return Math.max(0, Math.min(at, doc.length))
  let low = 1
  let high = doc.lines
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (toFile(state, doc.line(middle).from) <= at) low = middle
    else high = middle - 1
  }
  const line = doc.line(low)
  return line.from + Math.max(0, Math.min(at - toFile(state, line.from), line.length))
}

/// What a transaction does to the file's text; null where that is nothing.
export function fileChanges(tr: Transaction): ChangeSet | null {
  if (isPlain(tr.startState) && !tr.effects.some(effect => effect.is(setForm))) return tr.docChanged ? tr.changes : null
  const { startState: old, state: now } = tr
  const [before, after] = [old.field(field), now.field(field)]
  const specs: { from: number; to: number; insert: Text }[] = []
  if (before.marked !== after.marked) specs.push({ from: 0, to: before.marked ? 1 : 0, insert: textOf(after.marked ? mark : "") })
  let done = 0
  tr.changes.iterChangedRanges((fromA, toA, fromB, toB) => {
    // A line's end beside a change may have become another by it.
    if (fromA > done && endAt(before, old.doc, fromA - 1) !== endAt(after, now.doc, fromB - 1)) [fromA, fromB] = [fromA - 1, fromB - 1]
    if (endAt(before, old.doc, toA) !== endAt(after, now.doc, toB)) [toA, toB] = [Math.min(toA + 1, old.doc.length), Math.min(toB + 1, now.doc.length)]
    done = toA
    specs.push({ from: toFile(old, fromA), to: toFile(old, toA), insert: textOf(slice(after, now.doc, fromB, toB)) })
  })
  return specs.length === 0 ? null : ChangeSet.of(specs, toFile(old, old.doc.length))
}

/// The change of the document that makes a change of the file's text, with its
/// line ends as they are given.
export function fromFileChange(state: EditorState, change: Change): TransactionSpec {
  const text = textIn(state)
  const { marked } = state.field(field)
  let { from, to, insert } = change
  // A line's end is taken whole, also one that the change makes.
  if (text[from - 1] === "\r" && (text[from] === "\n" || (insert || text.slice(to, to + 1)).startsWith("\n"))) insert = text[--from] + insert
  if (text[to] === "\n" && (text[to - 1] === "\r" || insert.endsWith("\r"))) insert += text[to++]
  const begins = from === 0 && (!marked || to > 0)
  const markedThen = begins ? insert.startsWith(mark) : marked
  const lines = begins && markedThen ? insert.slice(1) : insert
  const start = fromFile(state, from)
  const ends: { at: number; end: End }[] = []
  let shorter = 0 // by what the lines' ends before were cut to
  for (const { 0: end, index } of lines.matchAll(/\r\n|\n|\r/g)) {
    ends.push({ at: start + index - shorter, end: end as End })
    shorter += end.length - 1
  }
  return {
    changes: { from: start, to: fromFile(state, to), insert: linesOf(lines) },
    effects: ends.length > 0 || markedThen !== marked ? setForm.of({ marked: markedThen, ends }) : [],
  }
}

function formOf(text: string): Form {
  const marked = text.startsWith(mark)
  const counts: Record<End, number> = { "\r\n": 0, "\n": 0, "\r": 0 }
  const found: { at: number; end: End }[] = []
  let gone = marked ? 1 : 0 // units that the document has not got
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    const end = match[0] as End
    counts[end]++
    found.push({ at: match.index - gone, end })
    gone += end.length - 1
  }
  // What a file without lines gets is what the web has.
  const usual = (["\n", "\r\n", "\r"] as const).reduce((a, b) => (counts[b] > counts[a] ? b : a))
  const form = { marked, usual, others: RangeSet.empty as RangeSet<OtherEnd> }
  return { ...form, others: withEnds(form, found) }
}

/// The ends that are not usual, with some set.
function withEnds({ usual, others }: Form, ends: readonly { at: number; end: End }[]): RangeSet<OtherEnd> {
  if (ends.length === 0) return others
  const byPlace = new Map(ends.map(({ at, end }) => [at, end]))
  return others.update({
    filter: at => !byPlace.has(at),
    add: [...byPlace].filter(([, end]) => end !== usual).map(([at, end]) => otherEnds[end].range(at)),
    sort: true,
  })
}

/// A "\r" right before a "\n" would be one end: an empty line would be gone. The
/// first becomes a whole one.
function fallenTogether(form: Form, tr: Transaction): { at: number; end: End }[] {
  if (form.others.size === 0) return []
  const found: { at: number; end: End }[] = []
  tr.changes.iterChangedRanges((_fromA, _toA, from, to) => {
    for (const { at, end } of endsIn(form, tr.newDoc, from - 1, to + 1)) {
      if (end === "\r" && endAt(form, tr.newDoc, at + 1) === "\n") found.push({ at, end: "\r\n" })
    }
  })
  return found
}

/// What ends the line that ends at `at`; null where none does.
function endAt({ usual, others }: Form, doc: Text, at: number): End | null {
  if (at < 0 || at >= doc.length || doc.sliceString(at, at + 1) !== "\n") return null
  let end = usual
  others.between(at, at, (from, _to, other) => {
    if (from === at) end = other.end
  })
  return end
}

/// The ends of lines within a range.
function endsIn(form: Form, doc: Text, from: number, to: number): { at: number; end: End }[] {
  const found: { at: number; end: End }[] = []
  const limit = Math.min(to, doc.length)
  for (let at = Math.max(0, from); at < limit; at++) {
    at = doc.lineAt(at).to
    const end = at < limit ? endAt(form, doc, at) : null
    if (end) found.push({ at, end })
  }
  return found
}

function slice({ usual, others }: Form, doc: Text, from: number, to: number): string {
  let text = ""
  let at = from
  for (const other = others.iter(from); other.value && other.from < to; other.next()) {
    if (other.from < at) continue
    text += doc.sliceString(at, other.from, usual) + other.value.end
    at = other.from + 1
  }
  return text + doc.sliceString(at, to, usual)
}
