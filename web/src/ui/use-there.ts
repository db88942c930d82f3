import { useCallback, useLayoutEffect, useRef } from "preact/hooks"

/// Says whether the component is still shown: for what it waits for, which leads nowhere
/// any more once somebody closed it and went on with something else.
export function useThere(): () => boolean {
  const there = useRef(true)
  useLayoutEffect(() => {
    there.current = true
    return () => {
      there.current = false
    }
  }, [])
  return useCallback(() => there.current, [])
}
