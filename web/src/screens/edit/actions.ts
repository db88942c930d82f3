// Actions are what can be done on the editor's screen, by a key or from the list of
// commands.
import type { Editor } from "../../editor/editor"
import { insertLink, openSearchPanel, redo, toggleMark, undo } from "../../editor/commands"
import type { AidName } from "../../editor/later-aids"
import type { AppContext } from "../../ui/app-context"
import type { EditModel, EditState } from "../../post/edit-state"
import type { LifeView } from "../../post/life/view"
import { dataKind } from "../../protocol/data"
import { boardAddress, deskAddress, editAddress, readyAddress, renamedAddress } from "../../protocol/routes"
import type { Look, View } from "../../protocol/settings"
import { languages, type Language } from "../../protocol/spelling"
import { languageName } from "../../ui/spelling"
import { chaptersOf } from "../../text/chapters"
import { keyLabel, type Action } from "../../ui/actions"
import { goToSection } from "../../ui/sections"
import { pickPictures } from "./pictures"
import { stamped } from "../../text/stamp"
import { t } from "../../base/words"

export interface ActionInput {
  app: AppContext
  branch: string
  path: string
  model: EditModel
  state: EditState
  life: LifeView
  view: View
  narrow: boolean
  /// The outline stands beside the source.
  beside: boolean
  say: (what: string) => void
}

