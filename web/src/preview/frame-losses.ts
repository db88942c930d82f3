// Frame losses counts how often the frame could not take a page of one text: each
// time it is given another document to show it in, but not for ever.

/// How often that is.
const patience = 3

export interface FrameLosses {
  /// The frame could not apply a patch, and needs the page; or, with `page`, that was
  /// the page.
  lost(page: boolean): void
  /// It has shown a text.
  shown(): void
  /// There is another text. Answers whether that is to be tried as a page, since the
  /// last one was given up.
  changed(): boolean
}

export interface FrameLossesOptions {
  /// Sends the page.
  onPage: () => void
  /// Begins another document.
  onFrame: () => void
  /// The text is given up.
  onGiveUp: () => void
}

export function createFrameLosses({ onPage, onFrame, onGiveUp }: FrameLossesOptions): FrameLosses {
  let losses = 0
  return {
    lost(page) {
      if (!page) {
        if (losses <= patience) onPage()
      } else if (++losses <= patience) onFrame()
      else onGiveUp()
    },
    shown() {
      losses = 0
    },
    changed() {
      if (losses <= patience) return false
      // Another text may be one that the frame can show.
      losses = patience
      return true
    },
  }
}
