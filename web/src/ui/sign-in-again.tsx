import { donePath, startAddress, type SignIn } from "../forge/sign-in"
import { useStore } from "./use-store"
import { keptSentence, type Unsaved } from "../post/unsaved"
import { Dialog } from "./dialog"
import { t, tx } from "../base/words"

/// Stands on every screen: asks a person whose sign-in is over to sign in again
/// when something waits for it, and says quietly so when nothing does.
export function SignInAgain({ signIn, unsaved }: { signIn: SignIn; unsaved: Unsaved }) {
  const state = useStore(signIn.store)
  const { post, keep } = useStore(unsaved.store)
  const kept = post ? keptSentence(keep) : ""
  if (state.asked) {
    return (
      <Dialog title={t("Sign in again to go on")} onClose={signIn.cancel}>
        <p>
          {state.trouble || (state.window === "open" ? t("Sign in in the small window. Galley goes on by itself when you have.") : t("Your sign-in has expired. Sign in again in a small window, and Galley goes on where it stopped.") + " " + kept)}
        </p>
        {state.window === "blocked" && (
          <p>{tx("Your browser did not open the window. {link} instead.", { link: <a href={startAddress(donePath)} target="_blank" rel="opener">{t("Sign in in a new tab")}</a> })}</p>
        )}
        <footer>
          <button type="button" class="quiet" onClick={signIn.cancel}>{t("Not now")}</button>
          {state.other && <button type="button" onClick={() => location.reload()}>{t("Work as {other}", { other: state.other })}</button>}
          <button type="button" class="primary" autofocus onClick={signIn.open}>
            {state.window === "open" ? t("Open the window again") : t("Sign in again")}
          </button>
        </footer>
      </Dialog>
    )
  }
  if (!state.lapsed) return null
  return (
    <p class="notice lapsed" role="status">
      <span>{state.trouble || t("You are no longer signed in.") + " " + kept}</span>
      {state.other && <button type="button" class="small" onClick={() => location.reload()}>{t("Work as {other}", { other: state.other })}</button>}
      {state.window === "blocked" ? (
        <a href={startAddress(donePath)} target="_blank" rel="opener">{t("Sign in in a new tab")}</a>
      ) : (
        <button type="button" class="small" onClick={signIn.open}>{t("Sign in again")}</button>
      )}
    </p>
  )
}
