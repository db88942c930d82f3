import { useEffect } from "preact/hooks"
import type { Session } from "../protocol/server"
import { announceSignIn, startAddress } from "../forge/sign-in"

/// What somebody sees who is not signed in: what will be asked of them, before
/// the browser goes there.
export function SignInScreen({ session }: { session: Session }) {
  const signIn = session.signIn!
  useEffect(() => {
    document.title = `Sign in – Galley`
  }, [])
  return (
    <main class="sign-in">
      <p class="brand">Galley</p>
      <h1>Write for {signIn.repository}</h1>
      <p class="lead">Sign in with your {signIn.name} account. What you write goes to the site as pull requests in your name.</p>
      <p><a class="button primary" href={startAddress(location.pathname + location.search)}>Sign in with {signIn.name}</a></p>
      <h2>What Galley may do then</h2>
      <p>{signIn.permission}</p>
      <p class="note">Your sign-in is kept in this browser, sealed, and ends when you sign out.</p>
    </main>
  )
}

/// The end of a sign-in in a small window: the page that waits is told, and the
/// window closes.
export function SignedInScreen() {
  useEffect(() => {
    document.title = "Signed in – Galley"
    announceSignIn()
    window.close()
  }, [])
  return (
    <main class="sign-in">
      <p class="brand">Galley</p>
      <h1>You are signed in</h1>
      <p class="lead">Galley goes on in the window that you came from. You can close this one.</p>
      <p><button type="button" onClick={() => window.close()}>Close this window</button></p>
    </main>
  )
}
