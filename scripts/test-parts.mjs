// The parts of `npm test`, in their order.
import { CHROMIUM_ADVICE } from './find-chromium.mjs'
import { FASTAPI_ADVICE } from './find-fastapi.mjs'
import { PROMETHEUS_2, PROMETHEUS_3 } from './find-prometheus.mjs'
import { VMALERT_ADVICE } from './find-vmalert.mjs'
import { installChromium } from './install-chromium.mjs'
import { installFastapi } from './install-fastapi.mjs'
import { installPrometheus } from './install-prometheus.mjs'
import { installVmalert } from './install-vmalert.mjs'
import { installNode, OTHER_NODES } from './other-node.mjs'
import { programOf } from './run.mjs'

/**
 * @typedef {object} Tool what npm can't bring
 * @property {() => string | undefined} install its path; undefined when there is none
 * @property {string} absence said where there is none
 */

/**
 * @typedef {object} Part
 * @property {string} name as in `npm test -- name`
 * @property {string} title
 * @property {number} minutes after which it is ended, and has failed
 * @property {() => string[][]} commands what Node runs, one after the other
 * @property {boolean} [isOnDemand] whether it runs only where it is named
 * @property {string} [after] the part without whose success this one can't run
 * @property {Tool} [needs] without this it isn't run
 * @property {Tool[]} [prefers] without these some of its tests aren't run
 */

/** Biome and Vitest would colour a log file too. */
const isTerminal = process.stdout.isTTY === true

/** @type {Tool} */
const chromium = { install: installChromium, absence: `no Chromium. ${CHROMIUM_ADVICE}` }

/** @type {Tool} */
const prometheus = {
  install: () => installPrometheus(PROMETHEUS_3),
  absence: `no Prometheus, so nothing is compared with a real one. ${PROMETHEUS_3.advice}`,
}

/** @type {Tool} */
const olderPrometheus = {
  install: () => installPrometheus(PROMETHEUS_2),
  absence: `no Prometheus 2, so that no older one scrapes this app. ${PROMETHEUS_2.advice}`,
}

/** @type {Tool} */
const vmalert = {
  install: installVmalert,
  absence: `no vmalert, so that it evaluates no rules against this app. ${VMALERT_ADVICE}`,
}

/** @type {Tool} */
const fastapi = {
  install: installFastapi,
  absence: `no FastAPI, so the tutorial's app isn't scraped. ${FASTAPI_ADVICE}`,
}

/** @param {string} major @returns {Tool} */
const otherNode = (major) => ({
  install: () => installNode(major),
  absence: `npm has no Node ${major} for this machine, or can't be reached.`,
})

/** Not before the packages are installed. @param {string} project of that configuration */
const hosts = (project) => [
  programOf('@playwright/test'),
  'test',
  '--config',
  'e2e/hosts/playwright.config.ts',
  '--project',
  project,
]
const configs = () => [programOf('@playwright/test'), 'test', '--config', 'e2e/configs/playwright.config.ts']

/** @type {Part[]} */
export const PARTS = [
  {
    name: 'lint',
    title: 'format and lint',
    minutes: 1,
    commands: () => [
      [programOf('@biomejs/biome'), 'ci', '--error-on-warnings', `--colors=${isTerminal ? 'force' : 'off'}`, '.'],
    ],
  },
  {
    name: 'types',
    title: 'types',
    minutes: 2,
    commands: () => [
      ['scripts/typegen.mjs'],
      [programOf('typescript'), '--noEmit', '--incremental', 'false'],
      [programOf('typescript'), '--noEmit', '--project', 'scripts'],
    ],
  },
  {
    name: 'unit',
    title: 'unit tests',
    minutes: 10,
    prefers: [prometheus, fastapi],
    commands: () => [[programOf('vitest'), 'run', ...(isTerminal ? [] : ['--no-color'])]],
  },
  { name: 'build', title: 'build', minutes: 3, commands: () => [['scripts/build.mjs']] },
  {
    name: 'e2e',
    title: 'e2e, in a browser and with a real Prometheus',
    minutes: 20,
    after: 'build',
    needs: chromium,
    prefers: [prometheus, olderPrometheus, vmalert],
    commands: () => [[programOf('@playwright/test'), 'test']],
  },
  {
    name: 'configs',
    title: 'this app in another configuration of Next',
    minutes: 6,
    needs: chromium,
    commands: () => [[...configs(), '--grep', '@chosen']],
  },
  {
    name: 'hosts',
    title: 'the package in apps of others, a few',
    minutes: 10,
    needs: chromium,
    commands: () => [['scripts/package.mjs'], [...hosts('hosts'), '--grep', '@chosen']],
  },
  {
    name: 'all-hosts',
    title: 'this app in all configurations, and the package in all apps of others',
    minutes: 150,
    isOnDemand: true,
    needs: chromium,
    commands: () => [configs(), ['scripts/package.mjs'], hosts('hosts')],
  },
  ...OTHER_NODES.map((major) => ({
    name: `node-${major}`,
    title: `the package with Node ${major}`,
    minutes: 30,
    isOnDemand: true,
    needs: otherNode(major),
    commands: () => [['scripts/package.mjs'], hosts(`node-${major}`)],
  })),
]
