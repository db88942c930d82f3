// Worker client keeps the preview up with the editor. Edits travel as changes,
// one call at a time, and what was typed meanwhile is joined into one. What an
// edit's answer leaves out is asked for when no edit has come for a moment.
// Nothing here can wait for ever: a worker that dies is followed by a new one,
// which gets the whole text, and the last good preview stays. Until a worker
// lives, and where none can, the server renders.
import type { ChangeSet } from "@codemirror/state"
import { listChanges } from "../text/changes"
import type { EditAnswer, PreviewAnswer, Request } from "../protocol/preview"
import { createFrameLosses } from "./frame-losses"
import { createServerRenderer } from "./server-renderer"
import { createTyping } from "./typed-letters"
import { usualLimits, type PreviewState, type WorkerClient, type WorkerClientOptions } from "./worker-client-types"
import { createWorkerProcess, gone, type WorkerProcess } from "./worker-process"
import { askForKey, type Answer, type Question } from "./worker-questions"
import { createWorkerSite } from "./worker-site"

/// How often a worker may die on one text.
const lives = 3

export function createWorkerClient(options: WorkerClientOptions): WorkerClient {
  const limits = { ...usualLimits, ...options.limits }
  const compiled = options.compiled ?? {}
  const typing = createTyping()
  let state: PreviewState | null = null
  let worker: WorkerProcess | null = null
  let destroyed = false
  let lived = false // whether the worker became ready
  let failures = 0
  let frames = 0
  let startTimer: ReturnType<typeof setTimeout> | undefined
  let seq = 0
  // What was typed since the call that is on its way.
  let since: ChangeSet | null = null
  // What the worker has still to be told, or asked.
  let needsOpen = true
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
      frame.shown()
      options.onPainted?.(seq)
    },
    onLost: () => frame.lost(true),
  })

  const frame = createFrameLosses({
    onPage() {
      needsOpen = true
      pump()
    },
    onFrame: () => options.onFrameFailed?.(),
    onGiveUp: () => options.onError?.("The preview cannot show this text. It shows what it could show last; what you write is kept all the same."),
  })

  const site = createWorkerSite({ bundle: options.bundle, lexer: options.lexer, onLexer: () => pump() })

  function setState(next: PreviewState): void {
    if (next === state || destroyed) return
    state = next
    options.onState?.(next)
  }

  function start(): void {
    if (destroyed || !options.createWorker) return
    needsOpen = true
    lived = false
    try {
      worker = createWorkerProcess({
        worker: options.createWorker(), wasm: options.wasm, compiled, startLimit: limits.start, callLimit: limits.call,
        onReady() {
          lived = true
          sendFrame()
          pump()
        },
        onPainted(seq) {
          frame.shown()
          typing.painted(seq)
          options.onPainted?.(seq)
        },
        onLost: frame.lost,
        onDeath: died,
      })
    } catch {
      return giveUp()
    }
    site.begin()
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
    if (site.waits()) return sendSite()
    if (needsOpen) {
      if (sendLexer()) return
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
    if (sendLexer()) return
    if (stale) {
      stale = false
      return send({ op: "edit", seq: ++seq, changes: [] }, edited)
    }
    if (undescribed && quiet) send({ op: "describe" }, described)
  }

  function sendSite(): void {
    const mine = worker
    site.site().then(
      request => {
        if (worker !== mine || !site.waits() || mine?.busy() || destroyed) return
        site.told()
        send(request, () => {})
      },
      () => {
        if (worker !== mine || destroyed) return
        startTimer = setTimeout(() => worker === mine && pump(), limits.restart * 4)
      },
    )
  }

  /// Answers whether there was one to be told of.
  function sendLexer(): boolean {
    const request = site.lexer()
    if (!request) return false
    stale = true
    send(request, () => {})
    return true
  }

  function edited(answer: EditAnswer, since: ChangeSet | null): void {
    if (!understood(answer, answer?.languages)) return
    undescribed = true
    options.onEdited(answer, since)
    site.want(answer.languages)
  }

  function described(answer: PreviewAnswer, since: ChangeSet | null): void {
    if (!understood(answer, answer?.blocks)) return
    undescribed = since !== null
    options.onAnswer(answer, since)
    site.want(answer.languages)
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

  function put(question: Question): void {
    if (!worker?.ready()) {
      return question.reject(new Error("The preview is not running, so this cannot be done from here. Change it in the text."))
    }
    questions.push(question)
    pump()
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
      if (frame.changed()) needsOpen = true
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
    setKey: (key, value) => askForKey(put, key, value),
    reload() {
      site.reload()
      needsOpen = true
      pump()
    },
    destroy() {
      destroyed = true
      server.destroy()
      end()
    },
  }
}
