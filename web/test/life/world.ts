// World is what a post's life is tried in: a repository with pull requests as the
// forges keep it, browsers that keep drafts, tabs with an editor that can undo, and
// effects whose answers come when the test says, or fail, or come twice, or never.
// A text is a list of lines, each of which somebody wrote once. It is one file, long
// as it is, since its parts know each other: nothing of it is used alone.
import { mayReplace, type Draft, type Wrote } from "../../src/post/drafts"
import type { CatchUp, PieceChoice } from "../../src/post/merge"
import type { Effect, Event } from "../../src/post/life/events"
import { reading } from "../../src/post/life/begin"
import type { Life, Open, Place, Read } from "../../src/post/life/state"
import { step } from "../../src/post/life/step"
import type { Piece, PostFile, Problem, Pull } from "../../src/protocol/server"
import { originOf, type Origin } from "../../src/text/origin"

export const path = "_posts/2026-08-16-update.md"
export const linesOf = (text: string): string[] => text.split("\n").filter(line => line !== "")
export const textOf = (lines: readonly string[]): string => lines.map(line => line + "\n").join("")
const blobOf = (text: string): string => "blob of " + text

interface Commit {
  parents: number[]
  /// null where the post is not there.
  text: string | null
}

interface OnePull {
  number: number
  branch: string
  person: string
  state: "open" | "closed" | "merged"
  conflict: boolean
}

/// Three texts as one: what one side took out is gone, what either put in is there.
function threeWay(base: string, mine: string, theirs: string): { both: string[]; mine: string[]; theirs: string[] } {
  const [b, m, t] = [base, mine, theirs].map(linesOf) as [string[], string[], string[]]
  return {
    both: m.filter(line => t.includes(line)),
    mine: m.filter(line => !t.includes(line) && !b.includes(line)),
    theirs: t.filter(line => !m.includes(line) && !b.includes(line)),
  }
}

export class Repository {
  readonly commits: Commit[] = []
  readonly branches = new Map<string, number>()
  readonly pulls: OnePull[] = []
  /// Every line that a commit ever had.
  readonly ever = new Set<string>()

  constructor(text: string) {
    this.branches.set("main", this.add([], text))
  }

  add(parents: number[], text: string | null): number {
    linesOf(text ?? "").forEach(line => this.ever.add(line))
    return this.commits.push({ parents, text }) - 1
  }

  at(branch: string): string | null {
    return this.commits[this.branches.get(branch)!]!.text
  }

  file(branch: string): PostFile | null {
    const head = this.branches.get(branch)
    const text = head === undefined ? null : this.commits[head]!.text
    return text === null ? null : { path, text, blob: blobOf(text), commit: String(head), branch, url: "" }
  }

  private readonly lines = new Map<number, Set<number>>()

  ancestors(commit: number): Set<number> {
    const known = this.lines.get(commit)
    if (known) return known
    const all = new Set<number>()
    this.lines.set(commit, all)
    const visit = (id: number) => {
      if (all.has(id)) return
      all.add(id)
      this.commits[id]!.parents.forEach(visit)
    }
    visit(commit)
    return all
  }

  /// The text that a branch and main both went on from.
  began(branch: string): string {
    const there = this.ancestors(this.branches.get("main")!)
    const common = [...this.ancestors(this.branches.get(branch)!)].filter(id => there.has(id))
    const best = common.find(id => !common.some(other => other !== id && this.ancestors(other).has(id)))!
    return this.commits[best]!.text ?? ""
  }

  openPull(branch: string): OnePull | undefined {
    return this.pulls.find(pull => pull.branch === branch && pull.state === "open")
  }

  pull(number: number): Pull {
    const { branch, state, person, conflict } = this.pulls.find(pull => pull.number === number)!
    return {
      number, branch, state, base: "main", title: "Edit", body: "", head: "", author: { login: person, name: person }, url: "", updated: "",
      paths: null, checks: "", review: "", canPush: true, mergeable: conflict ? "conflict" : "clean",
    } as unknown as Pull
  }

