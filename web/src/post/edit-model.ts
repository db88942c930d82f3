// Edit model is the editor's screen without its looks: it opens a post, wires
// text, drafts, preview and problems together, and holds what is shown.
import { blobId } from "../forge/blob-id"
import { createCatchingUp } from "./newer-post"
import { createSectionWriters } from "./section-writers"
import { ChangeSet, type Text } from "@codemirror/state"
import { createWorker, freshKey } from "./app-context"
import { emptyFrameAddress, frameAddress } from "../protocol/addresses"
import { moveSpans } from "../text/changes"
import { problemOf } from "../forge/api"
import type { Draft, DraftKey } from "./drafts"
import { createEditor, type Editor } from "../editor/editor"
import { textOf } from "../text/file-text"
import { firstPlace } from "../text/first-place"
import { meetingOf, originOf, sentAfter, type Origin } from "../editor/origin"
import { createKeeper, type Keeper } from "./draft-keeper"
import { forgetParting, recover } from "./parting-draft"
import { openEdition, whyOver } from "../forge/editions"
import { decideOpening, noAnswer } from "./opening"
import { createPresence, type Presence } from "./presence"
import { missingPictures } from "./missing-pictures"
import { createHouseRules } from "./house-rules"
import { createPictures } from "./pictures"
import { createPreviewFrame, type PreviewFrame } from "../preview/preview-frame"
import type { Diagnostic, EditAnswer, PreviewAnswer, Span } from "../protocol/preview"
import type { PostFile, Renamed } from "../protocol/server"
import { ago } from "../forge/posts"
import { isOwn } from "../forge/pulls"
import { editAddress, isFork } from "../protocol/routes"
import { readHosts, readSettings, writeHosts, writeSettings } from "../protocol/settings"
import { createStore } from "../base/store"
import type { EditModel, EditModelOptions, EditState } from "./edit-state"
import { createFollow } from "../preview/scroll-sync"
import { leavingPull, ownTarget, readInPull, type InPull } from "./target"
import { createWorkerClient, type WorkerClient } from "../preview/worker-client"

/// Posts beyond this are kept less often while they are written, in UTF-16
/// units.
const longDraft = 300_000

