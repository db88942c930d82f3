import { expect, test } from "@playwright/test"
import { ChangeSet, Text } from "@codemirror/state"
import type { EditAnswer, PreviewAnswer, Request } from "../src/protocol/preview"
import type { FromWorker, ToWorker } from "../src/protocol/worker"
import { createWorkerClient } from "../src/preview/worker-client"
import type { PreviewState, WorkerClientOptions } from "../src/preview/worker-client-types"
import type { WorkerLike } from "../src/preview/worker-process"

/// A worker that keeps a text as Go would, and can be told to fail.
class FakeWorker implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null
  onerror: WorkerLike["onerror"] = null
  text = ""
  seq = 0
  requests: Request[] = []
  ended = false
  constructor(readonly behave: { start?: "never" | "dies"; call?: (request: Request) => "silent" | "dies" | "throws" | undefined; hold?: Promise<void> }) {}

  tell(message: FromWorker): void {
    setTimeout(() => !this.ended && this.onmessage?.({ data: message } as MessageEvent<FromWorker>), 0)
  }
  postMessage(message: ToWorker): void {
    if (message.type === "start") {
      if (this.behave.start === "dies") this.tell({ type: "dead", why: "no module" })
      else if (!this.behave.start) this.tell({ type: "ready" })
    } else if (message.type === "call") {
      void this.call(message.id, message.request)
    }
  }
  async call(id: number, request: Request): Promise<void> {
    this.requests.push(request)
    await this.behave.hold
    const how = this.behave.call?.(request)
    if (how === "silent") return
    if (how === "dies") return this.tell({ type: "dead", why: "the renderer crashed" })
    if (how === "throws") return void setTimeout(() => this.onerror?.({ message: "boom", preventDefault() {} } as ErrorEvent), 0)
    switch (request.op) {
      case "open":
        this.text = request.text
        return this.tell({ type: "answer", id, answer: answerFor(0) })
      case "edit":
        for (const c of [...request.changes].reverse()) this.text = this.text.slice(0, c.from) + c.insert + this.text.slice(c.to)
        this.seq = request.seq
        return this.tell({ type: "answer", id, answer: editAnswerFor(request.seq) })
      case "describe":
        return this.tell({ type: "answer", id, answer: answerFor(this.seq) })
      case "setKey":
        return this.tell({ type: "answer", id, answer: { change: { from: 2, to: 3, insert: request.value } } })
      default:
        return this.tell({ type: "answer", id, answer: { ok: true } })
    }
  }
  terminate(): void {
    this.ended = true
  }
}

function answerFor(seq: number): PreviewAnswer {
  return { seq, url: "", title: "", keys: [], blocks: [], headings: [], languages: [], diagnostics: [] }
}

function editAnswerFor(seq: number): EditAnswer {
  return { seq, url: "", title: "", languages: [], keys: null, blocks: [] }
}

function setUp(behaviours: FakeWorker["behave"][], more: Partial<WorkerClientOptions> = {}) {
  const workers: FakeWorker[] = []
  const states: PreviewState[] = []
  const answers: PreviewAnswer[] = []
  const edits: EditAnswer[] = []
  let rendered = 0
  let doc = Text.of(["start"])
  const client = createWorkerClient({
    createWorker: () => {
      const worker = new FakeWorker(behaviours[Math.min(workers.length, behaviours.length - 1)]!)
      workers.push(worker)
      return worker
    },
    wasm: "x", path: "p", text: () => doc, connectFrame: () => null,
    bundle: async () => ({ version: "1", now: "", files: {} }),
    lexer: async () => "<lexer/>",
    render: async () => (rendered++, answerFor(0)),
    onAnswer: answer => answers.push(answer),
    onEdited: answer => edits.push(answer),
    onState: state => states.push(state),
    limits: { start: 200, call: 60, describe: 20, render: 5, restart: 5 },
    ...more,
  })
  return {
    client, workers, states, answers, edits,
    rendered: () => rendered,
    type(insert: string) {
      const changes = ChangeSet.of({ from: doc.length, insert }, doc.length)
      doc = changes.apply(doc)
      client.update(changes)
    },
    text: () => doc.toString(),
  }
}

test("edits travel as changes, one call at a time, and what was typed meanwhile is one edit", async () => {
  let release = () => {}
  const s = setUp([{ hold: undefined, call: () => undefined }])
  await expect.poll(() => s.states.at(-1)).toBe("live")
  const worker = s.workers[0]!
  worker.behave.hold = new Promise(resolve => (release = resolve))
  for (const letter of "abcdef") s.type(letter)
  await expect.poll(() => worker.requests.filter(r => r.op === "edit").length).toBe(1)
  release()
  worker.behave.hold = undefined
  await expect.poll(() => worker.text).toBe("startabcdef")
  const edits = worker.requests.filter(r => r.op === "edit")
  expect(edits.map(e => e.seq)).toEqual([1, 2])
  expect(edits[1]!.changes).toEqual([{ from: 6, to: 6, insert: "bcdef" }])
  expect(worker.requests.filter(r => r.op === "open").length).toBe(1)
  s.client.destroy()
})

