// Sign in keeps a page signed in: it renews what expires before it does, and
// when that cannot be done asks the person, in a small window, while whatever
// needed it waits and then goes on. docs/protocol.md, "Signing in".
import { Failure } from "./api"
import type { Session } from "../protocol/server"
import { createStore, type Store } from "../base/store"
import { t } from "../base/words"

export interface SignInState {
  /// Something waits for the person to sign in again.
  asked: boolean
  /// The sign-in is over, and nothing waits for it yet.
  lapsed: boolean
  /// Whether the small window was let open.
  window: "closed" | "open" | "blocked"
  /// What went wrong, as a sentence; "" for nothing.
  trouble: string
  /// How often the person has signed in again: what failed meanwhile may be
  /// asked for anew when it changes.
  times: number
  /// Who has signed in instead of the page's person; "" for nobody.
  other: string
}

export interface SignedOut {
  /// Whether GitHub took the permission back.
  revoked: boolean
  sentence: string
}

export interface SignIn {
  store: Store<SignInState>
  /// Who is signed in, and how one does, as the server says now.
  load(): Promise<Session>
  /// The page's person, once it is known: "" before, and where nobody signs in.
  person(): string
  setPerson(login: string): void
  /// Does something that needs a sign-in, again after a renewal. With `wait`
  /// the person is asked where that does not help; without, the page says that
  /// the sign-in is over.
  keep<T>(call: () => Promise<T>, wait: "wait" | "no"): Promise<T>
  /// Opens the small window. Call it from a press: browsers want one.
  open(): void
  /// The person does not want to, now.
  cancel(): void
  signOut(): Promise<SignedOut>
  destroy(): void
}

export interface SignInOptions {
  /// Defaults to the browser's own.
  fetch?: typeof fetch
  /// Opens an address in a small window, and tells whether it could. Defaults
  /// to the browser's own.
  openWindow?: (address: string) => boolean
  /// Runs a function while no other tab runs one. Defaults to the browser's
  /// locks, where it has them.
  lock?: <T>(run: () => Promise<T>) => Promise<T>
}

/// Where the small window ends.
export const donePath = "/auth/done"

/// The address that begins a sign-in which ends at another.
export function startAddress(to: string): string {
  return "/auth/start?" + new URLSearchParams({ to })
}

/// How long before its end a token is renewed, in seconds.
const early = 15 * 60

type Message = { type: "signed-in" } | { type: "signed-out" }

const channelName = "galley-sign-in"

/// Tells the other tabs and windows that somebody has signed in.
export function announceSignIn(): void {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage({ type: "signed-in" } satisfies Message)
  channel.close()
}

/// Runs a function while no other tab of the browser does.
async function inOneTab<T>(run: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return run()
  return navigator.locks.request(channelName, run)
}

