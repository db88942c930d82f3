// Changed lines counts what a change of a text comes to.
import { Chunk } from "@codemirror/merge"
import type { Text } from "@codemirror/state"
import { textOf } from "../text/file-text"
import { number, t, tn } from "../base/words"
import { comparison } from "./compare"

/// How many lines a text has that another had not, and the other way round: "3
/// lines new, 1 gone".
export function changedLines(old: string, now: string): string {
  const [a, b] = [textOf(old), textOf(now)]
  let [added, gone] = [0, 0]
  for (const chunk of Chunk.build(a, b, comparison)) {
    added += now === "" ? 0 : linesIn(b, chunk.fromB, chunk.toB, chunk.endB)
    gone += old === "" ? 0 : linesIn(a, chunk.fromA, chunk.toA, chunk.endA)
  }
  if (added === 0 && gone === 0) return old === now ? tn(0, "{count} line new", "{count} lines new") : t("1 line new, 1 gone") // its end alone
  if (gone === 0) return tn(added, "{count} line new", "{count} lines new")
  if (added === 0) return tn(gone, "{count} line gone", "{count} lines gone")
  return tn(added, "{count} line new, {gone} gone", "{count} lines new, {gone} gone", { gone: number(gone) })
}

/// What stands behind a text's last line end is a line to the editor, and none to Git.
function linesIn(text: Text, from: number, to: number, end: number): number {
  if (from === to) return 0
  const last = text.lineAt(end)
  return last.number - text.lineAt(from).number + (last.number === text.lines && last.length === 0 ? 0 : 1)
}
