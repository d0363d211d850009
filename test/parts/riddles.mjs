/** The functions of lambda/ that define a sign-in, as a pool names them. */
const arn = name => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

export const riddles = {
  DefineAuthChallenge: arn('defineChallenge'),
  CreateAuthChallenge: arn('createChallenge'),
  VerifyAuthChallengeResponse: arn('verifyChallenge'),
};
