// The rules of docs/architecture.md about the folders of web/src, its rooms: which
// may import which, what of npm, and that each says what it is. The table for Go
// is in internal/importtest.
import { expect, test } from "@playwright/test"
import { cruise, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

interface Room {
  /// The rooms that it may import, each of which stands above it here.
  rooms: string[]
  /// What the paths of the files of npm's packages begin with.
  packages?: string[]
}

/// The table. A folder that is not here may not exist.
const rooms: Record<string, Room> = {
  protocol: { rooms: [] },
  base: { rooms: [] },
  start: { rooms: ["protocol"] },
  worker: { rooms: ["protocol"], packages: ["wasm_exec"] },
  frame: { rooms: ["protocol"] },
  audit: { rooms: ["protocol", "frame"], packages: ["axe-core/"] },
  spelling: { rooms: ["protocol"], packages: ["nspell/", "dictionary-en/", "dictionary-en-gb/"] },
  text: { rooms: ["protocol"], packages: ["@codemirror/state/", "@codemirror/commands/"] },
  offline: { rooms: ["protocol", "base"] },
  forge: { rooms: ["protocol", "base", "offline"] },
  editor: { rooms: ["protocol", "base", "text"], packages: ["@codemirror/", "@lezer/", "turndown/", "@joplin/turndown-plugin-gfm/"] },
  preview: { rooms: ["protocol", "base", "text", "editor"], packages: ["@codemirror/state/"] },
  post: { rooms: ["protocol", "base", "start", "text", "offline", "forge", "editor", "preview"], packages: ["@codemirror/state/", "idb/"] },
  ui: { rooms: ["protocol", "base", "text", "forge", "editor", "post"], packages: ["preact/", "@codemirror/state/"] },
  screens: { rooms: ["protocol", "base", "text", "forge", "editor", "post", "ui"], packages: ["preact/"] },
}

/// What runs by itself, and which rooms or files it is made of beside itself. The app is all the
/// rest.
const programs: Record<string, string[]> = {
  "start/boot.ts": ["protocol", "start/begin.ts"],
  "worker/worker.ts": ["worker", "protocol"],
  "frame/frame.ts": ["frame", "protocol"],
  "audit/audit.ts": ["audit", "frame", "protocol"],
  "spelling/en-us.ts": ["spelling", "protocol"],
  "spelling/en-gb.ts": ["spelling", "protocol"],
  "offline/service-worker.ts": [],
}

/// What the app shares with them.
const appShares = ["protocol", "start/begin.ts"]

const entries = ["main.ts", ...Object.keys(programs)]
/// What is not imported to be a part of something: the bundler takes it.
const elsewhere = [...entries, "app.css", "editor/html.ts", "editor/paste/turndown-plugin-gfm.d.ts", "spelling/packages.d.ts", "worker/wasm_exec.d.ts"]

const npm = (paths: readonly string[]) => `(?:^|/node_modules/|^node_modules/)${any(paths)}`
/// A room, or a file in one.
const pathOf = (name: string) => name.endsWith(".ts") ? name : name + "/"
const any = (names: readonly string[]) => `(?:${names.map(name => name.replaceAll(".", "\\.")).join("|")})`
const named = (name: string, comment: string, rest: { from: object; to: object }) =>
  ({ name, severity: "error", comment, ...rest }) as IForbiddenRuleType

function rules(): IForbiddenRuleType[] {
  const found: IForbiddenRuleType[] = [
    named("no-circles", "Nothing imports what imports it, not even for a type.", { from: {}, to: { circular: true } }),
    named("is-there", "What is imported is there.", { from: {}, to: { couldNotResolve: true, pathNot: "^wasm_exec$" } }),
    named("has-use", "Every file is a part of a program.", {
      from: { path: `^src/${any(entries)}$` }, to: { path: "^src/", pathNot: `^src/${any(elsewhere)}$`, reachable: false },
    }),
    named("app-packages", "Where things are wired, Preact alone is wanted.", { from: { path: "^src/[^/]+$" }, to: { path: "^(?!src/)", pathNot: npm(["preact/"]) } }),
    named("screens-apart", "Screens do not import each other; later.ts alone knows several.", {
      from: { path: "^src/screens/([^/]+)", pathNot: "^src/screens/later\\.ts$" }, to: { path: "^src/screens/", pathNot: "^src/screens/(?:$1(?:/|$)|later\\.ts$)" },
    }),
    named("later-is-later", "What is loaded later is not a part of what is loaded at once.", { from: {}, to: { path: "^src/screens/later\\.ts$", dependencyTypesNot: ["dynamic-import"] } }),
  ]
  for (const [room, { rooms: may, packages = [] }] of Object.entries(rooms)) {
    found.push(
      named(`${room}-rooms`, `${room}/ imports ${may.join(", ") || "no other room"}.`, {
        from: { path: `^src/${room}/` }, to: { path: "^src/", pathNot: `^src/${any([room, ...may])}/` },
      }),
      named(`${room}-packages`, `${room}/ imports ${packages.join(", ") || "nothing of npm"}.`, {
        from: { path: `^src/${room}/` }, to: { path: "^(?!src/)", pathNot: packages.length ? npm(packages) : "^$" },
      }),
    )
  }
  for (const [entry, own] of Object.entries(programs)) {
    const others = Object.keys(programs).filter(other => other !== entry)
    found.push(named(`${entry}-alone`, `${entry} is a program of its own: with others it shares the rooms of the table alone.`, {
      from: { path: `^src/${any([entry])}$` }, to: { path: "^src/", pathNot: `^src/${any([entry, ...own.map(pathOf)])}`, reachable: true },
    }))
    for (const other of ["main.ts", ...others]) {
      const shared = programs[other] ?? appShares
      found.push(named(`${entry}-apart`, "Of another program nothing is imported but the rooms that both have.", {
        from: { path: `^src/${any([other])}$` },
        to: { path: `^src/${any([entry, ...own.filter(room => !shared.includes(room)).map(pathOf)])}`, reachable: true },
      }))
    }
  }
  return found
}

/// What breaks a rule, in `web` or a copy of it: the rule's name, who breaks it,
/// and with which import.
async function broken(web: string): Promise<string[]> {
  const { output } = await cruise(["src"], {
    baseDir: web,
    tsPreCompilationDeps: true,
    ruleSet: { forbidden: rules() },
    validate: true,
    doNotFollow: { path: "node_modules" },
  }, { extensions: [".ts", ".tsx", ".d.ts", ".js"], conditionNames: ["import"], exportsFields: ["exports"] })
  const { summary } = output as ICruiseResult
  expect(summary.totalCruised).toBeGreaterThan(100)
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort()
}

const web = join(import.meta.dirname, "..")

test("rooms import what the table lets them", async () => {
  expect(await broken(web)).toEqual([])
})

test("whoever breaks a rule is found", async () => {
  const copy = mkdtempSync(join(tmpdir(), "galley-rooms-"))
  cpSync(join(web, "src"), join(copy, "src"), { recursive: true })
  for (const name of ["tsconfig.json", "package.json"]) cpSync(join(web, name), join(copy, name))
  symlinkSync(join(web, "node_modules"), join(copy, "node_modules"))
  const add = (file: string, line: string) => {
    const path = join(copy, "src", file)
    mkdirSync(dirname(path), { recursive: true })
    let text = ""
    try {
      text = readFileSync(path, "utf8")
    } catch {
      // A new file.
    }
    writeFileSync(path, line + "\n" + text)
  }
  add("text/chapters.ts", 'import type { Editor } from "../editor/editor"')
  add("frame/frame.ts", 'import { whenIdle } from "../base/idle"')
  add("worker/worker.ts", 'import "../frame/reconcile"')
  add("preview/preview-frame.ts", 'import { createPatcher } from "../frame/patcher"')
  add("offline/answers.ts", 'import "./service-worker"')
  add("ui/dialog.tsx", 'import { EditorView } from "@codemirror/view"')
  add("post/drafts.ts", 'import { render } from "preact"')
  add("screens/pull.tsx", 'import { DeskScreen } from "./desk/desk"')
  add("screens/edit/edit.tsx", 'import { PullScreen } from "../later"')
  add("forge/posts.ts", 'import { deskAddress } from "../main"')
  add("base/idle.ts", 'import type { Missing } from "./missing"')
  add("base/alone.ts", "export const alone = true")
  const found = await broken(copy).finally(() => rmSync(copy, { recursive: true }))
  for (const line of [
    "no-circles: src/editor/editor.ts",
    "text-rooms: src/text/chapters.ts -> src/editor/editor.ts",
    "frame-rooms: src/frame/frame.ts -> src/base/idle.ts",
    "frame/frame.ts-alone: src/frame/frame.ts -> src/base/idle.ts",
    "worker-rooms: src/worker/worker.ts -> src/frame/reconcile.ts",
    "frame/frame.ts-apart: src/main.ts -> src/frame/patcher.ts",
    "offline/service-worker.ts-apart: src/main.ts -> src/offline/service-worker.ts",
    "ui-packages: src/ui/dialog.tsx",
    "post-packages: src/post/drafts.ts",
    "screens-apart: src/screens/pull.tsx -> src/screens/desk/desk.tsx",
    "later-is-later: src/screens/edit/edit.tsx -> src/screens/later.ts",
    "forge-rooms: src/forge/posts.ts -> src/main.ts",
    "is-there: src/base/idle.ts -> ./missing",
    "has-use: src/base/alone.ts",
  ]) expect.soft(found.some(other => other.startsWith(line)), line).toBe(true)
})

test("each room is in the table, and says what it is and who may import it", () => {
  const folders = readdirSync(join(web, "src"), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name)
  expect(folders.sort()).toEqual(Object.keys(rooms).sort())
  for (const room of folders) {
    const importers = Object.keys(rooms).filter(other => rooms[other]!.rooms.includes(room))
    const text = readFileSync(join(web, "src", room, "README.md"), "utf8")
    expect(text, `${room}/README.md has its name as its title`).toMatch(new RegExp(`^# ${room}\n`))
    expect(text, `${room}/README.md says which program it runs in`).toMatch(/^Runs in: \S/m)
    expect.soft(text.match(/^Imported by: (.*)$/m)?.[1], room).toBe([...importers, "the wiring"].join(", "))
  }
})
