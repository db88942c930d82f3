// Next frame is when the browser has drawn what was changed.

/// How long a frame is waited for, in milliseconds: a page in the background
/// draws none.
const patience = 50

/// Resolves once a frame with all changes so far has been drawn.
export function nextFrame(): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, patience)
    requestAnimationFrame(() => {
      clearTimeout(timer)
      setTimeout(resolve) // behind the drawing, which comes next
    })
  })
}
