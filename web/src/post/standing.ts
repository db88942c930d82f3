// Standing asks again and again what others did to the post that is open, while
// somebody sees its window, and at once when they see it again.
import type { Standing } from "../protocol/server"

export interface WatchOptions {
  /// The branch whose post it is; "" for none to ask about.
  branch: () => string
  /// Asks once.
  ask: (branch: string) => Promise<Standing>
  onStanding: (branch: string, standing: Standing) => void
  /// How long between, in milliseconds. Defaults to 15,000.
  every?: number
}

/// Watches until the function that it returns is called. What is not answered is asked
/// again when the next time has come.
export function watchStanding({ branch, ask, onStanding, every = 15_000 }: WatchOptions): () => void {
  let over = false
  let asking = false
  const look = async () => {
    const of = branch()
    if (asking || !of || document.visibilityState !== "visible") return
    asking = true
    const standing = await ask(of).catch(() => null)
    asking = false
    if (standing && !over) onStanding(of, standing)
  }
  const lookNow = () => void look()
  const timer = setInterval(lookNow, every)
  document.addEventListener("visibilitychange", lookNow)
  addEventListener("focus", lookNow)
  return () => {
    over = true
    clearInterval(timer)
    document.removeEventListener("visibilitychange", lookNow)
    removeEventListener("focus", lookNow)
  }
}
