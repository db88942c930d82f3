import { expect, test } from "@playwright/test"
import { ChangeSet, EditorSelection, EditorState } from "@codemirror/state"
import { findActions, keyLabel, matchesKey, type Action } from "../src/ui/actions"
import { createApi, foundInstead, Failure, readLines } from "../src/forge/api"
import { blobId } from "../src/forge/blob-id"
import { insertLink, isAddress, toggleMark } from "../src/editor/commands"
import { difference } from "../src/editor/written"
import { decideOpening } from "../src/post/life/opening"
import { ago, longDate, nameOf, today } from "../src/forge/posts"
import { safeLink } from "../src/preview/preview-frame"
import type { PostEntry, PostFile } from "../src/protocol/server"
import { parseRoute } from "../src/protocol/routes"
import { createBlockMap } from "../src/preview/block-map"
import { moveSpans } from "../src/text/changes"
import { waitText } from "../src/screens/edit/submit"
import { countOf } from "../src/ui/problems"

function stateOf(text: string, anchor = 0, head = anchor): EditorState {
  return EditorState.create({ doc: text, selection: EditorSelection.single(anchor, head) })
}

function run(state: EditorState, command: ReturnType<typeof toggleMark>): EditorState {
  let next = state
  command({ state, dispatch: tr => (next = tr.state) })
  return next
}

test("marks go around words and away again", () => {
  const bold = toggleMark("**")
  let state = run(stateOf("a word here", 3), bold)
  expect(state.doc.toString()).toBe("a **word** here")
  state = run(state, bold)
  expect(state.doc.toString()).toBe("a word here")
  const italic = toggleMark("*")
  state = run(stateOf("**word**", 2, 6), italic)
  expect(state.doc.toString()).toBe("***word***")
  expect(run(stateOf("", 0), bold).doc.toString()).toBe("****")
})

test("a mark that ends at the cursor is passed, not taken away", () => {
  for (const [text, mark, expected] of [
    ["**word|**", "**", 8], ["a *word|* b", "*", 8], ["* in a *list|*", "*", 13], ["a `word|`", "`", 8], ["**a** **b|**", "**", 11],
  ] as const) {
    const at = text.indexOf("|")
    const state = run(stateOf(text.replace("|", ""), at), toggleMark(mark))
    expect(state.doc.toString()).toBe(text.replace("|", ""))
    expect([text, state.selection.main.head]).toEqual([text, expected])
  }
  // Nothing is typed yet; what stands there begins; it is another's half.
  expect(run(stateOf("****", 2), toggleMark("**")).doc.toString()).toBe("")
  expect(run(stateOf("a **word**", 2), toggleMark("**")).doc.toString()).not.toBe("a **word**")
  expect(run(stateOf("**word**", 6), toggleMark("*")).doc.toString()).toBe("***word***")
})

test("a link is put where it belongs", () => {
  expect(run(stateOf("words", 0, 5), insertLink).doc.toString()).toBe("[words]()")
  expect(run(stateOf("https://x.example", 0, 17), insertLink).doc.toString()).toBe("[](https://x.example)")
  expect(isAddress("https://a b")).toBe(false)
  expect(isAddress("javascript:alert(1)")).toBe(false)
})

test("a difference is one range and splits no character", () => {
  for (const [a, b] of [["", ""], ["abc", "abXc"], ["aaa", "aa"], ["😀", "😁"], ["x😀y", "xy"], ["ab", ""]] as const) {
    const { from, to, insert } = difference(a, b)
    expect(a.slice(0, from) + insert + a.slice(to)).toBe(b)
    expect(Buffer.from(insert).toString()).toBe(insert)
  }
})

const file = (text: string, blob: string): PostFile => ({ path: "_posts/p.md", text, blob, commit: "", branch: "main", url: "" })
const draft = (text: string, blob: string, base: string) =>
  ({ site: "s", person: "p", branch: "main", path: "_posts/p.md", text, blob, base, title: "", updated: 0, version: 1 })

