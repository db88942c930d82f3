import { useState } from "preact/hooks"
import type { OpenPost } from "../post/unsaved"
import { t } from "../base/words"

/// Ways to bring a text into safety that the browser does not keep: download it,
/// copy it, try to keep it again.
export function Rescue({ post }: { post: OpenPost }) {
  const [said, setSaid] = useState("")
  const [busy, setBusy] = useState(false)

  async function tryAgain(): Promise<void> {
    setBusy(true)
    const { kind } = await post.save()
    setBusy(false)
    if (kind === "failed") setSaid(t("It is still not saved."))
  }

  return (
    <span class="rescue">
      <button type="button" class="small" onClick={() => download(post)}>{t("Download the text")}</button>
      <button type="button" class="small" onClick={() => void copy(post.text()).then(done => setSaid(done ? t("Copied.") : t("The browser did not let Galley copy it. Select the text in the editor, and copy it from there.")))}>{t("Copy the text")}</button>
      <button type="button" class="small" disabled={busy} onClick={() => void tryAgain()}>{t("Try to save again")}</button>
      <span role="status">{said}</span>
    </span>
  )
}

/// Gives the text to the browser as a file, byte for byte.
function download({ path, text }: OpenPost): void {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text()], { type: "text/markdown;charset=utf-8" }))
  link.download = path.replace(/^.*\//, "")
  link.click()
  // The browser may take its time to begin.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/// Whether a text is in the clipboard now.
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
