'use client'
// The editor in React. Until it is loaded, and where there is no script, the text itself stands in its place.
import { useEffect, useRef } from 'react'
import type { AnsweredText, Editor } from './create-editor'
import styles from './promql-editor.module.css'

type PromqlEditorProps = {
  text: string
  label: string
  api: string
  answer: AnsweredText | undefined
  onChange: (text: string) => void
  onRun: () => void
}

export function PromqlEditor(props: PromqlEditorProps) {
  const { text, answer } = props
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor | undefined>(undefined)
  // What the editor calls and begins with is always the newest.
  const now = useRef(props)
  useEffect(() => {
    now.current = props
  })

  useEffect(() => {
    let isGone = false
    void import('./create-editor').then(({ createEditor }) => {
      if (isGone || host.current === null) return
      const { label, api, text, answer } = now.current
      editor.current = createEditor(host.current, {
        text,
        label,
        api,
        onChange: (typed) => now.current.onChange(typed),
        onRun: () => now.current.onRun(),
      })
      editor.current.setAnswer(answer)
    })
    return () => {
      isGone = true
      editor.current?.destroy()
      editor.current = undefined
    }
  }, [])

  useEffect(() => editor.current?.setText(text), [text])
  useEffect(() => editor.current?.setAnswer(answer), [answer])

  return (
    <div ref={host} className={styles.editor} data-editor>
      <pre className={styles.text}>{text}</pre>
    </div>
  )
}