test("neither draft nor file is replaced in silence", () => {
  expect(decideOpening(null, undefined, "main").kind).toBe("nothing")
  expect(decideOpening(file("a", "1"), undefined, "main")).toMatchObject({ kind: "open", text: "a", blob: "1", base: "a" })
  expect(decideOpening(file("a", "1"), draft("mine", "1", "a"), "main")).toMatchObject({ kind: "open", text: "mine", blob: "1", base: "a" })
  expect(decideOpening(file("b", "2"), draft("mine", "1", "a"), "main").kind).toBe("choose")
  expect(decideOpening(file("b", "2"), draft("b", "1", "a"), "main")).toMatchObject({ kind: "open", text: "b", discard: true })
  expect(decideOpening(file("b", "2"), draft("a", "1", "a"), "main")).toMatchObject({ kind: "open", text: "b", discard: true })
  expect(decideOpening(null, draft("mine", "1", "a"), "main")).toMatchObject({ kind: "open", text: "mine", blob: "" })
  expect(decideOpening("unknown", draft("mine", "1", "a"), "main")).toMatchObject({ kind: "open", text: "mine", blob: "1" })
  expect(decideOpening(file("there", "2"), draft("mine", "", ""), "main").kind).toBe("choose")
})

test("addresses name screens", () => {
  const route = (address: string) => parseRoute(new URL(address, "http://galley.example"))
  expect(route("/")).toEqual({ screen: "desk", branch: "" })
  expect(route("/edit?branch=b%2F1&path=_posts/x.md")).toEqual({ screen: "edit", branch: "b/1", path: "_posts/x.md", into: "", pull: 0, line: 0, history: false })
  expect(route("/edit?branch=b&path=p&into=main&line=7")).toEqual({ screen: "edit", branch: "b", path: "p", into: "main", pull: 0, line: 7, history: false })
  expect(route("/edit?branch=b&path=p&show=history")).toMatchObject({ screen: "edit", history: true })
  expect(route("/ready?branch=b&path=p")).toEqual({ screen: "ready", branch: "b", path: "p" })
  expect(route("/board?branch=b").screen).toBe("nowhere")
  expect(route("/edit?branch=b")).toEqual({ screen: "desk", branch: "b" })
  expect(route("/pulls/12")).toEqual({ screen: "pull", number: 12 })
  expect(route("/pulls/0").screen).toBe("nowhere")
  expect(route("/pulls/1/x").screen).toBe("nowhere")
})

test("only links that are safe to open are opened", () => {
  const base = "https://harbour.example/2026/20260308"
  expect(safeLink("/about", base)).toBe("https://harbour.example/about")
  expect(safeLink("mailto:a@example.org", base)).toBe("mailto:a@example.org")
  for (const bad of ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:https://x/y", "http://["]) {
    expect(safeLink(bad, base), bad).toBeNull()
  }
})

test("posts are named and found", () => {
  const post = (title: string, date: string, slug: string): PostEntry => ({ path: `_posts/${date}-${slug}.md`, blob: "", date, slug, title, pulls: [] })
  const posts = [post("", "2026-08-16", "update"), post("Tides & charts", "2026-03-08", "tides")]
  expect(nameOf(posts[0]!)).toBe("Update")
  expect(longDate("2026-08-16")).toBe("16 August 2026")
  expect(longDate("2026-13-45")).toBe("")
  expect(today(new Date(2026, 0, 2))).toBe("2026-01-02")
  expect(ago(0, 30_000)).toBe("just now")
  expect(ago(0, 90 * 60_000)).toBe("an hour ago")
  expect(ago(Date.parse("11476-08-15T05:20:00Z"), 0)).toBe("at an unknown time")
})

test("actions are found by words, and keys read well", () => {
  const actions: Action[] = ["Open pull request", "Undo", "Show the page alone"].map((name, i) => ({ id: String(i), name, run: () => {} }))
  actions.push({ id: "off", name: "Open nothing", run: () => {}, enabled: () => false })
  expect(findActions(actions, "pull open").map(a => a.id)).toEqual(["0"])
  expect(findActions(actions, "").length).toBe(3)
  expect(keyLabel("Mod-Shift-p", false)).toBe("Ctrl+Shift+P")
  expect(keyLabel("Mod-Enter", true)).toBe("⌘↩")
  expect(keyLabel("Alt-l", false)).toBe("Alt+L")
  expect(keyLabel("Alt-l", true)).toBe("⌃⌥L")
  expect(keyLabel("Alt-ArrowUp", true)).toBe("⌥↑")
})

