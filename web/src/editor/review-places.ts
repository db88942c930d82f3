// Review places are the lines that something was said about, or what the writer made of
// them by editing since. Where the text became another at once, by a merge or by loading
// it, only lines that both have keep their marks: a line that took another's place is not
// that line, whatever letters the two have in common.
import { Transaction, type ChangeDesc, type Text } from "@codemirror/state"
import { sameLines } from "./same-lines"

/// What is said at some lines of a text.
export interface ReviewMark {
  id: string
  /// The first and the last line in the text that it was said about, from 1.
  start: number
  line: number
  /// What the button says: "2 comments by Ben".
  label: string
  /// What it shows, in a sign or two.
  count: string
  /// Whether it is settled.
  quiet: boolean
}

/// Where a mark is in the text.
export interface Place {
  mark: ReviewMark
  /// From the first line's start to the last one's end.
  from: number
  to: number
  gone: boolean
  /// The lines as they were when they were said something about.
  said: string
  /// Whether the writer edited them since.
  edited: boolean
}

/// The places of marks in a text, whose lines are those of another that it was made of.
/// What the writer made of lines by editing is known by the places that there were.
export function placed(marks: readonly ReviewMark[], of: Text, doc: Text, were: readonly Place[]): Place[] {
  const found = sameLines(of, doc)
  return marks.filter(({ start, line }) => start >= 1 && line <= of.lines && start <= line).map((mark): Place => {
    const said = linesAt({ from: of.line(mark.start).from, to: of.line(mark.line).to }, of)
    const known = were.find(place => place.mark.id === mark.id && place.said === said && isThere(place, doc))
    return known ? { ...known, mark } : { mark, said, edited: false, ...placeOf(doc, found.slice(mark.start, mark.line + 1)) }
  })
}

/// Whether the lines of a place are those that it is about.
export function isThere(place: Place, doc: Text): boolean {
  return !place.gone && (place.edited || linesAt(place, doc) === place.said)
}

/// The lines of a place as they are now, without what else a file ends them with or
/// begins with.
export function linesAt({ from, to }: Pick<Place, "from" | "to">, doc: Text): string {
  return doc.sliceString(from, to, "\n").replace(/^\ufeff|\r$/gm, "")
}

/// Places after a transaction.
export function placesAfter(places: readonly Place[], tr: Transaction): readonly Place[] {
  if (places.every(place => place.gone)) return places
  // What a writer does has a name; what the text is made by otherwise has none.
  if (tr.annotation(Transaction.userEvent) !== undefined) return places.map(place => edited(place, tr.changes, tr.newDoc))
  const found = sameLines(tr.startState.doc, tr.newDoc)
  return places.map(place => {
    if (place.gone) return place
    const { doc } = tr.startState
    return { ...place, ...placeOf(tr.newDoc, found.slice(doc.lineAt(place.from).number, doc.lineAt(place.to).number + 1)) }
  })
}

/// Where lines are whose numbers are given; gone unless all of them are there, one behind
/// the other.
function placeOf(doc: Text, numbers: readonly number[]): { from: number; to: number; gone: boolean } {
  if (numbers.length === 0 || !numbers.every((n, at) => n > 0 && n === numbers[0]! + at)) return { from: 0, to: 0, gone: true }
  return { from: doc.line(numbers[0]!).from, to: doc.line(numbers.at(-1)!).to, gone: false }
}

/// Where a place is after a writer's edit. Lines that were typed before and behind it are
/// outside. What takes an end of its lines with a part of them, as a selection that
/// begins within one and ends within the next, takes them: what is left of them is a part
/// of another line.
function edited(place: Place, changes: ChangeDesc, doc: Text): Place {
  if (place.gone) return place
  const empty = place.from === place.to
  let [touched, torn] = [false, false]
  changes.iterChangedRanges((from, to) => {
    if (empty && from < to && from <= place.from && to >= place.to) torn = true
    if (from <= place.to && to >= place.from) touched = true
    if ((from < place.from && to > place.from && to < place.to) || (from > place.from && from < place.to && to > place.to)) torn = true
  }, true)
  const from = changes.mapPos(place.from, empty ? -1 : 1)
  const to = changes.mapPos(place.to, -1)
  if (torn || (!empty && from >= to)) return { ...place, from: to, to, gone: true }
  return { ...place, from: doc.lineAt(from).from, to: doc.lineAt(to).to, edited: place.edited || touched }
}
