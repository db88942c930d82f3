// Segments are what a text is counted by: words, or what readers take for one character.

/// The segments of a text. They are looked for in a thousand signs at a time, cut between
/// words where there is a place: Intl.Segmenter takes a time that grows with the square of
/// what it is given, seconds for a text of ordinary length.
export function* segmentsOf(text: string, segmenter: Intl.Segmenter): Generator<Intl.SegmentData> {
  for (const [piece] of text.matchAll(/[^]{1,1000}(?:\s(?=[\p{L}\p{N}])|$)|[^]{1,1000}/gu)) yield* segmenter.segment(piece)
}
