// App draws the screen that the address names.
import { render } from "preact"
import { createApi, problemOf } from "./api"
import type { AppContext, Assets } from "./app-context"
import { createDrafts } from "./drafts"
import { createRouter, type Route } from "./router"
import { DeskScreen } from "./screens/desk"
import { EditScreen } from "./screens/edit"
import { PullScreen } from "./screens/pull"
import { SignedInScreen, SignInScreen } from "./screens/sign-in"
import { createSignIn, donePath, keepSignedIn } from "./sign-in"
import { SignInAgain } from "./ui/sign-in-again"

export interface AppOptions {
  root: HTMLElement
  assets: Assets
  nonce: string
}

/// Starts the app in `root`.
export async function createApp({ root, assets, nonce }: AppOptions): Promise<{ destroy(): void }> {
  const signIn = createSignIn()
  const asked = createApi({ person: signIn.person })
  const show = (screen: preact.ComponentChild) => render(<>{screen}<SignInAgain signIn={signIn} /></>, root)
  root.textContent = ""
  if (location.pathname === donePath) {
    render(<SignedInScreen />, root)
    return { destroy: () => render(null, root) }
  }
  let site
  try {
    const session = await signIn.load()
    if (session.signIn && !session.person) {
      render(<SignInScreen session={session} />, root)
      return { destroy: () => render(null, root) }
    }
    signIn.setPerson(session.person?.login ?? "")
    try {
      site = await signIn.keep(() => asked.site(), "no")
    } catch (error) {
      if (!session.signIn || problemOf(error).kind !== "unauthorized") throw error
      render(<SignInScreen session={session} />, root)
      return { destroy: () => render(null, root) }
    }
  } catch (error) {
    show(
      <main class="empty">
        <h1>Galley cannot start</h1>
        <p>{problemOf(error).sentence}</p>
        <p><button type="button" onClick={() => location.reload()}>Try again</button></p>
      </main>,
    )
    return { destroy: () => render(null, root) }
  }
  const api = keepSignedIn(asked, signIn, ["branches", "bundle", "lexer", "preview", "pulls"])
  const app: AppContext = { api, signIn, drafts: createDrafts(), site, assets, nonce, compiled: {}, fresh: new Map(), go: address => router.go(address) }
  const draw = (route: Route) => {
    switch (route.screen) {
      case "desk":
        return show(<DeskScreen key="desk" app={app} branch={route.branch} />)
      case "edit": {
        const branch = route.branch || app.site.defaultBranch
        return show(<EditScreen key={branch + "\n" + route.path} app={app} branch={branch} path={route.path} into={route.into} pull={route.pull} />)
      }
      case "pull":
        return show(<PullScreen key={route.number} app={app} number={route.number} />)
      case "nowhere":
        return show(
          <main class="empty">
            <h1>There is nothing at this address</h1>
            <p><a class="button" href="/">Go to the posts</a></p>
          </main>,
        )
    }
  }
  const router = createRouter(draw)
  return {
    destroy() {
      router.destroy()
      signIn.destroy()
      render(null, root)
    },
  }
}
