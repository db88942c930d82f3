// App context is what screens are given: everything that outlives one of them.
import type { SignIn } from "../forge/sign-in"
import type { PostContext } from "../post/post-context"

export interface AppContext extends PostContext {
  signIn: SignIn
  /// Shows Galley in another language from now on, by its code.
  setLanguage: (code: string) => Promise<void>
}