/// All that can be done on the editor's screen.
export function actionsFor({ app, branch, path, model, state, life, view, narrow, beside, say }: ActionInput): Action[] {
  const { store } = model
  const open = () => life.phase === "open" && life.writer
  const inEditor = (command: (view: Editor["view"]) => boolean) => () => {
    model.inSource(editor => {
      editor.focus()
      command(editor.view)
    })
  }
  /// What was typed into the form is the last step: it goes into the text before one goes
  /// back, or is taken back itself where it cannot.
  const afterForm = (command: (view: Editor["view"]) => boolean) => () => {
    const field = document.querySelector<HTMLInputElement>("#matter-form input:focus")
    const name = field?.name.replace("matter-", "") ?? ""
    const go = () => {
      const typed = model.store.get().typed[name]
      if (command !== undo || !field || !typed || typed.written) return inEditor(command)()
      model.matter.giveUp(name)
      field.blur()
      field.focus()
    }
    const settled = model.matter.settle()
    if (settled) void settled.then(go)
    else go()
  }
  const aid = (name: AidName) => () => model.inSource(editor => {
    editor.focus()
    editor.aid(name)
  })
  /// Shows the front matter's form, and goes to the first field that a selector finds.
  const showMatter = (selector: string) => {
    const { view } = store.get()
    store.set({ matterOpen: true, view: view === "page" ? (narrow ? "source" : "both") : view })
    drawn(() => document.querySelector<HTMLInputElement>("#matter-form " + selector)?.focus())
  }
  const data = dataKind(path) !== null
  const next: Record<View, View> = narrow ? { source: "page", both: "page", page: "source" } : { source: "both", both: "page", page: "source" }
  const all: Action[] = [
    { id: "submit", name: life.pull ? t("Update pull request") : t("Open pull request"), key: "Mod-Enter", enabled: open, run: async () => {
      if ((await model.openSubmit()) !== undefined) showMatter(refused)
    } },
    { id: "bring-up", name: t("Bring the pull request up to date"), enabled: () => open() && life.behind !== null, run: () => model.send({ type: "bring up" }) },
    { id: "write-on", name: t("Write on {edition}", { edition: state.edition }), enabled: () => open() && state.over !== "", run: async () => {
      if ((await model.goElsewhere({ type: "carry", to: state.edition, address: editAddress(state.edition, path) })) !== undefined) showMatter(refused)
    } },
    { id: "go-on", name: t("Go on where this post is by now"), enabled: () => open() && life.renamed !== null, run: async () => {
      model.send({ type: "submit closed" })
      if ((await model.goElsewhere({ type: "follow", address: renamedAddress(life.renamed!, branch, life.target.into) })) !== undefined) showMatter(refused)
    } },
    { id: "save", name: t("Save draft"), key: "Mod-s", enabled: open, run: async () => {
      const { kind } = await model.save()
      // Said anew each time, so that the same words are heard again.
      say("")
      if (kind !== "kept" && kind !== "unchanged") return
      requestAnimationFrame(() => say(t("Draft saved")))
      setTimeout(() => say(""), 4_000)
    } },
    { id: "bold", name: t("Bold"), key: "Mod-b", enabled: open, run: inEditor(toggleMark("**")) },
    { id: "italic", name: t("Italic"), key: "Mod-i", enabled: open, run: inEditor(toggleMark("*")) },
    { id: "link", name: t("Link"), key: "Mod-k", enabled: open, run: inEditor(insertLink) },
    { id: "code", name: t("Code"), key: "Mod-e", enabled: open, run: aid("code") },
    { id: "bullets", name: t("List"), key: "Mod-Shift-8", enabled: open, run: aid("bullets") },
    { id: "numbers", name: t("Numbered list"), key: "Mod-Shift-7", enabled: open, run: aid("numbers") },
    { id: "tasks", name: t("List of tasks"), key: "Mod-Shift-9", enabled: open, run: aid("tasks") },
    { id: "done", name: t("Tick a task, or clear it"), enabled: open, run: aid("done") },
    { id: "quote", name: t("Quotation"), key: "Mod-Shift-.", enabled: open, run: aid("quote") },
    ...([1, 2, 3, 4] as const).map(n => ({ id: `heading-${n}`, name: t("Heading {n}", { n }), key: `Mod-Alt-${n}`, enabled: open, run: aid(`heading${n}`) })),
    // The editor has these keys itself: elsewhere they are the browser's.
    { id: "in", name: t("Move an item further in (Tab)"), enabled: open, run: aid("tabIn") },
    { id: "out", name: t("Move an item further out (Shift+Tab)"), enabled: open, run: aid("tabOut") },
    { id: "up", name: t("Move a line or an item up ({key})", { key: keyLabel("Alt-ArrowUp") }), enabled: open, run: aid("moveUp") },
    { id: "down", name: t("Move a line or an item down ({key})", { key: keyLabel("Alt-ArrowDown") }), enabled: open, run: aid("moveDown") },
    { id: "table", name: t("Insert a table"), key: "Alt-t", enabled: open, run: aid("insertTable") },
    ...tableCommands.map(([id, name]) => ({ id, name: `Table: ${name}`, enabled: open, run: aid(id) })),
    { id: "pull-link", name: t("Link a pull request by its number and title"), enabled: open, run: () => model.inSource(editor => {
      editor.focus()
      const say = (sentence: string) => model.send({ type: "notice", sentence })
      import("../later").then(({ linkPull }) => linkPull(editor.view, { find: of => model.knowledge.link(of), say })).catch(console.error)
    }) },
    ...(app.site.trays ? [{ id: "material", name: t("Material to report"), key: "Alt-m", enabled: open, run: () => {
      store.set({ traysOpen: !store.get().traysOpen, view: view === "page" ? (narrow ? "source" : "both") : store.get().view })
    } }] : []),
    { id: "review", name: t("What reviewers say"), key: "Alt-k", enabled: () => life.phase === "open", run: () => {
      if (!(life.phase === "open" && (life.target.pull || life.pull?.number))) {
        model.send({ type: "notice", sentence: t("There is no pull request for this post yet, and so no review.") })
        return
      }
      store.set({ reviewOpen: !store.get().reviewOpen, view: view === "page" ? (narrow ? "source" : "both") : store.get().view })
    } },
    { id: "picture", name: t("Insert a picture"), key: "Alt-p", enabled: open, run: () => pickPictures(model) },
    { id: "find", name: t("Find and replace"), key: "Mod-f", run: inEditor(openSearchPanel) },
    { id: "snippet", name: t("Insert or edit a snippet"), key: "Alt-i", enabled: open, run: () => model.inSource(() => store.set({ dialog: "snippet" })) },
    { id: "outline", name: t("Outline, words and reading time"), key: "Alt-o", enabled: open, run: () => store.set({ dialog: "outline" }) },
    { id: "outline-beside", name: beside ? t("Take the outline away from beside the source") : t("Outline beside the source"), key: "Alt-Shift-o", enabled: open, run: () => {
      if (beside) return store.set({ outline: false })
      // Until there is room for it, the dialog has to do.
      store.set({ outline: true, view: view === "page" ? (narrow ? "source" : "both") : state.view })
      requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector(".outline-beside") ?? store.set({ dialog: "outline" })))
    } },
    { id: "history", name: data ? t("History of this file") : t("History of this post"), key: "Alt-h", enabled: () => life.phase === "open", run: () => store.set({ dialog: "history" }) },
    { id: "undo", name: t("Undo"), key: "Mod-z", enabled: open, run: afterForm(undo) },
    { id: "redo", name: t("Redo"), key: "Mod-Shift-z", enabled: open, run: afterForm(redo) },
    { id: "view", name: showName(next[view], data), key: "F4", run: () => store.set({ view: next[view] }) },
    // The one that F4 shows next stands above.
    ...(["source", "both", "page"] as const).filter(v => v !== next[view] && !(narrow && v === "both")).map(v => ({
      id: "view-" + v, name: showName(v, data), run: () => store.set({ view: v }),
    })),
    ...looks.filter(([, look]) => Object.entries(look).some(([name, value]) => state.look[name as keyof Look] !== value)).map(([name, look]) => ({
      id: "look-" + name, name: t("Show the page {name}", { name }), run: () => store.set({ look: { ...state.look, ...look }, view: view === "source" ? (narrow ? "page" : "both") : view }),
    })),
    { id: "pulls", name: t("Pull requests on this post"), key: "Alt-r", enabled: () => life.phase === "open", run: () => store.set({ dialog: "pulls" }) },
    { id: "pane", name: t("Go to the next part of the screen"), key: "F6", run: () => nextPane(model) },
    { id: "matter", name: t("Edit the front matter"), key: "F2", enabled: open, run: () => showMatter("input") },
    { id: "now", name: t("Publish now: date the post with the present (UTC)"), enabled: open, run: () => {
      const date = state.keys.find(key => key.name === "date")?.value ?? ""
      model.matter.put("date", stamped(date, new Date(), app.site.timezone))
      void model.matter.settle()
    } },
    { id: "matter-fold", name: state.matterOpen ? t("Fold the front matter") : t("Unfold the front matter"), run: () => store.set({ matterOpen: !state.matterOpen }) },
    // Where no form has its keys, its lines are in the text anyway.
    ...(state.matterOpen ? [{ id: "matter-lines", name: model.editor()?.matterFolded() ? t("Edit the front matter in the text") : t("Fold the front matter in the text"), enabled: () => life.phase === "open", run: () => model.inSource(editor => {
      if (editor.matterFolded()) editor.goToLine(2)
      else editor.foldMatter(true)
      editor.focus()
    }) }] : []),
    { id: "problem", name: t("Go to the next problem"), key: "F8", run: () => goToProblem(model, state) },
    { id: "problems", name: state.problemsOpen ? t("Close the list of problems") : t("List the problems"), key: "Mod-Shift-m", run: () => store.set({ problemsOpen: !state.problemsOpen }) },
    { id: "check-page", name: t("Check the page: what keeps people from reading it"), enabled: () => life.phase === "open" && state.known, run: model.checkPage },
    ...(Object.keys(languages) as Language[]).filter(by => by !== state.spelling).map(by => ({
      id: `spell-${by}`, name: t("Check the spelling, by a dictionary of {language}", { language: languageName(by) }), enabled: () => life.phase === "open", run: () => model.spell(by),
    })),
    ...(state.spelling ? [{ id: "spell-off", name: t("Stop checking the spelling"), run: () => model.spell("off") }] : []),
    { id: "outside", name: t("Check links to other sites"), enabled: () => life.phase === "open", run: () => {
      store.set({ problemsOpen: true })
      void model.outside.look()
    } },
    { id: "sections", name: t("Who writes what"), key: "Alt-w", run: () => model.writers.store.set({ open: !model.writers.store.get().open }) },
    // The list says what that does, and has the button.
    ...(state.dialog === "palette" && model.editor() ? chaptersOf(model.editor()!.doc()).slice(0, 40).map((chapter, i) => ({
      id: `take-${i}`, name: t("I am writing “{name}” …", { name: chapter.name }), enabled: open, run: () => {
        model.writers.store.set({ open: true })
        store.set({ view: view === "page" ? (narrow ? "source" : "both") : store.get().view })
        drawn(() => goToSection(chapter.name))
      },
    })) : []),
    { id: "follow", name: state.followScroll ? t("Scroll source and page apart") : t("Scroll source and page together"), key: "F9", run: () => store.set({ followScroll: !state.followScroll }) },
    { id: "take-over", name: t("Continue writing in this tab"), enabled: () => life.phase === "open" && !life.writer, run: () => model.send({ type: "take over" }) },
    { id: "ready", name: t("Ready to publish"), key: "Alt-y", run: () => app.go(readyAddress(publishedFrom(app.site.defaultBranch, branch, life.target.into), path)) },
    { id: "board", name: t("Who writes what, as a page"), run: () => app.go(boardAddress(life.target.into || branch, path)) },
    { id: "desk", name: t("Go to the posts"), key: "Alt-l", run: () => app.go(deskAddress(life.target.into || branch)) },
    ...(app.site.signIn ? [{ id: "sign-out", name: t("Sign out ({login})", { login: app.site.person.login }), run: () => {
      void model.save()
      store.set({ dialog: "sign-out" })
    } }] : []),
    { id: "palette", name: t("All commands"), key: "Mod-Shift-p", run: () => store.set({ dialog: "palette" }) },
    { id: "palette-f1", name: t("All commands (this list)"), key: "F1", run: () => store.set({ dialog: "palette" }) },
  ]
  return data ? all.filter(({ id }) => forData.has(id) || id.startsWith("view-")) : all
}

