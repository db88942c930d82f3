// Main only wires: it finds out where things are and starts the app.
import type { Assets } from "./preview/assets"
import { createApp } from "./app"
import { keepApp, keepPage, keepScript } from "./offline/registration"

const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? ""

void createApp({
  root: document.getElementById("app")!,
  assets: JSON.parse(meta("galley-assets")) as Assets,
  nonce: meta("csp-nonce"),
  onLanguage: () => keepPage(meta("galley-page")),
  onSettled: () => void keepApp(meta("galley-page")),
  // Where it is not kept, it is asked for each time.
  keepScript: address => void keepScript(meta("galley-page"), address).catch(() => {}),
})
