// Edit model is the editor's screen without its looks: it wires the post's life, the
// editor, the page and who writes what together, and holds how the screen looks.
import { blobId } from "../forge/blob-id"
import { createEditor, type Editor } from "../editor/editor"
import { whereabouts } from "../forge/branches"
import { openEdition, whyOver } from "../forge/editions"
import { dataKind } from "../protocol/data"
import { isFork } from "../protocol/routes"
import type { PostFile } from "../protocol/server"
import { firstTime, readLook, readSettings, writeSettings } from "../protocol/settings"
import { createStore, until } from "../base/store"
import { isSame } from "../forge/people"
import { textOf } from "../text/file-text"
import { moveSpans } from "../text/changes"
import { firstPlace } from "../text/first-place"
import { freshKey } from "./post-context"
import { createDriver } from "./driver"
import type { EditModel, EditModelOptions, EditState } from "./edit-state"
import { homeOf, pullOf, type Place } from "./life/state"
import { viewOf } from "./life/view"
import { createKnowledge } from "./knowledge"
import { placeOf } from "./kept-words"
import { createMatterWords } from "./matter-words"
import { createPictures } from "./pictures"
import { readPost } from "./reading"
import { createSectionWriters } from "./section-writers"
import { createShownData } from "./shown-data"
import { createShownPage } from "./shown-page"
import { leavePlace, takePlace } from "./left-place"
import { watchStanding } from "./standing"
import { t } from "../base/words"

/// Posts beyond this are kept less often while they are written, in UTF-16
/// units: keeping a draft copies it whole.
const longDraft = 300_000

