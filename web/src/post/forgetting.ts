// Forgetting tells the other tabs of this browser that a person has forgotten drafts:
// what is open in one of them is in that tab alone from then on.
import type { DraftKey } from "./drafts"

/// One post's draft; all of a person's on a site without branch and path.
export type Forgotten = Pick<DraftKey, "site" | "person"> & Partial<DraftKey>

const channelName = "galley:forgotten"

/// Tells it, before the drafts are removed: a tab that looks meanwhile would keep its
/// text again.
export function tellForgotten({ site, person, branch, path }: Forgotten): void {
  if (typeof BroadcastChannel !== "function") return
  const channel = new BroadcastChannel(channelName)
  channel.postMessage({ site, person, branch, path })
  channel.close()
}

/// Calls when a post's draft is forgotten, until the answer is called.
export function hearForgotten(key: DraftKey, onForgotten: () => void): () => void {
  if (typeof BroadcastChannel !== "function") return () => {}
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = ({ data }: MessageEvent<Forgotten | null>) => {
    if (data?.site !== key.site || data.person !== key.person) return
    if (data.path === undefined || (data.path === key.path && data.branch === key.branch)) onForgotten()
  }
  return () => channel.close()
}
