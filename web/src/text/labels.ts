/// A bold label with something behind it, alone on its line: "**Next Deadline: v1, May 2**".
export interface Label {
  name: string
  text: string
  /// Days from a day to the one that the text names last; null where it names none.
  days: number | null
}

const months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
const monthDay = /\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?\b/gi
const dayMonth = /\b(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})(?: (\d{4}))?\b/gi

/// The labels of a text. Days count from `today`, 2026-08-16; a day without a year is
/// the one nearest to it.
export function labelsOf(text: string, today: string): Label[] {
  return [...text.matchAll(/^\*\*([^*:\n]{1,60}): {0,3}(\S[^*\n]{0,300})\*\*[ \t]{0,9}\r?$/gm)].map(m => ({ name: m[1]!, text: m[2]!.trim(), days: daysTo(m[2]!, today) }))
}

function daysTo(text: string, today: string): number | null {
  const from = Date.parse(today)
  const named = [
    ...[...text.matchAll(/\b(\d{4})-(\d\d)-(\d\d)\b/g)].map(m => at(m.index, Number(m[1]), Number(m[2]) - 1, Number(m[3]), from)),
    ...[...text.matchAll(monthDay)].map(m => at(m.index, Number(m[3] ?? 0), month(m[1]!), Number(m[2]), from)),
    ...[...text.matchAll(dayMonth)].map(m => at(m.index, Number(m[3] ?? 0), month(m[2]!), Number(m[1]), from)),
  ].filter(day => !Number.isNaN(day.when))
  const last = named.sort((a, b) => a.index - b.index).at(-1)
  return last ? Math.round((last.when - from) / 86_400_000) : null
}

/// Of a name or its first three letters; -1 for what is none.
function month(name: string): number {
  return months.findIndex(one => one === name.toLowerCase() || one.slice(0, 3) === name.toLowerCase())
}

function at(index: number, year: number, month: number, day: number, from: number): { index: number; when: number } {
  if (month < 0 || month > 11 || day < 1 || day > 31) return { index, when: NaN }
  const near = new Date(from).getUTCFullYear()
  const years = year ? [year] : [near - 1, near, near + 1]
  const all = years.map(y => Date.UTC(y, month, day)).sort((a, b) => Math.abs(a - from) - Math.abs(b - from))
  return { index, when: all[0]! }
}