test("blocks are found by offset, and move with the text and with patches", () => {
  const blocks = createBlockMap()
  blocks.set([{ from: 10, to: 20 }, { from: 20, to: 30 }, { from: 30, to: 40 }], null)
  expect([0, 10, 19, 20, 99].map(blocks.at)).toEqual([-1, 0, 0, 1, 2])
  const typed = ChangeSet.of({ from: 15, insert: "abc" }, 50)
  blocks.move(typed)
  expect([0, 1, 2].map(blocks.span)).toEqual([{ from: 10, to: 23 }, { from: 23, to: 33 }, { from: 33, to: 43 }])
  // The answer to an edit before that: the second block became two.
  blocks.splice([{ at: 1, remove: 1, insert: [{ from: 20, to: 25 }, { from: 25, to: 30 }] }, { at: 2, remove: 1, insert: [] }], typed)
  expect([0, 1, 2, 3].map(blocks.span)).toEqual([{ from: 10, to: 23 }, { from: 23, to: 28 }, { from: 28, to: 33 }, undefined])
})

test("ranges move as mapPos moves their ends", () => {
  let seed = 3
  const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n
  for (let round = 0; round < 300; round++) {
    const specs = []
    for (let at = random(12); at < 100; at += 1 + random(30)) {
      const to = Math.min(100, at + random(8))
      specs.push({ from: at, to, insert: "x".repeat(random(5)) })
      at = to
    }
    const changes = ChangeSet.of(specs, 100)
    const spans = Array.from({ length: 20 }, () => {
      const from = random(101)
      return { from, to: Math.min(100, from + random(20)) }
    })
    const want = spans.map(({ from, to }) => {
      const start = changes.mapPos(from, 1)
      return { from: start, to: Math.max(start, changes.mapPos(to, -1)) }
    })
    moveSpans(spans, changes)
    expect(spans).toEqual(want)
  }
})

test("counts and waits are told in words", () => {
  const problem = (severity: "error" | "warning" | "info") => ({ from: 0, to: 0, severity, code: "", message: "" })
  expect(countOf([])).toBe("No problems")
  expect(countOf([problem("warning"), problem("error"), problem("error"), problem("info")])).toBe("2 errors, 1 warning, 1 note")
  expect(waitText(40)).toBe("40 seconds")
  expect(waitText(180)).toBe("3 minutes")
})

test("a blob's id is Git's", async () => {
  expect(await blobId("")).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
  expect(await blobId("hello\n")).toBe("ce013625030ba8dba906f756967f9e9ca394464a")
})

function answering(status: number, body: string | string[], type = "application/json"): typeof fetch {
  return async () => {
    const parts = typeof body === "string" ? [body] : body
    const stream = new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(new TextEncoder().encode(part))
        controller.close()
      },
    })
    return new Response(stream, { status, headers: { "Content-Type": type } })
  }
}

test("lines of JSON are read wherever the stream is cut", async () => {
  const text = '{"step":{"name":"check","text":"Größe","done":false}}\n\n{"pull":{"number":1}}'
  const bytes = new TextEncoder().encode(text)
  for (let cut = 1; cut < bytes.length; cut += 7) {
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.slice(0, cut))
        controller.enqueue(bytes.slice(cut))
        controller.close()
      },
    })
    const lines: unknown[] = []
    for await (const line of readLines(new Response(stream))) lines.push(line)
    expect(lines).toEqual([{ step: { name: "check", text: "Größe", done: false } }, { pull: { number: 1 } }])
  }
})

