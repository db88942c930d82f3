// Which lines of a comparison are offered to a comment.
import { EditorState } from "@codemirror/state"
import { unifiedMergeView } from "@codemirror/merge"
import { expect, test } from "@playwright/test"
import { firstChanged, linesAround, startAt } from "../src/editor/line-offer"

const compared = (old: string, now: string) => EditorState.create({ doc: now, extensions: [unifiedMergeView({ original: old })] })

test("a comment begins at the first changed line that says something", () => {
  for (const [old, now, wanted] of [
    ["a\nb\nc\n", "a\nB\nc\n", 2],
    ["a\nz\n", "a\n\n## New\n\nz\n", 3],
    ["a\nz\n", "a\n\n\nz\n", 2],
    ["a\n", "a\n", 1],
  ] as const) expect([now, firstChanged(compared(old, now))]).toEqual([now, wanted])
  expect(linesAround(compared("a\nb\nc\nd\n", "a\nb\nX\nd\n"), 1)).toEqual([2, 3, 4])
})

test("the last line follows the first", () => {
  const offered = [1, 2, 3, 4, 20, 21]
  for (const [start, line, last] of [[1, 3, 3], [3, 3, 3], [4, 2, 4], [2, 21, 2], [20, 4, 20], [20, 21, 21]] as const) {
    expect(startAt(offered, start, line)).toEqual({ start, line: last })
  }
})
