// GET /demo/products/[id]: a dynamic page.
import { demoOnly } from '../../demo-only'

export default async function ProductPage({ params }: PageProps<'/demo/products/[id]'>) {
  await demoOnly()
  return <h1>Product {(await params).id}</h1>
}
