/** Refuses every event, as a handler does that disagrees with the request. */
export const handler = async () => {
  throw new Error('Not on my watch');
};