export function createEditModel({ app, branch, path, into = "", pull = 0, narrow = false }: EditModelOptions): EditModel {
  const key = { site: app.site.name, person: app.site.person.login || app.site.person.email || "", branch, path }
  const settings = readSettings()
  const store = createStore<EditState>({
    phase: "loading", failure: "", title: "", url: "", isNew: false,
    keep: { kind: "unchanged" }, preview: "starting", outdated: false, trouble: "", keys: [], problems: [], known: false,
    writer: true, notice: "", blocked: [], choice: null, renamed: null, tabChoice: null, pull: null, target: { ...ownTarget, into, pull }, edition: "", over: "",
    view: narrow ? "source" : settings.view, share: settings.share, drawers: settings.drawers, matterOpen: settings.matterOpen ?? !narrow, problemsOpen: false,
    dialog: "", adding: null, followScroll: settings.followScroll, painted: -1,
  })
  let origin = originOf("", "")
  let initial = ""
  let submitted: Draft["submitted"]
  let sent: string[] = []
  let seen = 0
  let editor: Editor | null = null
  let keeper: Keeper | null = null
  let presence: Presence | null = null
  let frame: PreviewFrame | null = null
  let client: WorkerClient | null = null
  let places: { source: HTMLElement; page: HTMLElement } | null = null
  let askedToPersist = false
  let destroyed = false
  let hosts = readHosts() // that the preview may load from, by the writer's word
  const refused = new Set<string>() // what was left out, in this visit
  let began: InPull["began"] = null // what a pull request began with that was left
  let settled: Draft["submitted"] // what was submitted last, and is open no more
  let landed = 0 // the merged pull request whose text was merged with
  // What a draft was made from whose branch has the post no more.
  let orphan: { blob: string; text: string } | null = null
  /// The same where the post was renamed: what was submitted went with the old path.
  let lost: { blob: string; text: string } | null = null
  let wentTo: Renamed | null = null
  let readKept = false // whether what was opened is what the server said before
  let silent = false // whether the server did not answer when the post was opened
  // The branch whose templates the post is rendered with.
  const rendered = isFork(branch) ? into || app.site.defaultBranch : branch

  const follow = createFollow({ editor: () => editor, frame: () => frame, together: () => store.get().followScroll })
  const pictures = createPictures({ api: app.api, drafts: app.drafts, key, published: app.site.defaultBranch, branch: rendered, pull: isFork(branch) ? pull : 0, onMissing: () => destroyed || showProblems() })
  const houseRules = createHouseRules({ check: (text, signal) => app.api.problems(rendered, path, text, signal), text: () => text(), onFound: () => destroyed || showProblems() })
  let told: Diagnostic[] = [] // what the renderer said of the text
  const text = () => editor?.text() ?? initial
  // Whether the pull request that was continued cannot be any more: the text is
  // for its base.
  let left = false
  const home = () => (left ? store.get().target.into : branch)
  const isBase = () => left || store.get().target.into === ""
  const catching = createCatchingUp({
    api: app.api, branch: home, path, isBase, text, origin: () => origin,
    submitted: () => submitted?.text ?? null,
    async landed() {
      const last = submitted ?? settled
      if (!last) return null
      const pull = await app.api.pull(last.number).then(answer => answer.pull, () => null)
      if (pull?.state !== "merged" || pull.base !== home()) return null
      landed = last.number
      return last.text
    },
    adopt,
    onReady: () => store.set({ dialog: "submit" }),
  })
  const writers = createSectionWriters({
    api: app.api, path, editor: () => editor,
    base: () => store.get().target.into || branch,
    pull: () => submitted?.number ?? store.get().target.pull,
    continued: () => store.get().target.pull,
    title: () => store.get().title || path.replace(/^.*\//, ""),
    onNotice: notice => store.set({ notice }),
    own: pull => isOwn(pull, app.site.person),
    async onTaken(pull, holds, before) {
      const known = submitted?.text ?? (holds.branch === home() ? origin.text : before)
      submitted = { number: pull.number, url: pull.url, title: pull.title, text: known }
      store.set({ pull: pullOf(text()) })
      if (holds.text === known) {
        const id = await blobId(holds.text)
        sent = id === "" ? [] : [id]
      }
      keeper?.changed()
      await keeper?.flush()
      // What the pull request holds besides is somebody else's, or was written
      // in another browser: it is not for the next submission to write over.
      if (holds.text !== known) await meet(holds)
    },
  })
  const doc = (): Text => editor?.doc() ?? textOf(initial)

  /// Takes a text over with what it was made from.
  function adopt(text: string, from: Origin): void {
    sent = sentAfter(sent, origin, from, isBase())
    settled = undefined
    if (landed && submitted?.number === landed) {
      submitted = undefined // it is in the origin now
      store.set({ pull: null })
    }
    editor?.replace(text, from)
  }

  async function open(): Promise<void> {
    const keptDraft = readDraft()
    const [read, own] = await Promise.all([readFile(async () => (await keptDraft) !== undefined), keptDraft])
    if (destroyed) return
    const draft = own && left ? leavingPull(own, began) : own
    // What is kept can be read whatever became of the branch.
    const refused = read instanceof Error && draft ? `${read.message} This is your draft, as this browser kept it.` : ""
    const found = refused ? "unknown" : read
    const keptAt = found && typeof found === "object" && "kept" in found ? found.kept : 0
    readKept = !!keptAt && !draft
    silent = read === "unknown" || !!keptAt
    if (silent) frame?.fallBack()
    // What the branch had then says nothing against a draft.
    const file = keptAt && draft ? "unknown" : found
    if (file instanceof Error) return store.set({ phase: "failed", failure: file.message })
    presence = await createPresence({
      name: JSON.stringify([key.site, key.person, branch, path]),
      onWriter: writer => {
        editor?.setReadOnly(!writer)
        store.set({ writer })
      },
      onYield: async () => keeper?.flush(),
    })
    if (destroyed) return presence.destroy()
    const fresh = app.fresh.get(freshKey(branch, path))
    const opening = decideOpening(file, draft ?? freshDraft(fresh), home())
    seen = draft?.version ?? 0
    submitted = draft?.submitted
    sent = draft?.sent ?? []
    if (!file && draft) orphan = draft.submitted ? { blob: "", text: draft.submitted.text } : { blob: draft.blob, text: draft.base }
    if (wentTo) {
      store.set({ renamed: wentTo })
      if (draft) lost = { blob: draft.blob, text: draft.base }
    }
    if (draft?.into && !into) store.set({ target: { ...store.get().target, into: draft.into } })
    if (opening.kind === "nothing") return store.set({ phase: "nothing", notice: file === "unknown" ? "The server does not answer, and this browser keeps no draft of this post." : "" })
    if (opening.kind === "open") {
      origin = { ...originOf(opening.blob, opening.base), ...(opening.discard ? {} : keptMerge(draft)) }
      initial = opening.text
      if (opening.discard) {
        submitted = undefined
        sent = []
        if (presence.writer) await app.drafts.remove(key, seen).then(() => (seen = 0), () => {})
      }
    } else {
      origin = { ...originOf(opening.draft.blob, opening.draft.base), ...keptMerge(opening.draft) }
      initial = opening.draft.text
    }
    // Pictures go when the draft that they were for is done with.
    if (opening.kind === "open" && presence.writer && (!draft || opening.discard)) await pictures.forget()
    if (destroyed) return
    store.set({
      phase: "open", writer: presence.writer, isNew: origin.blob === "",
      notice: refused || (opening.kind === "open" && !wentTo ? opening.notice : "") || store.get().notice || (keptAt ? `${noAnswer} This is the post as it was ${ago(keptAt, Date.now())}.` : ""),
      url: found && found !== "unknown" && !(found instanceof Error) ? found.url : "",
      pull: pullOf(initial),
      keep: draft && initial !== origin.text ? { kind: "kept", draft } : { kind: "unchanged" },
    })
    start()
    if (file !== "unknown" && !fresh) void findEdition(file)
    // A tab that may not write leaves it to the one that may.
    if (opening.kind === "choose" && presence.writer) void meet(opening.file)
    const number = submitted?.number ?? store.get().target.pull
    if (number) void catching.look(number).catch(() => {})
    void writers.look()
  }

  /// A post of the default branch may belong to an edition that is still being
  /// written, and one of an edition may be published by now.
  async function findEdition(file: PostFile | null): Promise<void> {
    const main = app.site.defaultBranch
    if (branch === main) {
      if (!file?.edition) return
      const open = openEdition(await app.api.branches().catch(() => []), file.edition)
      if (open && !destroyed) store.set({ edition: open.name })
      return
    }
    if (store.get().target.into || pull) return
    const over = whyOver(await app.api.branches().catch(() => []), branch, main)
    // A post that is new to the site opens its edition again.
    if (!over || !(await app.api.post(main, path).catch(() => null)) || destroyed) return
    store.set({ edition: main, over })
  }

  /// The draft and the branch have both moved on. Where they cannot be merged
  /// now, the writer compares them.
  async function meet(theirs: PostFile): Promise<void> {
    const outcome = await catching.meet(theirs, "opened")
    if (destroyed) return
    if (outcome === "merged") {
      const { merged } = catching.store.get()
      if (merged?.sentence) store.set({ notice: `${store.get().notice} ${merged.sentence} It is merged into your text; undo takes it back.`.trim() })
    } else if (outcome === "unknown") {
      store.set({ choice: { mine: text(), theirs, why: "moved" } })
    }
  }

  async function readFile(kept: () => Promise<boolean>): Promise<(PostFile & { kept?: number }) | null | "unknown" | Error> {
    try {
      // What was made a moment ago is nowhere yet: new-post.tsx has looked.
      if (app.fresh.has(freshKey(branch, path))) return null
      if (pull === 0) return await app.api.post(branch, path)
      const found = await readInPull(app.api, pull, path, kept)
      store.set({ target: found.target, notice: found.notice })
      left = found.target.pull === 0
      began = found.began
      return found.file
    } catch (error) {
      const problem = problemOf(error)
      if (problem.kind === "not-found") {
        wentTo = problem.renamed ?? null
        return null
      }
      if (problem.kind === "unavailable") return "unknown"
      return new Error(problem.sentence)
    }
  }

  /// Where the post is that is not on its branch any more; null for not known.
  function whereTo(): Promise<Renamed | null> {
    return app.api.post(home(), path).then(() => null, (error: unknown) => problemOf(error).renamed ?? null)
  }

  /// Moves what was written to another branch or path, as an edit of `from`. Where
  /// there is a draft, nothing is moved.
  async function moveDraft(there: DraftKey, from: { blob: string; text: string }): Promise<void> {
    await keeper?.flush()
    const now = text()
    if (now === from.text || (await app.drafts.get(there))) return
    await Promise.all((await app.drafts.pictures(key)).map(picture => app.drafts.putPicture({ ...picture, branch: there.branch, post: there.path })))
    await app.drafts.put({ ...there, text: now, blob: from.blob, base: from.text, title: store.get().title }, 0)
    const { keep } = store.get()
    // The text is the other's now. Where another tab has gone on, both stay.
    if (keep.kind === "kept") await app.drafts.remove(key, keep.draft.version).catch(() => {})
  }

  async function readDraft(): Promise<Draft | undefined> {
    try {
      const found = await recover(app.drafts, key)
      if (found.other !== null && found.draft && !editor) {
        store.set({ tabChoice: { ...found.draft, text: found.other } })
      }
      return found.draft
    } catch {
      return undefined
    }
  }

  function freshDraft(text: string | undefined): Draft | undefined {
    return text === undefined ? undefined : { ...key, text, blob: "", base: "", title: "", updated: 0, version: 0 }
  }

  function pullOf(text: string): EditState["pull"] {
    if (submitted) return { title: "", ...submitted, same: submitted.text === text }
    const { pull, title, url } = store.get().target
    return pull ? { number: pull, title, url, same: text === origin.text } : null
  }

  /// A renderer that is not to be had may be one that the server no longer has.
  async function checkVersion(): Promise<void> {
    const gone = async (address: string) => (await fetch(address, { method: "HEAD", cache: "no-store" })).status === 404
    try {
      if ((await gone(app.assets["worker.js"])) || (await gone(app.assets["galley.wasm"]))) store.set({ outdated: true })
    } catch {
      // The server does not answer, which is said elsewhere.
    }
  }

  /// The server's page is shown while everything else is on its way.
  function startFrame(parent: HTMLElement): void {
    frame = createPreviewFrame({
      parent,
      src: frameAddress(rendered, path, hosts),
      blank: () => frameAddress(rendered, "", hosts),
      empty: emptyFrameAddress(app.assets["frame.js"]),
      styles: app.answers.fetch,
      adopt: app.early.frame,
      base: () => absolute(store.get().url),
      onReady: () => client?.frameChanged(),
      onPictures: port => pictures.connect(port),
      onLink: href => window.open(href, "_blank", "noopener,noreferrer"),
      onBlocked: host => {
        const { blocked } = store.get()
        if (!blocked.includes(host) && !hosts.includes(host) && !refused.has(host)) store.set({ blocked: [...blocked, host].sort() })
      },
      onBlock: index => {
        const block = follow.source(index)
        if (!block) return
        inSource(editor => {
          editor.goTo(block.from)
          editor.focus()
        })
      },
      // The bar comes after the page, as in the round of F6 elsewhere.
      onLeave: () => document.querySelector<HTMLElement>(".bar .back")?.focus(),
      onShown: follow.shown,
    })
    if (silent) frame.fallBack()
  }

  function inSource(work: (editor: Editor) => void): void {
    const go = () => void (editor && work(editor))
    if (store.get().view !== "page") return go()
    store.set({ view: narrow ? "source" : "both" })
    // What is not drawn takes no focus, and does not scroll.
    requestAnimationFrame(go)
  }

  /// Begins once the post is open and the screen has places for it.
  function start(): void {
    if (!places || editor || store.get().phase !== "open") return
    keeper = createKeeper({
      drafts: app.drafts, key, seen,
      // Keeping a draft copies it whole, so a long one is kept less often.
      delay: initial.length > longDraft ? 900 : 250,
      draft: () => {
        const now = text()
        if (now === origin.text && !submitted && !origin.merged) return null
        const { into } = store.get().target
        const { blob, text: base, merged: commit, coAuthors, seen } = origin
        return {
          ...key, text: now, blob, base, merged: { commit, coAuthors, seen }, title: store.get().title, sent, submitted,
          into: into || undefined, pull: pull || undefined, left: left || undefined,
        }
      },
      onState: keep => {
        if (keep.kind === "moved") {
          if (keep.theirs && keep.theirs.text !== text()) store.set({ tabChoice: keep.theirs })
          else {
            keeper!.seen(keep.theirs?.version ?? 0)
            keeper!.changed()
          }
        }
        store.set({ keep })
        app.unsaved.tell(keep)
        if (keep.kind === "kept" && !askedToPersist) {
          askedToPersist = true
          void app.drafts.persist()
        }
      },
    })
    editor = createEditor({
      parent: places.source, text: initial, nonce: app.nonce, origin,
      onOrigin: now => {
        origin = now
        store.set({ isNew: origin.blob === "" })
        keeper?.changed()
      },
      onFiles: (files, at) => store.set({ adding: { files, at } }),
      onChange(changes) {
        client?.update(changes)
        follow.changed(changes)
        const { keys, problems } = store.get()
        // Nothing is drawn for that; whoever draws or goes there finds them right.
        moveSpans(keys, changes)
        moveSpans(problems, changes)
        keeper?.changed()
        writers.typed()
        const pull = store.get().pull
        if (pull?.same) store.set({ pull: { ...pull, same: false } })
      },
      onCursor: follow.cursor,
      onScroll: follow.scrolled,
    })
    app.unsaved.open({ path, text, save: async () => keeper!.flush() })
    if (!store.get().writer) editor.setReadOnly(true)
    if (app.fresh.has(freshKey(branch, path))) {
      keeper.changed()
      app.fresh.delete(freshKey(branch, path))
    }
    client = createWorkerClient({
      createWorker: typeof WebAssembly === "object" && typeof Worker === "function"
        ? () => app.early.worker() ?? createWorker(app.assets)
        : null,
      wasm: app.assets["galley.wasm"], compiled: app.compiled, path, text: doc,
      connectFrame: () => frame?.connect() ?? null,
      bundle: () => app.api.bundle(rendered, path),
      lexer: name => app.api.lexer(name),
      render: (text, signal) => app.api.preview(rendered, path, text, signal),
      onAnswer: described,
      onEdited: edited,
      onError: trouble => store.set({ trouble, known: true }),
      onFrameFailed() {
        frame?.renew()
        store.set({ notice: "The preview could not go on in its page, so it began anew." })
      },
      onLetters: (seq, letters) => frame?.typed(seq, letters),
      onPainted: painted => {
        store.set({ painted })
        follow.painted()
      },
      onState: preview => {
        store.set({ preview })
        if (preview === "server" || preview === "live") app.settled()
        if (preview === "server") void checkVersion()
      },
    })
    // The server's first page is of the branch's text, not of a draft.
    if (initial !== origin.text || rendered !== branch) client.update(ChangeSet.empty(initial.length))
    if (store.get().isNew) editor.goTo(firstPlace(initial))
    editor.focus()
  }

  /// Takes what an edit's answer tells at once.
  function edited(answer: EditAnswer, since: ChangeSet | null): void {
    follow.edited(answer, since)
    const { title, url, trouble, known } = store.get()
    const next = { title: answer.title, url: answer.url || url, trouble: answer.error ?? "", known: true }
    if (answer.keys) store.set({ ...next, keys: moved(answer.keys, since) })
    else if (next.title !== title || next.url !== url || next.trouble !== trouble || !known) store.set(next)
  }

  /// Shows what was found in the text as it is now: by the renderer, by the house
  /// rules, and the pictures that are missing, of which neither knows anything.
  function showProblems(): void {
    const missing = pictures.missing()
    const problems = [...told, ...houseRules.found(), ...(missing.size > 0 ? missingPictures(text(), missing) : [])]
    problems.sort((a, b) => a.from - b.from)
    editor?.problems(problems, null)
    store.set({ problems })
  }

  /// Takes all that is known of a text.
  function described(answer: PreviewAnswer, since: ChangeSet | null): void {
    follow.described(answer.blocks, since)
    told = moved(answer.diagnostics ?? [], since)
    showProblems()
    if (!since) houseRules.look()
    store.set({
      title: answer.title, url: answer.url || store.get().url, trouble: answer.error ?? "", known: true,
      keys: moved(answer.keys ?? [], since),
    })
  }

  // What the notice says of the server is over when it answers.
  const answered = app.answers.store.subscribe(() => {
    if (app.answers.store.get().asOf || !store.get().notice.startsWith(noAnswer)) return
    store.set({ notice: readKept ? "The server answers again. Reload the page for the post as it is now." : "" })
  })

  void open()
  let written = store.get()
  const unsubscribe = store.subscribe(() => {
    const { view, share, drawers, matterOpen, followScroll } = store.get()
    if (view === written.view && share === written.share && drawers === written.drawers && matterOpen === written.matterOpen && followScroll === written.followScroll) return
    written = store.get()
    writeSettings({ view, share, drawers, matterOpen, followScroll }, narrow)
  })

  return {
    store, text, pictures,
    editor: () => editor,
    inSource,
    frame: () => frame,
    base: () => origin,
    sentText: () => submitted?.text ?? null,
    catching, writers,
    mount(source, page) {
      places = { source, page }
      startFrame(page)
      start()
    },
    save: async () => keeper?.flush() ?? store.get().keep,
    async setKey(key, value) {
      if (!client || !editor) return
      editor.apply(await client.setKey(key, value))
    },
    showProblems() {
      const [first] = [...store.get().problems].filter(problem => !problem.file).sort((a, b) => a.from - b.from)
      store.set({ problemsOpen: true })
      inSource(editor => {
        if (first) editor.goTo(first.from, first.to)
        editor.focus()
      })
    },
    choose(chosen) {
      const choice = store.get().choice
      if (!choice || !editor) return
      const { theirs } = choice
      adopt(chosen, theirs ? meetingOf(origin, theirs, { branch: home(), isBase: isBase(), shared: "" }).next : originOf("", ""))
      store.set({ choice: null })
      editor.focus()
    },
    chooseTab(chosen) {
      const theirs = store.get().tabChoice
      if (!theirs || !editor) return
      if (chosen === null) return store.set({ tabChoice: null })
      keeper?.seen(theirs.version)
      forgetParting(key)
      editor.replace(chosen)
      keeper?.changed()
      store.set({ tabChoice: null })
    },
    async stale(current) {
      const outcome = current ? await catching.meet(current, "submitting") : "gone"
      if (destroyed || outcome === "merged") return
      const renamed = outcome === "gone" && store.get().target.pull === 0 ? await whereTo() : null
      if (destroyed) return
      if (renamed) store.set({ renamed })
      else if (outcome !== "choose") store.set({ choice: { mine: text(), theirs: current, why: "stale" } })
      store.set({ dialog: "" })
    },
    async sending(text) {
      const earlier = sent
      const id = await blobId(text)
      // The server takes 32; who submits more often than that is past the first.
      if (id !== "") sent = [...sent.filter(other => other !== id), id].slice(-31)
      keeper?.changed()
      await keeper?.flush()
      return [...earlier, ...origin.seen].slice(-32)
    },
    submitted(pull, text) {
      submitted = { number: pull.number, url: pull.url, title: pull.title, text }
      // What was merged is in its commit now.
      editor?.setOrigin({ ...origin, merged: "", coAuthors: [], seen: [] })
      // The branch held this text now: what it held before no longer counts.
      sent = sent.slice(-1)
      catching.store.set({ behind: null, merged: null })
      store.set({ pull: pullOf(editor?.text() ?? text) })
      keeper?.changed()
      void keeper?.flush()
    },
    settled(number) {
      if (submitted?.number !== number) return
      settled = submitted
      submitted = undefined
      store.set({ pull: pullOf(text()) })
      keeper?.changed()
    },
    async leavePull() {
      store.set({ dialog: "" })
      try {
        const found = await readInPull(app.api, pull, path, async () => true)
        if (destroyed) return
        if (found.target.pull === 0) {
          left = true
          editor?.setOrigin(found.began ? originOf(found.began.blob, found.began.text) : originOf(origin.blob, submitted?.text ?? origin.text))
          submitted = undefined
          sent = []
          store.set({ target: found.target, pull: null })
          catching.store.set({ behind: null })
          keeper?.changed()
        }
        store.set({ dialog: "submit" })
      } catch (error) {
        store.set({ notice: problemOf(error).sentence })
      }
    },
    async takeOver() {
      await presence?.takeOver()
      const draft = await readDraft()
      if (destroyed || !editor || !keeper) return
      keeper.seen(draft?.version ?? 0)
      if (draft) {
        submitted = draft.submitted
        sent = draft.sent ?? []
        editor.replace(draft.text, { ...originOf(draft.blob, draft.base), ...keptMerge(draft) })
      } else if (text() !== origin.text) {
        editor.replace(origin.text)
      }
    },
    async carry(to) {
      await moveDraft({ ...key, branch: to }, orphan ?? origin)
      return editAddress(to, path)
    },
    async follow(to) {
      await moveDraft({ ...key, path: to.path }, lost ?? origin)
      return editAddress(branch, to.path, into)
    },
    reach(may) {
      const { blocked } = store.get()
      store.set({ blocked: [] })
      if (!may) return blocked.forEach(host => refused.add(host))
      hosts = [...new Set([...readHosts(), ...hosts, ...blocked])]
      writeHosts(hosts)
      frame?.renew()
    },
    lineOf: at => editor?.lineAt(at) ?? 1,
    destroy() {
      destroyed = true
      if (app.unsaved.store.get().post?.text === text) app.unsaved.open(null)
      catching.destroy()
      writers.destroy()
      unsubscribe()
      answered()
      follow.destroy()
      keeper?.destroy()
      client?.destroy()
      pictures.destroy()
      houseRules.destroy()
      frame?.destroy()
      editor?.destroy()
      presence?.destroy()
    },
  }
}

/// What a draft holds that is merged and not yet submitted.
function keptMerge(draft: Draft | undefined): Partial<Origin> {
  if (!draft?.merged) return {}
  const { commit, coAuthors, seen } = draft.merged
  return { merged: commit, coAuthors, seen }
}

/// Copies of what stands in a text, at their places after changes.
function moved<T extends Span>(list: readonly T[], since: ChangeSet | null): T[] {
  const own = list.map(one => ({ ...one }))
  if (since) moveSpans(own, since)
  return own
}

function absolute(url: string): string {
  try {
    return new URL(url, location.origin).href
  } catch {
    return location.origin
  }
}
