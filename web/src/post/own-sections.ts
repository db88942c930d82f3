// Own sections is which problems concern somebody who shares a post with others: an
// empty section is for who writes it, and for who has taken none to look after all.
import { Text } from "@codemirror/state"
import type { Diagnostic } from "../protocol/preview"
import type { Writer } from "../protocol/server"
import { chaptersOf, sameChapter } from "../text/chapters"

/// Leaves out the empty sections that are not this person's, where they and others have
/// sections of the text.
export function concerning<D extends Pick<Diagnostic, "code" | "from">>(found: readonly D[], text: string, writers: readonly Writer[]): readonly D[] {
  const own = writers.filter(writer => writer.own)
  if (own.length === 0 || own.length === writers.length || !found.some(problem => problem.code === emptySection)) return found
  // Read once: of empty sections there may be hundreds.
  const doc = Text.of(text.split(/\r\n?|\n/))
  const ends = [...text.matchAll(/\r\n?|\n/g)].map(end => end.index + end[0].length)
  const chapters = chaptersOf(doc)
  return found.filter(problem => {
    if (problem.code !== emptySection) return true
    const { from } = doc.line(1 + countUpTo(ends, problem.from))
    const chapter = chapters.findLast(chapter => chapter.from <= from)
    return !chapter || own.some(writer => sameChapter(writer.section, chapter.name))
  })
}

/// How many of ascending numbers are up to one.
function countUpTo(ascending: readonly number[], most: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! <= most) low = middle + 1
    else high = middle
  }
  return low
}

/// The code of the rule, as `internal/lint` has it.
const emptySection = "empty-section"
