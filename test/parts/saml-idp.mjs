/**
 * An identity provider made of samlify, which knows nothing of Lifeguard but its metadata.
 *
 *   node saml-idp.mjs <JSON>
 *
 * The JSON has the provider's key and certificate, the service provider's metadata, and an address that a
 * browser was sent to: a request to sign in ("login") or out ("logout"). Prints the provider's metadata, what
 * was read in the request, and the answer. Fails where the request does not hold.
 */
import { createRequire } from 'node:module';

const samlify = createRequire(import.meta.url)('samlify');
const given = JSON.parse(process.argv[2]);

// No schema at hand; what the library itself checks is enough here.
samlify.setSchemaValidator({ validate: async () => 'skipped' });

const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const sp = samlify.ServiceProvider({
  metadata: given.metadata, wantMessageSigned: given.signsResponse, wantLogoutResponseSigned: true,
});
const idp = samlify.IdentityProvider({
  entityID: 'https://samlify.example/entity',
  privateKey: given.key,
  signingCert: given.certificate,
  requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  wantAuthnRequestsSigned: true,
  wantLogoutRequestSigned: true,
  isAssertionEncrypted: Boolean(given.cipher),
  singleSignOnService: [{ Binding: redirect, Location: 'https://samlify.example/sso' }],
  singleLogoutService: [{ Binding: redirect, Location: 'https://samlify.example/logout' }],
  loginResponseTemplate: {
    context: samlify.SamlLib.defaultLoginResponseTemplate.context.replace(
      '{AuthnStatement}',
      '<saml:AuthnStatement AuthnInstant="{IssueInstant}" SessionIndex="{SessionIndex}"><saml:AuthnContext>'
      + '<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password'
      + '</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>'),
    attributes: [
      {
        name: 'mail', valueTag: 'mail', nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
        valueXsiType: 'xs:string',
      },
    ],
  },
});
// The library takes the cipher from the service provider's side of the agreement.
for (const side of [sp, idp]) {
  side.entitySetting.dataEncryptionAlgorithm = given.cipher;
  side.entitySetting.keyEncryptionAlgorithm = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p';
}

/** A request by the redirect binding, with the characters that are signed. */
function requestOf(address) {
  const octets = new URL(address).search.slice(1).split('&');
  const query = Object.fromEntries(octets.map(pair => pair.split('=').map(decodeURIComponent)));
  return { query, octetString: octets.filter(pair => !pair.startsWith('Signature=')).join('&') };
}

function filled(template, read) {
  const now = Date.now();
  const end = new Date(now + 300_000).toISOString();
  const address = sp.entityMeta.getAssertionConsumerService('post');
  return {
    id: '_answer',
    context: samlify.SamlLib.replaceTagsByValue(template, {
      ID: '_answer',
      AssertionID: '_assertion',
      Destination: address,
      SubjectRecipient: address,
      Audience: sp.entityMeta.getEntityID(),
      Issuer: idp.entityMeta.getEntityID(),
      IssueInstant: new Date(now).toISOString(),
      ConditionsNotBefore: new Date(now).toISOString(),
      ConditionsNotOnOrAfter: end,
      SubjectConfirmationDataNotOnOrAfter: end,
      StatusCode: 'urn:oasis:names:tc:SAML:2.0:status:Success',
      NameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      NameID: 'Ana & Planet',
      SessionIndex: '_session',
      InResponseTo: read.extract.request.id,
      attrMail: 'ana@planets.example',
    }),
  };
}

const request = requestOf(given.request);
let read, answer;
if (given.kind === 'login') {
  read = await idp.parseLoginRequest(sp, 'redirect', request);
  answer = await idp.createLoginResponse(sp, read, 'post', {}, {
    customTagReplacement: template => filled(template, read),
    encryptThenSign: Boolean(given.encryptsFirst),
  });
} else {
  read = await idp.parseLogoutRequest(sp, 'redirect', request);
  answer = idp.createLogoutResponse(sp, read, given.binding, { relayState: request.query.RelayState });
}

console.log(JSON.stringify({
  metadata: idp.getMetadata(), read: read.extract, relayState: request.query.RelayState,
  answer: answer.context,
}));
