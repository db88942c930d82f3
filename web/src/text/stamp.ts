// Stamp writes the present as a post's date is written. internal/post/stamp.go is the
// same for the server.

const dated = /^\d{4}-\d{2}-\d{2}(?:([ T]+)\d{2}:\d{2}(:\d{2})?(?:\.\d+)?(?:( *)(Z|z|UTC|[+-]\d{2}(:?)\d{2}))?)?$/

/// The present in UTC, in the form of a date: with seconds or without, with a space
/// or a T, with its zone as Z, +00:00 or -0000. A time without a zone gets one, since
/// it would be read in the site's; what is no date is replaced by one in full.
export function stamped(old: string, now: Date): string {
  const iso = now.toISOString()
  const day = iso.slice(0, 10)
  const found = dated.exec(old.trim())
  if (!found) return `${day} ${iso.slice(11, 19)} +0000`
  const [, between, seconds, space = "", zone, colon = ""] = found
  if (!between) return day
  const time = day + between + iso.slice(11, seconds ? 19 : 16)
  if (!zone) return time + " +0000"
  return time + space + (zone.length <= 3 || /^-00:?00$/.test(zone) ? zone : `+00${colon}00`)
}
