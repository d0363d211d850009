import {
  CognitoIdentityProviderClient, DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';

const cognito = new CognitoIdentityProviderClient();

/** Tells what the pool is called, of which it knows the id alone. */
export const handler = async (event) => {
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: event.userPoolId }));
  throw new Error(`The pool is called ${UserPool.Name}`);
};
