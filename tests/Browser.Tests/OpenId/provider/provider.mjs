// A real OpenID Connect provider for the tests. It says "ready ADDRESS", and ends when its input does.
// Arguments: port, address of the service, file with the people (read at each sign-in), name of the signing key.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Provider from 'oidc-provider';

const [port, service, people, kid] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const secret = 'a secret of the tests';
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const client = {
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: [`${service}/sign-in/callback`],
  post_logout_redirect_uris: [`${service}/sign-out/callback`],
};

const provider = new Provider(issuer, {
  clients: [
    { ...client, client_id: 'coordination', client_secret: secret },
    { ...client, client_id: 'coordination-public', token_endpoint_auth_method: 'none' },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
  cookies: { keys: [createHash('sha256').update(issuer).digest('hex')] },
  claims: { openid: ['sub', 'oid', 'groups', 'auth_time'], profile: ['name'] },
  conformIdTokenClaims: false,
  // As with Entra ID: what is asked for goes through the browser, where it can be tampered with.
  features: { pushedAuthorizationRequests: { enabled: false } },
  pkce: { required: () => true },
  async findAccount(_, id) {
    return { accountId: id, claims: async () => ({ sub: id, ...JSON.parse(readFileSync(people, 'utf8'))[id] }) };
  },
});

// When it asked, as it says: moved by so many seconds, or not said at all (null), as the file has it.
const authTime = provider.Session.prototype.authTime;
provider.Session.prototype.authTime = function () {
  const shift = JSON.parse(readFileSync(people, 'utf8'))['auth-time-shift'] ?? 0;
  return shift === 'none' ? undefined : authTime.call(this) + shift;
};
provider.on('server_error', (_, error) => console.error(error.message));
provider.listen(Number(port), '127.0.0.1', () => console.log(`ready ${issuer}`));
process.stdin.on('end', () => process.exit(0)).resume();
