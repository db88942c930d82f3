// Statistics of a list of measurements.

/// What is told of a list of measurements, in their unit.
export interface Summary {
  count: number
  median: number
  p95: number
  p99: number
}

/// The value below which a fraction (0 to 1) of the measurements lies: the
/// least one that has at least that share at or below it, and for the median
/// of an even count the middle of the two. NaN of an empty list.
export function quantile(values: readonly number[], fraction: number): number {
  if (values.length === 0) return NaN
  const sorted = [...values].sort((a, b) => a - b)
  const rank = fraction * sorted.length
  if (fraction === 0.5 && Number.isInteger(rank)) return (sorted[rank - 1]! + sorted[rank]!) / 2
  return sorted[Math.min(sorted.length, Math.max(1, Math.ceil(rank))) - 1]!
}

/// The middle of a list of measurements.
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function summarize(values: readonly number[]): Summary {
  return { count: values.length, median: median(values), p95: quantile(values, 0.95), p99: quantile(values, 0.99) }
}

/// The list in an order of its own; `random` gives numbers from 0 to 1.
export function shuffled<T>(list: readonly T[], random: () => number = Math.random): T[] {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[out[i], out[j]] = [out[j]!, out[i]!]
  }
  return out
}
