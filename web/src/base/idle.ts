// Idle is for what can wait.

/// Calls back when the browser has nothing better to do. Answers how to call it
/// off.
export function whenIdle(callback: () => void): () => void {
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(callback, 2_000)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(callback, { timeout: 10_000 })
  return () => cancelIdleCallback(handle)
}
