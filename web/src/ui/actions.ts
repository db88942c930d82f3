// Actions are everything that can be done on a screen. Each has a name, stands
// in the command palette, and most have a key.
import { isMac } from "../base/is-mac"
import { t } from "../base/words"

export interface Action {
  /// Unique on its screen.
  id: string
  /// What it does, as a command: "Open pull request".
  name: string
  /// Its key, as in `Mod-Shift-p`; Mod is Ctrl, or Cmd on a Mac. Letters are
  /// taken by their place on the keyboard when Alt is held, for which a Mac wants
  /// Control and Option: Option alone types "@" and others.
  key?: string
  run: () => void
  /// Defaults to true.
  enabled?: () => boolean
}

const arrows: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" }

/// A key as a person reads it: "Ctrl+Shift+P", "⌘⇧P".
export function keyLabel(key: string, mac: boolean = isMac()): string {
  const parts = key.split("-")
  const last = parts.pop()!
  const name = last.length === 1 ? last.toUpperCase() : arrows[last] ?? last
  if (!mac) return [...parts.map(p => (p === "Mod" ? t("Ctrl") : p)), name].join("+")
  const signs: Record<string, string> = { Mod: "⌘", Shift: "⇧", Alt: last.length === 1 && !parts.includes("Mod") ? "⌃⌥" : "⌥" }
  return parts.map(p => signs[p] ?? p).join("") + (name === "Enter" ? "↩" : name)
}

/// Whether an event is a key being pressed as `key` says.
export function matchesKey(event: KeyboardEvent, key: string, mac: boolean = isMac()): boolean {
  const parts = key.split("-")
  const last = parts.pop()!
  const mod = parts.includes("Mod")
  if (event.isComposing) return false
  const option = mac && !mod && parts.includes("Alt") && last.length === 1
  if (event.ctrlKey !== (option || (mod && !mac)) || event.metaKey !== (mod && mac)) return false
  if (event.altKey !== parts.includes("Alt") || event.shiftKey !== parts.includes("Shift")) return false
  if (event.altKey && last.length === 1) return event.code === "Key" + last.toUpperCase()
  return event.key.toLowerCase() === last.toLowerCase()
}

/// Runs the action whose key an event is, and tells whether there was one.
export function runKey(event: KeyboardEvent, actions: readonly Action[]): boolean {
  if (event.defaultPrevented) return false
  for (const action of actions) {
    if (!action.key || !matchesKey(event, action.key)) continue
    event.preventDefault()
    if (action.enabled?.() ?? true) action.run()
    return true
  }
  return false
}

/// The actions whose names hold all of the query's words, those that begin
/// with it first.
export function findActions(actions: readonly Action[], query: string): Action[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = actions.filter(a => (a.enabled?.() ?? true) && words.every(w => a.name.toLowerCase().includes(w)))
  const rank = (a: Action) => (words.length > 0 && a.name.toLowerCase().startsWith(words[0]!) ? 0 : 1)
  return found.sort((a, b) => rank(a) - rank(b))
}
