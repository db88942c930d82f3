// Trays is the material beside the editor: what there is to report, what of it is
// in the text, and what an editor has dismissed. Dismissals are kept by the writer's
// pull request; until there is one, by this browser.
import { problemOf, type Api } from "../forge/api"
import { createStore, type Store } from "../base/store"
import type { Dismissal, Tray, TrayItem } from "../protocol/server"
import { addressesIn, lookedUp } from "../text/address"
import { t } from "../base/words"

export interface TraysState {
  trays: Tray[]
  wrong: string[]
  dismissed: Dismissal[]
  /// What this browser alone knows of: dismissed, or taken back.
  own: Record<string, "dismissed" | "restored">
  /// The addresses in the text, with where they stand.
  used: ReadonlyMap<string, number>
  loading: boolean
  /// Whether an answer has come.
  known: boolean
  /// Why there is none, as a sentence.
  trouble: string
}

/// What an item is to the text.
export type Standing = "new" | "used" | "reported" | "dismissed"

export interface TraysOptions {
  api: Api
  branch: string
  path: string
  /// Names the writer and the post, for what this browser keeps.
  key: string
  /// The number of the pull request that keeps dismissals; 0 for none.
  pull: () => number
  text: () => string
}

export interface Trays {
  store: Store<TraysState>
  /// Asks for the material; `fresh` has others asked anew.
  look(fresh: boolean): Promise<void>
  /// Looks again for what is in the text.
  read(): void
  standing(item: TrayItem): Standing
  /// Who dismissed an item; null where that was this writer.
  dismissedBy(item: TrayItem): Dismissal | null
  dismiss(item: TrayItem): void
  restore(item: TrayItem): void
  destroy(): void
}

/// How long after the last one dismissals are sent, in milliseconds.
const pause = 1_500

export function createTrays(options: TraysOptions): Trays {
  const { api, branch, path } = options
  const place = "galley-trays:" + options.key
  const store = createStore<TraysState>({
    trays: [], wrong: [], dismissed: [], own: readOwn(place) ?? {}, used: new Map(), loading: false, known: false, trouble: "",
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending = false
  let destroyed = false
  let kept = true

  /// What this browser alone knows of by now: another tab of the post keeps it, too.
  const own = () => (kept && readOwn(place)) || store.get().own

  function keep(own: TraysState["own"]): void {
    store.set({ own })
    try {
      if (Object.keys(own).length > 0) localStorage.setItem(place, JSON.stringify(own))
      else localStorage.removeItem(place)
      kept = true
    } catch {
      kept = false // it stays in this tab
    }
  }

  /// Sends what this browser alone knows to the pull request, if there is one.
  async function send(): Promise<void> {
    const number = options.pull()
    const sent = own()
    const keys = Object.keys(sent)
    if (number === 0 || keys.length === 0 || sending) return
    sending = true
    try {
      const { pull, files } = await api.pull(number)
      if (pull.state !== "open") return
      const file = files.find(file => file.path === path)
      const now = file?.new != null ? { text: file.new, blob: file.blob } : await api.post(pull.branch, path, true)
      await api.submit({
        base: pull.base, path, text: now.text, blob: now.blob, earlier: [], title: pull.title, message: "", announce: true, pull: number,
        dismissed: keys.filter(key => sent[key] === "dismissed"), restored: keys.filter(key => sent[key] === "restored"),
      }, () => {})
      if (destroyed) return
      const rest = Object.entries(own()).filter(([key, what]) => sent[key] !== what)
      const others = store.get().dismissed.filter(({ key, own: mine }) => !mine || sent[key] !== "restored")
      const known = new Set(others.filter(({ own }) => own).map(({ key }) => key))
      const told = keys.filter(key => sent[key] === "dismissed" && !known.has(key)).map(key => ({ key, person: pull.author, own: true }))
      store.set({ dismissed: [...others, ...told] })
      keep(Object.fromEntries(rest))
    } catch (error) {
      if (!destroyed) store.set({ trouble: `${t("Others do not see yet what you dismissed.")} ${problemOf(error).sentence}` })
    } finally {
      sending = false
    }
  }

  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void send(), pause)
  }

  function set(item: TrayItem, what: "dismissed" | "restored"): void {
    const rest = Object.fromEntries(Object.entries(own()).filter(([key]) => key !== item.key))
    const mine = store.get().dismissed.some(({ key, own }) => own && key === item.key)
    // What nobody was told of needs no taking back.
    keep(what === "restored" && !mine ? rest : what === "dismissed" && mine ? rest : { ...rest, [item.key]: what })
    soon()
  }

  const trays: Trays = {
    store,
    async look(fresh) {
      if (store.get().loading) return
      store.set({ loading: true, trouble: "" })
      try {
        const answer = await api.trays(branch, path, fresh)
        if (destroyed) return
        store.set({ ...answer, known: true })
        trays.read()
        soon()
      } catch (error) {
        if (!destroyed) store.set({ trouble: problemOf(error).sentence })
      } finally {
        if (!destroyed) store.set({ loading: false })
      }
    },
    read() {
      store.set({ used: addressesIn(options.text()) })
    },
    standing(item) {
      const { used, own, dismissed } = store.get()
      if (item.url && used.has(lookedUp(item.url))) return "used"
      const what = own[item.key]
      if (what === "dismissed") return "dismissed"
      return dismissed.some(d => d.key === item.key && !(d.own && what === "restored")) ? "dismissed" : item.reported ? "reported" : "new"
    },
    dismissedBy(item) {
      const { own, dismissed } = store.get()
      return own[item.key] === "dismissed" ? null : dismissed.find(d => d.key === item.key && !d.own) ?? null
    },
    dismiss: item => set(item, "dismissed"),
    restore: item => set(item, "restored"),
    destroy() {
      destroyed = true
      clearTimeout(timer)
    },
  }
  return trays
}

/// What is kept; null where the browser does not say.
function readOwn(place: string): TraysState["own"] | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? "{}")
    if (typeof kept !== "object" || kept === null) return {}
    return Object.fromEntries(Object.entries(kept).filter(([, what]) => what === "dismissed" || what === "restored")) as TraysState["own"]
  } catch {
    return null
  }
}