export function createEditModel({ app, branch, path, into = "", pull = 0, line = 0, narrow = false }: EditModelOptions): EditModel {
  const key = { site: app.site.id, person: app.site.person.login || app.site.person.email || "", branch, path }
  const place: Place = { branch, path, into, pull }
  const settings = readSettings()
  const store = createStore<EditState>({
    title: "", url: "", preview: "starting", outdated: false, trouble: "", keys: [], typed: {}, problems: [], known: false, pageCheck: { is: "no", said: "", layout: [], apart: true }, spelling: "", blocked: [], edition: "", branches: [], over: "",
    view: narrow ? "source" : settings.view, share: settings.share, drawers: settings.drawers, matterOpen: settings.matterOpen ?? !narrow, problemsOpen: false, traysOpen: false, reviewOpen: false,
    dialog: "", adding: null, followScroll: settings.followScroll, outline: settings.outline, look: readLook(), hint: "", data: null, painted: -1,
  })
  let editor: Editor | null = null
  let places: { source: HTMLElement; page: HTMLElement } | null = null
  let destroyed = false
  let unwatch = () => {}
  const fresh = app.fresh.get(freshKey(branch, path)) ?? null
  const rendered = isFork(branch) ? into || app.site.defaultBranch : branch

  const pictures = createPictures({
    api: app.api, drafts: app.drafts, key, published: app.site.defaultBranch, branch: rendered, pull: isFork(branch) ? pull : 0,
    page: async () => {
      await until(store, ({ url }) => url !== "")
      return page.address()
    },
    onMissing: () => destroyed || page.problems(),
    settled: typeof caches === "object" ? () => until(store, ({ preview }) => preview === "live") : undefined,
  })
  const knowledge = createKnowledge(app.quiet, rendered, path)
  const driver = createDriver({
    app, key, place, pictures,
    async read() {
      const read = await readPost({ api: app.api, drafts: app.drafts, key, place, fresh })
      const { file } = read
      if (file === "unknown" || read.asBefore) page.fallBack()
      if (file && typeof file === "object" && "url" in file) store.set({ url: file.url })
      if (file !== "unknown" && (file === null || "text" in file)) void findEdition(file, read.place)
      return read
    },
    editor: () => editor,
    title: () => store.get().title,
    delay: () => (text().length > longDraft ? 900 : 250),
    onOpen: start,
    settle: () => matter.settle(),
  })
  const { text } = driver
  const view = () => viewOf(driver.store.get())
  const matter = createMatterWords({
    place: placeOf(app.site, "post", branch, path, "matter"), store,
    async find(name, text) {
      const change = await page.setKey?.(name, text)
      const trouble = t("This could not be put into the text. Change it there.")
      const to = editor
      if (!change || !to || !view().writer) throw new Error(trouble)
      return () => to.apply(change)
    },
  })
  const claim = () => matter.writes(editor !== null && view().writer)
  const claimed = driver.store.subscribe(claim)
  const data = dataKind(path)
  const page = data ? createShownData({ app, store, branch: rendered, path, editor: () => editor, text }) : createShownPage({
    app, store, branch: rendered, path, pictures, editor: () => editor, text,
    doc: () => editor?.doc() ?? textOf(text()), inSource,
    writers: () => writers.store.get().writers,
    onNotice: sentence => driver.send({ type: "notice", sentence }),
  })
  const number = () => {
    const life = driver.store.get()
    return life.phase === "open" ? pullOf(life) : 0
  }
  const writers = createSectionWriters({
    api: app.api, path, editor: () => editor,
    base: () => view().target.into || branch,
    pull: number,
    continued: () => view().target.pull,
    title: () => store.get().title || path.replace(/^.*\//, ""),
    onNotice: sentence => driver.send({ type: "notice", sentence }),
    own: pull => isSame(pull.author, app.site.person),
    async onTaken(pull, holds, before) {
      driver.send({ type: "claimed", now: text(), pull, holds, before })
      await driver.save()
    },
  })

  // Which empty sections concern somebody depends on who writes what.
  let sections = "[]"
  const listed = writers.store.subscribe(() => {
    const now = JSON.stringify(writers.store.get().writers.map(({ section, own }) => [section, own]))
    if (now !== sections) page.problems()
    sections = now
  })

  /// A post of the default branch may belong to an edition that is still being
  /// written, and one of an edition may be published by now.
  async function findEdition(file: PostFile | null, { into, pull }: Place): Promise<void> {
    const main = app.site.defaultBranch
    if (branch === main && !file?.edition) return
    const branches = await app.api.branches().catch(() => [])
    if (destroyed) return
    store.set({ branches })
    if (branch === main) {
      const open = openEdition(branches, file!.edition!)
      if (open) store.set({ edition: open.name })
      return
    }
    if (view().target.into || into || pull || fresh !== null) return
    const over = whyOver(branches, branch, main)
    // A post that is new to the site opens its edition again.
    if (!over || !(await app.quiet.post(main, path).catch(() => null)) || destroyed) return
    store.set({ edition: main, over })
  }

  function hint(hint: string): void {
    store.set({ hint })
    setTimeout(() => store.get().hint === hint && store.set({ hint: "" }), 10_000)
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
    const life = driver.store.get()
    if (!places || editor || life.phase !== "open") return
    editor = createEditor({
      parent: places.source, ...driver.beginning(), nonce: app.nonce, data, matterFolded: !data && store.get().matterOpen,
      onOrigin: origin => driver.send({ type: "remade", origin }),
      onFiles: (files, at) => store.set({ adding: { files, at: { from: at, to: at } } }),
      onChange(changes) {
        const { adding } = store.get()
        if (adding) moveSpans([adding.at], changes)
        page.changed(changes)
        driver.send({ type: "typed" })
        if (!data) writers.typed()
      },
      onCursor: page.follow.cursor,
      onScroll: page.follow.scrolled,
      knowledge,
      onTab() {
        if (firstTime("tab")) hint(t("Tab is for lists; Escape, then Tab leaves the text"))
      },
      onLate: () => hint(t("Still loading: tables, lists and rich pasting come later")),
    })
    app.unsaved.open({ path, text, save: driver.save })
    app.unsaved.tell(life.keeping.shown)
    claim()
    if (life.tab.is !== "writing") editor.setReadOnly(true)
    app.fresh.delete(freshKey(branch, path))
    // The server's first page is of the branch's text, not of a draft.
    page.start(editor.text() !== life.origin.text || rendered !== branch)
    const left = takePlace(location.href)
    if (left) {
      editor.goToPlace(left.source)
      page.follow.lead(left.page)
    } else if (life.origin.blob === "") editor.goTo(firstPlace(editor.text()))
    if (line > 0 && !left) inSource(editor => editor.goToLine(line))
    editor.focus()
    if (!data) void writers.look()
    unwatch = watchStanding({
      branch() {
        const life = driver.store.get()
        return life.phase === "open" && life.target.pull === 0 ? homeOf(life) : ""
      },
      ask: branch => app.api.standing(branch, path),
      onStanding: (branch, standing) => driver.send({ type: "elsewhere", branch, where: whereabouts(branch, store.get().branches), standing }),
    })
  }

  // What the notice says of the server is over when it answers.
  const answered = app.answers.store.subscribe(() => {
    const { asOf, otherSite } = app.answers.store.get()
    if (asOf || otherSite) return
    driver.send({ type: "answered" })
    pictures.askAgain()
  })

  const leave = () => editor && leavePlace(location.href, { source: editor.place(), page: page.follow.apart() })
  window.addEventListener("pagehide", leave)

  let written = store.get()
  const unsubscribe = store.subscribe(() => {
    const { view, share, drawers, matterOpen, followScroll, outline } = store.get()
    if (view === written.view && share === written.share && drawers === written.drawers && matterOpen === written.matterOpen && followScroll === written.followScroll && outline === written.outline) return
    if (matterOpen !== written.matterOpen) editor?.foldMatter(matterOpen)
    written = store.get()
    writeSettings({ view, share, drawers, matterOpen, followScroll, outline }, narrow)
  })

  /// Has the text take what was typed and waits for a script, and what was typed into the
  /// form. Where it cannot take that, answers the key, and tells the writer by a sentence
  /// about it.
  async function settled(sentence: (name: string) => string): Promise<string | undefined> {
    editor?.releaseKeys()
    const settling = matter.settle()
    if (settling) await settling
    void driver.save()
    const left = Object.entries(store.get().typed).find(([, { written }]) => !written)?.[0]
    if (left !== undefined) driver.send({ type: "notice", sentence: sentence(left) })
    return left
  }

  return {
    store, text, pictures, inSource, writers, knowledge, matter,
    life: driver.store, send: driver.send, save: driver.save,
    editor: () => editor,
    frame: page.frame,
    mount(source, element) {
      places = { source, page: element }
      page.open(element)
      start()
    },
    showProblems() {
      const [first] = [...store.get().problems].filter(problem => !problem.file).sort((a, b) => a.from - b.from)
      store.set({ problemsOpen: true })
      inSource(editor => {
        if (first) editor.goTo(first.from, first.to)
        editor.focus()
      })
    },
    checkPage() {
      store.set({ problemsOpen: true })
      void page.check()
    },
    spell: page.spell, addWord: page.addWord,
    async openSubmit() {
      const left = await settled(name => t("What you typed into “{name}” in the form is not in the text yet, and would not be submitted. The field says why.", { name }))
      if (left === undefined) driver.send({ type: "submit opened", now: text(), base: view().target.into || store.get().edition || branch })
      return left
    },
    async goElsewhere(by) {
      const left = await settled(name => t("What you typed into “{name}” in the form is not in the text yet, and would not go along. The field says why.", { name }))
      if (left === undefined) driver.send({ ...by, now: text() })
      return left
    },
    async submit(form) {
      const { submitting } = view()
      if (submitting.is !== "asking") return
      const blob = await blobId(submitting.text)
      driver.send({ type: "submit", now: text(), text: submitting.text, blob, form })
    },
    reach: page.reach, outside: page.outside,
    lineOf: at => editor?.lineAt(at) ?? 1,
    destroy() {
      window.removeEventListener("pagehide", leave)
      unwatch()
      claimed()
      editor?.releaseKeys()
      matter.destroy()
      driver.destroy()
      destroyed = true
      if (app.unsaved.store.get().post?.text === text) app.unsaved.open(null)
      listed()
      writers.destroy()
      unsubscribe()
      answered()
      pictures.destroy()
      page.destroy()
      editor?.destroy()
    },
  }
}
