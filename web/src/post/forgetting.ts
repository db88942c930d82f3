// Forgetting tells the other tabs of this browser that a person has forgotten drafts:
// what is open in one of them is in that tab alone from then on.
import type { DraftKey } from "./drafts"
import { forgetWords, type WordsPlace } from "./kept-words"
import { forgetParting, partingsOf } from "./parting-draft"
import { forgetSent } from "./sent"

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

/// Calls when a post's draft is forgotten, until the answer is called; `all` says that all of
/// its person's are.
export function hearForgotten(key: DraftKey, onForgotten: (all: boolean) => void): () => void {
  if (typeof BroadcastChannel !== "function") return () => {}
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = ({ data }: MessageEvent<Forgotten | null>) => {
    if (data?.site !== key.site || data.person !== key.person) return
    if (data.path === undefined || (data.path === key.path && data.branch === key.branch)) onForgotten(data.path === undefined)
  }
  return () => channel.close()
}

/// Forgets all that a person typed on a site and that is not in the database, here and in
/// other tabs. `words` is where messages and comments are kept.
export function forgetTyped(site: string, person: string, words: WordsPlace): void {
  tellForgotten({ site, person })
  // Of what a page left in its last moment the database need not know.
  for (const { draft } of partingsOf(site, person)) forgetParting(draft)
  forgetWords(words)
  forgetSent(site, person)
}
