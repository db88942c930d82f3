// Same lines finds the lines of a text in another that was made of it. A line is the
// same or it is not: what two different lines have in common makes neither the other.
import type { Text } from "@codemirror/state"
import { compareLines } from "./compare"

/// Where each line of a text is in another: `found[n]` is the number of line n there,
/// both from 1, and 0 for one that was taken out or replaced, and where nothing tells
/// which of several equal lines it is. What ends a line does not count.
export function sameLines(a: Text, b: Text): number[] {
  const [before, now] = [linesIn(a), linesIn(b)]
  const found = new Array<number>(before.length + 1).fill(0)
  const onceBefore = once(before)
  const onceNow = once(now)
  const single = (line: string) => onceBefore.has(line) && onceNow.has(line)

  const changes = compareLines(before, now)
  let [done, there] = [0, 0]
  for (const { fromA, toA, toB } of [...changes, { fromA: before.length, toA: 0, toB: 0 }]) {
    // Up to the change, equal lines follow each other here and there. Lines that texts
    // have often, as blank ones, do not tell that these are the same; one that each has
    // once does.
    if (changes.length === 0 || before.slice(done, fromA).some(single)) {
      for (let n = done; n < fromA; n++) found[n + 1] = there + n - done + 1
    }
    ;[done, there] = [toA, toB]
  }
  for (const { fromA, toA } of changes) forgetTwins(before, found, fromA, toA)
  // What was moved is elsewhere.
  before.forEach((line, n) => {
    if (single(line)) found[n + 1] ||= onceNow.get(line)!
  })
  return found
}

/// Of equal lines side by side, nothing tells which ones were taken out.
function forgetTwins(lines: readonly string[], found: number[], from: number, to: number): void {
  if (from === to) return
  for (let [n, last] = [from - 1, to - 1]; n >= 0 && lines[n] === lines[last]; n--, last--) found[n + 1] = 0
  for (let [n, first] = [to, from]; n < lines.length && lines[n] === lines[first]; n++, first++) found[n + 1] = 0
}

function linesIn(text: Text): string[] {
  return [...text.iterLines()].map((line, n) => (n === 0 ? line.replace(/^\ufeff/, "") : line).replace(/\r$/, ""))
}

/// The lines that stand in a text once, with their numbers from 1. None of them is blank.
function once(lines: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>()
  const twice = new Set<string>()
  lines.forEach((line, n) => {
    if (line.trim() === "" || numbers.has(line)) twice.add(line)
    else numbers.set(line, n + 1)
  })
  for (const line of twice) numbers.delete(line)
  return numbers
}
