// Later is what is not loaded at the start, all in one script: what compares
// texts, what is sent away, and the material.
export { CollisionDialog } from "./edit/collision"
export { ConflictDialog, PlaceDialog, TabDialog } from "./edit/conflict"
export { TextHits } from "./desk/text-hits"
export { Trays } from "./edit/trays"
export { HistoryDialog } from "./edit/history"
export { OutlineDialog } from "./edit/outline"
export { PullScreen } from "./pull"
export { RenamedDialog } from "./edit/renamed"
export { BoardScreen } from "./board"
export { ReadyScreen } from "./ready/ready"
export { SubmitDialog } from "./edit/submit"
