// Routes are the app's own addresses: which screen each names.

export type Route =
  | { screen: "desk"; branch: string }
  | { screen: "edit"; branch: string; path: string; into: string; pull: number; line: number; history: boolean }
  | { screen: "pull"; number: number }
  | { screen: "ready"; branch: string; path: string }
  | { screen: "board"; branch: string; path: string }
  | { screen: "nowhere" }

/// Whether a branch is in another repository: `owner:branch`. What is rendered
/// for it is rendered with its base's templates.
export function isFork(branch: string): boolean {
  return branch.includes(":")
}

/// What an address shows.
export function parseRoute(address: URL): Route {
  const query = address.searchParams
  if (address.pathname === "/") return { screen: "desk", branch: query.get("branch") ?? "" }
  if (address.pathname === "/edit") {
    const path = query.get("path")
    return path ? { screen: "edit", branch: query.get("branch") ?? "", path, into: query.get("into") ?? "", pull: numberOf(query.get("pull")), line: numberOf(query.get("line")), history: query.get("show") === "history" } : { screen: "desk", branch: query.get("branch") ?? "" }
  }
  const pull = /^\/pulls\/([1-9]\d{0,8})$/.exec(address.pathname)
  if (pull) return { screen: "pull", number: Number(pull[1]) }
  const path = query.get("path")
  const screen = address.pathname.slice(1)
  if ((screen === "ready" || screen === "board") && path) return { screen, branch: query.get("branch") ?? "", path }
  return { screen: "nowhere" }
}

/// `listed` says which texts are listed; see `forge/listing.ts`.
export function deskAddress(branch = "", listed: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...(branch ? { branch } : {}), ...listed }).toString()
  return query ? "/?" + query : "/"
}

/// `into` is the base of the pull request whose branch it is, and `pull` its
/// number; "" and 0 for none. `line` is where to begin, from 1; 0 for nowhere.
export function editAddress(branch: string, path: string, into = "", pull = 0, line = 0): string {
  return "/edit?" + new URLSearchParams({ branch, path, ...(into ? { into } : {}), ...(pull ? { pull: String(pull) } : {}), ...(line ? { line: String(line) } : {}) })
}

/// A post in the editor where it went: to another path, or from a branch that is gone.
/// `from` and `into` are where it was opened.
export function renamedAddress({ path, branch }: { path: string; branch?: string }, from: string, into: string): string {
  return branch === undefined ? editAddress(from, path, into) : editAddress(branch, path)
}

/// A post in the editor, with its history open.
export function historyAddress(branch: string, path: string): string {
  return editAddress(branch, path) + "&show=history"
}

/// A whole number from 1; 0 for what is none.
function numberOf(text: string | null): number {
  return text && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0
}

/// What is left to do before a post is published, and after.
export function readyAddress(branch: string, path: string): string {
  return "/ready?" + new URLSearchParams({ branch, path })
}

/// Who writes what of a post.
export function boardAddress(branch: string, path: string): string {
  return "/board?" + new URLSearchParams({ branch, path })
}

export function pullAddress(number: number): string {
  return `/pulls/${number}`
}

/// Whether an address is another site's.
export function leavesApp(url: string): boolean {
  return new URL(url, location.origin).origin !== location.origin
}
