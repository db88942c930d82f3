// What is done with a whole text, or with one line of it, takes a time that its size alone
// decides: one that somebody wrote to stop an editor, or pasted without knowing, does not.
import { test } from "@playwright/test"
import { matterOf } from "../src/editor/completion/matter"
import { valueBegun } from "../src/editor/completion/completion"

/// Under how many milliseconds nothing is said: the machine has other things to do.
const floor = 150

/// How long some work takes, in milliseconds: the shortest of five times, or the first
/// that is below the floor, or above what another program's work could make of it.
function timeOf(work: () => unknown): number {
  let best = Infinity
  for (let i = 0; i < 5 && best > floor && best < 4_000; i++) {
    const begun = performance.now()
    work()
    best = Math.min(best, performance.now() - begun)
  }
  return best
}

/// What is done, and the texts that are made of a number of pieces. What has two ways to
/// read each piece takes for ever with some tens of them.
const table: [what: string, work: (text: string) => unknown, texts: ((n: number) => string)[]][] = [
  ["the value that is begun in front matter", valueBegun, [
    n => "tags: [" + "one, ".repeat(n) + "]", n => "tags: [" + "one,  ".repeat(n), n => "tags: [" + " ".repeat(n) + "]", n => "tags:" + " ".repeat(n) + "]", n => " ".repeat(n) + "x", n => "-" + " ".repeat(n) + "\u2028",
  ]],
  ["the values of a site's front matter", text => matterOf([`---\n${text}\n---\n`]), [
    n => "tags: [" + "one, ".repeat(n) + "] x", n => "a: b" + " ".repeat(n) + "c", n => "a: [" + "]".repeat(n) + "c", n => "a: [" + "] #".repeat(n), n => "a:" + " ".repeat(n) + "\u2028", n => "-" + " ".repeat(n) + "\u2028",
  ]],
]

for (const [what, work, texts] of table) {
  test(`${what} takes no more than its size`, () => {
    texts.forEach((text, i) => {
      let less = Infinity
      // What grows with the square or the cube is found before it takes minutes.
      for (const n of [125, 1_000, 8_000, 64_000]) {
        const whole = text(n)
        const more = timeOf(() => work(whole))
        if (more > floor && more > 32 * less) throw new Error(`text ${i + 1}: ${n} pieces take ${Math.round(more)} ms, an eighth of them ${Math.round(less)} ms`)
        less = more
      }
    })
  })
}
