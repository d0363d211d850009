/** Has nothing to say: what it was given is what it gives back. */
export const handler = async (event) => event;