  /// As a forge does it: on condition that what is there is what the edit names.
  submit(person: string, s: Extract<Effect, { do: "submit" }>, onWrite: (before: string, after: string) => void): Pull {
    const stale = (branch: string) => {
      const current = this.file(branch)
      throw new Refused({ kind: "stale", sentence: "It was changed.", ...(current ? { current } : { gone: true }) } as unknown as Problem)
    }
    const main = this.branches.get("main")!
    const continued = this.pulls.find(pull => pull.number === s.pull)
    if (s.pull && continued?.state !== "open") throw new Refused({ kind: "forbidden", sentence: "It is not open." })
    const branch = continued?.branch ?? "galley/" + person
    const open = this.openPull(branch)
    if (!open && this.branches.has(branch) && this.ancestors(main).has(this.branches.get(branch)!)) this.branches.set(branch, main)
    const made = this.branches.has(branch)
    const head = made ? this.branches.get(branch)! : main
    const there = this.commits[head]!.text
    const found = there === null ? "" : blobOf(there)
    if (found !== blobOf(s.text) && found !== s.blob && !(found !== "" && s.earlier.includes(found))) stale(made ? branch : "main")
    const merges = s.merged !== "" && !this.ancestors(head).has(Number(s.merged))
    if (merges && this.at("main") !== this.commits[Number(s.merged)]!.text) stale("main")
    if (found === blobOf(s.text) && !merges && there === this.commits[main]!.text && !open) {
      const last = this.pulls.findLast(pull => pull.branch === branch && pull.state === "merged")
      if (last) return this.pull(last.number)
      throw new Refused({ kind: "invalid", sentence: "There is nothing to propose." })
    }
    if (found !== blobOf(s.text) || merges) {
      onWrite(there ?? "", s.text)
      this.branches.set(branch, this.add(merges ? [head, Number(s.merged)] : [head], s.text))
    } else {
      this.branches.set(branch, head)
    }
    return this.pull((open ?? this.propose(branch, person)).number)
  }

  propose(branch: string, person: string): OnePull {
    const pull: OnePull = { number: this.pulls.length + 1, branch, person, state: "open", conflict: false }
    this.pulls.push(pull)
    return pull
  }

  /// Merges a pull request as Git does it.
  merge(pull: OnePull): { before: string; after: string } {
    const before = this.at("main") ?? ""
    const { both, mine, theirs } = threeWay(this.began(pull.branch), before, this.at(pull.branch) ?? "")
    const after = textOf([...both, ...mine, ...theirs])
    this.branches.set("main", this.add([this.branches.get("main")!, this.branches.get(pull.branch)!], after))
    pull.state = "merged"
    return { before, after }
  }

  /// Somebody commits by hand.
  commit(branch: string, text: string | null): void {
    this.branches.set(branch, this.add([this.branches.get(branch)!], text))
  }
}

class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.sentence)
  }
}

const lost: Problem = { kind: "unavailable", sentence: "The server does not answer." }

/// How an effect ends. What is late is given up waiting for, and done after all when
/// the test says.
export type Ending = "well" | "badly" | "lost" | "late"

