/**
 * A custom sender as the service's documentation has it: the AWS Encryption SDK with a keyring of KMS opens
 * the code. Here it prints what it would send.
 *
 *   AWS_ENDPOINT_URL_KMS=… KEY_ARN=… node custom-sender.mjs <event>
 *
 * With SHARED_KEY (base64) in place of the two it opens the code by a key that both sides hold.
 */
import {
  KmsKeyringNode, RawAesKeyringNode, RawAesWrappingSuiteIdentifier, buildClient, CommitmentPolicy,
} from '@aws-crypto/client-node';

function keyring() {
  if (!process.env.SHARED_KEY) {
    return new KmsKeyringNode({ generatorKeyId: process.env.KEY_ARN, keyIds: [process.env.KEY_ARN] });
  }
  // The SDK wants memory of the key's own.
  const unencryptedMasterKey = new Uint8Array(Buffer.from(process.env.SHARED_KEY, 'base64'));
  return new RawAesKeyringNode({
    keyNamespace: 'lifeguard', keyName: 'custom-sender', unencryptedMasterKey,
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
}

export async function open(event, policy) {
  const { decrypt } = buildClient(policy);
  const { plaintext, messageHeader } = await decrypt(keyring(), Buffer.from(event.request.code, 'base64'));
  if (messageHeader.encryptionContext['userpool-id'] !== event.userPoolId) throw new Error('Another pool.');
  return plaintext.toString('utf8');
}

const event = JSON.parse(process.argv[2]);
const codes = [
  await open(event, CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT),
  await open(event, CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT),
];
console.log(JSON.stringify({ to: event.request.userAttributes.email, codes }));
