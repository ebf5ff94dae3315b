// Hyperbolic functions to the last digit of Go's, on which Prometheus stands. Source: Go's math package.
import { goExp, goLog } from './exponential'

const large = 2 ** 28

export function goSinh(value: number): number {
  const size = Math.abs(value)
  const result = size > 21 ? goExp(size) * 0.5 : size > 0.5 ? halfDifference(size) : sinhNear(size)
  return value < 0 || Object.is(value, -0) ? -result : result
}

function halfDifference(size: number): number {
  const power = goExp(size)
  return (power - 1 / power) * 0.5
}

function sinhNear(size: number): number {
  const q = size * size
  const up = ((-26.30563213397497 * q - 2894.211355989564) * q - 89912.72022039509) * q
  const down = ((q - 173.6789535582337) * q + 15215.17378790019) * q
  return ((up - 630767.3640497717) * size) / (down - 630767.3640497717)
}

export function goCosh(value: number): number {
  const size = Math.abs(value)
  const power = goExp(size)
  return size > 21 ? power * 0.5 : (power + 1 / power) * 0.5
}

export function goTanh(value: number): number {
  const size = Math.abs(value)
  if (size > 44.014845965556525) return Math.sign(value)
  if (size >= 0.625) return Math.sign(value) * (1 - 2 / (goExp(2 * size) + 1))
  if (value === 0) return value
  const s = value * value
  const up = (-0.9643991794250523 * s - 99.28772310019185) * s - 1614.6876844170845
  const down = ((s + 112.81167849163293) * s + 2235.4883906010045) * s + 4844.063053251255
  return value + (value * s * up) / down
}

export function goAsinh(value: number): number {
  const size = Math.abs(value)
  if (size <= 2 || !Number.isFinite(size)) return Math.asinh(value)
  const result = size > large ? goLog(size) + Math.LN2 : goLog(2 * size + 1 / (Math.sqrt(size * size + 1) + size))
  return value < 0 ? -result : result
}

export function goAcosh(value: number): number {
  if (!(value > 2)) return Math.acosh(value)
  if (value >= large) return goLog(value) + Math.LN2
  return goLog(2 * value - 1 / (value + Math.sqrt(value * value - 1)))
}
