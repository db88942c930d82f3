// Store is a value that screens are drawn from: whoever changes it sets a new
// one, whoever draws subscribes.

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

/// Waits for a store's value to be so.
export function until<T>(store: Pick<Store<T>, "get" | "subscribe">, is: (value: T) => boolean): Promise<void> {
  return new Promise(resolve => {
    if (is(store.get())) return resolve()
    const stop = store.subscribe(() => {
      if (!is(store.get())) return
      stop()
      resolve()
    })
  })
}
