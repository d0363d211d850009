/**
 * A custom sender as the service's documentation has it: the AWS Encryption SDK with a keyring of KMS opens
 * the code. Here it prints what it would send.
 *
 *   AWS_ENDPOINT_URL_KMS=… KEY_ARN=… node custom-sender.mjs <event>
 */
import {
  KmsKeyringNode, buildClient, CommitmentPolicy,
} from '@aws-crypto/client-node';

export async function open(event, policy) {
  const { decrypt } = buildClient(policy);
  const keyring = new KmsKeyringNode({
    generatorKeyId: process.env.KEY_ARN, keyIds: [process.env.KEY_ARN],
  });
  const { plaintext, messageHeader } = await decrypt(keyring, Buffer.from(event.request.code, 'base64'));
  if (messageHeader.encryptionContext['userpool-id'] !== event.userPoolId) throw new Error('Another pool.');
  return plaintext.toString('utf8');
}

const event = JSON.parse(process.argv[2]);
const codes = [
  await open(event, CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT),
  await open(event, CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT),
];
console.log(JSON.stringify({ to: event.request.userAttributes.email, codes }));
