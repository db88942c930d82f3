// Branches chooses which of them a list offers: the server makes one for each
// submission, and nobody starts there.
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
