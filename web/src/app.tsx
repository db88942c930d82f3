// App draws the screen that the address names.
import { render } from "preact"
import { createAnswers, namesSite } from "./offline/answers"
import { createApi, problemOf } from "./forge/api"
import { createWorker, type Assets } from "./preview/assets"
import type { AppContext } from "./ui/app-context"
import { createDrafts } from "./post/drafts"
import { hasOldDrafts } from "./post/old-drafts"
import { watchAhead } from "./start/ahead"
import { createEarly } from "./start/handover"
import { whenIdle } from "./base/idle"
import { inTime } from "./base/in-time"
import { nextFrame } from "./base/next-frame"
import { createRouter } from "./router"
import { type Route } from "./protocol/routes"
import { DeskScreen } from "./screens/desk/desk"
import { EditScreen } from "./screens/edit/edit"
import { SignedInScreen, SignInScreen } from "./screens/sign-in"
import { createSignIn, donePath, keepSignedIn } from "./forge/sign-in"
import { later } from "./ui/lazy"
import { LeaveDialog } from "./ui/leave-dialog"
import { OtherSite } from "./ui/other-site"
import { SignInAgain } from "./ui/sign-in-again"
import { createUnsaved } from "./post/unsaved"
import { chooseLanguage, t } from "./base/words"

const PullScreen = later(async () => (await import("./screens/later")).PullScreen)
const ReadyScreen = later(async () => (await import("./screens/later")).ReadyScreen)
const BoardScreen = later(async () => (await import("./screens/later")).BoardScreen)

/// How long drafts of an earlier Galley are waited for, in milliseconds.
const adoptLimit = 3_000

export interface AppOptions {
  root: HTMLElement
  assets: Assets
  nonce: string
  /// Called when another language was chosen, before the page is loaded anew.
  onLanguage: () => Promise<void>
  /// Called once, when the first screen has all that it needs.
  onSettled?: () => void
  /// Keeps a script that not everybody wants for when there is no server.
  keepScript: (address: string) => void
}

