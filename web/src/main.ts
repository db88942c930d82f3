// Main only wires: it finds out where things are and starts the app.
import type { Assets } from "./preview/assets"
import { createApp } from "./app"
import { keepApp } from "./offline/registration"

const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? ""

void createApp({
  root: document.getElementById("app")!,
  assets: JSON.parse(meta("galley-assets")) as Assets,
  nonce: meta("csp-nonce"),
  onSettled: () => void keepApp(meta("galley-page")),
})
