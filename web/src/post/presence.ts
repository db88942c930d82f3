// Presence lets one tab at a time write a post. The others notice, and may
// take over; the one that yields saves first.
import { inTime } from "../base/in-time"
import type { DraftKey } from "./drafts"

/// What tabs say to each other: who writes? I do. Let me. Here you are.
interface Word {
  type: "who" | "me" | "yield" | "yielded"
  /// The blob whose very text the tab that yielded has; absent where it has another.
  file?: string | undefined
}

export interface PresenceOptions {
  /// Names the post: the same in every tab that shows it.
  name: string
  /// Called when this tab becomes the one that writes, or stops being it.
  onWriter: (writer: boolean) => void
  /// Saves what is typed, before another tab goes on, and answers the blob whose very
  /// text this tab has then; undefined where it has another.
  onYield: () => Promise<string | undefined>
  /// How long another tab may take to yield, in milliseconds. Defaults to
  /// 2,000; then the post is taken from it.
  patience?: number
}

export interface Presence {
  readonly writer: boolean
  /// Asks the other tab to yield, and answers when this one may write: the blob whose
  /// very text the other has, undefined where it has another or did not say.
  takeOver(): Promise<string | undefined>
  destroy(): void
}

/// A post's name: the same in every tab that shows it.
export function presenceName({ site, person, branch, path }: DraftKey): string {
  return JSON.stringify([site, person, branch, path])
}

/// How long after the lock its word may come, in milliseconds.
const wordLimit = 300

const lockOf = (name: string) => "galley:" + name

/// Whether some tab writes a post; false where the browser does not tell.
export async function isWritten(key: DraftKey): Promise<boolean> {
  try {
    const { held = [] } = await navigator.locks.query()
    return held.some(lock => lock.name === lockOf(presenceName(key)))
  } catch {
    return false
  }
}

/// Answers once it is known who writes.
export async function createPresence(options: PresenceOptions): Promise<Presence> {
  const lockName = lockOf(options.name)
  const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(lockName) : null
  const locks = navigator.locks as LockManager | undefined
  const { patience = 2_000 } = options
  let writer = false
  let release: (() => void) | null = null
  let destroyed = false

  function become(now: boolean): void {
    if (writer === now || destroyed) return
    writer = now
    options.onWriter(now)
  }

  /// Holds the lock until release() is called, or another tab steals it.
  /// Answers whether it was got. Where the browser refuses locks, as to a page that may
  /// keep nothing, or says nothing, it is as where it has none.
  function hold(request: LockOptions): Promise<boolean> {
    if (!locks) return Promise.resolve(true)
    const got = new Promise<boolean>((resolve, reject) => {
      const held = locks.request(lockName, request, lock => {
        // Also where that is said late, and this tab went on without.
        if (!lock) become(false)
        if (!lock || destroyed) return resolve(false)
        return new Promise<void>(done => {
          release = done
          resolve(true)
        })
      })
      held.catch((error: unknown) => {
        if (!isAbort(error)) return reject(error)
        // Stolen, or given up waiting for.
        release = null
        become(false)
        resolve(false)
      })
    })
    return (request.signal ? got : inTime(got, patience)).catch(() => true)
  }

  let answered = () => {}
  let yielded: (file: string | undefined) => void = () => {}
  if (channel) {
    channel.onmessage = async (event: MessageEvent<Word | undefined>) => {
      if (event.data?.type === "me") answered()
      if (event.data?.type === "yielded") yielded(event.data.file)
      if (event.data?.type === "who" && writer) channel.postMessage({ type: "me" } satisfies Word)
      if (event.data?.type !== "yield" || !writer) return
      const file = await options.onYield()
      become(false)
      channel.postMessage({ type: "yielded", file } satisfies Word)
      release?.()
      release = null
    }
  }

  writer = await hold({ ifAvailable: true })
  if (!writer) {
    // A page that was just left may hold it for a moment; a tab that is there
    // says so.
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), patience)
    answered = () => abort.abort()
    channel?.postMessage({ type: "who" } satisfies Word)
    writer = await hold({ signal: abort.signal })
    clearTimeout(timer)
    answered = () => {}
  }

  return {
    get writer() {
      return writer
    },
    async takeOver() {
      if (writer) return undefined
      const told = new Promise<string | undefined>(resolve => (yielded = resolve))
      const abort = new AbortController()
      const timer = setTimeout(() => abort.abort(), patience)
      channel?.postMessage({ type: "yield" } satisfies Word)
      const got = await hold({ signal: abort.signal })
      clearTimeout(timer)
      if (!got) await hold({ steal: true })
      become(true)
      return got && channel ? inTime(told, wordLimit).catch(() => undefined) : undefined
    },
    destroy() {
      destroyed = true
      release?.()
      channel?.close()
    },
  }
}

/// Whether a lock was stolen or given up, and not refused.
function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError"
}
