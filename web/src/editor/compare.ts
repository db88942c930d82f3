// Compare finds what differs between two texts, in a time that their sizes alone decide:
// they come from anybody, and a screen waits for it. What looks through all letters takes
// the square of their number, or more, where texts have little in common, or a sign or a
// line over and over. So as much as that can be done for is compared so, and the rest by
// lines that each text has once; what is between these is one change then.
import { Change, diff } from "@codemirror/merge"

/// How much is compared letter by letter: the product of both sizes, without what texts
/// begin and end with alike. The worst ones of that size take half a second.
const most = 100_000_000

/// Those that have little in common are not looked through to the last letter.
const limit = { scanLimit: 500 }

/// What has the library's views, chunks and presentable changes compare texts so.
export const comparison = { override: compare }

/// The changes that make `b` of `a`, ascending, in UTF-16 units. Never throws.
export function compare(a: string, b: string): readonly Change[] {
  const whole = { fromA: 0, toA: a.length, fromB: 0, toB: b.length }
  if (costOf(a, b, whole) <= most) return diff(a, b, limit)
  const [linesA, linesB] = [linesIn(a), linesIn(b)]
  const [startA, startB] = [startsOf(linesA), startsOf(linesB)]
  const runs = compareLines(linesA, linesB).map(({ fromA, toA, fromB, toB }) => ({ fromA: startA[fromA]!, toA: startA[toA]!, fromB: startB[fromB]!, toB: startB[toB]! }))
  return within(runs, a, b, ({ fromA, toA, fromB, toB }) => [a.slice(fromA, toA), b.slice(fromB, toB)])
}

/// The changes that make some lines of others, in numbers of lines. A line is the same or
/// it is not. Never throws.
export function compareLines(a: readonly string[], b: readonly string[]): readonly Change[] {
  const numbers = new Map<string, number>()
  const numbered = (lines: readonly string[]) => lines.map(line => {
    const number = numbers.get(line) ?? numbers.size
    numbers.set(line, number)
    return number
  })
  const [before, now] = [numbered(a), numbered(b)]
  const whole = { fromA: 0, toA: a.length, fromB: 0, toB: b.length }
  const runs = costOf(before, now, whole) <= most ? [whole] : runsBetween(before, now, inBoth(before, now))
  return within(runs, before, now, ({ fromA, toA, fromB, toB }) => asLetters(before.slice(fromA, toA), now.slice(fromB, toB)))
}

type Run = Pick<Change, "fromA" | "toA" | "fromB" | "toB">

/// What changes in runs that do: looked through by letters for as long as that may take,
/// each run one change otherwise, and where there are no letters for it.
function within<T>(runs: readonly Run[], a: ArrayLike<T>, b: ArrayLike<T>, lettersOf: (run: Run) => [string, string] | null): Change[] {
  const changes: Change[] = []
  let rest = most
  for (const run of runs) {
    const { fromA, toA, fromB, toB } = run
    const cost = costOf(a, b, run)
    const letters = cost <= rest ? lettersOf(run) : null
    if (letters) {
      rest -= cost
      for (const c of diff(...letters, limit)) changes.push(new Change(c.fromA + fromA, c.toA + fromA, c.fromB + fromB, c.toB + fromB))
    } else changes.push(new Change(fromA, toA, fromB, toB))
  }
  return changes
}

/// The product of the sizes of what is not the same at a run's begin and end.
function costOf<T>(a: ArrayLike<T>, b: ArrayLike<T>, { fromA, toA, fromB, toB }: Run): number {
  while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) [fromA, fromB] = [fromA + 1, fromB + 1]
  while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) [toA, toB] = [toA - 1, toB - 1]
  return (toA - fromA) * (toB - fromB)
}

/// What is between pairs of equal lines, without the equal lines around these.
function runsBetween(a: readonly number[], b: readonly number[], pairs: readonly (readonly [number, number])[]): Run[] {
  const runs: Run[] = []
  let [fromA, fromB] = [0, 0]
  for (const [nextA, nextB] of [...pairs, [a.length, b.length] as const]) {
    let [toA, toB] = [nextA, nextB]
    while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) [fromA, fromB] = [fromA + 1, fromB + 1]
    while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) [toA, toB] = [toA - 1, toB - 1]
    if (fromA < toA || fromB < toB) runs.push({ fromA, toA, fromB, toB })
    ;[fromA, fromB] = [nextA + 1, nextB + 1]
  }
  return runs
}

/// Where lines are that each text has once: as many pairs of places as are in the same
/// order in both, which is their longest ascending sequence.
function inBoth(a: readonly number[], b: readonly number[]): [number, number][] {
  const [inA, inB] = [placesOnce(a), placesOnce(b)]
  const ends: { at: [number, number]; before: number }[] = []
  const last: number[] = [] // of the best sequence of each length, which of `ends` it has last
  for (const [line, i] of inA) {
    const j = inB.get(line)
    if (i < 0 || j === undefined || j < 0) continue
    let [low, high] = [0, last.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (ends[last[middle]!]!.at[1] < j) low = middle + 1
      else high = middle
    }
    last[low] = ends.push({ at: [i, j], before: low > 0 ? last[low - 1]! : -1 }) - 1
  }
  const pairs: [number, number][] = []
  for (let n = last.at(-1) ?? -1; n >= 0; n = ends[n]!.before) pairs.push(ends[n]!.at)
  return pairs.reverse()
}

/// Where each line is, by its number, in the order of their first places; -1 for one that
/// is there more than once.
function placesOnce(lines: readonly number[]): Map<number, number> {
  const places = new Map<number, number>()
  lines.forEach((line, n) => places.set(line, places.has(line) ? -1 : n))
  return places
}

/// Lines with a letter for each, equal ones for equal lines: what compares letters
/// compares lines then. Null where there are more lines than letters.
function asLetters(a: readonly number[], b: readonly number[]): [string, string] | null {
  const letters = new Map<number, string>()
  for (const line of [...a, ...b]) {
    // No halves of pairs, which a comparison of letters keeps together.
    const n = letters.size + 1
    if (!letters.has(line)) letters.set(line, String.fromCharCode(n < 0xd800 ? n : n + 0x800))
  }
  if (letters.size > 60_000) return null
  const text = (lines: readonly number[]) => lines.map(line => letters.get(line)!).join("")
  return [text(a), text(b)]
}

/// With what ends them.
function linesIn(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/)
}

/// Where lines begin, and behind them where the last one ends.
function startsOf(lines: readonly string[]): number[] {
  const starts = [0]
  for (const line of lines) starts.push(starts.at(-1)! + line.length)
  return starts
}
