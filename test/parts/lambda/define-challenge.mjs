/** The password first, where the client begins with SRP_A; then riddles, three at most. */
export const handler = async (event) => {
  const { session } = event.request;
  const last = session.at(-1);

  if (session.length === 1 && last.challengeName === 'SRP_A') {
    event.response.challengeName = 'PASSWORD_VERIFIER';
  } else if (last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult) {
    event.response.issueTokens = true;
  } else if (session.filter(past => past.challengeMetadata === 'RIDDLE').length === 3) {
    event.response.failAuthentication = true;
  } else {
    event.response.challengeName = 'CUSTOM_CHALLENGE';
  }

  return event;
};
