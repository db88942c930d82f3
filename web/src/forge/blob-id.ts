/// The id that Git gives to a file with this content: the SHA-1 of a header
/// and the text's UTF-8 bytes, in hexadecimal. Empty where the browser has no
/// cryptography, which is on pages that are neither local nor under HTTPS.
export async function blobId(text: string): Promise<string> {
  if (!globalThis.crypto?.subtle) return ""
  const data = new TextEncoder().encode(text)
  const header = new TextEncoder().encode(`blob ${data.length}\0`)
  const whole = new Uint8Array(header.length + data.length)
  whole.set(header)
  whole.set(data, header.length)
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-1", whole))
  return Array.from(sum, byte => byte.toString(16).padStart(2, "0")).join("")
}
