// Browser is a person's, with its tabs and what it keeps: drafts, and what pages that
// were left have left behind.
import type { Draft } from "../../src/post/drafts"
import { homeOf, type Place } from "../../src/post/life/state"
import { asLeft, fateOf, type Parting } from "../../src/post/parting-draft"
import { Tab } from "./tab"
import { linesOf, path } from "./texts"
import type { World } from "./world"

/// A browser of a person, with what it keeps.
export class Browser {
  readonly drafts = new Map<string, Draft>()
  /// What pages left behind, by the branch of the post.
  readonly parted = new Map<string, Parting[]>()
  readonly tabs: Tab[] = []
  full = false
  /// What stood on the screen when a post was left, by its branch, with the file that it
  /// was made from: it is to stand there again.
  readonly screens = new Map<string, { text: string; home: string; blob: string }>()
  /// What was written into the comparison with the draft at another place and is not there
  /// yet, by the branch of the post: the browser keeps it, too.
  readonly compared = new Map<string, string>()
  /// Lines of others that the writer chose to leave out.
  readonly dropped = new Set<string>()

  constructor(readonly world: World, readonly name: string, readonly person: string) {}

  /// It loses all that it keeps, as when a site's data is cleared; the tabs know when
  /// they look.
  wipe(): void {
    this.lose()
    for (const tab of this.tabs) tab.stale = true
  }

  /// The writer forgets all drafts, on the desk or as they sign out, which tells the tabs.
  forget(): void {
    for (const tab of this.tabs) tab.send({ type: "forgotten", why: "forgotten", all: true })
    this.lose()
    // One that heard of its draft's end before that of its writing looks again.
    for (const tab of this.tabs) tab.stale = tab.pending.some(one => one.event)
  }

  /// What no tab writes is lost: one that only shows it goes on from what is kept.
  private lose(): void {
    const kept = this.lines()
    this.drafts.clear()
    this.parted.clear()
    this.screens.clear()
    for (const line of kept) {
      const shown = this.tabs.some(tab => tab.open?.tab.is === "writing" && linesOf(tab.text).includes(line))
      if (!shown && this.world.alive.get(line) === this.name && !this.world.repository.ever.has(line)) this.world.alive.delete(line)
    }
  }

  /// Every line that it keeps. A draft of which its page has left that nothing is to be
  /// kept any more goes when the post is opened next.
  lines(): string[] {
    const left = [...this.parted.values()].flat().flatMap(({ draft }) => draft ?? [])
    const drafts = [...this.drafts].filter(([key, draft]) => !this.parted.get(key)?.some(parting => parting.draft === null && fateOf(parting, draft) === "newer"))
    return [...[...drafts.map(([, draft]) => draft), ...left].map(({ text }) => text), ...this.compared.values()].flatMap(linesOf)
  }

  /// Leaves something behind in place of what the same page left, or forgets what
  /// pages left.
  part(key: string, parting: Parting): void {
    if (!this.full) this.parted.set(key, [...(this.parted.get(key) ?? []).filter(other => other.page !== parting.page), parting])
  }

  forgetParting(key: string, which: (parting: Parting) => boolean): void {
    this.parted.set(key, (this.parted.get(key) ?? []).filter(parting => !which(parting)))
  }

  /// Brings what pages left behind into the database, as parting-draft.ts does.
  recover(key: string): { draft: Draft | undefined; other: Draft | null } {
    let draft = this.drafts.get(key)
    let other: Draft | null = null
    for (const parting of this.parted.get(key) ?? []) {
      const fate = fateOf(parting, draft)
      if (fate === "apart") {
        other ??= asLeft(parting, draft) ?? null
        continue
      }
      if (fate === "newer" && this.full) {
        draft = asLeft(parting, draft)
        continue
      }
      if (fate === "newer" && parting.draft) this.drafts.set(key, (draft = { ...parting.draft, version: (draft?.version ?? this.world.later()) + 1, updated: 0 }))
      else if (fate === "newer") {
        this.drafts.delete(key)
        draft = undefined
      }
      this.forgetParting(key, other => other === parting)
    }
    return { draft, other: other && draft && other.text !== draft.text ? { ...other, version: draft.version } : null }
  }

  open(place: Partial<Place> = {}): Tab {
    const tab = new Tab(this, { branch: "main", path, into: "", pull: 0, ...place })
    this.tabs.push(tab)
    const screen = this.screens.get(tab.key)
    this.screens.delete(tab.key)
    if (!screen || !tab.open || this.full) return tab
    const home = homeOf(tab.open)
    if (home === screen.home && this.world.repository.file(home)?.blob === screen.blob && tab.text !== screen.text) throw new Error(`${this.name} left ${JSON.stringify(screen.text)}, and finds ${JSON.stringify(tab.text)}`)
    return tab
  }

  /// A tab is left, and its page has the time for what is done at once.
  left(tab: Tab): void {
    const { open, key, text } = tab
    this.screens.delete(key)
    // Where another tab has the post, or has written it, the writer is asked.
    if (!open || open.tab.is !== "writing" || open.other || open.keeping.shown.kind === "moved" || this.tabs.some(other => other !== tab && other.key === key)) return
    // What another page left or brought here the writer is asked about.
    const kept = this.drafts.get(key)
    if (kept && kept.version !== open.keeping.seen && kept.wrote?.page !== tab.page) return
    if (this.parted.get(key)?.some(parting => parting.page !== tab.page)) return
    // It is at another place now.
    if (tab.gone !== null) return
    // Of what was forgotten they were told that it goes with the tab.
    if (open.keeping.is === "resting" && open.keeping.shown.kind === "failed") return
    if (!this.full && !tab.stale) this.screens.set(key, { text, home: homeOf(open), blob: open.origin.blob })
  }
}
