// Browser is a person's, with its tabs and what it keeps: drafts, and what pages that
// were left have left behind.
import type { Draft } from "../../src/post/drafts"
import type { Place } from "../../src/post/life/state"
import { Tab } from "./tab"
import { linesOf, path } from "./texts"
import type { World } from "./world"

/// A browser of a person, with what it keeps.
export class Browser {
  readonly drafts = new Map<string, Draft>()
  /// What pages left behind.
  parted: { tab: Tab; draft: Draft; seen: number }[] = []
  readonly tabs: Tab[] = []
  full = false
  /// Lines of others that the writer chose to leave out.
  readonly dropped = new Set<string>()

  constructor(readonly world: World, readonly name: string, readonly person: string) {}

  /// It loses all that it keeps, as when a site's data is cleared; the tabs know when
  /// they look.
  wipe(): void {
    this.lose()
    for (const tab of this.tabs) tab.stale = true
  }

  /// The writer forgets all drafts on the desk, which tells the tabs.
  forget(): void {
    for (const tab of this.tabs) tab.send({ type: "forgotten", why: "forgotten" })
    this.lose()
    // One that heard of its draft's end before that of its writing looks again.
    for (const tab of this.tabs) tab.stale = tab.pending.some(one => one.event)
  }

  /// What no tab writes is lost: one that only shows it goes on from what is kept.
  private lose(): void {
    const kept = [...this.drafts.values(), ...this.parted.map(p => p.draft)].flatMap(draft => linesOf(draft.text))
    this.drafts.clear()
    this.parted = []
    for (const line of kept) {
      const shown = this.tabs.some(tab => tab.open?.tab.is === "writing" && linesOf(tab.text).includes(line))
      if (!shown && this.world.alive.get(line) === this.name && !this.world.repository.ever.has(line)) this.world.alive.delete(line)
    }
  }

  open(place: Partial<Place> = {}): Tab {
    const tab = new Tab(this, { branch: "main", path, into: "", pull: 0, ...place })
    this.tabs.push(tab)
    return tab
  }
}
