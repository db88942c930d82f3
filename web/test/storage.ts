// Storage as browsers have it, for tests without one.

/// Gives the tests a local storage without anything in it, with its items as properties.
export function emptyStorage(): void {
  const items: Record<string, string> = {}
  const methods = {
    getItem: (name: string) => items[name] ?? null,
    setItem: (name: string, value: string) => void (items[name] = value),
    removeItem: (name: string) => void delete items[name],
  }
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(items, name, { value, writable: true })
  Object.defineProperty(globalThis, "localStorage", { value: items, configurable: true })
}
