import { useEffect } from "preact/hooks"
import type { Session } from "../protocol/server"
import { announceSignIn, startAddress } from "../forge/sign-in"
import { t } from "../base/words"

/// What somebody sees who is not signed in: what will be asked of them, before
/// the browser goes there.
export function SignInScreen({ session }: { session: Session }) {
  const signIn = session.signIn!
  useEffect(() => {
    document.title = t("Sign in – Galley")
  }, [])
  return (
    <main class="sign-in">
      <p class="brand">Galley</p>
      <h1>{t("Write for {repository}", { repository: signIn.repository })}</h1>
      <p class="lead">{t("Sign in with your {name} account. What you write goes to the site as pull requests in your name.", { name: signIn.name })}</p>
      <p><a class="button primary" href={startAddress(location.pathname + location.search)}>{t("Sign in with {name}", { name: signIn.name })}</a></p>
      <h2>{t("What Galley may do then")}</h2>
      <p>{signIn.permission}</p>
      <p class="note">{t("Your sign-in is kept in this browser, sealed, and ends when you sign out.")}</p>
    </main>
  )
}

/// The end of a sign-in in a small window: the page that waits is told, and the
/// window closes.
export function SignedInScreen() {
  useEffect(() => {
    document.title = t("Signed in – Galley")
    announceSignIn()
    window.close()
  }, [])
  return (
    <main class="sign-in">
      <p class="brand">Galley</p>
      <h1>{t("You are signed in")}</h1>
      <p class="lead">{t("Galley goes on in the window that you came from. You can close this one.")}</p>
      <p><button type="button" onClick={() => window.close()}>{t("Close this window")}</button></p>
    </main>
  )
}