test("all that is known of a text is asked for when the writer pauses, and not before", async () => {
  const s = setUp([{}], { limits: { start: 200, call: 60, describe: 60, render: 5, restart: 5 } })
  await expect.poll(() => s.states.at(-1)).toBe("live")
  const worker = s.workers[0]!
  for (const letter of "abcdef") {
    s.type(letter)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  expect(s.edits.length).toBeGreaterThan(2)
  expect(worker.requests.filter(r => r.op === "describe")).toEqual([])
  await expect.poll(() => worker.requests.filter(r => r.op === "describe").length).toBe(1)
  await expect.poll(() => s.answers.map(a => a.seq)).toEqual([0, s.edits.at(-1)!.seq])
  // Once is enough.
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(worker.requests.at(-1)!.op).toBe("describe")
  expect(worker.requests.filter(r => r.op === "describe").length).toBe(1)
  s.client.destroy()
})

test("an edit goes before what else there is to ask", async () => {
  let release = () => {}
  const s = setUp([{}], { limits: { start: 2_000, call: 5_000, describe: 20, render: 5, restart: 5 } })
  await expect.poll(() => s.states.at(-1)).toBe("live")
  const worker = s.workers[0]!
  worker.behave.hold = new Promise(resolve => (release = resolve))
  s.type("a")
  const change = s.client.setKey("title", "T")
  await new Promise(resolve => setTimeout(resolve, 30)) // long enough for describe to be due
  s.type("b")
  worker.behave.hold = undefined
  release()
  await change
  await expect.poll(() => worker.requests.map(r => r.op).join(" ")).toBe("site open edit edit setKey describe")
  s.client.destroy()
})

for (const how of ["dies", "throws", "silent"] as const) {
  test(`a worker that ${how === "silent" ? "is silent" : how} is followed by another, which gets the whole text`, async () => {
    const s = setUp([{ call: request => (request.op === "edit" ? how : undefined) }, {}])
    await expect.poll(() => s.states.at(-1)).toBe("live")
    s.type("1")
    await expect.poll(() => s.workers.length).toBe(2)
    s.type("2")
    await expect.poll(() => s.workers[1]!.text).toBe("start12")
    await expect.poll(() => s.states).toEqual(["starting", "live", "restarting", "live"])
    expect(s.workers[0]!.ended).toBe(true)
    s.client.destroy()
  })
}

test("letters are not shown ahead of a worker that has shown nothing, after one that died", async () => {
  const told: [number, string][] = []
  let dies = false
  const s = setUp([{ call: request => (dies && request.op === "edit" ? "dies" : undefined) }, {}], { onLetters: (seq, letters) => told.push([seq, letters]) })
  const paint = async (worker: FakeWorker, seq: number) => {
    await expect.poll(() => worker.seq).toBe(seq)
    let shown = false
    worker.tell({ type: "painted", seq })
    setTimeout(() => (shown = true), 1)
    await expect.poll(() => shown).toBe(true)
  }
  await expect.poll(() => s.states.at(-1)).toBe("live")
  s.type("a")
  await paint(s.workers[0]!, 1)
  dies = true
  s.type("b")
  expect(told).toEqual([[1, "b"]])
  await expect.poll(() => s.states.includes("restarting")).toBe(true)
  // What was shown ahead goes with the page that the next worker sends whole.
  s.type("c")
  await expect.poll(() => s.workers[1]?.text).toBe("startabc")
  await expect.poll(() => s.states.at(-1)).toBe("live")
  s.type("d")
  expect(told).toEqual([[1, "b"]])
  await expect.poll(() => s.workers[1]!.text).toBe("startabcd")
  await paint(s.workers[1]!, s.workers[1]!.seq)
  s.type("e")
  expect(told).toEqual([[1, "b"], [s.workers[1]!.seq, "e"]])
})

test("a text that kills every worker is left alone until it changes", async () => {
  const s = setUp([{ call: request => (request.op === "open" && !request.text.includes("cure") ? "dies" : undefined) }])
  await expect.poll(() => s.states.at(-1)).toBe("resting")
  expect(s.workers.length).toBe(3)
  s.type("cure")
  await expect.poll(() => s.states.at(-1)).toBe("live")
  s.client.destroy()
})

test("where no worker can live the server renders", async () => {
  const s = setUp([{ start: "dies" }])
  await expect.poll(() => s.states.at(-1)).toBe("server")
  s.type("x")
  await expect.poll(() => s.rendered()).toBeGreaterThan(0)
  s.client.destroy()
})

test("a worker that never says that it is ready is not waited for", async () => {
  const s = setUp([{ start: "never" }], { limits: { start: 20, call: 60, render: 5, restart: 5 } })
  await expect.poll(() => s.states.at(-1)).toBe("server")
  s.client.destroy()
})

test("while there is no worker the server renders what is typed, and nothing when nothing is", async () => {
  const s = setUp([{ start: "never" }])
  await new Promise(resolve => setTimeout(resolve, 40))
  expect(s.rendered()).toBe(0)
  s.type("x")
  await expect.poll(() => s.rendered()).toBe(1)
  s.client.destroy()
})

test("from when a worker was told the text, no page of the server comes after that worker's", async () => {
  let release = () => {}
  const hold = new Promise<void>(resolve => (release = resolve))
  const worker = { hold: undefined as Promise<void> | undefined, call: (request: Request) => void (request.op === "site" && (worker.hold = hold)) }
  const channels: MessageChannel[] = []
  const shown: string[] = []
  const s = setUp([worker], {
    limits: { start: 2_000, call: 5_000, describe: 20, render: 5, restart: 5 },
    connectFrame() {
      const channel = new MessageChannel()
      channels.push(channel)
      channel.port2.onmessage = ({ data }) => shown.push(data.patch.html)
      return channel.port1
    },
    render: async text => ({ ...answerFor(0), patch: { kind: "page", html: text } }),
  })
  await expect.poll(() => s.workers[0]!.requests.map(r => r.op).join(" ")).toBe("site open")
  // Its page may be shown at any moment now, and has not what is pasted here;
  // that comes as a change of it.
  s.type(" and a pasted block")
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(shown).toEqual([])
  release()
  await expect.poll(() => s.workers[0]!.text).toBe("start and a pasted block")
  expect(shown).toEqual([])
  s.client.destroy()
  for (const { port2 } of channels) port2.close()
})

test("a bundle that cannot be had is asked for again", async () => {
  let asked = 0
  const s = setUp([{}], { bundle: async () => {
    if (asked++ === 0) throw new Error("offline")
    return { version: "1", now: "", files: {} }
  } })
  await expect.poll(() => s.states.at(-1)).toBe("live")
  expect(asked).toBe(2)
  s.client.destroy()
})

test("a key's change is moved by what was typed while it was asked for", async () => {
  let release = () => {}
  const s = setUp([{}])
  await expect.poll(() => s.states.at(-1)).toBe("live")
  s.workers[0]!.behave.hold = new Promise(resolve => (release = resolve))
  const change = s.client.setKey("title", "T")
  const early = ChangeSet.of({ from: 0, insert: "xx" }, s.text().length)
  s.client.update(early)
  release()
  expect(await change).toEqual({ from: 4, to: 5, insert: "T" })
  s.client.destroy()
})

test("a key that was asked for is given up when the worker dies, or the client ends", async () => {
  const s = setUp([{ call: request => (request.op === "setKey" ? "dies" : undefined) }])
  await expect.poll(() => s.states.at(-1)).toBe("live")
  await expect(s.client.setKey("title", "T")).rejects.toThrow("starting again")
  await expect.poll(() => s.states.at(-1)).toBe("live")
  s.workers.at(-1)!.behave.hold = new Promise(() => {})
  const change = s.client.setKey("title", "T")
  s.client.destroy()
  await expect(change).rejects.toThrow()
})

test("a key's change is moved although the text must be opened again", async () => {
  let release = () => {}
  const s = setUp([{}])
  await expect.poll(() => s.states.at(-1)).toBe("live")
  s.workers[0]!.behave.hold = new Promise(resolve => (release = resolve))
  const change = s.client.setKey("title", "T")
  s.client.frameChanged()
  s.client.update(ChangeSet.of({ from: 0, insert: "xx" }, s.text().length))
  release()
  expect(await change).toEqual({ from: 4, to: 5, insert: "T" })
  s.client.destroy()
})

test("without a worker setting a key fails with a sentence", async () => {
  const s = setUp([{ start: "never" }])
  await expect(s.client.setKey("title", "T")).rejects.toThrow("Change it in the text.")
  s.client.destroy()
})

test("a language's lexer is fetched once, and the page brought up to date with it", async () => {
  let asked = 0
  const s = setUp([{}], { lexer: async () => (asked++, "<lexer/>"), onAnswer: () => {} })
  const worker = s.workers[0]!
  worker.tell = function (message) {
    if (message.type === "answer" && (message.answer as PreviewAnswer).languages) (message.answer as PreviewAnswer).languages = ["go"]
    FakeWorker.prototype.tell.call(this, message)
  }
  await expect.poll(() => worker.requests.map(r => r.op).join(" ")).toBe("site open lexer edit describe")
  expect(worker.requests[3]).toEqual({ op: "edit", seq: 1, changes: [] })
  expect(asked).toBe(1)
  s.client.destroy()
})