/// The field whose words the text cannot take.
const refused = "[aria-invalid=true]"

/// What can be done with a data file, too: it is no prose, and has no page.
const forData: ReadonlySet<string> = new Set([
  "submit", "bring-up", "write-on", "go-on", "save", "review", "find", "history", "undo", "redo", "view", "pulls", "pane", "problem", "problems", "take-over", "desk", "sign-out", "palette", "palette-f1",
])

/// The branch by which a text reaches the site: that of its edition, or where it is
/// written itself.
export function publishedFrom(defaultBranch: string, branch: string, into: string): string {
  return into !== "" && into !== defaultBranch ? into : branch
}

const looks: readonly (readonly [string, Partial<Look>])[] = [
  [t("as wide as a phone"), { width: "phone" }], [t("as wide as a tablet"), { width: "tablet" }], [t("as wide as a desk's screen"), { width: "desk" }], [t("as wide as its pane"), { width: "" }],
  [t("in dark"), { as: "dark" }], [t("in light"), { as: "light" }], [t("as it is printed"), { as: "print" }], [t("in this browser's colours"), { as: "" }],
]

const tableCommands: readonly (readonly [AidName, string])[] = [
  ["formatTable", t("format it")], ["addRow", t("add a row below")], ["addColumn", t("add a column behind")], ["deleteRow", t("delete the row")], ["deleteColumn", t("delete the column")],
  ["columnLeft", t("move the column left ({key})", { key: keyLabel("Alt-Shift-ArrowLeft") })], ["columnRight", t("move the column right ({key})", { key: keyLabel("Alt-Shift-ArrowRight") })],
  ["alignLeft", t("align the column left")], ["alignCenter", t("align the column at its middle")], ["alignRight", t("align the column right")],
]

