// Builds the prebuilt client, and says how large it is.
import './require-node-for-tools.mjs'

const { buildClient } = await import('./build-client.mjs')

const { files } = await buildClient()
for (const { name, bytes, sentBytes } of files) console.log(`  ${name}: ${bytes} bytes, ${sentBytes} as it is sent`)
