// Serving is what the other side does about an effect, and answers: the browser, the
// repository or another tab.
import { mayReplace } from "../../src/post/drafts"
import type { Effect, Event } from "../../src/post/life/events"
import type { Problem } from "../../src/protocol/server"
import { unchangedFile } from "../../src/post/life/keeping"
import { Refused } from "./repository"
import type { Tab } from "./tab"
import { blobOf, merge } from "./texts"

const lost: Problem = { kind: "unavailable", sentence: "The server does not answer." }

/// How an effect ends. What is late is given up waiting for, and done after all when
/// the test says.
export type Ending = "well" | "badly" | "lost" | "late"

/// What the other side does about an effect, and what it answers.
export function serve(tab: Tab, effect: Effect, ending: Ending, collide: boolean): Event {
  const { repository } = tab.world
  const { browser, text: now } = tab
  const bad = ending !== "well"
  switch (effect.do) {
    case "wait":
      return { type: "due", ticket: effect.ticket, now }
    case "take over": {
      const other = browser.tabs.find(other => other !== tab && other.key === tab.key && other.holds)
      let file: string | undefined
      // One that hangs is not asked, nor waited for.
      if (other && !bad) {
        other.send({ type: "save", now: other.text })
        other.drain(pending => pending.effect.do === "keep" || pending.effect.do === "remove")
        file = other.open ? unchangedFile(other.open) : undefined
      }
      if (other) {
        other.holds = false
        other.send({ type: "tab", writer: false })
      }
      tab.holds = true
      const { draft } = browser.recover(tab.key)
      return { type: "took over", now, draft, file, own: draft?.wrote?.page === tab.page }
    }
    case "keep": {
      const kept = tab.draft()
      if (ending === "late") {
        tab.held.push(effect)
        return { type: "not kept", ticket: effect.ticket, now, why: "late" }
      }
      if (browser.full || ending === "badly") return { type: "not kept", ticket: effect.ticket, now, why: "full" }
      const wrote = { page: tab.page, turn: effect.ticket }
      if (kept && !mayReplace(kept, effect.seen, wrote)) return { type: "moved on", ticket: effect.ticket, now, theirs: kept }
      const draft = tab.whole(effect.draft, (kept?.version ?? tab.world.later()) + 1, wrote)
      browser.drafts.set(tab.key, draft)
      return ending === "lost" ? { type: "not kept", ticket: effect.ticket, now, why: "late" } : { type: "kept", ticket: effect.ticket, now, draft }
    }
    case "remove": {
      const kept = tab.draft()
      if (ending === "late") {
        tab.held.push(effect)
        return { type: "not kept", ticket: effect.ticket, now, why: "late" }
      }
      if (browser.full || ending === "badly") return { type: "not kept", ticket: effect.ticket, now, why: "full" }
      if (kept && !mayReplace(kept, effect.seen, { page: tab.page, turn: effect.ticket })) return { type: "moved on", ticket: effect.ticket, now, theirs: kept }
      browser.drafts.delete(tab.key)
      // Asked for before another tab took over: that one knows when it looks.
      for (const other of browser.tabs) if (other !== tab && other.key === tab.key && other.holds) other.stale = true
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
        const { state, base } = repository.pull(landing.number)
        const landed = state === "merged" && base === landing.base
        const after = landed ? repository.file(base) : undefined
        if (after === null) return { type: "not gathered", ticket: effect.ticket, now, problem: lost }
        return { type: "gathered", ticket: effect.ticket, now, shared: null, landed, ...(after ? { theirs: after } : {}) }
      }
      const there = repository.file(theirs.branch)
      if (!there) return { type: "not gathered", ticket: effect.ticket, now, problem: lost }
      const shared = repository.openPull(theirs.branch) ? repository.began(theirs.branch) : null
      return { type: "gathered", ticket: effect.ticket, now, shared, landed: false, theirs: there }
    }
    case "gather pull": {
      const theirs = repository.file(effect.pull.base)
      if (bad || !theirs) return { type: "not gathered", ticket: effect.ticket, now, problem: lost }
      return { type: "gathered", ticket: effect.ticket, now, shared: repository.began(effect.pull.branch), landed: false, theirs }
    }
    case "merge":
      if (bad) return { type: "not merged", ticket: effect.ticket, now, problem: lost }
      return { type: "merged", ticket: effect.ticket, now, up: merge(effect, now, collide) }
    case "submit":
      try {
        if (ending === "badly") throw new Refused(lost)
        const pull = repository.submit(browser.person, effect, (before, after) => tab.world.written(browser, before, after))
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
      tab.carried = effect.draft.text
      if (effect.over === 0 && effect.draft.text === effect.draft.base) return { type: "carried", ticket: effect.ticket }
      if (browser.full || ending === "badly") return { type: "not carried", ticket: effect.ticket, why: "full" }
      if (there && there.version !== effect.over) return { type: "taken", ticket: effect.ticket, theirs: there }
      browser.screens.delete(effect.to.branch)
      browser.drafts.set(effect.to.branch, { ...tab.whole(effect.draft, (there?.version ?? tab.world.later()) + 1), branch: effect.to.branch })
      return bad ? { type: "not carried", ticket: effect.ticket, why: "late" } : { type: "carried", ticket: effect.ticket }
    }
    case "look at pull":
      return { type: "stands", pull: repository.pull(effect.number) }
    case "leave pull": {
      if (bad) return { type: "pull not left", ticket: effect.ticket, now, sentence: lost.sentence }
      const pull = repository.pulls.find(pull => pull.number === tab.place.pull)!
      const began = pull.state === "merged" ? null : { blob: blobOf(repository.began(pull.branch)), text: repository.began(pull.branch), head: blobOf(repository.at(pull.branch) ?? "") }
      const target = { into: pull.base, pull: pull.state === "open" ? pull.number : 0, title: "", url: "" }
      return { type: "pull left", ticket: effect.ticket, now, target, began }
    }
    default:
      throw new Error("nobody does " + effect.do)
  }
}

/// Carries out the effect that waits for an answer at a place of the list.
