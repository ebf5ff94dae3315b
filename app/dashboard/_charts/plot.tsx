'use client'
// The frame around a chart: it holds the chart's height, turns pointer, touch and keys into the shared cursor, and
// shows what the chart says at that moment. Keys and screen readers use a native range input that lies over the plot.
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { useLayoutEffect, useRef, useState } from 'react'
import styles from './plot.module.css'
import type { ReadoutRow } from './readout'
import { Readout } from './readout'

type PlotProps = {
  /** What the cursor is a cursor of: the panel's name. */
  label: string
  /** How many places the cursor has, from left to right. */
  count: number
  /** The place of the cursor, or -1 where it is not in this chart. */
  index: number
  /** Where a place lies, 0 at the plot's left edge and 1 at its right. */
  toX: (index: number) => number
  /** The place that lies at `x`, from 0 to 1. */
  toIndex: (x: number) => number
  onMove: (index: number | null) => void
  /** Told how high the pointer is, 0 at the plot's bottom and 1 at its top; null where it isn't in the plot. */
  onHeight?: (height: number | null) => void
  /** The cursor stays at a place, or is freed again. */
  onPin: (index: number | null) => void
  isPinned: boolean
  /** Shows what lies between two places of the plot, in its own fractions, which may lie outside. Absent where it isn't time. */
  onZoom?: (from: number, to: number) => void
  /** What stands over the numbers: the time, the bucket. */
  heading: string
  rows: readonly ReadoutRow[]
  /** What leads away from the pinned moment, which Tab reaches after the plot. */
  links?: ReactNode
  /** What a screen reader hears while there is no cursor. */
  atRest?: string
  /** Whether this chart is the one that says its numbers. */
  isActive: boolean
  /** Lower, and without the margins of the charts with axes. */
  isBare?: boolean
  /** What is drawn, over the whole plotted box. */
  children: ReactNode
}

export function Plot(props: PlotProps) {
  const { label, count, index, toX, toIndex, onMove, onHeight, onPin, isPinned, onZoom } = props
  const { heading, rows, links, isActive, isBare = false, atRest = 'newest', children } = props
  const area = useRef<HTMLDivElement>(null)
  const x = index < 0 ? null : toX(index)
  const isInside = x !== null && x >= 0 && x <= 1

  // A key may lead to a time in which there is nothing to draw: the focus then stays in the panel.
  useLayoutEffect(() => {
    const plot = area.current
    return () => {
      if (plot?.contains(document.activeElement)) plot.closest<HTMLElement>('[tabindex="-1"]')?.focus()
    }
  }, [])

  const pressedPx = useRef<number | null>(null)
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)

  /** The plot on the screen; undefined where nothing is drawn. */
  function boxNow(): DOMRect | undefined {
    const box = area.current?.getBoundingClientRect()
    return box === undefined || box.width === 0 || count === 0 ? undefined : box
  }

  function press(event: PointerEvent) {
    pressedPx.current = event.isPrimary && event.button === 0 ? event.clientX : null
    point(event)
  }

  function point({ clientX, clientY }: PointerEvent) {
    const box = boxNow()
    if (box === undefined) return
    const at = toPlace(clientX, box)
    const height = (box.bottom - clientY) / box.height
    onMove(at < 0 || at > 1 ? null : toIndex(at))
    onHeight?.(height < 0 || height > 1 ? null : height)
  }

  function move(event: PointerEvent) {
    const { clientX, currentTarget, pointerId } = event
    const pressed = pressedPx.current
    const isFar = pressed !== null && Math.abs(clientX - pressed) >= LEAST_DRAG_PX
    if (onZoom === undefined || pressed === null || (drag === null && !isFar)) return point(event)
    const box = boxNow()
    if (box === undefined) return
    if (drag === null) currentTarget.setPointerCapture(pointerId)
    setDrag({ from: withinPlot(toPlace(pressed, box)), to: withinPlot(toPlace(clientX, box)) })
    onMove(null)
  }

  function release({ clientX, pointerType }: PointerEvent) {
    const wasPressed = pressedPx.current !== null
    letGo()
    const box = boxNow()
    const at = box && toPlace(clientX, box)
    if (drag !== null) onZoom?.(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to))
    else if (wasPressed && at !== undefined && at >= 0 && at <= 1) {
      // A finger that taps elsewhere wants to read there: it has no other way to point.
      const isElsewhere = pointerType !== 'mouse' && toIndex(at) !== index
      onPin(isPinned && !isElsewhere ? null : toIndex(at))
    }
  }

  function letGo() {
    pressedPx.current = null
    setDrag(null)
  }

  function pressKey(event: KeyboardEvent) {
    const at = isInside ? x : 1
    if (event.key === 'Escape') {
      // Whoever listens behind goes back to another time: first what is marked here is let go.
      if (isInside) event.preventDefault()
      return isPinned ? onPin(null) : onMove(null)
    }
    if (event.key === 'Enter') return onPin(isPinned || !isInside ? null : index)
    if (event.key === '+' || event.key === '=') onZoom?.(withinPlot(at - 0.25), withinPlot(at + 0.25))
    if (event.key === '-') onZoom?.(-0.5, 1.5)
  }

  return (
    <div
      className={isBare ? `${styles.plot} ${styles.bare}` : styles.plot}
      onPointerMove={move}
      onPointerDown={press}
      onPointerUp={release}
      onPointerCancel={letGo}
      onPointerLeave={() => {
        onMove(null)
        onHeight?.(null)
      }}
    >
      <div ref={area} className={styles.area}>
        {children}
        {isInside && <div className={styles.cursor} data-pinned={isPinned} style={{ left: `${x * 100}%` }} />}
        {drag !== null && <div className={styles.drag} style={toStripe(drag)} />}
        <input
          type="range"
          className={styles.keys}
          aria-label={`${label}: read at`}
          aria-valuetext={isInside ? [heading, ...rows.map(toWords)].join(', ') : atRest}
          min={0}
          max={Math.max(0, count - 1)}
          value={isInside ? index : Math.max(0, count - 1)}
          onChange={({ currentTarget }) => (isPinned ? onPin : onMove)(currentTarget.valueAsNumber)}
          onFocus={() => index < 0 && count > 0 && onMove(count - 1)}
          onKeyDown={pressKey}
          onBlur={() => onMove(null)}
        />
        {isInside && isActive && <Readout heading={heading} rows={rows} links={isPinned && links} x={x} />}
      </div>
    </div>
  )
}

/** So far a pointer may move that only clicks. */
const LEAST_DRAG_PX = 6

/** Where a pointer is, 0 at the plot's left edge and 1 at its right. */
const toPlace = (clientX: number, { left, width }: DOMRect) => (clientX - left) / width

const withinPlot = (place: number) => Math.min(1, Math.max(0, place))

const toStripe = ({ from, to }: { from: number; to: number }) => ({
  left: `${Math.min(from, to) * 100}%`,
  width: `${Math.abs(to - from) * 100}%`,
})

const toWords = ({ name, text }: ReadoutRow) => (text === '' ? name : `${name}: ${text}`)
