// Missing sign is what stands on the page in place of a picture that is not there: a
// picture that says so, with the address. The document is not changed for it.

const line = 46 // characters
const size = { width: 420, row: 20, margin: 16 }

/// The sign's picture. `sentence` says what is wrong.
export function missingSign(sentence: string): Blob {
  return new Blob([missingSvg(sentence)], { type: "image/svg+xml" })
}

/// The same as SVG.
export function missingSvg(sentence: string): string {
  const rows = wrapped(sentence)
  const height = 2 * size.margin + rows.length * size.row
  const text = rows.map((row, i) => `<text x="${size.margin}" y="${size.margin + (i + 0.72) * size.row}">${escaped(row)}</text>`).join("")
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${height}" viewBox="0 0 ${size.width} ${height}" font-family="system-ui, sans-serif" font-size="15" fill="#7a1d12">` +
    `<rect x="1" y="1" width="${size.width - 2}" height="${height - 2}" rx="4" fill="#fff6f4" stroke="#b3402e" stroke-width="2" stroke-dasharray="6 4"/>${text}</svg>`
}

/// A sentence in rows, between words where that is possible. An address may be longer
/// than a row, and is never told in more than a few.
function wrapped(sentence: string): string[] {
  const rows = [""]
  for (const word of sentence.replace(/\s+/g, " ").trim().split(" ")) {
    const row = rows.at(-1)!
    if (row !== "" && row.length + 1 + word.length <= line) {
      rows[rows.length - 1] = `${row} ${word}`
      continue
    }
    const signs = Array.from(word)
    const parts = Array.from({ length: Math.ceil(signs.length / line) }, (_, i) => signs.slice(i * line, (i + 1) * line).join(""))
    if (row === "") rows.pop()
    rows.push(...parts)
  }
  return rows.length > 6 ? [...rows.slice(0, 5), "…"] : rows
}

function escaped(text: string): string {
  // What XML does not allow would take the whole picture with it.
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "?").replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)
}
