// Worker client keeps the preview up with the editor. Edits travel as changes,
// one call at a time, and what was typed meanwhile is joined into one. What an
// edit's answer leaves out is asked for when no edit has come for a moment.
// Nothing here can wait for ever: a worker that dies is followed by a new one,
// which gets the whole text, and the last good preview stays. Until a worker
// lives, and where none can, the server renders.
import type { ChangeSet } from "@codemirror/state"
import { listChanges } from "../text/changes"
import type { Bundle } from "../protocol/server"
import type { Change, EditAnswer, PreviewAnswer, Request } from "../protocol/preview"
import { createServerRenderer } from "./server-renderer"
import { createTyping } from "./typed-letters"
import { usualLimits, type PreviewState, type WorkerClientOptions } from "./worker-client-options"
import { createWorkerProcess, gone, type WorkerProcess } from "./worker-process"

export type { PreviewState, WorkerClientOptions }

export interface WorkerClient {
  /// Tells of a change, when it is in `text()`.
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

/// Takes an answer, whose shape follows from the request, and what the text has
/// seen since that was sent.
type Answer = (answer: never, since: ChangeSet | null) => void

interface Question {
  request: Request
  /// Called with the answer, before what was typed meanwhile is sent.
  resolve: Answer
  reject: (error: Error) => void
}

export function createWorkerClient(options: WorkerClientOptions): WorkerClient {
  const limits = { ...usualLimits, ...options.limits }
  const compiled = options.compiled ?? {}
  const typing = createTyping()
  const lexers = new Map<string, string>()
  const asked = new Set<string>()
  let state: PreviewState | null = null
  let worker: WorkerProcess | null = null
  let destroyed = false
  let lived = false // whether the worker became ready
  let failures = 0
  let losses = 0
  let frames = 0
  let startTimer: ReturnType<typeof setTimeout> | undefined
  let bundle: Promise<Bundle> | null = null
  let seq = 0
  // What was typed since the call that is on its way.
  let since: ChangeSet | null = null
  // What the worker has still to be told, or asked.
  let needsSite = true
  let needsOpen = true
  let newLexers: string[] = []
  let pending: ChangeSet | null = null
  let stale = false // a lexer came after the page was rendered
  const questions: Question[] = []
  let undescribed = false
  let describeTimer: ReturnType<typeof setTimeout> | undefined
  let quiet = true // whether nothing was typed for a moment
  let resync = false

  const server = createServerRenderer({
    text: options.text, render: options.render, connectFrame: options.connectFrame, delay: limits.render,
    // Once a worker was told the text, its page is on its way to the frame, and
    // so is what changes it. No other page comes between.
    needed: () => state !== "live" && (needsOpen || !worker?.ready()),
    seq: () => seq,
    onAnswer: answer => options.onAnswer(answer, null),
    onPainted: seq => {
      losses = 0
      options.onPainted?.(seq)
    },
    onLost: () => frameLost(true),
  })

  function setState(next: PreviewState): void {
    if (next === state || destroyed) return
    state = next
    options.onState?.(next)
  }

  function start(): void {
    if (destroyed || !options.createWorker) return
    needsSite = needsOpen = true
    lived = false
    newLexers = [...lexers.keys()]
    try {
      worker = createWorkerProcess({
        worker: options.createWorker(), wasm: options.wasm, compiled, startLimit: limits.start, callLimit: limits.call,
        onReady() {
          lived = true
          sendFrame()
          pump()
        },
        onPainted(seq) {
          losses = 0
          typing.painted(seq)
          options.onPainted?.(seq)
        },
        onLost: frameLost,
        onDeath: died,
      })
    } catch {
      return giveUp()
    }
    bundle ??= options.bundle()
    bundle.catch(() => {})
  }

  /// The frame could not apply a patch, and needs the page; or, when that was
  /// the page, another document to show it in. A page that none can take is not
  /// sent for ever.
  function frameLost(page: boolean): void {
    if (!page) {
      if (losses > lives) return
      needsOpen = true
      pump()
    } else if (++losses <= lives) {
      options.onFrameFailed?.()
    } else {
      options.onError?.("The preview cannot show this text. It shows what it could show last; what you write is kept all the same.")
    }
  }

  function died(): void {
    end()
    failures++
    if (failures >= lives) {
      if (!lived) return giveUp()
      setState("resting")
    } else {
      setState(lived ? "restarting" : "starting")
      startTimer = setTimeout(start, failures === 1 ? 0 : limits.restart * 4 ** (failures - 2))
    }
    server.changed()
  }

  function end(): void {
    clearTimeout(startTimer)
    clearTimeout(describeTimer)
    typing.forget()
    worker?.end()
    worker = null
    pending = null
    for (const { reject } of questions.splice(0)) reject(gone())
  }

  /// No worker will come; the server renders from here on.
  function giveUp(): void {
    end()
    setState("server")
    server.changed()
  }

  function sendFrame(): void {
    const port = options.connectFrame()
    if (port) worker?.connect(port)
  }

  function send(request: Request, answer: Answer, failed?: (error: Error) => void): void {
    since = null
    worker!.call(request, message => {
      answer(message as never, since)
      pump()
    }, failed)
  }

  /// Sends what is most urgent, when nothing is on its way.
  function pump(): void {
    if (!worker?.ready() || worker.busy() || destroyed) return
    if (needsSite) return sendSite()
    if (needsOpen) {
      if (newLexers.length > 0) return sendLexer()
      needsOpen = stale = false
      pending = null
      return send({ op: "open", path: options.path, text: options.text().toString() }, described)
    }
    if (pending) {
      const changes = listChanges(pending)
      pending = null
      typing.sent(++seq, changes)
      return send({ op: "edit", seq, changes }, edited)
    }
    const question = questions.shift()
    if (question) return send(question.request, question.resolve, question.reject)
    if (newLexers.length > 0) return sendLexer()
    if (stale) {
      stale = false
      return send({ op: "edit", seq: ++seq, changes: [] }, edited)
    }
    if (undescribed && quiet) send({ op: "describe" }, described)
  }

  function sendSite(): void {
    const mine = worker
    bundle ??= options.bundle()
    bundle.then(
      ({ lexers: wanted = {}, ...bundle }) => {
        if (worker !== mine || !needsSite || mine?.busy() || destroyed) return
        needsSite = false
        for (const [name, xml] of Object.entries(wanted)) {
          if (asked.has(name)) continue
          asked.add(name)
          lexers.set(name, xml)
          newLexers.push(name)
        }
        send({ op: "site", bundle }, () => {})
      },
      () => {
        bundle = null
        if (worker !== mine || destroyed) return
        startTimer = setTimeout(() => worker === mine && pump(), limits.restart * 4)
      },
    )
  }

  function sendLexer(): void {
    const name = newLexers.shift()!
    stale = true
    send({ op: "lexer", name, xml: lexers.get(name)! }, () => {})
  }

  function edited(answer: EditAnswer, since: ChangeSet | null): void {
    if (!understood(answer, answer?.languages)) return
    undescribed = true
    options.onEdited(answer, since)
    wantLexers(answer.languages)
  }

  function described(answer: PreviewAnswer, since: ChangeSet | null): void {
    if (!understood(answer, answer?.blocks)) return
    undescribed = since !== null
    options.onAnswer(answer, since)
    wantLexers(answer.languages)
  }

  /// Whether an answer tells of a page; what it says instead is shown.
  function understood(answer: { error?: string }, list: unknown): boolean {
    if (Array.isArray(list)) {
      failures = 0
      setState("live")
      server.superseded()
      return true
    }
    if (typeof answer?.error === "string") {
      // It lives and says why there is no page. The next text starts afresh.
      resync = true
      undescribed = false
      setState("live")
      options.onError?.(answer.error)
    } else {
      worker?.end()
      died()
    }
    return false
  }

  /// Asks for all that is known when the writer pauses: it takes the longer
  /// the longer the post is, and no edit is to wait for it.
  function describeSoon(): void {
    clearTimeout(describeTimer)
    describeTimer = setTimeout(() => {
      quiet = true
      pump()
    }, limits.describe)
  }

  function wantLexers(names: string[]): void {
    for (const name of names) {
      if (asked.has(name)) continue
      asked.add(name)
      options.lexer(name).then(
        xml => {
          lexers.set(name, xml)
          newLexers.push(name)
          pump()
        },
        () => {
          // Its code stays without colours; asked again with the next visit.
        },
      )
    }
  }

  /// Answers together with what was typed since the question was sent.
  function ask<T>(request: Request): Promise<{ answer: T; since: ChangeSet | null }> {
    return new Promise((resolve, reject) => {
      if (!worker?.ready()) {
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
      const ahead = typing.typed(changes)
      if (ahead) options.onLetters?.(ahead.seq, ahead.letters)
      if (worker?.busy()) since = since ? since.compose(changes) : changes
      if (resync) needsOpen = !(resync = false)
      if (losses > lives) {
        // Another text may be one that the frame can show.
        losses = lives
        needsOpen = true
      }
      if (worker?.ready() && !needsOpen) pending = pending ? pending.compose(changes) : changes
      quiet = false
      if (state === "resting") {
        failures = 0
        setState("restarting")
        start()
      }
      pump()
      describeSoon()
      server.changed()
    },
    frameChanged() {
      server.frameChanged()
      if (worker?.ready()) {
        sendFrame()
        needsOpen = true
        pump()
      } else {
        // The first frame comes with the server's page in it; others do not.
        server.changed(frames > 0)
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
      server.destroy()
      end()
    },
  }
}