function showName(view: View, data: boolean): string {
  if (view === "both") return data ? t("Show source and data") : t("Show source and page")
  if (view === "source") return t("Show the source alone")
  return data ? t("Show the data alone") : t("Show the page alone")
}

/// Does what needs a change to be drawn, before the next key is heard: what draws has
/// been asked for it already, and does so in a microtask, too.
function drawn(work: () => void): void {
  queueMicrotask(work)
}

function goToProblem(model: EditModel, state: EditState): void {
  const editor = model.editor()
  if (!editor || state.problems.length === 0) return
  const at = editor.head()
  const sorted = [...state.problems].sort((a, b) => a.from - b.from)
  const next = sorted.find(p => p.from > at) ?? sorted[0]!
  model.inSource(editor => {
    editor.goTo(next.from, next.to)
    editor.focus()
  })
}

/// Front matter, source, divider, page, bar, and round again.
function nextPane(model: EditModel): void {
  const find = (selector: string) => document.querySelector<HTMLElement>(selector)
  const stops: [HTMLElement | null, HTMLElement | null][] = [
    [find(".matter"), find(".matter .fold")],
    [find(".outline-beside"), find(".outline-beside [tabindex='0']")],
    [find(".source .text"), model.editor()?.view.contentDOM ?? null],
    [find(".panes > .divider"), find(".panes > .divider")],
    [find(".page"), find(".frame iframe") ?? find(".data-view")],
    [find(".bar"), find(".bar .back")],
  ]
  const visible = stops.filter(([, target]) => target !== null && target.offsetParent !== null)
  const now = visible.findIndex(([part]) => part?.contains(document.activeElement))
  visible[(now + 1) % visible.length]?.[1]?.focus()
}
