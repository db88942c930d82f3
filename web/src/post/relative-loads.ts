// Relative loads are what raw HTML has loaded from addresses that are relative to the
// page's: a frame at another address would load others.

const load = /<(?:[a-z][^<>]*\s(?:srcset|poster|data)|(?!img\b)[a-z][^<>]*\ssrc)\s*=\s*(?:["']\s*)?(?![/\\#?\s"'<>]|[a-z][a-z\d+.-]*:)/i

/// Whether raw HTML in a text has anything but a picture loaded from such an address.
export function loadsRelatively(text: string): boolean {
  return load.test(text)
}
