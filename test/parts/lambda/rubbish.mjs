/** Answers with something that is no event. */
export const handler = async () => 'I am not an event';
