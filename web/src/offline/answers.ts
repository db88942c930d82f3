// Answers keeps what the server last said in this browser, for when it does not
// answer: the site, its posts' list, the posts that were opened, what they are
// rendered with. It is one person's; another's coming deletes it. Each answer names its
// site, since tabs of two may be open at one address, and is given to that alone.
import type { Session } from "../protocol/server"
import { createStore, type Store } from "../base/store"
import { t } from "../base/words"

export interface AnswersState {
  /// When the oldest answer was given that is shown though the server may have
  /// another by now, in milliseconds since 1970; 0 for none.
  asOf: number
  /// Whether another site than the page's answers at this address now.
  otherSite: boolean
}

export interface Answers {
  store: Store<AnswersState>
  /// `fetch`, which answers with what was kept where the server does not, or not
  /// soon, and marks it as such; see `keptSince`. With the cache "no-store" never.
  fetch: typeof fetch
  /// Keeps who is signed in, and forgets what was another's.
  meet(session: Session): Promise<void>
  /// Takes the page's site by its id: at one address one repository may follow another.
  /// From then on every request names it, and what is of another site counts as no
  /// answer and is not given. Before, what is kept may be another site's than the late
  /// server's: `onAnother`.
  meetSite(id: string): void
  /// Who was signed in when the server last said; null for nobody.
  session(): Promise<Session | null>
  /// Forgets everything.
  clear(): Promise<void>
  /// Finds out whether the server answers again, and tells.
  look(): Promise<boolean>
  destroy(): void
}

export interface AnswersOptions {
  fetch: typeof fetch
  /// Defaults to the browser's, where it has them: in secure contexts.
  caches?: CacheStorage | null
  /// In milliseconds since 1970. Defaults to the browser's clock.
  now?: () => number
  /// How often the server is asked whether it answers again, in milliseconds.
  /// Defaults to 10,000.
  interval?: number
  /// How long the server's answer is waited for where there is a kept one, in
  /// milliseconds. Defaults to 3,000. Of a server that answers later than that, longer.
  patience?: number
  /// Called when the page began with what was kept of one site, since the server was late,
  /// and the server turns out to have another: the page is to begin anew.
  onAnother?: () => void
}

const cacheName = "galley-answers"
const sessionAddress = "/auth/session"
/// Names the page's site in requests, and the server's in answers and in what is kept of
/// them.
const siteHeader = "Galley-Site"

/// What a request names its page's site by.
export const namesSite = (id: string): Record<string, string> => ({ [siteHeader]: escaped(id) })

/// An id as a header has it, whatever signs a folder's name has.
const escaped = (id: string) => encodeURIComponent(id)
const unescaped = (header: string) => new URLSearchParams("id=" + header).get("id")
const mark = "Galley-Kept"

