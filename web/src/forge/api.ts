// Api speaks with the server. Every failure is a Failure, whose message is a
// sentence that a writer can act on.
import { apiAddress, fileAddress } from "../protocol/addresses"
import { keptSince, wholeOf } from "../offline/answers"
import type { DataReading } from "../protocol/data-reading"
import type { Drafted, Live, Ready } from "../protocol/publishing"
import type { Branch, BranchStart, Bundle, ChangedBy, JoinedPost, Move, NewPost, PageParts, Piece, PostEntry, PostFile, Problem, Picture, Pull, PullFile, Removal, RemovedText, SearchResult, Site, Snippets, Standing, Step, Submission, Submissions, ThreeTexts, Trays, Versions, VersionText, Writer } from "../protocol/server"
import type { Diagnostic, PreviewAnswer, Span } from "../protocol/preview"
import { t } from "../base/words"

/// What went wrong, in the server's words or, where it did not answer, in ours.
export class Failure extends Error {
  constructor(readonly problem: Problem) {
    super(problem.sentence)
    this.name = "Failure"
  }
}

/// Any error as a Problem.
export function problemOf(error: unknown): Problem {
  if (error instanceof Failure) return error.problem
  console.error(error)
  return { kind: "internal", sentence: t("Something in Galley went wrong. Reload the page to go on.") }
}

/// What a stale submission found in the post's place: null when the post is
/// gone, undefined when nobody knows, or when it was not stale.
export function foundInstead(problem: Problem): PostFile | null | undefined {
  if (problem.kind !== "stale") return undefined
  return problem.current ?? (problem.gone ? null : undefined)
}

/// What becomes of a mail that is in the way of a draft.
export interface OverMail {
  /// `OtherMail.seen`: what was asked about.
  seen: string
  /// It stays, and another draft is made. Otherwise it is replaced.
  beside: boolean
}

export interface ApiOptions {
  /// Defaults to the browser's own.
  fetch?: typeof fetch
  /// How long an answer may take to begin, in milliseconds. Defaults to 30,000.
  timeout?: number
  /// How long a submission may be silent, in milliseconds. Defaults to 120,000.
  silence?: number
  /// The login of the person whom the page works for, for the server to refuse
  /// what another would do who has signed in in this browser meanwhile.
  /// Defaults to "": nobody signs in.
  person?: () => string
}

/// What a text is to be: "" for what stays.
export interface MoveWish {
  /// A post's day, as 2026-08-16.
  day?: string
  slug?: string
  /// `posts` for a draft that is published, `drafts` for a post that is taken back.
  group?: string
  /// Whether the address that it has is to lead to the new one.
  redirect?: boolean
  /// Whether the text stays where it is, too.
  copy?: boolean
}

