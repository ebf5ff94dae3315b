// subset-font has no types of its own: what subset-fonts.mjs needs.
declare module 'subset-font' {
  type Axis = { min: number; max: number; default: number }
  type Options = { targetFormat: string; variationAxes: Readonly<Record<string, Axis>> }
  function subsetFont(font: Buffer, text: string, options: Options): Promise<Buffer>

  export = subsetFont
}
