// Server names are the names that the server gives to pictures: the post's name, the
// file's, and eight digits of its content.

/// What is in a text like the addresses of such pictures, in order. A picture that stands
/// in the text as data is one run of signs of a megabyte, so that none is begun within.
export function namedByServer(text: string): string[] {
  return text.split(/[\s()<>"'[\]{}]+/).flatMap(run => {
    const last = [...run.matchAll(/-[0-9a-f]{8}\.(?:gif|jpg|png)/g)].at(-1)
    return last ? [run.slice(0, last.index + last[0].length)] : []
  })
}
