// Shown page has the page follow the text: it starts the frame and the renderer, and
// holds what an answer of theirs tells of the text.
import { ChangeSet, type Text } from "@codemirror/state"
import type { Editor } from "../editor/editor"
import { noteWritten, withoutTouched } from "../editor/fixes"
import { createPreviewFrame, type PreviewFrame } from "../preview/preview-frame"
import { createFollow, type Follow } from "../preview/scroll-sync"
import { createWorkerClient } from "../preview/worker-client"
import type { WorkerClient } from "../preview/worker-client-types"
import { auditAddress, emptyFrameAddress, frameAddress } from "../protocol/addresses"
import { readHosts, writeHosts } from "../protocol/settings"
import type { Diagnostic, EditAnswer, PreviewAnswer, Span } from "../protocol/preview"
import type { Writer } from "../protocol/server"
import type { Store } from "../base/store"
import { moveSpans } from "../text/changes"
import { createWorker } from "../preview/assets"
import type { PostContext } from "./post-context"
import type { EditState } from "./edit-state"
import { createCheckedPage } from "./checked-page"
import { createHouseRules } from "./house-rules"
import { createOutsideLinks, type OutsideLinks } from "./outside-links"
import { loadsRelatively } from "./relative-loads"
import { missingPictures } from "./missing-pictures"
import { concerning } from "./own-sections"
import type { Pictures } from "./pictures"
import type { Problem } from "./problem"
import { createWishedSpelling, type WishedSpelling } from "./wished-spelling"
import { t } from "../base/words"

export interface ShownPageOptions {
  app: PostContext
  store: Store<EditState>
  /// The branch whose templates the post is rendered with.
  branch: string
  path: string
  pictures: Pictures
  editor: () => Editor | null
  text: () => string
  doc: () => Text
  /// Does something in the editor, which is shown first where it is not.
  inSource: (work: (editor: Editor) => void) => void
  /// Who writes which sections, as far as that is known.
  writers: () => readonly Writer[]
  /// Says something about the page, in a sentence.
  onNotice: (sentence: string) => void
}

export interface ShownPage {
  follow: Pick<Follow, "cursor" | "scrolled" | "apart" | "lead">
  frame(): PreviewFrame | null
  /// The address that the page has in the published site, at this page's host.
  address(): string
  /// Shows the server's page while everything else is on its way.
  open(parent: HTMLElement): void
  /// Shows what there is without the server.
  fallBack(): void
  /// Renders from now on. `other`: the text is not the branch's, of which the
  /// server's page is.
  start(other: boolean): void
  /// Tells of a change of the text.
  changed(changes: ChangeSet): void
  /// Finds the change that sets one key of the front matter.
  setKey: WorkerClient["setKey"] | null
  /// Where links to other sites lead, once somebody asked.
  outside: OutsideLinks
  /// Shows again what was found, with the pictures that are missing.
  problems(): void
  /// Has the page as it is shown checked for what keeps people from reading it.
  check(): Promise<void>
  /// Has the spelling checked by a dictionary from now on, or no longer.
  spell: WishedSpelling["spell"]
  /// Takes a word for right from now on.
  addWord: WishedSpelling["addWord"]
  /// Says whether the page may load from the hosts that it was kept from.
  reach(may: boolean): void
  destroy(): void
}

