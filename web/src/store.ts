// Store is a value that screens are drawn from: whoever changes it sets a new
// one, whoever draws subscribes.
import { useEffect, useState } from "preact/hooks"

export interface Store<T> {
  get(): T
  /// Merges fields into the value.
  set(fields: Partial<T>): void
  /// Calls back after each change; answers how to stop.
  subscribe(listener: () => void): () => void
}

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(fields) {
      value = { ...value, ...fields }
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/// Draws anew when the store changes.
export function useStore<T extends object>(store: Store<T>): T {
  const [, redraw] = useState(0)
  useEffect(() => {
    redraw(n => n + 1)
    return store.subscribe(() => redraw(n => n + 1))
  }, [store])
  return store.get()
}
