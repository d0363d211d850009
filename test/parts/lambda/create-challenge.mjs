/** Asks what only this function knows the answer to. */
export const handler = async (event) => {
  event.response.publicChallengeParameters = { riddle: 'What is grass?' };
  event.response.privateChallengeParameters = { answer: 'green' };
  event.response.challengeMetadata = 'RIDDLE';
  return event;
};
