// Branches chooses which of them a list offers, and says what one is: the server
// makes one for each submission, where nobody starts and whose name tells nobody
// anything.
import { t } from "../base/words"
import { longDate } from "./posts"
import type { Branch, Pull } from "../protocol/server"

/// Whether a branch is a submission's, by its name.
export function isSubmission(name: string): boolean {
  return /^galley\//i.test(name)
}

/// Where work begins and pull requests go: all but those of submissions. `kept`
/// stands there in any case; "" for none.
export function targetBranches(branches: readonly Branch[], kept: string): Branch[] {
  const list = branches.filter(b => b.name === kept || !isSubmission(b.name))
  return kept === "" || list.some(b => b.name === kept) ? list : [{ name: kept, head: "", default: false }, ...list]
}

/// The same, and behind them the submissions that wait for review.
export function shownBranches(branches: readonly Branch[], pulls: readonly Pull[], kept: string): Branch[] {
  const waiting = new Set(pulls.filter(p => p.state === "open").map(p => p.branch))
  const targets = targetBranches(branches, kept)
  return [...targets, ...branches.filter(b => !targets.includes(b) && waiting.has(b.name))]
}

/// Where on a site a branch is: "on main", "in the edition of 16 August 2026".
export function whereabouts(name: string, branches: readonly Branch[]): string {
  const place = placeName(name, branches, [])
  return place === name ? t("on {branch}", { branch: name }) : t("in {place}", { place })
}

/// What a branch is to a writer: "the edition of 16 August 2026", "pull request
/// #2". Its name where it is no such branch.
export function placeName(name: string, branches: readonly Branch[], pulls: readonly Pull[]): string {
  const edition = branches.find(branch => branch.name === name)?.edition
  if (edition) return t("the edition of {date}", { date: longDate(edition) })
  const pull = pulls.find(pull => pull.branch === name && pull.state === "open")
  return pull && isSubmission(name) ? t("pull request #{number}", { number: pull.number }) : name
}

/// The command that goes to a branch, whose place is given.
export function goingTo(name: string, place: string, pulls: readonly Pull[]): string {
  if (place === name) return t("Go to branch {branch}", { branch: name })
  const pull = pulls.find(pull => pull.branch === name && pull.state === "open")
  return pull && isSubmission(name) ? t("Go to the posts of {place}: {title}", { place, title: pull.title }) : t("Go to {place} ({branch})", { place, branch: name })
}

/// As one of a list: "Edition of 16 August 2026". English alone has it otherwise there.
export function alone(words: string): string {
  return words.replace(/^the edition/, "Edition").replace(/^pull request #/, "Pull request #")
}
