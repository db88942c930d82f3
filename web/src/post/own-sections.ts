// Own sections is which problems concern somebody who shares a post with others: an
// empty section is for who writes it, and for who has taken none to look after all.
import { Text } from "@codemirror/state"
import type { Diagnostic } from "../protocol/preview"
import type { Writer } from "../protocol/server"
import { chapterAt, sameChapter } from "../text/chapters"

/// Leaves out the empty sections that are not this person's, where they and others have
/// sections of the text.
export function concerning<D extends Pick<Diagnostic, "code" | "from">>(found: readonly D[], text: string, writers: readonly Writer[]): readonly D[] {
  const own = writers.filter(writer => writer.own)
  if (own.length === 0 || own.length === writers.length || !found.some(problem => problem.code === emptySection)) return found
  const lines = (part: string) => part.split(/\r\n?|\n/)
  const doc = Text.of(lines(text))
  return found.filter(problem => {
    if (problem.code !== emptySection) return true
    const chapter = chapterAt(doc, doc.line(lines(text.slice(0, problem.from)).length).from)
    return chapter === null || own.some(writer => sameChapter(writer.section, chapter.name))
  })
}

/// The code of the rule, as `internal/lint` has it.
const emptySection = "empty-section"
