// Worker client keeps the preview up with the editor. Edits travel as changes,
// one call at a time, and what was typed meanwhile is joined into one. Nothing
// here can wait for ever: a worker that dies, throws or is silent for too long
// is ended, a new one gets the whole text, and the last good preview stays.
// Until a worker lives, and where none can, the server renders.
import type { ChangeSet, Text } from "@codemirror/state"
import type {
  Bundle, Change, FromFrame, FromWorker, PreviewAnswer, Request, ToFrame, ToWorker,
} from "./protocol"

/// How the preview is doing.
/// `starting`: no worker yet. `live`: it follows. `restarting`: it crashed and
/// comes back. `resting`: it crashed on this text and waits for another.
/// `server`: this browser runs no WebAssembly.
export type PreviewState = "starting" | "live" | "restarting" | "resting" | "server"

/// The part of a Worker that is used here.
export interface WorkerLike {
  postMessage(message: ToWorker, transfer?: Transferable[]): void
  terminate(): void
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

export interface WorkerClientOptions {
  /// Makes a worker; null where WebAssembly or workers are not to be had.
  createWorker: (() => WorkerLike) | null
  /// Address of the WebAssembly module.
  wasm: string
  /// Keeps the compiled module for the workers after the first one, of this
  /// client and of others.
  compiled?: { module?: WebAssembly.Module | undefined }
  /// Path of the post in the repository.
  path: string
  /// What the editor holds now.
  text: () => Text
  /// Makes a new channel to the frame and answers this side of it; null while
  /// there is no frame.
  connectFrame: () => MessagePort | null
  /// What the worker renders with. Asked once, and again after a failure.
  bundle: () => Promise<Bundle>
  /// A lexer's definition.
  lexer: (name: string) => Promise<string>
  /// Renders on the server.
  render: (text: string, signal: AbortSignal) => Promise<PreviewAnswer>
  /// Called with every answer to a text, and with the changes that the text
  /// has seen since (null for none).
  onAnswer: (answer: PreviewAnswer, since: ChangeSet | null) => void
  /// Called with a sentence when a text could not be rendered; the last page
  /// stays.
  onError?: (sentence: string) => void
  /// Called when the frame has shown the text of an edit.
  onPainted?: (seq: number) => void
  onState?: (state: PreviewState) => void
  /// In milliseconds.
  limits?: Partial<Limits>
}

export interface Limits {
  /// From a worker's start to its readiness; the module is loaded in it.
  /// Defaults to 120,000.
  start: number
  /// For one call. Defaults to 5,000.
  call: number
  /// Between a change and asking the server. Defaults to 250.
  render: number
  /// Before the second new worker; the third waits four times as long.
  /// Defaults to 1,000.
  restart: number
}

export interface WorkerClient {
  /// Tells of a change, after it is in `text()`.
  update(changes: ChangeSet): void
  /// Tells that there is a new frame, which needs the whole page.
  frameChanged(): void
  /// Finds the change that sets one key of the front matter, against the text
  /// as it is when the promise is kept. Rejects with a sentence.
  setKey(key: string, value: string): Promise<Change>
  /// Takes the site's templates anew.
  reload(): void
  destroy(): void
}

/// How often a worker may die on one text.
const lives = 3

interface Question {
  request: Request
  /// Called with the answer, before what was typed meanwhile is sent.
  resolve: Answer
  reject: (error: Error) => void
}

/// Takes an answer, and what the text has seen since its request was sent.
type Answer = (answer: any, since: ChangeSet | null) => void

interface InFlight {
  id: number
  timer: ReturnType<typeof setTimeout>
  answer: Answer
  /// Called instead when no answer will come.
  reject: (error: Error) => void
  since: ChangeSet | null
}

export function createWorkerClient(options: WorkerClientOptions): WorkerClient {
  const limits: Limits = { start: 120_000, call: 5_000, render: 250, restart: 1_000, ...options.limits }
  const compiled = options.compiled ?? {}
  const lexers = new Map<string, string>()
  const asked = new Set<string>()
  let state: PreviewState | null = null
  let worker: WorkerLike | null = null
  let ready = false
  let destroyed = false
  let failures = 0
  let losses = 0
  let frames = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastId = 0
  let inFlight: InFlight | null = null
  let seq = 0
  // What the worker has still to be told.
  let newLexers: string[] = []
  let needsSite = true
  let needsOpen = true
  let resync = false
  let pending: ChangeSet | null = null
  let questions: Question[] = []
  let bundle: Promise<Bundle> | null = null
  // The server as renderer.
  let port: MessagePort | null = null
  let renderTimer: ReturnType<typeof setTimeout> | undefined
  let rendering: AbortController | null = null
  let stale = false

  function setState(next: PreviewState): void {
    if (next === state || destroyed) return
    state = next
    options.onState?.(next)
  }

  function start(): void {
    if (destroyed || !options.createWorker) return
    let mine: WorkerLike
    try {
      mine = worker = options.createWorker()
    } catch {
      return giveUp()
    }
    needsSite = needsOpen = true
    newLexers = [...lexers.keys()]
    timer = setTimeout(() => died("it took too long to start"), limits.start)
    mine.onmessage = event => {
      if (worker === mine) receive(event.data)
    }
    mine.onerror = event => {
      event.preventDefault()
      if (worker === mine) died(event.message || "its script failed")
    }
    mine.postMessage({ type: "start", wasm: options.wasm, module: compiled.module })
    bundle ??= options.bundle()
    bundle.catch(() => {})
  }

  function receive(message: FromWorker): void {
    switch (message.type) {
      case "ready":
        clearTimeout(timer)
        ready = true
        compiled.module ??= message.module
        sendFrame()
        pump()
        break
      case "answer":
        if (inFlight?.id !== message.id) return
        {
          const { answer, since, timer } = inFlight
          clearTimeout(timer)
          inFlight = null
          answer(message.answer, since)
        }
        pump()
        break
      case "painted":
        losses = 0
        options.onPainted?.(message.seq)
        break
      case "lost":
        // A page that the frame cannot take at all is not sent for ever.
        if (++losses > lives) return
        needsOpen = true
        pump()
        break
      case "dead":
        died(message.why)
    }
  }

  function died(why: string): void {
    console.warn("The preview's worker died: " + why)
    const neverLived = !ready
    end()
    failures++
    if (failures >= lives) {
      if (neverLived) return giveUp()
      setState("resting")
    } else {
      setState(neverLived ? "starting" : "restarting")
      timer = setTimeout(start, failures === 1 ? 0 : limits.restart * 4 ** (failures - 2))
    }
    stale = true
    renderSoon()
  }

  function end(): void {
    clearTimeout(timer)
    const asked = [...(inFlight ? [inFlight] : []), ...questions.splice(0)]
    if (inFlight) clearTimeout(inFlight.timer)
    inFlight = null
    worker?.terminate()
    worker = null
    ready = false
    pending = null
    for (const { reject } of asked) reject(new Error("The preview is starting again. Try once more in a moment."))
  }

  /// No worker will come; the server renders from here on.
  function giveUp(): void {
    end()
    setState("server")
    stale = true
    renderSoon()
  }

  function send(request: Request, answer: Answer, reject: (error: Error) => void = () => {}): void {
    const id = ++lastId
    inFlight = { id, answer, reject, since: null, timer: setTimeout(() => died("it was silent for too long"), limits.call) }
    worker!.postMessage({ type: "call", id, request })
  }

  function sendFrame(): void {
    const port = options.connectFrame()
    if (port && worker) worker.postMessage({ type: "frame", port }, [port])
  }

  /// Sends what is most urgent, when nothing is on its way.
  function pump(): void {
    if (!ready || inFlight || destroyed) return
    if (needsSite) return sendSite()
    const lexer = newLexers.shift()
    if (lexer !== undefined) return send({ op: "lexer", name: lexer, xml: lexers.get(lexer)! }, () => {})
    if (needsOpen) {
      needsOpen = false
      pending = null
      return send({ op: "open", path: options.path, text: options.text().toString() }, answered)
    }
    if (pending) {
      const changes = listChanges(pending)
      pending = null
      return send({ op: "edit", seq: ++seq, changes }, answered)
    }
    const question = questions.shift()
    if (question) send(question.request, question.resolve, question.reject)
  }

  function sendSite(): void {
    const mine = worker
    bundle ??= options.bundle()
    bundle.then(
      bundle => {
        if (worker !== mine || !needsSite || inFlight || destroyed) return
        needsSite = false
        send({ op: "site", bundle }, () => {})
      },
      () => {
        bundle = null
        if (worker !== mine || destroyed) return
        timer = setTimeout(() => worker === mine && pump(), limits.restart * 4)
      },
    )
  }

  function answered(answer: PreviewAnswer, since: ChangeSet | null): void {
    if (!Array.isArray(answer?.blocks)) {
      if (typeof answer?.error !== "string") return died("it did not understand an edit")
      // It lives and says why there is no page. The next text starts afresh.
      resync = true
      setState("live")
      return options.onError?.(answer.error)
    }
    failures = 0
    stale = false
    clearTimeout(renderTimer)
    rendering?.abort()
    port?.close()
    port = null
    setState("live")
    options.onAnswer(answer, since)
    wantLexers(answer.languages)
  }

  function wantLexers(names: string[]): void {
    for (const name of names) {
      if (asked.has(name)) continue
      asked.add(name)
      options.lexer(name).then(
        xml => {
          lexers.set(name, xml)
          newLexers.push(name)
          needsOpen = true
          pump()
        },
        () => {
          // Its code stays without colours; asked again with the next visit.
        },
      )
    }
  }

  /// Asks the server for the page, unless a worker is at it.
  function renderSoon(): void {
    clearTimeout(renderTimer)
    if (destroyed || !stale || state === "live") return
    renderTimer = setTimeout(render, limits.render)
  }

  async function render(): Promise<void> {
    if (rendering || !stale || destroyed) return
    const mine = (rendering = new AbortController())
    stale = false
    const text = options.text()
    try {
      const answer = await options.render(text.toString(), mine.signal)
      if (destroyed || mine.signal.aborted || state === "live") return
      port ??= connectHere()
      if (answer.patch) port?.postMessage({ seq, patch: answer.patch } satisfies ToFrame)
      // Positions are of a text that may have changed; then the next answer tells.
      if (text.eq(options.text())) options.onAnswer(answer, null)
    } catch {
      // The last good preview stays. The next change asks again.
    } finally {
      rendering = null
      renderSoon()
    }
  }

  function connectHere(): MessagePort | null {
    const port = options.connectFrame()
    if (port) {
      port.onmessage = (event: MessageEvent<FromFrame>) => {
        if (event.data.type === "painted") options.onPainted?.(event.data.seq)
      }
    }
    return port
  }

  /// Answers together with what was typed since the question was sent.
  function ask<T>(request: Request): Promise<{ answer: T; since: ChangeSet | null }> {
    return new Promise((resolve, reject) => {
      if (!worker || !ready) {
        return reject(new Error("The preview is not running, so this cannot be done from here. Change it in the text."))
      }
      questions.push({ request, resolve: (answer, since) => resolve({ answer, since }), reject })
      pump()
    })
  }

  setState(options.createWorker ? "starting" : "server")
  start()

  return {
    update(changes) {
      if (destroyed) return
      if (inFlight) inFlight.since = inFlight.since ? inFlight.since.compose(changes) : changes
      if (resync) needsOpen = !(resync = false)
      if (ready && !needsOpen) pending = pending ? pending.compose(changes) : changes
      if (state === "resting") {
        failures = 0
        setState("restarting")
        start()
      }
      stale = true
      renderSoon()
      pump()
    },
    frameChanged() {
      port?.close()
      port = null
      if (ready) {
        sendFrame()
        needsOpen = true
        pump()
      } else {
        // The first frame comes with the server's page in it; others do not.
        stale ||= frames > 0
        renderSoon()
      }
      frames++
    },
    async setKey(key, value) {
      for (let tries = 0; tries < lives; tries++) {
        const { answer, since } = await ask<{ change?: Change; error?: string }>({ op: "setKey", key, value })
        if (!answer.change) throw new Error(answer.error ?? "The front matter could not be changed.")
        const { from, to, insert } = answer.change
        if (!since) return answer.change
        // What was changed meanwhile at that very place, by an undo for
        // instance, makes the answer one about another text.
        if (!since.touchesRange(from, to)) return { from: since.mapPos(from, -1), to: since.mapPos(to, 1), insert }
      }
      throw new Error("The text changed at that place at the same moment. Type the value once more.")
    },
    reload() {
      bundle = null
      needsSite = needsOpen = true
      pump()
    },
    destroy() {
      destroyed = true
      clearTimeout(renderTimer)
      rendering?.abort()
      port?.close()
      end()
    },
  }
}

/// A change set as a list against the old text, ascending.
export function listChanges(changes: ChangeSet): Change[] {
  const list: Change[] = []
  changes.iterChanges((from, to, _fromB, _toB, inserted) => {
    list.push({ from, to, insert: inserted.toString() })
  })
  return list
}
