// Review marks show at which lines people say something: a button in the margin,
// and below its line what they say, as long as that is open. Both follow the text
// while it is edited; marks of lines that are gone are not shown.
//
// The buttons lie over the text and not in it, so that neither the cursor nor an
// input method meets them.
import { isolateHistory } from "@codemirror/commands"
import { Compartment, StateEffect, StateField, type EditorState, type Text } from "@codemirror/state"
import { foldedTo, foldMatter } from "./matter-fold"
import { isThere, linesAt, placed, placesAfter, type Place, type ReviewMark } from "./review-places"
import { Decoration, EditorView, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from "@codemirror/view"

export interface ReviewMarksOptions {
  /// Draws what is said into an element, and gives what takes it out again.
  draw: (id: string, into: HTMLElement) => () => void
  /// Called when a button was pressed, with the marks at its line.
  onPress: (ids: readonly string[]) => void
  /// Called when the set of marks whose lines are there is another.
  onPlaces?: () => void
}

export interface ReviewMarks {
  /// Shows marks, whose lines are those of another text, however it ends its lines.
  set(marks: readonly ReviewMark[], of: Text): void
  /// Shows what is said at these, and of no others.
  open(ids: ReadonlySet<string>): void
  /// The number of the mark's last line now, from 1; 0 where it is gone.
  lineOf(id: string): number
  /// The mark's lines as they are now; null where they are gone.
  linesOf(id: string): string | null
  /// Puts other lines in their place, to be undone by one undo. Where they are gone it
  /// does nothing.
  replace(id: string, lines: string): void
  /// Puts the focus on the mark's button.
  focus(id: string): void
  destroy(): void
}

interface Shown {
  places: readonly Place[]
  open: ReadonlySet<string>
  decorations: DecorationSet
}

const setPlaces = StateEffect.define<readonly Place[]>()
const setOpen = StateEffect.define<ReadonlySet<string>>()

class Thread extends WidgetType {
  constructor(readonly id: string, readonly draw: ReviewMarksOptions["draw"], readonly ends: WeakMap<HTMLElement, () => void>) {
    super()
  }
  override eq(other: Thread): boolean {
    return other.id === this.id
  }
  toDOM(view: EditorView): HTMLElement {
    const element = document.createElement("div")
    element.className = "cm-thread"
    const end = this.draw(this.id, element)
    const sizes = new ResizeObserver(() => view.requestMeasure())
    sizes.observe(element)
    this.ends.set(element, () => {
      sizes.disconnect()
      end()
    })
    return element
  }
  override destroy(element: HTMLElement): void {
    this.ends.get(element)?.()
    this.ends.delete(element)
  }
  /// What happens in it is its own.
  override ignoreEvent(): boolean {
    return true
  }
  override get estimatedHeight(): number {
    return 160
  }
}

const commented = Decoration.line({ class: "cm-commented" })

export function showReviewMarks(view: EditorView, options: ReviewMarksOptions): ReviewMarks {
  const part = new Compartment()
  const ends = new WeakMap<HTMLElement, () => void>() // what takes out what was drawn

  function decorate({ doc }: EditorState, places: readonly Place[], open: ReadonlySet<string>): DecorationSet {
    const found = []
    for (const { mark, from, to, gone } of places) {
      if (gone) continue
      const last = doc.lineAt(to)
      if (!mark.quiet || open.has(mark.id)) {
        for (let at = doc.lineAt(from).number; at <= last.number; at++) found.push(commented.range(doc.line(at).from))
      }
      if (open.has(mark.id)) found.push(Decoration.widget({ widget: new Thread(mark.id, options.draw, ends), block: true, side: 1 }).range(last.to))
    }
    return Decoration.set(found, true)
  }

  const field = StateField.define<Shown>({
    create: () => ({ places: [], open: new Set(), decorations: Decoration.none }),
    update(shown, tr) {
      let { places, open } = shown
      if (tr.docChanged) places = placesAfter(places, tr)
      for (const effect of tr.effects) {
        if (effect.is(setPlaces)) places = effect.value
        else if (effect.is(setOpen)) open = effect.value
      }
      return places === shown.places && open === shown.open ? shown : { places, open, decorations: decorate(tr.state, places, open) }
    },
    provide: field => EditorView.decorations.from(field, shown => shown.decorations),
  })

  const layer = ViewPlugin.fromClass(
    class {
      readonly dom = document.createElement("div")
      readonly buttons = new Map<number, HTMLButtonElement>() // by the first mark's place in the list
      constructor(readonly view: EditorView) {
        this.dom.className = "cm-review-marks"
        view.scrollDOM.append(this.dom)
        this.measure()
      }
      update(update: ViewUpdate) {
        if (update.docChanged || update.geometryChanged || update.viewportChanged || update.startState.field(field) !== update.state.field(field)) this.measure()
      }
      measure() {
        this.view.requestMeasure({ key: this, read: () => this.read(), write: found => this.place(found) })
      }
      read() {
        const { view } = this
        const byLine = new Map<number, Place[]>()
        for (const place of view.state.field(field).places) {
          if (place.gone) continue
          const { from } = view.state.doc.lineAt(place.to)
          byLine.set(from, [...(byLine.get(from) ?? []), place])
        }
        const left = view.contentDOM.offsetLeft
        const origin = view.scrollDOM.getBoundingClientRect().top - view.scrollDOM.scrollTop
        // The middle of the line's own text: its block may have others above it.
        const middle = (from: number) => {
          const text = view.coordsAtPos(from, 1)
          return text ? (text.top + text.bottom) / 2 - origin : view.lineBlockAt(from).top + view.documentPadding.top + view.defaultLineHeight / 2
        }
        return [...byLine].sort(([a], [b]) => a - b).map(([from, places]) => ({ places, left, top: middle(from) }))
      }
      place(found: { places: Place[]; left: number; top: number }[]) {
        const { open } = this.view.state.field(field)
        found.forEach(({ places, left, top }, n) => {
          let button = this.buttons.get(n)
          if (!button) {
            button = document.createElement("button")
            button.type = "button"
            this.buttons.set(n, button)
            this.dom.append(button)
          }
          const ids = places.map(({ mark }) => mark.id)
          const counted = places.every(({ mark }) => mark.quiet)
          button.className = counted ? "quiet" : ""
          button.textContent = places.length === 1 ? places[0]!.mark.count : String(places.reduce((sum, { mark }) => sum + (Number(mark.count) || 0), 0))
          button.setAttribute("aria-label", places.map(({ mark }) => mark.label).join(", "))
          button.title = button.getAttribute("aria-label")!
          button.setAttribute("aria-expanded", String(ids.some(id => open.has(id))))
          button.dataset["ids"] = ids.join(" ")
          button.style.setProperty("top", `${top}px`)
          button.style.setProperty("left", `${left}px`)
          button.onclick = () => options.onPress(ids)
        })
        for (const [n, button] of this.buttons) {
          if (n < found.length) continue
          button.remove()
          this.buttons.delete(n)
        }
      }
      destroy() {
        this.dom.remove()
      }
    },
  )
  let there = ""
  const told = EditorView.updateListener.of(update => {
    const { places } = update.state.field(field)
    const now = places.filter(place => !place.gone).map(({ mark }) => mark.id).join(" ")
    if (now === there) return
    there = now
    options.onPlaces?.()
  })

  view.dispatch({ effects: StateEffect.appendConfig.of(part.of([field, layer, told])) })
  const places = () => view.state.field(field, false)?.places ?? []
  const placeAt = (id: string) => places().find(place => place.mark.id === id && isThere(place, view.state.doc))

  return {
    set(marks, of) {
      view.dispatch({ effects: setPlaces.of(placed(marks, of, view.state.doc, places())) })
    },
    open(ids) {
      const end = foldedTo(view.state)
      const folded = view.state.field(field, false)?.places.some(place => ids.has(place.mark.id) && !place.gone && place.from <= end)
      view.dispatch({ effects: end > 0 && folded ? [foldMatter.of(false), setOpen.of(ids)] : setOpen.of(ids) })
    },
    lineOf(id) {
      const place = placeAt(id)
      return place ? view.state.doc.lineAt(place.to).number : 0
    },
    linesOf(id) {
      const place = placeAt(id)
      return place ? linesAt(place, view.state.doc) : null
    },
    replace(id, insert) {
      const place = placeAt(id)
      if (!place) return
      let { from, to } = place
      if (insert === "") { // with a line's end
        if (to < view.state.doc.length) to++
        else if (from > 0) from--
      }
      view.dispatch({
        changes: { from, to, insert: view.state.toText(insert) }, selection: { anchor: from },
        userEvent: "input.suggestion", scrollIntoView: true, annotations: isolateHistory.of("full"),
      })
    },
    focus(id) {
      view.scrollDOM.querySelector<HTMLElement>(`.cm-review-marks button[data-ids~="${CSS.escape(id)}"]`)?.focus()
    },
    destroy() {
      view.dispatch({ effects: part.reconfigure([]) })
    },
  }
}