export function createShownPage({ app, store, branch, path, pictures, editor, text, doc, inSource, writers, onNotice }: ShownPageOptions): ShownPage {
  let frame: PreviewFrame | null = null
  let client: WorkerClient | null = null
  let silent = false // whether the server did not answer when the post was opened
  let destroyed = false
  let hosts = readHosts() // that the preview may load from, by the writer's word
  const refused = new Set<string>() // what was left out, in this visit
  let told: Diagnostic[] = [] // what the renderer said of the text
  const houseRules = createHouseRules({
    check: (text, signal) => app.api.problems(branch, path, text, signal), text, onFound: () => destroyed || showProblems(),
  })
  const outside = createOutsideLinks({
    check: about => app.api.outside(branch, path, about), text, onFound: () => destroyed || showProblems(),
  })
  const spelling = createWishedSpelling({ app, store, branch, path, editor, text, onFound: () => destroyed || showProblems(), onNotice })
  const checked = createCheckedPage({
    store, text, onFound: showProblems,
    run: async () => (await import("./page-check")).checkPage({
      src: auditAddress(branch, hosts, new URL(address()).pathname),
      size: frame?.size() ?? { width: 0, height: 0 },
      parts: text => app.api.pageParts(branch, path, text),
      text, known: () => [...told, ...houseRules.found()],
    }),
  })
  const follow = createFollow({ editor, frame: () => frame, together: () => store.get().followScroll })

  function fallBack(): void {
    silent = true
    frame?.fallBack()
  }

  function open(parent: HTMLElement): void {
    frame = createPreviewFrame({
      parent,
      src: frameAddress(branch, path, hosts),
      blank: quirks => frameAddress(branch, "", hosts, new URL(address()).pathname, quirks),
      empty: emptyFrameAddress(app.assets["frame.js"]),
      styles: app.answers.fetch,
      adopt: app.early.frame,
      base: () => absolute(store.get().url),
      here: address,
      onReady: () => client?.frameChanged(),
      onPictures: port => pictures.connect(port),
      onLedAway: forGood => onNotice(forGood
        ? t("The page leads its preview away again and again, so the preview is stopped. Take out what does so, such as a refresh, and reload this page.")
        : t("The page led its preview away, so it began anew.")),
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

  function start(other: boolean): void {
    client = createWorkerClient({
      createWorker: typeof WebAssembly === "object" && typeof Worker === "function"
        ? () => app.early.worker() ?? createWorker(app.assets)
        : null,
      wasm: app.assets["galley.wasm"], compiled: app.compiled, path, text: doc,
      connectFrame: () => frame?.connect() ?? null,
      bundle: () => app.api.bundle(branch, path),
      lexer: name => app.api.lexer(name),
      render: (text, signal) => app.api.preview(branch, path, text, signal),
      onAnswer: described,
      onEdited: edited,
      onError: trouble => store.set({ trouble, known: true }),
      onFrameFailed() {
        frame?.renew()
        onNotice(t("The preview could not go on in its page, so it began anew."))
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
    if (other) client.update(ChangeSet.empty(text().length))
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

  /// Where the frame was renewed last because of a picture.
  let renewedAt = ""

  function address(): string {
    return location.origin + new URL(absolute(store.get().url)).pathname
  }

  /// Takes the address that the page has by what was typed. In another folder its
  /// relative addresses lead elsewhere.
  function move(url: string): void {
    const before = store.get().url
    if (url === "" || url === before) return
    const folder = () => address().slice(0, address().lastIndexOf("/") + 1)
    const left = folder()
    store.set({ url })
    if (before === "" || folder() === left || !frame) return
    // A frame that is about to begin anew does so at the address before, and has asked
    // for nothing yet.
    if (pictures.relative() || frame.at() === "" || frame.at().startsWith("/frame/")) frame.renew()
  }

  /// Takes what an edit's answer tells at once.
  function edited(answer: EditAnswer, since: ChangeSet | null): void {
    follow.edited(answer, since)
    move(answer.url)
    const { title, trouble, known } = store.get()
    const next = { title: answer.title, trouble: answer.error ?? "", known: true }
    if (answer.keys) store.set({ ...next, keys: moved(answer.keys, since) })
    else if (next.title !== title || next.trouble !== trouble || !known) store.set(next)
  }

  /// Shows what was found in the text as it is now: by the renderer, by the house
  /// rules, by asking other sites, and the pictures that are missing, of which none of
  /// these knows anything.
  function showProblems(): void {
    const missing = pictures.missing()
    const problems: Problem[] = [...told, ...concerning(houseRules.found(), text(), writers()), ...spelling.found(), ...outside.found(), ...checked.found(), ...(missing.size > 0 ? missingPictures(text(), missing, address()) : [])]
    problems.sort((a, b) => a.from - b.from)
    noteWritten(problems, text())
    editor()?.problems(problems, null)
    store.set({ problems })
    if (frame?.at() === "/frame" && pictures.misled() && renewedAt !== address()) {
      renewedAt = address()
      frame.renew()
    }
  }

  /// Takes all that is known of a text.
  function described(answer: PreviewAnswer, since: ChangeSet | null): void {
    follow.described(answer.blocks, since)
    const diagnostics = answer.diagnostics ?? []
    told = moved(since ? withoutTouched(diagnostics, since) : diagnostics, since)
    showProblems()
    if (!since) {
      houseRules.look()
      spelling.look()
    }
    move(answer.url)
    store.set({ title: answer.title, trouble: answer.error ?? "", known: true, keys: moved(answer.keys ?? [], since) })
    // Pictures come over a port; all else the frame loads from where it is.
    if (frame?.at() === "/frame" && loadsRelatively(text())) frame.renew()
  }

  return {
    follow, open, fallBack, start, address, outside,
    check: checked.check, spell: spelling.spell, addWord: spelling.addWord,
    frame: () => frame,
    changed(changes) {
      client?.update(changes)
      follow.changed(changes)
      const { keys, problems } = store.get()
      // Nothing is drawn for that; whoever draws or goes there finds them right.
      moveSpans(keys, changes)
      moveSpans([...new Set([...problems, ...houseRules.found()])], changes)
      checked.changed(changes)
    },
    get setKey() {
      return client?.setKey ?? null
    },
    problems: showProblems,
    reach(may) {
      const { blocked } = store.get()
      store.set({ blocked: [] })
      if (!may) return blocked.forEach(host => refused.add(host))
      hosts = [...new Set([...readHosts(), ...hosts, ...blocked])]
      writeHosts(hosts)
      frame?.renew()
    },
    destroy() {
      destroyed = true
      checked.destroy()
      spelling.destroy()
      houseRules.destroy()
      follow.destroy()
      client?.destroy()
      frame?.destroy()
    },
  }
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
