// Addresses of the server's answers, spelled alike by whoever asks.

/// An address of the API.
export function apiAddress(path: string, query: Record<string, string> = {}): string {
  const search = new URLSearchParams(query).toString()
  return search ? `${path}?${search}` : path
}

/// The preview frame's document: of a post, or of none.
/// `from` are the hosts that the writer lets it load from, besides those that the
/// site names. `page` is the page's address on the site, below which the document is
/// to be, so that relative addresses lead where they lead from the page; "" leaves
/// it to the server, which knows whether the post has any. `quirks` says whether a
/// document of no post is in quirks mode; null leaves that to the site's layouts.
export function frameAddress(branch: string, path = "", from: readonly string[] = [], page = "", quirks: boolean | null = null): string {
  return apiAddress("/frame" + page, {
    branch, ...(path ? { path } : {}), ...(from.length > 0 ? { from: from.join() } : {}),
    ...(quirks === null ? {} : { mode: quirks ? "quirks" : "standard" }),
  })
}

/// The document of an earlier text of a post, which was called `called` then.
export function versionFrameAddress(branch: string, path: string, called: string, commit: string, from: readonly string[]): string {
  return apiAddress("/frame", { branch, path, called, commit, ...(from.length > 0 ? { from: from.join() } : {}) })
}

/// The document in which a copy of a page is checked, for the page at an address;
/// `from` as above.
export function auditAddress(branch: string, from: readonly string[], page: string): string {
  return frameAddress(branch, "", from, page) + "&audit=1"
}

/// An address as it is written in a page; null where it is none.
export function addressIn(written: string, page: string): URL | null {
  return URL.canParse(written, page) ? new URL(written, page) : null
}

/// The preview frame's document without a page, for a version of its script.
export function emptyFrameAddress(script: string): string {
  return "/empty-frame?script=" + script
}

/// A picture of a branch, or of a pull request that is not 0.
export function fileAddress(branch: string, path: string, pull = 0): string {
  return apiAddress("/api/file", { branch, path, ...(pull ? { pull: String(pull) } : {}) })
}

/// The document of a post's mail, as its readers get it.
export function mailAddress(branch: string, path: string, stamp: boolean): string {
  return apiAddress("/mail", { branch, path, ...(stamp ? { stamp: "1" } : {}) })
}