/// Starts the app in `root`.
export async function createApp({ root, assets, nonce, onLanguage, onSettled, keepScript }: AppOptions): Promise<{ destroy(): void }> {
  const early = createEarly(window.galley)
  const signIn = createSignIn({ fetch: early.fetch })
  const answers = createAnswers({ fetch: early.fetch, onAnother: () => location.reload() })
  const asked = createApi({ fetch: answers.fetch, person: signIn.person })
  const put = (screen: preact.ComponentChild) => {
    for (const said of root.querySelectorAll(":scope > .starting")) said.remove()
    render(screen, root)
  }
  const unsaved = createUnsaved(address => router.go(address))
  const show = (screen: preact.ComponentChild) => put(
    <>{screen}<SignInAgain signIn={signIn} unsaved={unsaved} /><LeaveDialog unsaved={unsaved} /><OtherSite store={answers.store} look={answers.look} /></>,
  )
  if (location.pathname === donePath) {
    put(<SignedInScreen />)
    return { destroy: () => render(null, root) }
  }
  const drafts = createDrafts()
  let site
  try {
    const session = await signIn.load().then(
      async session => {
        await answers.meet(session)
        return session
      },
      async (error: unknown) => {
        const kept = await answers.session()
        if (!kept) throw error
        return kept
      },
    )
    if (session.signIn && !session.person) {
      early.end()
      put(<SignInScreen session={session} />)
      return { destroy: () => render(null, root) }
    }
    signIn.setPerson(session.person?.login ?? "")
    try {
      site = await signIn.keep(() => asked.site(), "no")
      if (session.person && session.person.login !== site.person.login) {
        // Another has signed in since the page began: what it has is not theirs.
        early.end()
        await answers.clear()
        site = await asked.site()
      }
    } catch (error) {
      if (!session.signIn || problemOf(error).kind !== "unauthorized") throw error
      early.end()
      put(<SignInScreen session={session} />)
      return { destroy: () => render(null, root) }
    }
  } catch (error) {
    early.end()
    show(
      <main class="empty">
        <h1>{t("Galley cannot start")}</h1>
        <p>{problemOf(error).sentence}</p>
        <p><button type="button" onClick={() => location.reload()}>{t("Try again")}</button></p>
      </main>,
    )
    return { destroy: () => render(null, root) }
  }
  // What an older server said is by its name.
  site = { ...site, id: site.id || site.name, repository: site.repository || site.id || site.name }
  early.meetSite(namesSite(site.id))
  answers.meetSite(site.id)
  const api = keepSignedIn(asked, signIn, ["branches", "bundle", "changes", "data", "emoji", "file", "lexer", "link", "live", "pageParts", "pictures", "preview", "problems", "prose", "pulls", "ready", "search", "standing", "words", "writers"])
  const quiet = keepSignedIn(asked, signIn, "all")
  try {
    if (await inTime(hasOldDrafts(drafts, site), adoptLimit)) await inTime((await import("./screens/later")).adopt(drafts, api, site), adoptLimit)
  } catch (error) {
    console.error(error) // they are there the next time
  }
  let settled = false
  let listed = false // whether the desk was shown
  const unsubscribe = answers.store.subscribe(() => {
    if (answers.store.get().otherSite) return
    // It answers again: whoever was signed in may not be any more.
    if (!answers.store.get().asOf) void signIn.load().then(answers.meet).catch(() => {})
  })
  const app: AppContext = { api, quiet, signIn, answers, drafts, unsaved, site, early, assets, nonce, keepScript, compiled: {}, fresh: new Map(), go: address => router.go(address),
    async setLanguage(code) {
      chooseLanguage(code)
      await onLanguage()
      location.reload()
    },
    settled() {
      if (settled) return
      settled = true
      whenIdle(() => onSettled?.())
      // What the desk shows without the server, for who has opened a post alone.
      whenIdle(() => void (listed || Promise.allSettled([asked.posts(new URLSearchParams(location.search).get("branch") ?? ""), asked.branches(), asked.pulls()])))
    },
  }
  // What a screen still waits for when it is left does not take somebody out of another
  // one, where they write by now: it goes somewhere only as long as it is shown.
  let here = { key: "", app }
  const appFor = (key: string): AppContext => {
    if (key === here.key) return here.app
    const own = { key, app: { ...app, go: (address: string) => void (own === here && router.go(address)) } }
    here = own
    return own.app
  }
  let drawn = 0
  const draw = (route: Route) => {
    const turn = ++drawn
    const post = route.screen === "edit" ? { branch: route.branch || app.site.defaultBranch, path: route.path } : undefined
    if (turn === 1) return drawScreen(route)
    if (!post || !early.reveal(post)) {
      early.end(post)
      return drawScreen(route)
    }
    void nextFrame().then(() => {
      if (turn !== drawn) return
      early.end(post)
      drawScreen(route)
    })
  }
  const drawScreen = (route: Route) => {
    switch (route.screen) {
      case "desk":
        listed = true
        // The post that is opened next finds the renderer ready.
        if (typeof WebAssembly === "object" && typeof Worker === "function" && !app.compiled.module) {
          whenIdle(() => early.begin(() => createWorker(assets), assets["galley.wasm"]))
        }
        app.settled()
        return show(<DeskScreen key="desk" app={appFor("desk")} branch={route.branch} />)
      case "edit": {
        const branch = route.branch || app.site.defaultBranch
        const key = ["edit", branch, route.path, route.into, route.pull].join("\n")
        return show(<EditScreen key={key} app={appFor(key)} branch={branch} path={route.path} into={route.into} pull={route.pull} line={route.line} history={route.history} />)
      }
      case "pull":
        return show(<PullScreen key={route.number} app={appFor(`pull\n${route.number}`)} number={route.number} />)
      case "ready":
      case "board": {
        const Screen = route.screen === "ready" ? ReadyScreen : BoardScreen
        const branch = route.branch || app.site.defaultBranch
        const key = [route.screen, branch, route.path].join("\n")
        return show(<Screen key={key} app={appFor(key)} branch={branch} path={route.path} />)
      }
      case "nowhere":
        appFor("nowhere")
        return show(
          <main class="empty">
            <h1>{t("There is nothing at this address")}</h1>
            <p><a class="button" href="/">{t("Go to the posts")}</a></p>
          </main>,
        )
    }
  }
  const router = createRouter({ onRoute: draw, mayLeave: unsaved.mayLeave })
  const ahead = watchAhead({ onPost: (branch, path) => early.post(branch || app.site.defaultBranch, path) })
  return {
    destroy() {
      router.destroy()
      ahead.destroy()
      unsubscribe()
      answers.destroy()
      signIn.destroy()
      unsaved.destroy()
      render(null, root)
    },
  }
}
