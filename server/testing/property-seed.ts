// Vitest's setup: properties are tried with the same values each time, so that a red test is due to the change at hand.
// `FUZZ_SEED=$RANDOM npx vitest run ...` tries others.
import fc from 'fast-check'

const DEFAULT_SEED = 4711

fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? DEFAULT_SEED) })
