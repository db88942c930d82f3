/// What is left of a field when what stood in it was sent: what was typed behind it
/// meanwhile. Where the field has become another text, all of it.
export function unsent(sent: string, now: string): string {
  return now.startsWith(sent) ? now.slice(sent.length).trimStart() : now
}
