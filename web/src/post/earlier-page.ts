// Earlier page is the page of an earlier text of a post, as the site would show it
// today, in a frame like the preview's.
import { createPreviewFrame } from "../preview/preview-frame"
import { isFork } from "../protocol/routes"
import { versionFrameAddress } from "../protocol/addresses"
import { readHosts } from "../protocol/settings"
import type { Version } from "../protocol/server"
import { createPictures } from "./pictures"
import type { PostContext } from "./post-context"
import { t } from "../base/words"

export interface EarlierPageOptions {
  app: PostContext
  parent: HTMLElement
  branch: string
  path: string
  version: Version
  /// The address that the page has on the site today.
  url: string
  /// Called when F6 was pressed in it.
  onLeave: () => void
}

export function createEarlierPage({ app, parent, branch, path, version, url, onLeave }: EarlierPageOptions): { destroy(): void } {
  const address = new URL(url || "/", location.origin)
  const here = location.origin + address.pathname
  const pictures = createPictures({
    api: app.api, drafts: app.drafts, key: { site: app.site.id, person: app.site.person.login || app.site.person.email || "", branch, path },
    published: app.site.defaultBranch, branch: isFork(branch) ? app.site.defaultBranch : branch, pull: 0,
    page: async () => here, onMissing: () => {},
  })
  const src = versionFrameAddress(branch, path, version.path, version.commit, readHosts())
  const frame = createPreviewFrame({
    // Where it is led away it begins again: nothing is patched in it.
    parent, src, blank: () => src, empty: src,
    styles: app.answers.fetch,
    base: () => address.href, here: () => here,
    onReady: () => {}, onLedAway: () => {}, onShown: () => {}, onBlock: () => {}, onBlocked: () => {}, onLeave,
    onPictures: port => pictures.connect(port),
    onLink: href => window.open(href, "_blank", "noopener,noreferrer"),
  })
  parent.querySelector("iframe")!.title = t("Page of the version")
  return {
    destroy() {
      pictures.destroy()
      frame.destroy()
    },
  }
}
