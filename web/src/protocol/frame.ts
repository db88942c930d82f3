// What is said to the preview's frame and by it, over which port.
import type { Patch } from "./preview"

/// How the page hands a port over to the frame, and what it is for: patches, the
/// page's place, pictures, style sheets.
export interface PortForFrame {
  type: "galley-port" | "galley-page" | "galley-pictures" | "galley-styles"
}

/// What the frame takes over the port that patches come by. Null: the edit
/// changes nothing in the page.
export type ToFrame = { seq: number; patch: Patch | null }

/// What it answers there. `lost`: it cannot apply a patch and needs the
/// page; with `page`, that was the page itself.
export type FromFrame = { type: "painted"; seq: number } | { type: "lost"; seq: number; page: boolean }

/// What page and frame say to one another over the second port: which block is
/// at the top, and how much of it is above. -1 is the page's very top.
/// `reveal` scrolls only when the block is out of sight. `look` says whether
/// it is shown as it is printed. `mark` marks the block
/// that the cursor is in, -1 for none. `ask` is answered by `here`, if the frame
/// still holds our document, with the path of that one's address. `typed` tells of letters right behind those of edit
/// `seq`, all since, for the frame to show ahead of their patch.
export type PageToFrame =
  | { type: "typed"; seq: number; letters: string }
  | { type: "show"; index: number; fraction: number }
  | { type: "reveal"; index: number }
  | { type: "mark"; index: number }
  | { type: "look"; print: boolean }
  | { type: "ask" }
export type FrameToPage = { type: "shown"; index: number; fraction: number } | { type: "here"; at: string }

/// What the frame asks over the port for style sheets: the address, as the page has
/// it, of one that it could not load.
export interface StyleQuestion {
  address: string
  /// The frame has it, and only tells. Defaults to false.
  here?: boolean
}

export interface StyleAnswer {
  address: string
  text: string
}

/// What the frame asks over the port for pictures: the address that a picture has in
/// the page, as it is written there, the path that the frame loads for it, and
/// whether that failed.
export interface PictureQuestion {
  address: string
  loads: string
  failed: boolean
}

/// What comes back there, asked for or not: the picture for an address.
export interface PictureAnswer {
  address: string
  picture: Blob
  /// The picture says that there is none; another one may come.
  missing?: boolean
}

/// What the frame posts to its parent window. `blocked`: something of the page
/// was not loaded from that host. `mode`: the published page is in quirks mode, or is not,
/// otherwise than the frame's document.
export type FrameEvent = { type: "here" | "seen" } | { type: "leave" } | { type: "mode"; quirks: boolean } | { type: "link"; href: string } | { type: "block"; index: number } | { type: "blocked"; host: string }
