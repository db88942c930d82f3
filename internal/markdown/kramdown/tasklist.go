package kramdown

import "strings"

// Task lists.
//
// Rule: [ ], [x] or [X] and white space at the start of an item's first
// paragraph become a check box. The list gets the class task-list; its first
// such item and all after it get task-list-item.

const (
	openBox    = `<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />`
	checkedBox = `<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" checked="checked" />`
)

// markTasks turns the boxes of a list into check boxes.
func markTasks(list *element) {
	tasks := false
	for _, item := range list.children {
		if len(item.children) == 0 || item.children[0].kind != kindParagraph || len(item.children[0].children) == 0 {
			continue
		}
		raw := item.children[0].children[0]
		text := raw.text()
		for _, box := range []struct{ mark, html string }{{"[ ]", openBox}, {"[x]", checkedBox}, {"[X]", checkedBox}} {
			i := skipSpace(text, 0)
			if !strings.HasPrefix(text[i:], box.mark) {
				continue
			}
			i += len(box.mark)
			end := skipSpace(text, i)
			if end > i {
				text = box.html + text[end:]
				raw.value, raw.from = text, nil
				tasks = true
			}
		}
		if tasks {
			item.attr.set("class", "task-list-item")
		}
	}
	if tasks {
		list.attr.set("class", "task-list")
	}
}
