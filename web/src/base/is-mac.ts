/// Whether the machine is Apple's: its main modifier is Cmd, and Option types signs.
export function isMac(platform: string = navigator.platform): boolean {
  return /mac|iphone|ipad/i.test(platform)
}
