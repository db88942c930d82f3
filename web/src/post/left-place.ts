// Left place keeps where somebody was in a post when the browser left its page, for
// when it comes back by a reload: cursor and selection, and how far source and page
// were scrolled. It is this tab's alone.
import type { EditorPlace } from "../editor/editor"
import type { PagePlace } from "../preview/scroll-sync"

export interface LeftPlace {
  source: EditorPlace
  /// Where the page was scrolled to apart from the source; null where it was not.
  page: PagePlace | null
}

const key = "galley:place"

/// Keeps it for the address that the browser shows. It is a comfort: where storage is
/// refused, there is none.
export function leavePlace(address: string, place: LeftPlace): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ address, ...place }))
  } catch {
    // As if it had not been left.
  }
}

/// Takes what was left at an address, once.
export function takePlace(address: string): LeftPlace | null {
  try {
    const kept = sessionStorage.getItem(key)
    sessionStorage.removeItem(key)
    return readPlace(kept, address)
  } catch {
    return null
  }
}

/// The place in a text that is read from storage; null for none of that address.
export function readPlace(kept: string | null, address: string): LeftPlace | null {
  try {
    const { address: of, source, page } = JSON.parse(kept ?? "null") as { address: string } & LeftPlace
    const { anchor, head, from, to, fraction } = source
    if (of !== address || ![anchor, head, from, to, fraction].every(n => Number.isFinite(n) && n >= 0)) return null
    return { source: { anchor, head, from, to, fraction }, page: page && Number.isInteger(page.block) && Number.isFinite(page.fraction) ? { block: page.block, fraction: page.fraction } : null }
  } catch {
    return null
  }
}
