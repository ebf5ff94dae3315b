// The parts of `npm test`, in their order.
import { CHROMIUM_ADVICE } from './find-chromium.mjs'
import { FASTAPI_ADVICE } from './find-fastapi.mjs'
import { NODE_EXPORTER_ADVICE } from './find-node-exporter.mjs'
import { PROMETHEUS_2, PROMETHEUS_3 } from './find-prometheus.mjs'
import { VICTORIA_METRICS_ADVICE, VMALERT_ADVICE } from './find-vmalert.mjs'
import { installChromium } from './install-chromium.mjs'
import { installFastapi } from './install-fastapi.mjs'
import { installNodeExporter } from './install-node-exporter.mjs'
import { installPrometheus } from './install-prometheus.mjs'
import { installVictoriaMetrics, installVmalert } from './install-vmalert.mjs'
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
const chromium = { install: installChromium, absence: `There is no Chromium. ${CHROMIUM_ADVICE}` }

/** @type {Tool} */
const prometheus = {
  install: () => installPrometheus(PROMETHEUS_3),
  absence: `There is no Prometheus to compare with: those tests are skipped. ${PROMETHEUS_3.advice}`,
}

/** @type {Tool} */
const olderPrometheus = {
  install: () => installPrometheus(PROMETHEUS_2),
  absence: `There is no Prometheus 2 to scrape this app: that test is skipped. ${PROMETHEUS_2.advice}`,
}

/** @type {Tool} */
const vmalert = {
  install: installVmalert,
  absence: `There is no vmalert to evaluate rules against this app: that test is skipped. ${VMALERT_ADVICE}`,
}

/** @type {Tool} */
const victoriaMetrics = {
  install: installVictoriaMetrics,
  absence: `There is no VictoriaMetrics to send samples to: those tests are skipped. ${VICTORIA_METRICS_ADVICE}`,
}

/** @type {Tool} */
const nodeExporter = {
  install: installNodeExporter,
  absence: `There is no node_exporter to scrape: those tests are skipped. ${NODE_EXPORTER_ADVICE}`,
}

/** @type {Tool} */
const fastapi = {
  install: installFastapi,
  absence: `There is no FastAPI, so the tutorial's app is not scraped. ${FASTAPI_ADVICE}`,
}

/** @param {string} major @returns {Tool} */
const otherNode = (major) => ({
  install: () => installNode(major),
  absence: `npm has no Node ${major} for this machine, or its registry cannot be reached.`,
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

/** What the tests look for on this machine, by environment variable. */
export const TEST_VARIABLES = {
  CHROMIUM_PATH: 'the browser. Default: the first on the PATH, else the one that Playwright has downloaded',
  PROMETHEUS_PATH: 'a Prometheus 3, with promtool beside it. Default: the PATH, else Debian',
  PROMETHEUS_2_PATH: 'a Prometheus 2. Default: the PATH, else Debian',
  VMALERT_PATH: 'vmalert. Default: the PATH, else Debian',
  VICTORIA_METRICS_PATH: 'VictoriaMetrics. Default: the PATH, else Debian',
  NODE_EXPORTER_PATH: 'node_exporter. Default: the PATH, else Debian',
  PYTHON_PATH: 'a Python with FastAPI. Default: the first on the PATH that has it',
  CI: '1: tests that have to be skipped count as failed, and an e2e test that fails is run once more',
}

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
    prefers: [prometheus, fastapi, victoriaMetrics],
    commands: () => [[programOf('vitest'), 'run', ...(isTerminal ? [] : ['--no-color'])]],
  },
  { name: 'build', title: 'build', minutes: 3, commands: () => [['scripts/build.mjs']] },
  {
    name: 'e2e',
    title: 'e2e, in a browser and with a real Prometheus',
    minutes: 20,
    after: 'build',
    needs: chromium,
    prefers: [prometheus, olderPrometheus, vmalert, nodeExporter],
    commands: () => [[programOf('@playwright/test'), 'test', '--grep-invert', '@long']],
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
    title: 'the package in a few other apps',
    minutes: 10,
    needs: chromium,
    commands: () => [['scripts/package.mjs'], [...hosts('hosts'), '--grep', '@chosen']],
  },
  {
    name: 'long',
    title: 'e2e that takes long, and is much like what always runs',
    minutes: 20,
    isOnDemand: true,
    needs: chromium,
    prefers: [prometheus],
    commands: () => [[programOf('@playwright/test'), 'test', '--grep', '@long']],
  },
  {
    name: 'all-hosts',
    title: 'this app in every configuration, and the package in every other app',
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
