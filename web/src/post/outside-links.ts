// Outside links are where the links of a text to other sites lead. Others are asked when
// the writer presses for it, and never by what is typed.
import { noteWritten, stands, type Fixable } from "../editor/fixes"
import { createStore, type Store } from "../base/store"
import { problemOf } from "../forge/api"
import type { Diagnostic } from "../protocol/preview"
import { t, tn } from "../base/words"

export interface OutsideLinksState {
  asking: boolean
  /// What came of it, in a sentence; "" where nobody was asked.
  said: string
}

export interface OutsideLinks {
  store: Store<OutsideLinksState>
  look(): Promise<void>
  /// What was found, as far as the text still says what it was about. Whoever shows it
  /// moves it along with what is typed.
  found(): Diagnostic[]
}

export interface OutsideLinksOptions {
  /// Asks the server about a text. `silent` is how many of the links nobody answered for,
  /// and `unasked` those that could not be asked, as no names are looked up there.
  check: (text: string) => Promise<{ found: Diagnostic[]; links: number; silent: number; unasked: number }>
  text: () => string
  /// Called when there is an answer about the text as it is.
  onFound: () => void
}

export function createOutsideLinks({ check, text, onFound }: OutsideLinksOptions): OutsideLinks {
  const store = createStore<OutsideLinksState>({ asking: false, said: "" })
  let told: Fixable[] = []

  return {
    store,
    async look() {
      if (store.get().asking) return
      store.set({ asking: true, said: "" })
      try {
        for (let tries = 0; tries < 3; tries++) {
          const asked = text()
          const { found, links, silent, unasked } = await check(asked)
          if (text() !== asked) continue // answers are known now, so that the next comes at once
          told = found
          noteWritten(told, asked)
          store.set({ said: saidOf(found, links, silent, unasked) })
          onFound()
          return
        }
        store.set({ said: t("You kept writing while other sites were asked. Press again when you pause.") })
      } catch (error) {
        store.set({ said: problemOf(error).sentence })
      } finally {
        store.set({ asking: false })
      }
    },
    found() {
      const now = text()
      told = told.filter(problem => stands(problem, now))
      return told
    },
  }
}

/// "12 links to other sites: 1 is dead, 2 have moved."
function saidOf(found: readonly Diagnostic[], links: number, silent: number, unasked: number): string {
  if (links === 0) return t("There are no links to other sites.")
  const count = (code: string) => found.filter(problem => problem.code === code).length
  const [dead, moved, unsure] = [count("link-dead"), count("link-moved"), count("link-outside")]
  const parts = [
    ...(dead > 0 ? [tn(dead, "{count} is dead", "{count} are dead")] : []), ...(moved > 0 ? [tn(moved, "{count} has moved for good", "{count} have moved for good")] : []),
    ...(unsure > 0 ? [tn(unsure, "{count} wants a look", "{count} want a look")] : []), ...(silent > 0 ? [tn(silent, "{count} was not answered for in time; press again", "{count} were not answered for in time; press again")] : []),
    ...(unasked > 0 ? [t("{count} could not be asked, as Galley finds no other site from where it runs; press again when there is a network", { count: unasked })] : []),
  ]
  return tn(links, "{count} link to other sites: {how}.", "{count} links to other sites: {how}.", { how: parts.length > 0 ? parts.join(", ") : t("all lead somewhere") })
}
