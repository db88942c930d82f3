// Stamp writes the present as a post's date is written. internal/post/stamp.go is the
// same for the server.

const dated = /^\d{4}-\d{2}-\d{2}(?:([ T]+)\d{2}:\d{2}(:\d{2})?(?:\.\d+)?(?:( *)(Z|z|UTC|[+-]\d{2}(:?)\d{2}))?)?$/

/// The present in UTC, in the form of a date: with seconds or without, with a space
/// or a T, with its zone as Z, +00:00 or -0000. A time without a zone gets one, since
/// it would be read in the site's. A day alone, which is read there, too, is the day that
/// it is now in `timezone`, the site's, as Europe/Berlin: UTC's may be tomorrow, which no
/// site shows yet. Where that is not known, it is replaced by a date in full, and so is
/// what is no date.
export function stamped(old: string, now: Date, timezone: string | undefined): string {
  const iso = now.toISOString()
  const day = iso.slice(0, 10)
  const found = dated.exec(old.trim())
  const full = `${day} ${iso.slice(11, 19)} +0000`
  if (!found) return full
  const [, between, seconds, space = "", zone, colon = ""] = found
  if (!between) return dayIn(timezone, now) ?? full
  const time = day + between + iso.slice(11, seconds ? 19 : 16)
  if (!zone) return time + " +0000"
  return time + space + (zone.length <= 3 || /^-00:?00$/.test(zone) ? zone : `+00${colon}00`)
}

/// The day that it is in a time zone; null where the browser does not know the zone.
function dayIn(timezone: string | undefined, now: Date): string | null {
  if (!timezone) return null
  try {
    const parts = new Intl.DateTimeFormat("en", { timeZone: timezone, calendar: "iso8601", year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(now)
    const part = (type: string) => parts.find(p => p.type === type)!.value
    return `${part("year")}-${part("month")}-${part("day")}`
  } catch {
    return null
  }
}
