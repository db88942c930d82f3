// Settings are how a writer likes the editor's screen, kept in this browser.

import { languageOf, type Language } from "./spelling"

export type View = "source" | "both" | "page"

export interface Settings {
  view: View
  /// The source's share of the width, in percent.
  share: number
  /// That of the lists below it of the height.
  drawers: number
  matterOpen?: boolean
  followScroll: boolean
  /// The outline stands beside the source, where there is room.
  outline: boolean
}

/// One pane at a time below this.
export const narrowQuery = "(max-width: 720px)"

const settingsKey = "galley:view"

/// What is kept, or the usual look.
export function readSettings(): Settings {
  let kept: Partial<Settings> = {}
  try {
    kept = JSON.parse(localStorage.getItem(settingsKey) ?? "{}") as Partial<Settings>
  } catch {
    // Nothing is kept, or it cannot be read: the usual look.
  }
  const settings: Settings = {
    view: kept.view === "source" || kept.view === "page" ? kept.view : "both",
    share: typeof kept.share === "number" && kept.share >= 20 && kept.share <= 80 ? kept.share : 50,
    drawers: typeof kept.drawers === "number" && kept.drawers >= 15 && kept.drawers <= 60 ? kept.drawers : 40,
    followScroll: kept.followScroll !== false,
    outline: kept.outline === true,
  }
  if (typeof kept.matterOpen === "boolean") settings.matterOpen = kept.matterOpen
  return settings
}

/// Keeps them. On a narrow screen the view of a wide one stays.
export function writeSettings(settings: Settings, narrow: boolean): void {
  try {
    // A phone's one pane at a time says nothing about a wide screen.
    localStorage.setItem(settingsKey, JSON.stringify(narrow ? { ...settings, view: readSettings().view } : settings))
  } catch {
    // Then the next visit begins with the usual look.
  }
}

/// How the page is looked at, beside how the writer's own browser shows it.
export interface Look {
  /// "": as wide as its pane.
  width: "" | "phone" | "tablet" | "desk"
  /// "": as the browser is set.
  as: "" | "light" | "dark" | "print"
}

const lookKey = "galley:look"

/// What is kept, or the writer's own browser's look.
export function readLook(): Look {
  let kept: Partial<Look> = {}
  try {
    kept = JSON.parse(localStorage.getItem(lookKey) ?? "{}") as Partial<Look>
  } catch {
    // Nothing is kept, or it cannot be read.
  }
  return {
    width: kept.width === "phone" || kept.width === "tablet" || kept.width === "desk" ? kept.width : "",
    as: kept.as === "light" || kept.as === "dark" || kept.as === "print" ? kept.as : "",
  }
}

/// Keeps it.
export function writeLook(look: Look): void {
  try {
    localStorage.setItem(lookKey, JSON.stringify(look))
  } catch {
    // Then the next visit begins with the usual look.
  }
}

const hostsKey = "galley:hosts"

/// The hosts that previews may load from because the writer said so.
export function readHosts(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(hostsKey) ?? "[]")
    return Array.isArray(kept) ? kept.filter(host => typeof host === "string") : []
  } catch {
    return []
  }
}

/// Keeps them; false where the browser does not, and they are for this visit.
export function writeHosts(hosts: readonly string[]): boolean {
  try {
    localStorage.setItem(hostsKey, JSON.stringify(hosts))
    return true
  } catch {
    return false
  }
}

const spellingKey = "galley:spelling"

/// Whether the writer has spelling checked, and by the dictionary of which language; ""
/// leaves it to the site.
export function readSpelling(): "" | "off" | Language {
  try {
    const kept = localStorage.getItem(spellingKey) ?? ""
    return kept === "off" ? "off" : languageOf(kept)
  } catch {
    return ""
  }
}

/// Keeps it.
export function writeSpelling(is: "off" | Language): void {
  try {
    localStorage.setItem(spellingKey, is)
  } catch {
    // Then it is so until the post is left.
  }
}

const wordsKey = "galley:words"

/// The words that are right because the writer said so.
export function readWords(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(wordsKey) ?? "[]")
    return Array.isArray(kept) ? kept.filter(word => typeof word === "string") : []
  } catch {
    return []
  }
}

/// Keeps one more.
export function addWord(word: string): void {
  try {
    localStorage.setItem(wordsKey, JSON.stringify([...new Set([...readWords(), word])]))
  } catch {
    // Then it is right until the post is left.
  }
}

/// Whether something is to be said for the first time in this browser.
export function firstTime(of: string): boolean {
  try {
    const key = `galley:told:${of}`
    if (localStorage.getItem(key)) return false
    localStorage.setItem(key, "1")
  } catch {
    // Then it is said again.
  }
  return true
}
