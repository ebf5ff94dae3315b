// Trigonometry to the last digit of Go's, on which Prometheus stands. Source: Go's math package, after Cephes
// (https://netlib.org/cephes). Angles beyond 2 ** 29, which Go reduces by another method, are left to JavaScript.

const largeAngle = 2 ** 29
/** A quarter of pi in three parts. */
const quarterPi = [0.7853981256484985, 3.774894707930798e-8, 2.6951514290790595e-15] as const
/** What pi / 2 has lost as a float. */
const lostOfHalfPi = 6.123233995736766e-17
/** tan(3 * pi / 8) */
const tangentLimit = 2.414213562373095

const sines = [
  1.5896230157654656e-10, -2.5050747762857807e-8, 2.7557313621385722e-6, -0.0001984126982958954, 0.008333333333322118,
  -0.1666666666666663,
]
const cosines = [
  -1.1358536521387682e-11, 2.087570084197473e-9, -2.755731417929674e-7, 2.4801587288851704e-5, -0.0013888888888873056,
  0.041666666666666595,
]
const tangentsUp = [-13093.693918138373, 1153516.6483858742, -17956525.197648488]
const tangentsDown = [1, 13681.296347069296, -1320892.3444021097, 25008380.18233579, -53869575.592945464]
const arcsUp = [-0.8750608600031904, -16.157537187333652, -75.00855792314705, -122.88666844901361, -64.85021904942025]
const arcsDown = [1, 24.858464901423062, 165.02700983169885, 432.88106049129027, 485.3903996359137, 194.5506571482614]

export function goSin(angle: number): number {
  if (angle === 0 || !(Math.abs(angle) < largeAngle)) return Math.sin(angle)
  const { octant, rest } = reduce(Math.abs(angle))
  const isMirrored = angle < 0 !== octant > 3
  const wave = octant % 4 === 2 ? cosineNear(rest) : sineNear(rest)
  return isMirrored ? -wave : wave
}

export function goCos(angle: number): number {
  if (!(Math.abs(angle) < largeAngle)) return Math.cos(angle)
  const { octant, rest } = reduce(Math.abs(angle))
  const isMirrored = octant === 2 || octant === 4
  const wave = octant % 4 === 2 ? sineNear(rest) : cosineNear(rest)
  return isMirrored ? -wave : wave
}

export function goTan(angle: number): number {
  if (angle === 0 || !(Math.abs(angle) < largeAngle)) return Math.tan(angle)
  const { octant, rest } = reduce(Math.abs(angle))
  const square = rest * rest
  const slope = (square * polynomial(tangentsUp, square)) / polynomial(tangentsDown, square)
  const near = square > 1e-14 ? rest + rest * slope : rest
  const tangent = octant % 4 === 2 ? -1 / near : near
  return angle < 0 ? -tangent : tangent
}

/** The even octant nearest to a positive angle, and the angle from there. */
function reduce(angle: number): { octant: number; rest: number } {
  const below = Math.floor(angle * (4 / Math.PI))
  const even = below % 2 === 1 ? below + 1 : below
  return { octant: even % 8, rest: angle - even * quarterPi[0] - even * quarterPi[1] - even * quarterPi[2] }
}

function sineNear(angle: number): number {
  const square = angle * angle
  return angle + angle * square * polynomial(sines, square)
}

function cosineNear(angle: number): number {
  const square = angle * angle
  return 1 - 0.5 * square + square * square * polynomial(cosines, square)
}

export function goAtan(value: number): number {
  if (value === 0) return value
  return value > 0 ? arcOf(value) : -arcOf(-value)
}

export function goAsin(value: number): number {
  if (value === 0 || !(Math.abs(value) <= 1)) return Math.asin(value)
  const size = Math.abs(value)
  const other = Math.sqrt(1 - size * size)
  const arc = size > 0.7 ? Math.PI / 2 - arcOf(other / size) : arcOf(size / other)
  return value < 0 ? -arc : arc
}

export function goAcos(value: number): number {
  return Math.PI / 2 - goAsin(value)
}

export function goAtan2(y: number, x: number): number {
  if (y === 0 || x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return Math.atan2(y, x)
  const arc = goAtan(y / x)
  if (x > 0) return arc
  return arc <= 0 ? arc + Math.PI : arc - Math.PI
}

/** The arctangent of a value above 0. */
function arcOf(value: number): number {
  if (value <= 0.66) return arcNear(value)
  if (value > tangentLimit) return Math.PI / 2 - arcNear(1 / value) + lostOfHalfPi
  return Math.PI / 4 + arcNear((value - 1) / (value + 1)) + 0.5 * lostOfHalfPi
}

function arcNear(value: number): number {
  const square = value * value
  return value * ((square * polynomial(arcsUp, square)) / polynomial(arcsDown, square)) + value
}

/** By Horner's method, the highest power first. */
function polynomial(coefficients: readonly number[], at: number): number {
  let sum = 0
  for (const coefficient of coefficients) sum = sum * at + coefficient
  return sum
}
