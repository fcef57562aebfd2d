import type { FitSetup } from './fit.ts'

/** Everything that is drawn at random is drawn from these: the same corpora give the same weights. */
export const seeds = { attacks: 7, requests: 9, varied: 13 }

export const attackFit: FitSetup = { bits: 19, rounds: 6, l1: 0.02, seed: seeds.attacks, mined: true }
export const requestFit: FitSetup = { bits: 18, rounds: 6, l1: 0.02, seed: seeds.requests, mined: false }
