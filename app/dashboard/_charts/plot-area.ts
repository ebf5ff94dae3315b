// The geometry that all charts over time share, in CSS pixels, so that one moment stands at one place in all of them.

export const PLOT_HEIGHT = 210
/** Where the plotted area lies inside the chart's box: the rest is for the axes' labels. */
export const PLOT_INSET = { top: 8, right: 8, bottom: 24, left: 46 }
