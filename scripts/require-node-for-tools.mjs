// Vitest and Rolldown, which test and measure, want a newer Node than the app does.
import { requireNode } from './require-node.mjs'

requireNode('20.19')
