/** Log-odds from which a text is reported. The rates of false alarms are in README.md, as `bun run evaluate` measures them. */
export const thresholds: Readonly<Record<'low' | 'medium' | 'high', number>> = { low: 1.5, medium: 0.6, high: 0 }

/** In a text of more than one window, the model must see so much more: there are more of them. */
export const longTextPenalty = 0.3

/** A stretch of a longer text must say so much more than a whole one: there are many of them. */
export const spanPenalty = 1
/** And so much more if it is no more than a few words. */
export const scrapPenalty = 0.5

/** By how much the odds that the model was fitted to are to be scaled to be a probability (Platt). */
const slope = 2.07
const offset = -0.01

export function confidenceOf(score: number): number {
  return Math.round(1000 / (1 + Math.exp(-(slope * score + offset)))) / 1000
}

export function scoreOf(confidence: number): number {
  return (Math.log(confidence / (1 - confidence)) - offset) / slope
}
