// Lazy is for parts of the app that are not needed to begin with: each is a
// script of its own, loaded when there is time, and shown when it is there.
import type { ComponentType } from "preact"
import { useEffect, useState } from "preact/hooks"
import { t } from "../base/words"

/// A component that is still to be loaded.
export type Later<P> = ComponentType<P> & {
  /// Loads it ahead of its use. What goes wrong is told where it is shown.
  ahead(): void
}

/// The component that `load` gives.
export function later<P extends object>(load: () => Promise<ComponentType<P>>): Later<P> {
  let loaded: ComponentType<P> | null = null
  const get = async () => (loaded ??= await load())

  function Part(props: P) {
    const [failed, setFailed] = useState(false)
    const [, drawn] = useState(loaded !== null)
    useEffect(() => {
      let there = true
      get().then(() => there && drawn(true), (error: unknown) => {
        console.error(error)
        if (there) setFailed(true)
      })
      return () => {
        there = false
      }
    }, [])
    if (loaded) {
      const Loaded = loaded
      return <Loaded {...props} />
    }
    return failed ? (
      <p class="notice bad" role="alert">
        {t("This part of Galley could not be loaded: the server does not answer, or has another version by now.")}
        <button type="button" class="small" onClick={() => location.reload()}>{t("Reload the page")}</button>
      </p>
    ) : null
  }
  return Object.assign(Part, { ahead: () => void get().catch(() => {}) })
}
