// World is what a post's life is tried in: a repository, browsers of two people, and
// the rules that hold whatever happens to them.
import { fateOf } from "../../src/post/parting-draft"
import { Browser } from "./browser"
import { Repository } from "./repository"
import { linesOf, textOf } from "./texts"

export class World {
  readonly repository = new Repository(textOf(["first", "second"]))
  readonly browsers = [new Browser(this, "ada", "ada"), new Browser(this, "ada's other", "ada"), new Browser(this, "ben", "ben")]
  /// Lines that nobody has taken out, by who wrote them.
  readonly alive = new Map<string, string>()
  /// Lines of a post that somebody took away with it.
  readonly gone = new Set<string>()
  private counted = 0

  private time = 0

  /// A version that no draft has had yet.
  later(): number {
    return (this.time += 1_000)
  }

  line(whose: string): string {
    const line = `${whose} ${++this.counted}`
    this.alive.set(line, whose)
    return line
  }

  /// What is written to the repository takes out nothing of anybody else's, and of
  /// the writer's own only what they took out.
  written(browser: Browser | null, before: string, after: string): void {
    const there = linesOf(after)
    for (const line of linesOf(before)) {
      const chosen = browser ? browser.dropped.has(line) : this.browsers.some(b => b.dropped.has(line))
      if (!there.includes(line) && this.alive.has(line) && !this.gone.has(line) && !chosen) throw new Error(`${browser?.name ?? "a merge"} took out “${line}”: ${JSON.stringify(before)} became ${JSON.stringify(after)}`)
    }
  }

  /// Every line is in an editor, a draft or a commit.
  check(): void {
    for (const [line, whose] of this.alive) {
      if (this.repository.ever.has(line)) continue
      const browser = this.browsers.find(b => b.name === whose)
      if (!browser) throw new Error("a line of nobody's: " + line)
      if (!browser.lines().includes(line) && !browser.tabs.some(tab => linesOf(tab.text).includes(line))) throw new Error(`“${line}” is lost`)
    }
    for (const browser of this.browsers) {
      for (const tab of browser.tabs) {
        const life = tab.life
        if (life.phase !== "open") continue
        if (life.other?.wrote?.page === tab.page) throw new Error(`${browser.name} is asked about what that very tab wrote: ${JSON.stringify(life.other.text)}`)
        if (life.tab.is === "watching" && life.submitting.is === "asking") throw new Error(`${browser.name}: a tab that may not write asks for a submission`)
        if (life.keeping.is !== "resting" || life.tab.is !== "writing" || browser.full || tab.stale) continue
        const { shown } = life.keeping
        // What was taken back in the last moment is the text from which it was made, again.
        const draft = tab.draft()
        const kept = draft?.text === tab.text || browser.parted.get(tab.key)?.some(one => (one.draft ? one.draft.text : fateOf(one, draft) === "newer" && draft?.base) === tab.text)
        if (shown.kind === "kept" && tab.draft()?.version === shown.draft.version) {
          const { left = false, into = "" } = shown.draft
          if (left !== life.left || into !== life.target.into) throw new Error(`${browser.name}: a tab's text does not go where its draft says: ${JSON.stringify([left, into, life.left, life.target])}`)
        }
        // What another tab has carried into the draft meanwhile this one learns when it
        // looks, or keeps something.
        const carriedInto = shown.kind === "kept" && (tab.draft()?.version ?? shown.draft.version) !== shown.draft.version
        if (shown.kind === "kept" && !kept && !carriedInto) throw new Error(`${browser.name}: “kept” is said of ${JSON.stringify(tab.text)}, and ${JSON.stringify(tab.draft()?.text)} is`)
      }
    }
  }
}