/// An effect that is not answered yet.
interface Pending {
  effect: Effect
  event?: Event
}

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
      const kept = [...browser.drafts.values(), ...browser.parted.map(p => p.draft)].some(draft => linesOf(draft.text).includes(line))
      if (!kept && !browser.tabs.some(tab => linesOf(tab.text).includes(line))) throw new Error(`“${line}” is lost`)
    }
    for (const browser of this.browsers) {
      for (const tab of browser.tabs) {
        const life = tab.life
        if (life.phase !== "open") continue
        if (life.other?.wrote?.page === tab.page) throw new Error(`${browser.name} is asked about what that very tab wrote: ${JSON.stringify(life.other.text)}`)
        if (life.tab.is === "watching" && life.submitting.is === "asking") throw new Error(`${browser.name}: a tab that may not write asks for a submission`)
        if (life.keeping.is !== "resting" || life.tab.is !== "writing" || browser.full || tab.stale) continue
        const { shown } = life.keeping
        const kept = tab.draft()?.text === tab.text || browser.parted.some(one => one.draft.text === tab.text)
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

interface Done {
  text: string
  /// What the text was made from before, where that changed with it.
  origin: Origin | null
}

export class Tab {
  life: Life
  text = ""
  /// Names the page in what it writes.
  readonly page: string
  /// What the browser holds back.
  held: Effect[] = []
  /// Whether the browser lost its drafts since it was looked.
  stale = false
  /// Where the writer was taken to; null for nowhere. With that text.
  gone: string | null = null
  carried = ""
  origin: Origin = originOf("", "")
  pending: Pending[] = []
  private undone: Done[] = []
  private done: Done[] = []
  private readonly queue: Event[] = []
  private stepping = false

  constructor(readonly browser: Browser, readonly place: Place) {
    this.life = reading(place)
    this.page = String(browser.world.later())
    this.read()
  }

  get world(): World {
    return this.browser.world
  }

  private get key(): string {
    return this.place.branch
  }

  draft(): Draft | undefined {
    return this.browser.drafts.get(this.key)
  }

  /// Reads as opening a post does.
  private read(): void {
    const { repository } = this.world
    const { parted } = this.browser
    let other: Draft | null = null
    for (const one of parted.filter(one => one.draft.branch === this.key)) {
      const draft = this.draft()
      if (draft && draft.text !== one.draft.text && draft.version !== one.seen) {
        other ??= { ...one.draft, version: draft.version }
        continue
      }
      if (this.browser.full) continue
      if (draft?.text !== one.draft.text) this.browser.drafts.set(this.key, { ...one.draft, version: (draft?.version ?? this.world.later()) + 1 })
      this.browser.parted = this.browser.parted.filter(kept => kept !== one)
    }
    const kept = parted.findLast(one => one.draft.branch === this.key && (!this.draft() || this.draft()!.version === one.seen))
    const draft = this.browser.full && kept ? { ...kept.draft, version: this.draft()?.version ?? 0 } : this.draft()
    const read: Read = {
      file: repository.file(this.place.branch), draft, other, unread: false, fresh: null, target: { into: "", pull: 0, title: "", url: "" },
      left: false, began: null, renamed: null, notice: "", asBefore: false,
    }
    if (this.place.pull) {
      const pull = repository.pulls.find(pull => pull.number === this.place.pull)!
      if (pull.state === "open") read.target = { into: "main", pull: pull.number, title: "", url: "" }
      else {
        const began = repository.began(pull.branch)
        Object.assign(read, {
          file: repository.file("main"), left: true, target: { into: "main", pull: 0, title: "", url: "" },
          began: pull.state === "merged" ? null : { blob: blobOf(began), text: began, head: blobOf(repository.at(pull.branch) ?? "") },
        })
      }
    }
    this.send({ type: "read", read })
  }

  send(event: Event): void {
    this.queue.push(event)
    if (this.stepping) return
    this.stepping = true
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      const before = this.life.phase
      const { state, effects } = step(this.life, next)
      this.life = state
      if (before === "claiming" && state.phase === "open") {
        this.text = state.initial
        this.origin = state.origin
      }
      effects.forEach(effect => this.carry(effect))
    }
    this.stepping = false
  }

  private carry(effect: Effect): void {
    const { browser } = this
    switch (effect.do) {
      case "claim tab": {
        this.holds = !browser.tabs.some(tab => tab.key === this.key && tab !== this && tab.holds)
        return this.send({ type: "tab", writer: this.holds })
      }
      case "write":
        this.done.push({ text: this.text, origin: effect.from ? this.origin : null })
        this.undone = []
        if (this.text !== effect.text) this.send({ type: "typed" })
        this.text = effect.text
        if (effect.from) {
          this.origin = effect.from
          this.send({ type: "remade", origin: effect.from })
        }
        return
      case "set origin":
        this.origin = effect.origin
        return this.send({ type: "remade", origin: effect.origin })
      case "part":
        if (browser.full) return
        browser.parted = browser.parted.filter(one => one.tab !== this)
        browser.parted.push({ tab: this, draft: this.whole(effect.draft, effect.seen), seen: effect.seen })
        return
      case "forget parting":
        browser.parted = browser.parted.filter(one => one.tab !== this && !(one.draft.branch === this.key && one.draft.text === effect.other?.text))
        return
      case "discard":
        if (!browser.full && this.draft()?.version === effect.seen) browser.drafts.delete(this.key)
        return
      case "go":
        this.gone = effect.address
        return
      case "lock":
      case "forget pictures":
      case "keep pictures":
        return
      default:
        this.pending.push({ effect })
    }
  }

  /// Whether it is the tab that may write, as the browser has it.
  holds = false

  private whole(draft: Partial<Draft>, version: number, wrote?: Wrote): Draft {
    return { site: "", person: this.browser.person, path, branch: this.key, title: "", updated: 0, text: "", blob: "", base: "", ...draft, version, wrote }
  }

  /// What the other side does about an effect, and what it answers.
  private serve(effect: Effect, ending: Ending, collide: boolean): Event {
    const { repository } = this.world
    const { browser, text: now } = this
    const bad = ending !== "well"
    switch (effect.do) {
      case "wait":
        return { type: "due", ticket: effect.ticket, now }
      case "take over": {
        const other = browser.tabs.find(tab => tab !== this && tab.key === this.key && tab.holds)
        // One that hangs is not asked, nor waited for.
        if (other && !bad) {
          other.send({ type: "save", now: other.text })
          other.drain(pending => pending.effect.do === "keep" || pending.effect.do === "remove")
        }
        if (other) {
          other.holds = false
          other.send({ type: "tab", writer: false })
        }
        this.holds = true
        return { type: "took over", now, draft: this.draft(), own: this.draft()?.wrote?.page === this.page }
      }
      case "keep": {
        const kept = this.draft()
        if (ending === "late") {
          this.held.push(effect)
          return { type: "not kept", ticket: effect.ticket, now, why: "late" }
        }
        if (browser.full || ending === "badly") return { type: "not kept", ticket: effect.ticket, now, why: "full" }
        const wrote = { page: this.page, turn: effect.ticket }
        if (kept && !mayReplace(kept, effect.seen, wrote)) return { type: "moved on", ticket: effect.ticket, now, theirs: kept }
        const draft = this.whole(effect.draft, (kept?.version ?? this.world.later()) + 1, wrote)
        browser.drafts.set(this.key, draft)
        return ending === "lost" ? { type: "not kept", ticket: effect.ticket, now, why: "late" } : { type: "kept", ticket: effect.ticket, now, draft }
      }
      case "remove": {
        const kept = this.draft()
        if (ending === "late") {
          this.held.push(effect)
          return { type: "not kept", ticket: effect.ticket, now, why: "late" }
        }
        if (browser.full || ending === "badly") return { type: "not kept", ticket: effect.ticket, now, why: "full" }
        if (kept && !mayReplace(kept, effect.seen, { page: this.page, turn: effect.ticket })) return { type: "moved on", ticket: effect.ticket, now, theirs: kept }
        browser.drafts.delete(this.key)
        return ending === "lost" ? { type: "not kept", ticket: effect.ticket, now, why: "late" } : { type: "removed", ticket: effect.ticket, now }
      }
      case "look": {
        const file = bad ? "unknown" : repository.file(effect.branch) ?? "gone"
        return { type: "found", ticket: effect.ticket, now, file, renamed: null }
      }
      case "gather": {
        if (bad) return { type: "not gathered", ticket: effect.ticket, now, problem: lost }
        const { landing, theirs } = effect
        if (landing) {
          const landed = repository.pulls.find(pull => pull.number === landing.number)!.state === "merged"
          return { type: "gathered", ticket: effect.ticket, now, shared: null, landed }
        }
        const there = repository.file(theirs.branch)
        if (!there) return { type: "not gathered", ticket: effect.ticket, now, problem: lost }
        const shared = repository.openPull(theirs.branch) ? repository.began(theirs.branch) : null
        return { type: "gathered", ticket: effect.ticket, now, shared, landed: false, theirs: there }
      }
      case "gather pull": {
        const theirs = repository.file("main")
        if (bad || !theirs) return { type: "not gathered", ticket: effect.ticket, now, problem: lost }
        return { type: "gathered", ticket: effect.ticket, now, shared: repository.began(effect.pull.branch), landed: false, theirs }
      }
      case "merge":
        if (bad) return { type: "not merged", ticket: effect.ticket, now, problem: lost }
        return { type: "merged", ticket: effect.ticket, now, up: merge(effect, now, collide) }
      case "submit":
        try {
          if (ending === "badly") throw new Refused(lost)
          const pull = repository.submit(browser.person, effect, (before, after) => this.world.written(browser, before, after))
          if (ending === "lost") throw new Refused(lost)
          return { type: "submitted", ticket: effect.ticket, now, pull }
        } catch (error) {
          if (!(error instanceof Refused)) throw error
          const { problem } = error
          const found = problem.kind !== "stale" ? undefined : (problem.current ?? null)
          return { type: "not submitted", ticket: effect.ticket, now, problem, found }
        }
      case "carry": {
        const there = browser.drafts.get(effect.to.branch)
        this.carried = effect.draft.text
        if (effect.over === 0 && effect.draft.text === effect.draft.base) return { type: "carried", ticket: effect.ticket }
        if (browser.full || ending === "badly") return { type: "not carried", ticket: effect.ticket, why: "full" }
        if (there && there.version !== effect.over) return { type: "taken", ticket: effect.ticket, theirs: there }
        browser.drafts.set(effect.to.branch, { ...this.whole(effect.draft, (there?.version ?? this.world.later()) + 1), branch: effect.to.branch })
        return bad ? { type: "not carried", ticket: effect.ticket, why: "late" } : { type: "carried", ticket: effect.ticket }
      }
      case "look at pull":
        return { type: "stands", pull: repository.pull(effect.number) }
      case "leave pull": {
        if (bad) return { type: "pull not left", ticket: effect.ticket, now, sentence: lost.sentence }
        const pull = repository.pulls.find(pull => pull.number === this.place.pull)!
        const began = pull.state === "merged" ? null : { blob: blobOf(repository.began(pull.branch)), text: repository.began(pull.branch), head: blobOf(repository.at(pull.branch) ?? "") }
        const target = { into: "main", pull: pull.state === "open" ? pull.number : 0, title: "", url: "" }
        return { type: "pull left", ticket: effect.ticket, now, target, began }
      }
      default:
        throw new Error("nobody does " + effect.do)
    }
  }

  /// Carries out the effect that waits for an answer at a place of the list.
  /// `answer`: whether the answer arrives now; otherwise it does later, and `twice`
  /// once more after that.
  deliver(at: number, ending: Ending, { collide = false, answer = true, twice = false } = {}): void {
    const one = this.pending[at % this.pending.length]
    if (!one) return
    const event = one.event ?? this.serve(one.effect, one.effect.do === "wait" ? "well" : ending, collide)
    one.event = event
    if (!answer) return
    if (!twice) this.pending.splice(this.pending.indexOf(one), 1)
    this.send("now" in event ? { ...event, now: this.text } : event)
  }

  /// The browser does what it held back longest.
  land(): void {
    const effect = this.held.shift()
    if (!effect) return
    const event = this.serve(effect, "well", false)
    this.send("now" in event ? { ...event, now: this.text } : event)
  }

  /// Has everything answered, well.
  drain(which: (pending: Pending) => boolean = () => true): void {
    for (let i = 0; ; i++) {
      const at = this.pending.findIndex(which)
      if (at < 0) return
      if (i > 200) throw new Error("it never comes to rest: " + JSON.stringify(this.pending[at]!.effect.do))
      this.deliver(at, "well")
    }
  }

  /// What the writer does to the text by hand.
  private byHand(text: string, act: () => void): void {
    const { alive } = this.world
    const mine = (line: string) => line.startsWith(this.browser.name + " ")
    const [before, after] = [linesOf(this.text), linesOf(text)]
    for (const line of before) if (mine(line) && !after.includes(line)) alive.delete(line)
    for (const line of after) if (mine(line) && !before.includes(line)) alive.set(line, this.browser.name)
    act()
  }

  get open(): Open | null {
    return this.life.phase === "open" ? this.life : null
  }

  /// Whether the editor takes keys: no dialog is before it.
  get typable(): boolean {
    const { open } = this
    return open !== null && open.tab.is === "writing" && open.other === null && open.moving.is !== "asking" && open.meeting.is !== "colliding" && open.meeting.is !== "choosing" && open.submitting.is === "idle"
  }

  type(): void {
    this.edit([...linesOf(this.text), this.world.line(this.browser.name)])
  }

  remove(at: number): void {
    const mine = linesOf(this.text).filter(line => line.startsWith(this.browser.name + " "))
    if (mine.length > 0) this.edit(linesOf(this.text).filter(line => line !== mine[at % mine.length]))
  }

  private edit(lines: string[]): void {
    const text = textOf(lines)
    this.byHand(text, () => {
      this.done.push({ text: this.text, origin: null })
      this.undone = []
      this.text = text
      this.send({ type: "typed" })
    })
  }

  /// As the driver does it now and then.
  look(): void {
    const seen = this.open?.keeping.seen
    if (seen === undefined || this.browser.full) return
    // What it was told before, and hears of later, it believes until the next look.
    this.stale = this.stale && this.pending.some(one => one.event)
    this.send({ type: "looked", seen, now: this.text, draft: this.draft() })
  }

  undo(again = false): void {
    const [from, to] = again ? [this.undone, this.done] : [this.done, this.undone]
    const last = from.pop()
    if (!last) return
    this.byHand(last.text, () => {
      to.push({ text: this.text, origin: last.origin && this.origin })
      const changed = this.text !== last.text
      this.text = last.text
      if (changed) this.send({ type: "typed" })
      if (last.origin) {
        this.origin = last.origin
        this.send({ type: "remade", origin: last.origin })
      }
    })
  }

  /// The writer answers whatever is asked, and gives nothing up; with `theirs`, takes
  /// the other's where there is a choice.
  answer(take: "both" | "mine" | "theirs"): void {
    const { open, browser } = this
    if (!open || open.tab.is !== "writing") return
    const now = this.text
    const leave = (from: string, text: string) => {
      for (const line of linesOf(from)) {
        if (linesOf(text).includes(line)) continue
        browser.dropped.add(line)
        if (line.startsWith(browser.name + " ")) this.world.alive.delete(line)
      }
    }
    const one = (mine: string, theirs: string) => {
      const text = take === "mine" ? mine : take === "theirs" ? theirs : textOf([...new Set([...linesOf(mine), ...linesOf(theirs)])])
      leave(mine, text)
      leave(theirs, text)
      return text
    }
    if (open.other) return this.send({ type: "chose tab", text: one(now, open.other.text) })
    if (open.moving.is === "asking") {
      const { theirs } = open.moving
      // With the other's text both stay.
      return this.send({ type: "chose place", text: take === "theirs" ? theirs.text : one(now, theirs.text) })
    }
    const { meeting } = open
    if (meeting.is === "choosing") return this.send({ type: "chose text", text: one(now, meeting.theirs?.text ?? ""), now })
    if (meeting.is === "colliding") {
      const choices = meeting.up.pieces.filter(piece => piece.kind === "collision").map((piece): PieceChoice => {
        if (take === "mine") leave(piece.theirs, piece.mine)
        if (take === "theirs") leave(piece.mine, piece.theirs)
        return { take }
      })
      this.send({ type: "chose pieces", choices, now })
    }
  }

  press(): void {
    const { open } = this
    if (open?.submitting.is !== "asking") return
    const { text } = open.submitting
    this.send({ type: "submit", now: this.text, text, blob: blobOf(text), form: { base: "main", title: "Edit", message: "", signOff: false } })
  }

  /// The tab is closed, or its process dies.
  close(dies: boolean): void {
    const { browser, world } = this
    const said = this.open?.keeping
    // They were asked before they left what they had forgotten.
    const forgotten = said?.is === "resting" && said.shown.kind === "failed"
    const safe = !this.stale && said?.is === "resting" && (said.shown.kind === "kept" || said.shown.kind === "unchanged")
    if (!dies && this.open) this.send({ type: "leaving", now: this.text })
    browser.tabs.splice(browser.tabs.indexOf(this), 1)
    if (safe || (!dies && !browser.full && !this.stale && !forgotten)) return
    // What nobody promised to keep may be gone.
    const kept = [...browser.drafts.values(), ...browser.parted.map(p => p.draft)].flatMap(draft => linesOf(draft.text))
    const elsewhere = browser.tabs.filter(tab => !forgotten || tab.open?.tab.is === "writing").flatMap(tab => linesOf(tab.text))
    for (const line of linesOf(this.text)) {
      if (line.startsWith(browser.name + " ") && !kept.includes(line) && !elsewhere.includes(line) && !world.repository.ever.has(line)) world.alive.delete(line)
    }
  }
}

/// What the server makes of three texts. `collide`: what both put in collides.
function merge({ base, next, theirs }: Extract<Effect, { do: "merge" }>, mine: string, collide: boolean): CatchUp {
  const found = threeWay(base, mine, theirs.text)
  const piece = (kind: Piece["kind"], from: string, to: string): Piece =>
    ({ kind, from: from.length, to: to.length, matter: false, where: [], base: "", mine: textOf(found.mine), theirs: textOf(found.theirs) })
  const up = { theirs, mine, base, next, who: () => undefined }
  const alone = textOf([...found.both, ...found.mine])
  if (collide && found.mine.length > 0 && found.theirs.length > 0) return { ...up, text: alone, pieces: [piece("collision", textOf(found.both), alone)] }
  const text = textOf([...found.both, ...found.mine, ...found.theirs])
  return { ...up, text, pieces: found.theirs.length > 0 ? [piece("theirs", alone, text)] : [] }
}