test("every failure becomes a sentence", async () => {
  const sentence = async (fetch: typeof globalThis.fetch) => {
    const error = await createApi({ fetch }).site().then(() => null, (error: unknown) => error)
    expect(error).toBeInstanceOf(Failure)
    return (error as Failure).message
  }
  expect(await sentence(answering(404, '{"error":{"kind":"not-found","sentence":"There is no such post."}}'))).toBe("There is no such post.")
  expect(await sentence(answering(502, "<html>Bad gateway</html>", "text/html"))).toContain("status 502")
  expect(await sentence(answering(200, "not json"))).toContain("cannot be read")
  expect(await sentence(async () => { throw new TypeError("network") })).toContain("does not answer")
  expect(await sentence(answering(500, "null"))).toContain("status 500")
})

test("a server that is silent is given up", async () => {
  const silent: typeof fetch = (_, init) => new Promise((_, reject) => init!.signal!.addEventListener("abort", () => reject(new DOMException("", "AbortError"))))
  await expect(createApi({ fetch: silent, timeout: 10 }).site()).rejects.toThrow("does not answer")
})

test("a post is gone only when the server says so", () => {
  const file = { path: "p", text: "t", blob: "b", commit: "c", branch: "main", url: "/" }
  const problem = { kind: "stale", sentence: "It changed." }
  expect(foundInstead({ ...problem, current: file })).toBe(file)
  expect(foundInstead({ ...problem, gone: true })).toBe(null)
  expect(foundInstead(problem)).toBe(undefined)
  expect(foundInstead({ kind: "conflict", sentence: "No.", gone: true })).toBe(undefined)
})

test("a merge names what was looked at", async () => {
  let sent: unknown
  const api = createApi({ fetch: async (address, init) => {
    sent = [address, JSON.parse(String(init!.body))]
    return new Response('{"pull":{"state":"merged"}}')
  } })
  expect((await api.merge(3, "abc")).state).toBe("merged")
  expect(sent).toEqual(["/api/pulls/3/merge", { head: "abc" }])
})

test("a submission tells its steps and ends on the pull request or a sentence", async () => {
  const submission = { base: "main", path: "p", text: "t", blob: "", earlier: [], title: "T", message: "" }
  const steps: string[] = []
  const good = createApi({ fetch: answering(200, ['{"step":{"name":"check","text":"Look","done":true}}\n', '{"pull":{"number":3}}\n']) })
  expect((await good.submit(submission, step => steps.push(step.text))).number).toBe(3)
  expect(steps).toEqual(["Look"])
  const stale = createApi({ fetch: answering(200, '{"error":{"kind":"stale","sentence":"It changed.","gone":true}}\n') })
  await expect(stale.submit(submission, () => {})).rejects.toThrow("It changed.")
  const cut = createApi({ fetch: answering(200, '{"step":{"name":"check","text":"Look","done":true}}\n{"pu') })
  await expect(cut.submit(submission, () => {})).rejects.toThrow("The connection was lost")
})

test("on a Mac signs that are typed with Option run nothing", () => {
  const press = (key: string, code: string, modifiers: Partial<KeyboardEvent> = {}) => ({ key, code, altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, isComposing: false, ...modifiers }) as KeyboardEvent
  // "@" of a German keyboard, "ł" of a Polish one, and of an American one "†" and a dead key.
  for (const [key, code, of] of [["@", "KeyL", "Alt-l"], ["ł", "KeyL", "Alt-l"], ["†", "KeyT", "Alt-t"], ["Dead", "KeyI", "Alt-i"]] as const) {
    expect(matchesKey(press(key, code), of, true)).toBe(false)
    expect(matchesKey(press(key, code, { ctrlKey: true }), of, true)).toBe(true)
    expect(matchesKey(press(code.at(-1)!.toLowerCase(), code), of, false)).toBe(true)
    expect(matchesKey(press(key, code, { ctrlKey: true }), of, false)).toBe(false) // AltGr
  }
  expect(matchesKey(press("ArrowUp", "ArrowUp"), "Alt-ArrowUp", true)).toBe(true)
  expect(matchesKey(press("k", "KeyK", { altKey: false, metaKey: true }), "Mod-k", true)).toBe(true)
})
