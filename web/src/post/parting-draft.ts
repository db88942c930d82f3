// A parting draft keeps what was typed in the last moment before a page goes away,
// when nothing that takes its time is certain to be done: the database's
// writes are not, local storage's are.
import type { Draft, DraftKey, Drafts } from "./drafts"

/// A draft on its way, and the version that its tab last saw.
export interface Parting {
  draft: Omit<Draft, "version" | "updated">
  seen: number
}

function nameOf(key: DraftKey): string {
  return "galley:leaving:" + JSON.stringify([key.site, key.person, key.branch, key.path])
}

/// Keeps a draft at once. False where there is no room or no permission.
export function leaveBehind(parting: Parting): boolean {
  try {
    const written = JSON.stringify(parting)
    localStorage.setItem(nameOf(parting.draft), written)
    return localStorage.getItem(nameOf(parting.draft)) === written
  } catch {
    return false
  }
}

/// Forgets it, once the database has the draft.
export function forgetParting(key: DraftKey): void {
  try {
    localStorage.removeItem(nameOf(key))
  } catch {
    // Then there is none.
  }
}

/// What a page left behind, as a text that is read from storage.
export function parseParting(kept: string | null): Parting | null {
  try {
    const parting = JSON.parse(kept ?? "null") as Parting | null
    return parting && typeof parting.draft?.text === "string" && typeof parting.seen === "number" ? parting : null
  } catch {
    return null
  }
}

/// Brings what a page left behind into the database, and answers the draft
/// that is kept now. `other` is set when both the database and the page hold a
/// text of their own: neither replaces the other.
export async function recover(drafts: Drafts, key: DraftKey): Promise<{ draft: Draft | undefined; other: string | null }> {
  const draft = await drafts.get(key)
  let parting: Parting | null = null
  try {
    parting = parseParting(localStorage.getItem(nameOf(key)))
  } catch {
    // Nothing can have been left there.
  }
  if (!parting) return { draft, other: null }
  if (draft && draft.text !== parting.draft.text && draft.version !== parting.seen) return { draft, other: parting.draft.text }
  try {
    const kept = draft?.text === parting.draft.text ? draft : await drafts.put(parting.draft, draft?.version ?? 0)
    forgetParting(key)
    return { draft: kept, other: null }
  } catch {
    // Where the database still takes nothing, it is here and stays here.
    return { draft: { ...parting.draft, version: draft?.version ?? 0, updated: Date.now() }, other: null }
  }
}
