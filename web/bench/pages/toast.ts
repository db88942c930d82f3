// Toast UI Editor as a whole, edited by transactions of its own editor, as its
// key handlers make them.
// @ts-expect-error: its package does not say where its types are
import Editor from "@toast-ui/editor"
import "@toast-ui/editor/dist/toastui-editor.css"
import type { Edit } from "../edit"
import { runner, settled } from "./page"

window.benchOpen = async text => {
  const editor = new Editor({
    el: document.getElementById("editor")!, height: "100vh", initialEditType: "markdown", previewStyle: "vertical",
    initialValue: text, usageStatistics: false,
  })
  const view = (editor as any).mdEditor.view
  const { constructor: Slice } = view.state.doc.slice(0, 0)
  const { constructor: Fragment } = view.state.doc.content
  // The editor holds a paragraph a line; its own text is the offsets' base.
  const place = (at: number) => {
    let line = 0
    view.state.doc.forEach((paragraph: any, offset: number) => {
      if (at >= 0 && at <= paragraph.content.size) line = offset + 1 + at
      at -= paragraph.content.size + 1
    })
    return line
  }
  const slice = (text: string) => {
    const { schema } = view.state
    const lines = text.split("\n").map(line => schema.nodes.paragraph.create(null, line === "" ? null : schema.text(line)))
    return new Slice(Fragment.from(lines), 1, 1)
  }
  const prepare = ({ from, to, insert }: Edit) => {
    const [start, end] = [place(from), place(to)]
    return () => {
      const { tr } = view.state
      view.dispatch(insert === "" ? tr.delete(start, end) : insert.includes("\n") ? tr.replace(start, end, slice(insert)) : tr.insertText(insert, start, end))
    }
  }
  view.focus()
  // As when one types there: the cursor stands in the middle.
  const { constructor: TextSelection } = view.state.selection
  const at = place(text.length >> 1)
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at)).scrollIntoView())
  await settled(500)
  window.benchRun = runner(prepare)
}