/// What is kept, and how many of it; the last ones asked for are. Of a kept picture
/// nobody is told: what stands beside it says how old it is.
const kinds: readonly { pattern: RegExp; most: number; untold?: true }[] = [
  { pattern: /^\/api\/(site|branches)$/, most: 2 },
  { pattern: /^\/api\/(posts|pulls)$/, most: 8 },
  { pattern: /^\/api\/post$/, most: 40 },
  { pattern: /^\/api\/bundle$/, most: 8 },
  { pattern: /^\/api\/lexer\//, most: 30 },
  { pattern: /^\/api\/words$/, most: 4 },
  { pattern: /^\/api\/file$/, most: 60, untold: true },
  { pattern: /\.css$/, most: 20 },
]

const kindOf = (address: string) => kinds.find(kind => kind.pattern.test(new URL(address, "http://x").pathname))

/// The longest answer that is kept, in bytes.
const longest = 8 << 20

/// How long a slow server's answer is waited for at most where there is a kept one, in
/// milliseconds.
const mostPatience = 30_000

/// When a kept answer was given, in milliseconds since 1970; 0 for an answer
/// that the server has just given.
export function keptSince(response: Response): number {
  return Number(response.headers.get(mark)) || 0
}

/// An answer with all of its body, which may stop coming in its midst; fails where that
/// is broken off.
export async function wholeOf(response: Response): Promise<Response> {
  if (!response.body) return response
  const { status, statusText, headers } = response
  return new Response(await response.arrayBuffer(), { status, statusText, headers })
}

export function createAnswers(options: AnswersOptions): Answers {
  const storage = options.caches === undefined ? (typeof caches === "object" ? caches : null) : options.caches
  const now = options.now ?? Date.now
  const store = createStore<AnswersState>({ asOf: 0, otherSite: false })
  // One thing at a time, so that nothing is kept after it was forgotten.
  let era = 0
  let turn: Promise<unknown> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined
  let patience = options.patience ?? 3_000
  let site = "" // the page's

  /// Asks for the page's site. One that follows it at the same address refuses, and
  /// what it answered to those who named none is not taken.
  async function ask(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const asked = site
    if (!asked) return options.fetch(input, init)
    const headers = new Headers(init?.headers)
    headers.set(siteHeader, escaped(asked))
    const response = await options.fetch(input, { ...init, headers })
    const answered = response.headers.get(siteHeader)
    if (answered === null) return response
    if (unescaped(answered) === asked) {
      if (store.get().otherSite) answersAgain()
      return response
    }
    if (!store.get().otherSite) {
      store.set({ otherSite: true })
      waitForServer()
    }
    const error = { kind: "other-site", sentence: t("Another site answers at this address now. Nothing was read from it or written to it. Leave this page open and start Galley for its own site again: then it goes on by itself.") }
    return response.status === otherSite ? response : Response.json({ error }, { status: otherSite })
  }

  /// Storage may be full or forbidden: then nothing is kept.
  function inTurn<T>(work: (cache: Cache) => Promise<T>): Promise<T | null> {
    if (!storage) return Promise.resolve(null)
    const done = turn.then(async () => work(await storage.open(cacheName))).catch(() => null)
    turn = done
    return done
  }

  /// `asked` is the site that was asked, escaped: a server names none where it does not
  /// know yet which it has, or gives a style sheet.
  async function put(cache: Cache, address: string, response: Response, asked: string): Promise<void> {
    const kind = kindOf(address)
    const body = await response.arrayBuffer()
    if (!kind || body.byteLength > longest) return
    const headers = { "Content-Type": response.headers.get("Content-Type") ?? "", [mark]: String(now()), [siteHeader]: response.headers.get(siteHeader) ?? asked }
    // What was put last comes last.
    await cache.delete(address)
    await cache.put(address, new Response(body, { headers }))
    const alike = (await cache.keys()).filter(key => kind.pattern.test(new URL(key.url).pathname))
    for (const old of alike.slice(0, Math.max(0, alike.length - kind.most))) await cache.delete(old)
  }

  /// What was kept; of templates, those that another post was rendered with do, and
  /// where nobody names a branch, the last list of any. A list says of which it is.
  async function find(address: string): Promise<Response | null> {
    return inTurn(async cache => {
      const own = async (key: string | Request) => {
        const kept = await cache.match(key)
        return kept && (site === "" || unescaped(kept.headers.get(siteHeader) ?? "") === site) ? kept : null
      }
      const exact = await own(address)
      const { pathname, searchParams } = new URL(address, "http://x")
      if (exact || (pathname !== "/api/bundle" && pathname !== "/api/posts")) return exact
      const branch = searchParams.get("branch")
      for (const key of [...(await cache.keys())].reverse()) {
        const url = new URL(key.url)
        if (url.pathname !== pathname) continue
        const kept = await own(key)
        const is = pathname === "/api/bundle" ? url.searchParams.get("branch") : branch === "" ? "" : ((await kept?.clone().json()) as { branch?: string }).branch
        if (kept && is === branch) return kept
      }
      return null
    })
  }

  const fetchKept: typeof fetch = async (input, init) => {
    if (typeof input !== "string" || (init?.method ?? "GET") !== "GET" || !kindOf(input)) return ask(input, init)
    const mine = era
    const its = escaped(site)
    const late = { is: false }
    const began = performance.now()
    const asked = (async (): Promise<Response> => {
      const response = await wholeOf(await ask(input, init))
      if (response.ok) {
        const copy = response.clone()
        void inTurn(async cache => mine === era && put(cache, input, copy, its))
      }
      if (late.is && !silent(response)) {
        // It is there, and slow. Whoever now asks anew would be given what is kept once
        // more, be told that it answers, ask anew, and so on.
        patience = Math.max(patience, Math.min(2 * (performance.now() - began), mostPatience))
        answersAgain()
      }
      return response
    })()
    if (init?.cache === "no-store") return asked
    const first = await within(asked, patience)
    if (first === "late") {
      // What comes after all is kept, and tells that the server is there.
      late.is = true
      const kept = await keptAnswer(input)
      void asked.then(({ headers }) => {
        const answers = headers.get(siteHeader)
        if (its === "" && kept && answers !== null && unescaped(answers) !== unescaped(kept.headers.get(siteHeader) ?? "")) options.onAnother?.()
      }, () => {})
      return kept ?? asked
    }
    if (first === "failed" || silent(first)) return (await keptAnswer(input)) ?? asked
    return first
  }

  /// What was kept, for which the server is now waited for; null for nothing.
  async function keptAnswer(address: string): Promise<Response | null> {
    const kept = await find(address)
    if (!kept) return null
    if (kindOf(address)?.untold) return kept
    const { asOf } = store.get()
    store.set({ asOf: asOf ? Math.min(asOf, keptSince(kept)) : keptSince(kept) })
    waitForServer()
    return kept
  }

  /// Asks now and then whether the server is back.
  function waitForServer(): void {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      if (!(await look())) waitForServer()
    }, options.interval ?? 10_000)
  }

  async function look(): Promise<boolean> {
    const there = await ask("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5_000) }).then(r => r.ok, () => false)
    if (there) answersAgain()
    return there
  }

  function answersAgain(): void {
    clearTimeout(timer)
    if (store.get().asOf || store.get().otherSite) store.set({ asOf: 0, otherSite: false })
  }

  const wake = () => {
    if (store.get().asOf || store.get().otherSite) void look()
  }
  globalThis.addEventListener?.("online", wake)

  void inTurn(() => Promise.resolve()) // opened at once: the first screen waits for it

  async function session(): Promise<Session | null> {
    return inTurn(async cache => ((await (await cache.match(sessionAddress))?.json()) as Session | undefined) ?? null)
  }

  async function clear(): Promise<void> {
    era++
    const done = turn.then(() => storage?.delete(cacheName)).catch(() => {})
    turn = done
    await done
  }

  return {
    store, fetch: fetchKept, session, clear, look,
    async meet({ signIn, person }) {
      const before = await session()
      if (before && before.person?.login !== person?.login || signIn && !person) await clear()
      if (signIn && !person) return
      const kept: Session = { signIn, person, issued: 0, expiresIn: null, renewable: false }
      void inTurn(cache => cache.put(sessionAddress, Response.json(kept)))
    },
    meetSite(id) {
      site = id
    },
    destroy() {
      clearTimeout(timer)
      globalThis.removeEventListener?.("online", wake)
    },
  }
}

/// The status with which another site refuses.
const otherSite = 421

/// Whether another site answers in the server's place, or a proxy says that the server
/// behind it does not answer.
function silent(response: Response): boolean {
  if (response.status === otherSite) return true
  return [502, 503, 504].includes(response.status) && !response.headers.get("Content-Type")?.startsWith("application/json")
}

/// The answer, or what became of it by then; `limit` in milliseconds.
function within(answer: Promise<Response>, limit: number): Promise<Response | "failed" | "late"> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, limit, "late")
    answer.then(resolve, () => resolve("failed")).finally(() => clearTimeout(timer))
  })
}
