// Clipboard copies for pasting elsewhere.

/// Copies a text; false where the browser does not let it.
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/// Copies what is pasted with its looks where that is possible, and as text
/// elsewhere; false where the browser does not let it.
export async function copyRich(html: string, text: string): Promise<boolean> {
  try {
    // eslint-disable-next-line no-restricted-syntax -- it goes to the clipboard, and into no document
    await navigator.clipboard.write([new ClipboardItem({
      "text/html": new Blob([html], { type: "text/html" }), "text/plain": new Blob([text], { type: "text/plain" }),
    })])
    return true
  } catch {
    return false
  }
}
