import { useEffect, useState } from "preact/hooks"
import type { Store } from "../base/store"

/// Draws anew when the store changes.
export function useStore<T extends object>(store: Pick<Store<T>, "get" | "subscribe">): T {
  const [, redraw] = useState(0)
  useEffect(() => {
    redraw(n => n + 1)
    return store.subscribe(() => redraw(n => n + 1))
  }, [store])
  return store.get()
}
