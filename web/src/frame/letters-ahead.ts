// Letters ahead are shown before they are rendered. When a rendering has put
// letters into a text, those that the writer types right behind them go there,
// too, by all appearance; so the page sends them to the frame at once, beside
// what it tells the worker. The rendering, which comes a few milliseconds
// later, confirms them or takes them back: what stays is what Galley rendered.
// (Terminals over slow lines do so, and call it local echo.)
//
// Letters are guessed only behind letters, within a text that was the only
// thing that changed at the edit before. There they stand for themselves in
// every dialect; punctuation may become something else.

export interface Ahead {
  /// Tells that a rendering changes a text of the document to `data`, and
  /// nothing else; `seq` is its edit's. Sets it, where it is not shown yet.
  rendered(seq: number, text: Text, data: string): void
  /// Shows the letters that were typed right behind edit number `seq`, all of
  /// them since. Answers the text that was changed; null where none was.
  typed(seq: number, letters: string): Text | null
  /// Brings the document back to what was rendered, before any other change of
  /// it.
  takeBack(): void
}

/// The text that is typed into.
interface Run {
  text: Text
  /// Its characters as they were rendered last.
  rendered: string
  /// Where the letters end that were rendered last.
  at: number
  /// What is shown there and not rendered yet.
  shown: string
  /// Where the letters of these edits end. A few are enough: the page is told of
  /// each edit when it is shown.
  ends: { seq: number; at: number }[]
}

const mostEnds = 50

export function createAhead(): Ahead {
  let run: Run | null = null

  function takeBack(): void {
    if (run && run.shown !== "") run.text.data = run.rendered
    run = null
  }

  return {
    takeBack,
    rendered(seq, text, data) {
      if (run?.text === text && run.shown !== "") {
        const count = data.length - run.rendered.length
        const at = run.at + count
        if (count > 0 && count <= run.shown.length && data === put(run.rendered, run.at, run.shown.slice(0, count))) {
          run.ends.push({ seq, at })
          run = { ...run, rendered: data, at, shown: run.shown.slice(count), ends: run.ends.slice(-mostEnds) }
          return
        }
      }
      takeBack()
      const at = endOfInsertion(text.data, data)
      if (at >= 0) run = { text, rendered: data, at, shown: "", ends: [{ seq, at }] }
      text.data = data
    },
    typed(seq, letters) {
      const end = run?.ends.find(end => end.seq === seq)
      if (!run || !end) return null
      const { text, rendered, at, shown } = run
      const known = rendered.slice(end.at, at) + shown
      if (letters.length <= known.length || !letters.startsWith(known)) return null
      let next = shown
      for (const letter of letters.slice(known.length)) {
        if (!isPlain(rendered.slice(0, at) + next, letter, rendered.slice(at))) break
        next += letter
      }
      if (next === shown) return null
      run.shown = next
      text.data = put(rendered, at, next)
      return text
    },
  }
}

function put(text: string, at: number, letters: string): string {
  return text.slice(0, at) + letters + text.slice(at)
}

/// Where what was inserted into a text ends; -1 where it is not known, or more
/// changed.
function endOfInsertion(was: string, is: string): number {
  const count = is.length - was.length
  if (count <= 0) return -1
  let same = 0
  while (same < was.length && was.charCodeAt(same) === is.charCodeAt(same)) same++
  if (was.slice(same) !== is.slice(same + count)) return -1
  // "ll" may have become "lll" at either end.
  if (is.slice(same, same + count).endsWith(was.charAt(same - 1)) && same > 0) return -1
  return same + count
}

/// Whether a letter can but be itself there. A space at the end of a line would
/// not be.
function isPlain(before: string, letter: string, after: string): boolean {
  if (letter === " ") return /\p{L}$/u.test(before) && /^ ?\p{L}/u.test(after)
  return /^\p{L}$/u.test(letter) && /\p{L} ?$/u.test(before)
}
