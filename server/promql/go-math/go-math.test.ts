import { describe, expect, test } from 'vitest'
import { goExp, goLog, goLog2, goLog10, goPow } from './exponential'
import { goMax, goMin } from './extremes'
import { goAcosh, goAsinh, goCosh, goSinh, goTanh } from './hyperbolic'
import { goAcos, goAsin, goAtan, goAtan2, goCos, goSin, goTan } from './trigonometric'

const inf = Number.POSITIVE_INFINITY
const nan = Number.NaN

describe('the last digit is the one that Prometheus gives', () => {
  test.each([
    ['exp', goExp(8.177), 3558.164140638692],
    ['exp', goExp(-14.959879638916751), 3.1842475467077487e-7],
    ['ln', goLog(0.0403), -3.2114038100294997],
    ['log2', goLog2(9), 3.1699250014423126],
    ['log10', goLog10(905), 2.956648579205203],
    ['pow', goPow(1.01, 3), 1.030301],
    ['pow', goPow(0.03, 2.7), 0.00007730852508367977],
    ['sin', goSin(-22.9), 0.7887982859754165],
    ['cos', goCos(1), 0.5403023058681398],
    ['tan', goTan(-1), -1.557407724654902],
    ['asin', goAsin(-0.9998), -1.550795993446563],
    ['atan', goAtan(-3), -1.2490457723982544],
    ['sinh', goSinh(-1), -1.1752011936438014],
    ['tanh', goTanh(-1), -0.7615941559557649],
  ])('%s', (_, got, wanted) => expect(got).toBe(wanted))
})

describe('the special cases are those of Go', () => {
  test.each([
    ['1 ^ NaN', goPow(1, nan), 1],
    ['NaN ^ 0', goPow(nan, 0), 1],
    ['-1 ^ Inf', goPow(-1, inf), 1],
    ['-8 ^ (1/3)', goPow(-8, 1 / 3), nan],
    ['0 ^ -1', goPow(0, -1), inf],
    ['-2 ^ 3', goPow(-2, 3), -8],
    ['2 ^ 1024', goPow(2, 1024), inf],
    ['2 ^ -1074', goPow(2, -1074), 5e-324],
    ['2 ^ -1075', goPow(2, -1075), 0],
    ['10 ^ 308', goPow(10, 308), 1.0000000000000006e308],
    ['exp(710)', goExp(710), inf],
    ['exp(-746)', goExp(-746), 0],
    ['exp(-Inf)', goExp(-inf), 0],
    ['exp(NaN)', goExp(nan), nan],
    ['ln(0)', goLog(0), -inf],
    ['ln(-1)', goLog(-1), nan],
    ['ln(smallest)', goLog(5e-324), -744.4400719213812],
    ['log2(0)', goLog2(0), -inf],
    ['log2(2 ** -1074)', goLog2(5e-324), -1074],
    ['log10(Inf)', goLog10(inf), inf],
    ['sin(-0)', goSin(-0), -0],
    ['sin(Inf)', goSin(inf), nan],
    ['asin(2)', goAsin(2), nan],
    ['acos(2)', goAcos(2), nan],
    ['atan(Inf)', goAtan(inf), Math.PI / 2],
    ['atan2(-0, -1)', goAtan2(-0, -1), -Math.PI],
    ['sinh(-0)', goSinh(-0), -0],
    ['cosh(Inf)', goCosh(inf), inf],
    ['tanh(Inf)', goTanh(inf), 1],
    ['asinh(-Inf)', goAsinh(-inf), -inf],
    ['acosh(0)', goAcosh(0), nan],
    ['max(Inf, NaN)', goMax(inf, nan), inf],
    ['max(1, NaN)', goMax(1, nan), nan],
    ['min(NaN, -Inf)', goMin(nan, -inf), -inf],
  ])('%s', (_, got, wanted) => expect(got).toBe(wanted))
})

test('nothing strays from JavaScript by more than a few last digits', () => {
  const pairs = [
    [goExp, Math.exp],
    [goSin, Math.sin],
    [goCos, Math.cos],
    [goTan, Math.tan],
    [goAtan, Math.atan],
    [goSinh, Math.sinh],
    [goCosh, Math.cosh],
    [goTanh, Math.tanh],
    [goAsinh, Math.asinh],
    [(x: number) => goLog(x * x), (x: number) => Math.log(x * x)],
    [(x: number) => goAcosh(1 + x * x), (x: number) => Math.acosh(1 + x * x)],
    [(x: number) => goPow(Math.abs(x), x), (x: number) => Math.abs(x) ** x],
  ] as const
  for (const [ours, theirs] of pairs) {
    for (let x = -40; x < 40; x += 0.0137) {
      const tolerance = 1e-13 * Math.max(1, Math.abs(theirs(x)))
      expect(Math.abs(ours(x) - theirs(x))).toBeLessThanOrEqual(tolerance)
    }
  }
})
