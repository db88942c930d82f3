// Bundle builds what the browser is given to measure: each rival by itself, as
// a production build.
import { build } from "esbuild"
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"

const here = import.meta.dirname

/// Where the built pages are.
export const built = join(here, "build")

/// The rivals that render in a page of ours.
export const rivals = ["markdown-it", "marked", "unified", "toast"] as const

/// Scripts that are run in Galley's own pages.
const scripts = ["galley", "galley-worker", "galley-memory", "floor", "visit"] as const

/// Builds everything into `built`.
export async function bundlePages(): Promise<void> {
  rmSync(built, { recursive: true, force: true })
  const result = await build({
    absWorkingDir: here,
    entryPoints: [...rivals, ...scripts].map(name => `pages/${name}.ts`),
    outdir: built, bundle: true, minify: true, format: "iife", target: "es2022", platform: "browser",
    define: { "process.env.NODE_ENV": '"production"' }, logLevel: "error",
  })
  if (result.errors.length > 0) throw new Error("the rivals could not be bundled")
  copyFileSync(resolve(here, "../../templates/assets/galley.css"), join(built, "galley.css"))
  for (const name of rivals) writeFileSync(join(built, `${name}.html`), pageOf(name))
  buildCMS("decap", join(here, "node_modules/decap-cms/dist"), /\.js$/, '<script src="decap-cms.js"></script>')
  buildCMS("sveltia", join(here, "node_modules/@sveltia/cms/dist"), /\.m?js$/, '<script src="sveltia-cms.js"></script>')
}

function pageOf(name: (typeof rivals)[number]): string {
  const whole = name === "toast"
  // The same style sheet and the same place as Galley's preview has.
  const body = whole
    ? `<div id="editor"></div>`
    : `<div class="pane"><main id="content" class="wrap"><article class="post"><div class="prose" id="preview"></div></article></main></div>`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${name}</title>
<link rel="stylesheet" href="${whole ? "toast.css" : "galley.css"}">
<style>body { margin: 0 } .pane { position: fixed; inset: 0 0 0 50%; overflow: auto }</style>
</head><body>${body}<script src="${name}.js"></script></body></html>
`
}

/// A content manager as its manual says to install it, on its test backend.
function buildCMS(name: string, dist: string, files: RegExp, script: string): void {
  const folder = join(built, name)
  mkdirSync(folder, { recursive: true })
  for (const file of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || !files.test(file.name)) continue
    const from = join(file.parentPath, file.name)
    const to = join(folder, from.slice(dist.length))
    mkdirSync(resolve(to, ".."), { recursive: true })
    copyFileSync(from, to)
  }
  writeFileSync(join(folder, "index.html"), `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${name}</title></head>
<body>${script}</body></html>
`)
  writeFileSync(join(folder, "config.yml"), `backend:
  name: test-repo
media_folder: images
collections:
  - name: posts
    label: Posts
    folder: _posts
    create: true
    fields:
      - {label: Title, name: title, widget: string}
      - {label: Body, name: body, widget: markdown}
`)
}
