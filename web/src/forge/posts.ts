// Posts finds and names posts in a list.
import { locale, t, tn } from "../base/words"
import type { PostEntry } from "../protocol/server"

/// A post's title, or what its slug says where the title is not known.
export function nameOf(post: Pick<PostEntry, "title" | "slug" | "path">): string {
  if (post.title) return post.title
  const slug = post.slug || post.path.replace(/^.*\//, "").replace(/\.\w+$/, "")
  const words = slug.replace(/[-_]+/g, " ").trim()
  return words === "" ? post.path : words[0]!.toUpperCase() + words.slice(1)
}

/// The groups of the texts that are no posts, in their order.
export function groupsOf(texts: readonly PostEntry[]): string[] {
  return [...new Set(texts.map(text => text.group ?? "posts"))]
}

/// The group of the data files, which no collection is called.
export const dataGroup = "data"

/// A group's name on a page: "pages" is "Pages", "how_tos" is "How tos".
export function groupName(group: string): string {
  switch (group) {
    case "posts":
      return t("Posts")
    case "pages":
      return t("Pages")
    case "drafts":
      return t("Drafts")
    case dataGroup:
      return t("Data files")
  }
  const words = group.replace(/[-_]+/g, " ").trim()
  return words === "" ? group : words[0]!.toUpperCase() + words.slice(1)
}

// Made once: making one takes longer than a thousand dates.
const longForm = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })

/// "16 August 2026"; "" for no date.
export function longDate(date: string): string {
  const at = new Date(date + "T00:00:00Z")
  return date === "" || Number.isNaN(at.getTime()) ? "" : longForm.format(at)
}

/// "just now", "5 minutes ago", "on 16 August 2026". Git takes dates, too, that are none
/// here, as of a year of five digits.
export function ago(then: number, now: number): string {
  if (Number.isNaN(new Date(then).getTime())) return t("at an unknown time")
  const minutes = Math.floor((now - then) / 60_000)
  if (minutes < 1) return t("just now")
  if (minutes < 60) return tn(minutes, "a minute ago", "{count} minutes ago")
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return tn(hours, "an hour ago", "{count} hours ago")
  const days = Math.floor(hours / 24)
  if (days < 14) return days === 1 ? t("yesterday") : tn(days, "a day ago", "{count} days ago")
  return t("on {date}", { date: longDate(new Date(then).toISOString().slice(0, 10)) })
}

/// Today, as a person's calendar has it.
export function today(now: Date = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0")
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/// The title in a text's front matter, as far as it is written on one line; "" for none.
export function titleIn(text: string): string {
  const found = /^title:(.*)$/m.exec(text.slice(0, 4096))?.[1] ?? ""
  return found.trim().replace(/^(["'])(.*)\1$/, "$2")
}