export interface Api {
  /// Asks for an address; with a body that is posted. What is loaded later asks by
  /// it (reviews.ts).
  ask<T>(path: string, body?: unknown): Promise<T>
  site(): Promise<Site>
  branches(): Promise<Branch[]>
  /// Makes an edition's branch with its post, or finds it as it is.
  startBranch(start: BranchStart): Promise<Branch>
  /// `branch` "": the one where work goes on, which the answer names.
  posts(branch: string): Promise<{ branch: string; commit: string; posts: PostEntry[]; texts: PostEntry[]; unread: number }>
  /// `kept` is when the post was so, in milliseconds since 1970, where the
  /// server does not answer; 0 where it does. With `now`, which is false unless given,
  /// the server is waited for: what goes into a text or a commit has to be what is there.
  post(branch: string, path: string, now?: boolean): Promise<PostFile & { kept?: number }>
  /// The texts of a branch that have all words of a query.
  search(branch: string, query: string, signal?: AbortSignal): Promise<SearchResult>
  /// What a branch's texts call a pull request, by its address or its number.
  link(branch: string, of: { url: string } | { number: number }): Promise<{ url: string; title: string; pending?: boolean }>
  /// What a post is on a branch now.
  standing(branch: string, path: string): Promise<Standing>
  /// `branch` "": the branch of the post's edition.
  newPost(branch: string, fields: { title: string; date: string; slug: string }): Promise<NewPost>
  /// What becomes of a text by a wish; nothing is written.
  move(branch: string, path: string, wish: MoveWish): Promise<Move>
  /// The texts that were taken off a branch lately, of a group or, with "", of all.
  removed(branch: string, group: string): Promise<Removal[]>
  /// What one of them was.
  removedText(branch: string, path: string): Promise<RemovedText>
  /// What the worker renders with, and the lexers that a post wants.
  bundle(branch: string, path: string): Promise<Bundle>
  /// The lexer's definition.
  lexer(name: string): Promise<string>
  preview(branch: string, path: string, text: string, signal?: AbortSignal): Promise<PreviewAnswer>
  /// What breaks the site's house rules in a text.
  /// `pending`: what compares it with the other posts is not known yet.
  problems(branch: string, path: string, text: string, signal?: AbortSignal): Promise<{ found: Diagnostic[]; pending: boolean }>
  /// What a data file's text says.
  data(branch: string, path: string, text: string, signal?: AbortSignal): Promise<DataReading>
  /// The words that are right on a branch's site though no dictionary has them.
  words(branch: string): Promise<string[]>
  /// What of a text is prose, whose spelling can be checked.
  prose(branch: string, path: string, text: string, signal?: AbortSignal): Promise<Span[]>
  /// The page that a text makes, in parts.
  pageParts(branch: string, path: string, text: string): Promise<PageParts>
  /// Where the links of a text to other sites lead; `silent` of them were not answered
  /// for in time, and `unasked` could not be asked from where the server runs.
  outside(branch: string, path: string, text: string): Promise<{ found: Diagnostic[]; links: number; silent: number; unasked: number }>
  /// Has a file made a picture for a post; `limit` is in bytes.
  picture(branch: string, post: string, file: File, limit: number): Promise<Picture>
  snippets(branch: string): Promise<Snippets>
  /// The addresses of a branch's pictures, within the site.
  pictures(branch: string): Promise<string[]>
  /// The names that become emoji on a branch's pages, as "tada 🎉", one a line; "" where
  /// none does.
  emoji(branch: string): Promise<string>
  /// A picture of the site as it is on a branch, or in a pull request that is not
  /// 0, by its address; null where there is none.
  file(branch: string, address: string, pull: number): Promise<Blob | null>
  /// Merges three texts.
  mergeTexts(texts: ThreeTexts): Promise<{ text: string; pieces: Piece[] }>
  /// The commits of a branch that changed a post since it was a blob, newest
  /// first.
  changes(branch: string, path: string, blob: string): Promise<ChangedBy[]>
  /// Who changed a post, when and why; `from` is what the page before names as its
  /// next, "" for the newest.
  versions(branch: string, path: string, from: string): Promise<Versions>
  /// A post as a commit has it, where it was called `called`; null where that removed it.
  version(branch: string, path: string, called: string, commit: string): Promise<string | null>
  /// Who has which section of a post, in the open pull requests for a branch.
  writers(branch: string, path: string): Promise<Writer[]>
  /// The material for a post; `fresh` asks others for it anew.
  trays(branch: string, path: string, fresh: boolean): Promise<Trays>
  /// The open pull requests that add to a post of a branch.
  submissions(branch: string, path: string): Promise<Submissions>
  /// The post as it would be with some of them. With the `blob` of that text, they
  /// are merged by one commit.
  putIn(put: { branch: string; path: string; head: string; pulls: { number: number; head: string }[]; blob?: string }): Promise<JoinedPost>
  /// Calls `onStep` for each step as it happens, and answers the pull request.
  submit(submission: Submission, onStep: (step: Step) => void): Promise<Pull>
  /// All, or those that change one file. `now` as for `post`.
  pulls(path?: string, now?: boolean): Promise<Pull[]>
  /// Opens a pull request for an edition's branch as it is, or finds the one
  /// that is open.
  propose(branch: string, base: string, title: string, message: string): Promise<Pull>
  pull(number: number): Promise<{ pull: Pull; files: PullFile[] }>
  /// What is to be known of a post before it is published; with `stamp`, mail and
  /// announcements are those of the post when it is published now.
  ready(branch: string, path: string, stamp: boolean): Promise<Ready>
  /// Makes a draft of the post's mail at the mailing service, or brings it up to
  /// date. `blob` is the text that was looked at; where the branch has another by now,
  /// it is stale. What a person changed at the service is `other-mail`, until `over`
  /// says what becomes of it.
  draftMail(branch: string, path: string, blob: string, stamp: boolean, over?: OverMail): Promise<Drafted>
  /// How far the publication of a commit of the default branch is, and whether the
  /// post's address answers.
  live(path: string, commit: string): Promise<Live>
  /// Merges what was looked at: `head` is the pull request's, as it was then.
  merge(number: number, head: string): Promise<Pull>
  /// Closes one without merging it. Its branch stays.
  closePull(number: number): Promise<Pull>
}