export function createSignIn(options: SignInOptions = {}): SignIn {
  const doFetch = options.fetch ?? fetch.bind(globalThis)
  const lock = options.lock ?? inOneTab
  const openWindow = options.openWindow ?? (address => open(address, channelName, "popup,width=560,height=760") !== null)
  const store = createStore<SignInState>({ asked: false, lapsed: false, window: "closed", trouble: "", other: "", times: 0 })
  let session: Session | null = null
  let me = ""
  let timer = 0
  let waiting: { promise: Promise<boolean>; settle: (signedIn: boolean) => void } | null = null

  async function ask(path: string, init?: RequestInit): Promise<Response> {
    try {
      return await doFetch(path, { ...init, signal: AbortSignal.timeout(30_000) })
    } catch {
      throw new Failure({ kind: "unavailable", sentence: t("Galley's server does not answer. Try again when you are connected.") })
    }
  }

  /// Sends what changes the sign-in, for this page's person alone.
  function change(path: string): Promise<Response> {
    return ask(path, { method: "POST", body: "{}", headers: { "Content-Type": "application/json", ...(me ? { "Galley-Person": me } : {}) } })
  }

  async function read(): Promise<Session> {
    const response = await ask("/auth/session")
    if (!response.ok) throw new Failure({ kind: "unavailable", sentence: t("Galley cannot find out who is signed in. Try again in a moment.") })
    return (await response.json()) as Session
  }

  function learn(next: Session): Session {
    session = next
    clearTimeout(timer)
    if (next.renewable && next.expiresIn !== null) {
      const wait = Math.min(Math.max(next.expiresIn - early, 5) * 1000, 2 ** 31 - 1)
      timer = window.setTimeout(() => void renew(next.issued).catch(() => {}), wait)
    }
    return next
  }

  const mine = (s: Session) => s.person !== null && (me === "" || s.person.login.toLowerCase() === me.toLowerCase())

  /// Gets another token than the one of `issued`, and tells whether there is
  /// one. Another tab may have got it already.
  function renew(issued: number): Promise<boolean> {
    return lock(async () => {
      const now = learn(await read())
      if (!mine(now)) return false
      if (now.issued !== issued) return true
      if (!now.renewable) return false
      const response = await change("/auth/renew")
      if (response.ok) {
        learn((await response.json()) as Session)
        return true
      }
      // A browser without locks: another tab may have been faster.
      const after = learn(await read())
      return mine(after) && after.issued !== issued
    })
  }

  /// Waits until the person has signed in, or does not want to.
  function askPerson(): Promise<boolean> {
    if (!waiting) {
      let settle!: (signedIn: boolean) => void
      waiting = { promise: new Promise(resolve => (settle = resolve)), settle }
      store.set({ asked: true, window: "closed", trouble: "", other: "" })
    }
    return waiting.promise
  }

  function settle(signedIn: boolean): void {
    const times = store.get().times + (signedIn ? 1 : 0)
    store.set({ asked: false, lapsed: !signedIn, window: "closed", trouble: "", other: "", times })
    waiting?.settle(signedIn)
    waiting = null
  }

  /// Looks whether somebody has signed in.
  async function look(): Promise<void> {
    const before = session?.issued ?? 0
    const now = learn(await read())
    if (!now.person || now.issued === before) return
    if (mine(now)) return settle(true)
    store.set({
      trouble: t("You signed in as {login}, and this page is {me}'s. Sign in as {me} to go on with it.", { login: now.person.login, me }),
      other: now.person.login, window: "closed",
    })
  }

  const channel = new BroadcastChannel(channelName)
  channel.onmessage = (event: MessageEvent<Message>) => {
    if (event.data.type === "signed-out") {
      if (me !== "") store.set({ lapsed: true })
    } else if (store.get().asked || store.get().lapsed) {
      void look().catch(() => {})
    } else {
      void read().then(learn, () => {})
    }
  }
  // Should the message be lost: who comes back may have signed in.
  const focus = () => {
    if (store.get().asked || store.get().lapsed) void look().catch(() => {})
  }
  addEventListener("focus", focus)

  return {
    store,
    load: async () => learn(await read()),
    person: () => me,
    setPerson(login) {
      me = login
    },
    async keep(call, wait) {
      for (let time = 0; ; time++) {
        const issued = session?.issued ?? 0
        try {
          return await call()
        } catch (error) {
          if (!(error instanceof Failure) || error.problem.kind !== "unauthorized" || !session?.signIn || time >= 3) throw error
          if (session.issued !== issued && mine(session)) continue // renewed meanwhile
          if (time === 0 && (await renew(issued).catch(() => false))) continue
          if (wait === "no") {
            store.set({ lapsed: true })
            throw error
          }
          if (!(await askPerson())) throw error
        }
      }
    },
    open() {
      store.set({ window: openWindow(startAddress(donePath)) ? "open" : "blocked", trouble: "", other: "" })
    },
    cancel: () => settle(false),
    signOut: () => lock(async () => {
      const response = await change("/auth/sign-out")
      if (response.status === 401) throw new Failure({ kind: "unauthorized", sentence: t("In this browser somebody else is signed in now. Reload the page to see who, and sign out there.") })
      if (!response.ok) throw new Failure({ kind: "unavailable", sentence: t("Galley could not sign you out. Try again in a moment.") })
      clearTimeout(timer)
      channel.postMessage({ type: "signed-out" } satisfies Message)
      return (await response.json()) as SignedOut
    }),
    destroy() {
      clearTimeout(timer)
      removeEventListener("focus", focus)
      channel.close()
      waiting?.settle(false)
    },
  }
}

/// The same functions, each of which keeps the page signed in. Those in
/// `background` are not what the person has just asked for, so that they do not
/// put a question in their way.
export function keepSignedIn<T extends object>(api: T, signIn: SignIn, background: readonly (keyof T)[] | "all"): T {
  const kept = { ...api }
  for (const name of Object.keys(api) as (keyof T)[]) {
    const call = api[name]
    if (typeof call !== "function") continue
    kept[name] = ((...args: unknown[]) => signIn.keep(() => call.apply(api, args) as Promise<unknown>, background === "all" || background.includes(name) ? "no" : "wait")) as T[keyof T]
  }
  return kept
}
