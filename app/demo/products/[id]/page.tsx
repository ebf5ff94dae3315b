// GET /demo/products/[id]: a dynamic page.
import { connection } from 'next/server'
import { demoOnly } from '../../demo-only'

export default async function ProductPage({ params }: PageProps<'/demo/products/[id]'>) {
  await connection()
  demoOnly()
  return <h1>Product {(await params).id}</h1>
}
