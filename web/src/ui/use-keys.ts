import { useEffect, useRef } from "preact/hooks"
import { runKey, type Action } from "./actions"

/// Gives a screen's actions their keys, as long as it is shown and no dialog is open.
/// With `first` they come before those of what has the focus. Defaults to false.
export function useKeys(actions: readonly Action[], first = false): void {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const keydown = (event: KeyboardEvent) => {
      // What is being said has keys of its own.
      if (event.target instanceof Element && event.target.closest(".say") && !/^F\d/.test(event.key)) return
      if (!document.querySelector("dialog[open]")) runKey(event, latest.current)
    }
    addEventListener("keydown", keydown, first)
    return () => removeEventListener("keydown", keydown, first)
  }, [])
}