/// A request that nothing from before answers (offline/answers.ts, start/handover.ts).
const onlyNow: RequestInit = { cache: "no-store" }

const offline: Problem = {
  kind: "unavailable",
  sentence: t("Galley's server does not answer. Try again when you are connected."),
}

export function createApi(options: ApiOptions = {}): Api {
  const doFetch = options.fetch ?? fetch.bind(globalThis)
  const timeout = options.timeout ?? 30_000
  const silence = options.silence ?? 120_000

  /// Answers when all of the answer is there; with `streams`, when it begins. `limit` is
  /// for that, in milliseconds.
  async function ask(address: string, init: RequestInit, abort: AbortController, limit: number, streams = false): Promise<Response> {
    const timer = setTimeout(() => abort.abort(), limit)
    const person = options.person?.() ?? ""
    const headers = person ? { ...init.headers, "Galley-Person": person } : init.headers
    let response: Response
    try {
      response = await doFetch(address, { ...init, ...(headers ? { headers } : {}), signal: abort.signal })
      if (!streams) response = await wholeOf(response)
    } catch {
      throw new Failure(offline)
    } finally {
      clearTimeout(timer)
    }
    if (!response.ok) throw new Failure(await problemIn(response))
    return response
  }

  async function get<T>(path: string, query: Record<string, string> = {}, now = false): Promise<T> {
    return readJSON(await ask(apiAddress(path, query), now ? onlyNow : {}, new AbortController(), timeout))
  }

  function post(path: string, body: unknown, abort: AbortController, limit: number, streams = false): Promise<Response> {
    return ask(path, {
      method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
    }, abort, limit, streams)
  }

  return {
    ask: async (path, body) => (body === undefined ? get(path) : readJSON(await post(path, body, new AbortController(), silence))),
    site: () => get("/api/site"),
    branches: () => get("/api/branches"),
    async startBranch(start) {
      const answer: { branch: Branch } = await readJSON(await post("/api/branches", start, new AbortController(), silence))
      return answer.branch
    },
    posts: branch => get("/api/posts", { branch }),
    async post(branch, path, now = false) {
      const response = await ask(apiAddress("/api/post", { branch, path }), now ? onlyNow : {}, new AbortController(), timeout)
      return { ...(await readJSON<PostFile>(response)), kept: keptSince(response) }
    },
    async search(branch, q, signal) {
      const abort = new AbortController()
      signal?.addEventListener("abort", () => abort.abort())
      return readJSON(await ask(apiAddress("/api/search", { branch, q }), {}, abort, timeout))
    },
    link: (branch, of) => get("/api/link", { branch, ...("url" in of ? { address: of.url } : { number: String(of.number) }) }),
    standing: (branch, path) => get("/api/standing", { branch, path }),
    newPost: (branch, fields) => get("/api/new", { branch, ...fields }),
    snippets: branch => get("/api/snippets", { branch }),
    move: (branch, path, { day = "", slug = "", group = "", redirect, copy }) =>
      get("/api/move", { branch, path, day, slug, group, ...(redirect ? { redirect: "1" } : {}), ...(copy ? { copy: "1" } : {}) }),
    removed: (branch, group) => get("/api/removed", { branch, group }),
    removedText: (branch, path) => get("/api/removed", { branch, path }),
    bundle: (branch, path) => get("/api/bundle", { branch, path }),
    async lexer(name) {
      const response = await ask("/api/lexer/" + encodeURIComponent(name), {}, new AbortController(), timeout)
      return response.text()
    },
    async preview(branch, path, text, signal) {
      const abort = new AbortController()
      signal?.addEventListener("abort", () => abort.abort())
      return readJSON(await post("/api/preview", { branch, path, text }, abort, timeout))
    },
    async problems(branch, path, text, signal) {
      const abort = new AbortController()
      signal?.addEventListener("abort", () => abort.abort())
      const answer = await readJSON<{ diagnostics: Diagnostic[]; pending?: boolean }>(await post("/api/problems", { branch, path, text }, abort, timeout))
      return { found: answer.diagnostics.map(fixAtPlace), pending: !!answer.pending }
    },
    async data(branch, path, text, signal) {
      const abort = new AbortController()
      signal?.addEventListener("abort", () => abort.abort())
      const answer = await readJSON<DataReading>(await post("/api/data", { branch, path, text }, abort, timeout))
      return { ...answer, diagnostics: answer.diagnostics.map(fixAtPlace) }
    },
    words: async branch => (await get<{ words: string[] }>("/api/words", { branch })).words,
    async prose(branch, path, text, signal) {
      const abort = new AbortController()
      signal?.addEventListener("abort", () => abort.abort())
      return (await readJSON<{ prose: Span[] }>(await post("/api/prose", { branch, path, text }, abort, timeout))).prose
    },
    async pageParts(branch, path, text) {
      return readJSON(await post("/api/page", { branch, path, text }, new AbortController(), timeout))
    },
    async picture(branch, post, file, limit) {
      if (file.size > limit) {
        throw new Failure({ kind: "too-large", sentence: t("The picture is larger than {limit} MB. Scale it down, or save it as a JPEG of lower quality, and try again.", { limit: limit >> 20 }) })
      }
      const body = await file.arrayBuffer().catch(() => {
        throw new Failure({ kind: "invalid", sentence: t("The browser cannot read this file. Copy it to another place and try again.") })
      })
      const response = await ask(apiAddress("/api/pictures", { branch, path: post, name: file.name }), {
        // What it is, the server looks up in its bytes.
        method: "POST", body, headers: { "Content-Type": file.type.startsWith("image/") ? file.type : "image/x-unknown" },
      }, new AbortController(), silence)
      return readJSON(response)
    },
    async outside(branch, path, text) {
      const answer: { diagnostics: Diagnostic[]; links: number; silent: number; unasked: number } = await readJSON(await post("/api/outside", { branch, path, text }, new AbortController(), silence))
      return { found: answer.diagnostics.map(fixAtPlace), links: answer.links, silent: answer.silent, unasked: answer.unasked }
    },
    async pictures(branch) {
      const answer: { pictures: string[] } = await get("/api/pictures", { branch })
      return answer.pictures
    },
    emoji: async branch => (await get<{ emoji: string }>("/api/emoji", { branch })).emoji,
    async file(branch, path, pull) {
      return (await ask(fileAddress(branch, path, pull), {}, new AbortController(), timeout)).blob()
    },
    async mergeTexts(texts) {
      return readJSON(await post("/api/merge", texts, new AbortController(), timeout))
    },
    changes: (branch, path, blob) => get("/api/changes", { branch, path, blob }),
    versions: (branch, path, from) => get("/api/versions", { branch, path, ...(from ? { from } : {}) }),
    async version(branch, path, called, commit) {
      return (await get<VersionText>("/api/version", { branch, path, called, commit })).text
    },
    writers: (branch, path) => get("/api/writers", { branch, path }),
    async trays(branch, path, fresh) {
      // Others are asked, who may be slow.
      return readJSON(await ask(apiAddress("/api/trays", { branch, path, ...(fresh ? { fresh: "1" } : {}) }), {}, new AbortController(), silence))
    },
    async submissions(branch, path) {
      return readJSON(await ask(apiAddress("/api/submissions", { branch, path }), {}, new AbortController(), silence))
    },
    async putIn(put) {
      return readJSON(await post("/api/submissions", put, new AbortController(), silence))
    },
    async submit(submission, onStep) {
      const abort = new AbortController()
      const response = await post("/api/submit", submission, abort, silence, true)
      let timer = setTimeout(() => abort.abort(), silence)
      try {
        for await (const line of readLines<{ step?: Step; pull?: Pull; error?: Problem }>(response)) {
          clearTimeout(timer)
          timer = setTimeout(() => abort.abort(), silence)
          if (line.step) onStep(line.step)
          if (line.error) throw new Failure(line.error)
          if (line.pull) return line.pull
        }
      } catch (error) {
        if (error instanceof Failure) throw error
        console.error(error)
      } finally {
        clearTimeout(timer)
      }
      throw new Failure({
        kind: "unavailable",
        sentence: t("The connection was lost before the pull request was confirmed. Submit again, and Galley goes on where it stopped without making a second one."),
      })
    },
    pulls: (path, now) => get("/api/pulls", path ? { path } : {}, now),
    pull: number => get(`/api/pulls/${number}`),
    async propose(branch, base, title, message) {
      const answer: { pull: Pull } = await readJSON(await post("/api/pulls", { branch, base, title, message }, new AbortController(), silence))
      return answer.pull
    },
    ready: (branch, path, stamp) => get("/api/ready", { branch, path, ...(stamp ? { stamp: "1" } : {}) }),
    live: (path, commit) => get("/api/live", { path, commit }),
    async draftMail(branch, path, blob, stamp, over) {
      return readJSON(await post("/api/mail", { branch, path, blob, stamp, ...over }, new AbortController(), silence))
    },
    async merge(number, head) {
      const answer: { pull: Pull } = await readJSON(await post(`/api/pulls/${number}/merge`, { head }, new AbortController(), silence))
      return answer.pull
    },
    async closePull(number) {
      const answer: { pull: Pull } = await readJSON(await post(`/api/pulls/${number}/close`, {}, new AbortController(), silence))
      return answer.pull
    },
  }
}

async function readJSON<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T
  } catch {
    throw new Failure({ kind: "internal", sentence: t("Galley's server gave an answer that cannot be read. Reload the page.") })
  }
}

async function problemIn(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as { error?: Problem }
    if (body.error && typeof body.error.sentence === "string") return body.error
  } catch {
    // Something between us and the server answered in its place.
  }
  return { kind: "unavailable", sentence: t("Galley's server answered with an error (status {status}). Try again in a moment.", { status: response.status }) }
}

/// Reads a stream of JSON values, one a line. The last line needs no end.
export async function* readLines<T>(response: Response): AsyncGenerator<T> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ""
  for (;;) {
    const { done, value } = await reader.read()
    const lines = (rest + (value ?? "")).split("\n")
    rest = done ? "" : lines.pop()!
    for (const line of lines) {
      if (line.trim() !== "") yield JSON.parse(line) as T
    }
    if (done) return
  }
}

/// A problem whose fix is told from where the problem stands, so that it moves along.
function fixAtPlace(d: Diagnostic): Diagnostic {
  return d.fix ? { ...d, fix: { ...d.fix, from: d.fix.from - d.from, to: d.fix.to - d.from } } : d
}
