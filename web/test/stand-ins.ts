// Stand-ins are what tests without a browser put in the place of what it has.

/// Puts values in the place of globals, until what it answers is called.
export function standIn(values: Record<string, unknown>): () => void {
  const before = Object.keys(values).map(name => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const)
  for (const [name, value] of Object.entries(values)) Object.defineProperty(globalThis, name, { value, configurable: true })
  return () => {
    for (const [name, was] of before) {
      if (was) Object.defineProperty(globalThis, name, was)
      else Reflect.deleteProperty(globalThis, name)
    }
  }
}
