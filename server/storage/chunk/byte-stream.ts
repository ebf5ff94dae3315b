// Bytes that grow and are read again in the same order. Integers are written seven bits to a byte, the lowest first.

/** Writes into one piece of memory that is used again and again. Whoever writes past its end has a bug. */
export class ByteWriter {
  readonly bytes: Uint8Array
  length = 0

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity)
  }

  byte(value: number): void {
    this.bytes[this.length++] = value
  }

  word(value: number): void {
    this.byte(value)
    this.byte(value >>> 8)
    this.byte(value >>> 16)
    this.byte(value >>> 24)
  }

  /** An integer from 0 to 2^53. */
  unsigned(value: number): void {
    let rest = value
    while (rest >= 128) {
      this.byte((rest % 128) + 128)
      rest = Math.floor(rest / 128)
    }
    this.byte(rest)
  }

  /** An integer from -2^52 to 2^52; what is near to 0 is short. */
  signed(value: number): void {
    this.unsigned(value < 0 ? -value * 2 - 1 : value * 2)
  }
}

/** Reads what a ByteWriter wrote. Past the end it reads zeros. */
export class ByteReader {
  bytes: Uint8Array = new Uint8Array(0)
  at = 0

  byte(): number {
    return this.bytes[this.at++] ?? 0
  }

  word(): number {
    return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0
  }

  unsigned(): number {
    let value = 0
    for (let place = 1; ; place *= 128) {
      const byte = this.byte()
      if (byte < 128) return value + byte * place
      value += (byte - 128) * place
    }
  }

  signed(): number {
    const value = this.unsigned()
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }
}
