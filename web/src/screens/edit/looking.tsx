import { useEffect } from "preact/hooks"
import type { EditModel } from "../../post/edit-state"
import { writeLook, type Look } from "../../protocol/settings"
import { t } from "../../base/words"

export interface LookingProps {
  model: EditModel
  look: Look
}

/// How wide each is, in CSS pixels; for print that of A4, with its margins.
const widths: Record<Look["width"] | "print", number> = { "": 0, phone: 390, tablet: 820, desk: 1280, print: 794 }

/// What is made no smaller, so that it can be read, is scrolled.
const smallest = 0.5

/// Chooses at which width, in which colours and on which medium the page is looked at,
/// and has the frame show it so.
export function Looking({ model, look }: LookingProps) {
  const set = (fields: Partial<Look>) => model.store.set({ look: { ...look, ...fields } })
  const width = widths[look.as === "print" && look.width === "" ? "print" : look.width]
  useEffect(() => writeLook(look), [look])
  useEffect(() => model.frame()?.look(look.as === "print"), [look.as])
  useEffect(() => {
    const iframe = document.querySelector<HTMLIFrameElement>(".page .frame iframe")
    const box = iframe?.parentElement
    if (!iframe || !box) return
    // In a frame, what a page asks of its reader's colours is the frame's own.
    iframe.style.padding = look.as === "print" ? "38px" : ""
    iframe.style.colorScheme = look.as === "print" ? "light" : look.as
    const fit = () => {
      const room = box.clientWidth
      const scale = width === 0 || room === 0 ? 1 : Math.max(smallest, Math.min(1, room / width))
      box.classList.toggle("fitted", width > 0)
      const height = box.clientHeight / scale
      // What is made smaller takes its whole room without the margins.
      Object.assign(iframe.style, width === 0 ? { width: "", height: "", flex: "", transform: "", transformOrigin: "", margin: "" } : {
        width: `${width}px`, height: `${height}px`, flex: "none", transform: scale < 1 ? `scale(${scale})` : "", transformOrigin: "0 0",
        margin: scale < 1 ? `0 ${width * (scale - 1)}px ${height * (scale - 1)}px 0` : width < room ? "0 auto" : "0",
      })
    }
    const watch = new ResizeObserver(fit)
    watch.observe(box)
    return () => watch.disconnect()
  }, [width, look.as])
  return (
    <div class="looking" role="group" aria-label={t("How the page is looked at")}>
      <select aria-label={t("Width of the page")} value={look.width} onChange={event => set({ width: event.currentTarget.value as Look["width"] })}>
        <option value="">{t("Width of this pane")}</option>
        <option value="phone">{t("Phone, {width}", { width: widths.phone })}</option>
        <option value="tablet">{t("Tablet, {width}", { width: widths.tablet })}</option>
        <option value="desk">{t("Desk, {width}", { width: widths.desk })}</option>
      </select>
      <select aria-label={t("Colours and medium of the page")} value={look.as} onChange={event => set({ as: event.currentTarget.value as Look["as"] })}>
        <option value="">{t("As this browser is set")}</option>
        <option value="light">{t("Light")}</option>
        <option value="dark">{t("Dark")}</option>
        <option value="print">{t("Printed")}</option>
      </select>
      {look.as === "print" && <span class="note">{t("In one long page, with all backgrounds.")}</span>}
    </div>
  )
}
