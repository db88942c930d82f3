// Post context is what a post that is being written is given by the app: everything
// that outlives it.
import type { Answers } from "../offline/answers"
import type { Api } from "../forge/api"
import type { Assets } from "../preview/assets"
import type { Site } from "../protocol/server"
import type { Early } from "../start/handover"
import type { Drafts } from "./drafts"
import type { Unsaved } from "./unsaved"

export interface PostContext {
  api: Api
  /// The same, for what nobody pressed for: where the sign-in is over it fails, and puts
  /// no question in the writer's way.
  quiet: Api
  /// What the server said before, for when it does not answer.
  answers: Answers
  drafts: Drafts
  /// Whether the open post has words that are in this tab alone.
  unsaved: Unsaved
  site: Site
  /// What the page began before the app was there.
  early: Early
  assets: Assets
  /// The compiled renderer, once a worker has made it: the next post's worker
  /// starts at once.
  compiled: { module?: WebAssembly.Module | undefined }
  /// Called when the screen has all that it needs: what later visits profit from
  /// may begin.
  settled: () => void
  /// Keeps a script of the app's, by its address, for when there is no server.
  keepScript: (address: string) => void
  /// The nonce of the page's policy for style elements.
  nonce: string
  /// Goes to an address of the app, as long as the screen that it was given to is shown.
  go: (address: string) => void
  /// A new post's text on its way to the editor, for browsers that keep no
  /// drafts; by branch and path.
  fresh: Map<string, string>
}

/// The key of `fresh`.
export function freshKey(branch: string, path: string): string {
  return branch + "\n" + path
}
