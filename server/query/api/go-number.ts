// Integers and truth values as Go reads them from text: what Prometheus takes as a parameter, and its words where it doesn't.
import { quoteText } from '../../promql/go-quote'

/** strconv.Atoi. Gives its message where `text` is no whole number of 64 bits. */
export function parseGoInteger(text: string): number | string {
  if (!/^[+-]?\d+$/.test(text)) return `strconv.Atoi: parsing ${quoteText(text)}: invalid syntax`
  const isOutOfRange = BigInt.asIntN(64, BigInt(text.replace('+', ''))) !== BigInt(text.replace('+', ''))
  return isOutOfRange ? `strconv.Atoi: parsing ${quoteText(text)}: value out of range` : Number(text)
}

/** strconv.ParseBool. Gives its message where `text` is neither. */
export function parseGoBoolean(text: string): boolean | string {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false
  return `strconv.ParseBool: parsing ${quoteText(text)}: invalid syntax`
}
