// Starts a Bluesky personal data server with its own in-memory PLC directory, both on loopback only.
// Environment: PDS_TEST_PORT, PLC_TEST_PORT, PDS_TEST_FOLDER. Ends when standard input does.
import http from 'node:http'
import { mkdirSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import plc from '@did-plc/server'
import { PDS, envToCfg, envToSecrets, readEnv } from '@atproto/pds'

// Neither server can be told which interface to listen on.
const listen = http.Server.prototype.listen
http.Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, ...rest.filter((r) => typeof r === 'function'))
}

const port = Number(process.env.PDS_TEST_PORT)
const plcPort = Number(process.env.PLC_TEST_PORT)
const folder = process.env.PDS_TEST_FOLDER
const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: plcPort })
await directory.start()

mkdirSync(`${folder}/blobs`, { recursive: true })
Object.assign(process.env, {
  PDS_HOSTNAME: 'localhost',
  PDS_PORT: String(port),
  PDS_DATA_DIRECTORY: folder,
  PDS_BLOBSTORE_DISK_LOCATION: `${folder}/blobs`,
  PDS_DEV_MODE: 'true',
  PDS_INVITE_REQUIRED: 'false',
  PDS_DISABLE_SSRF_PROTECTION: 'true',
  PDS_SERVICE_HANDLE_DOMAINS: '.test',
  PDS_CRAWLERS: '',
  PDS_DID_PLC_URL: `http://127.0.0.1:${plcPort}`,
  PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: randomBytes(32).toString('hex'),
  PDS_JWT_SECRET: randomBytes(16).toString('hex'),
  PDS_DPOP_SECRET: randomBytes(32).toString('hex'),
  PDS_ADMIN_PASSWORD: randomBytes(16).toString('hex'),
  LOG_ENABLED: 'false',
})
const env = readEnv()
const pds = await PDS.create(envToCfg(env), envToSecrets(env))
await pds.start()
console.log(`ready http://127.0.0.1:${port}`)

process.stdin.on('end', () => process.exit(0)).resume()
