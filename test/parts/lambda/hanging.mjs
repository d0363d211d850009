/** Hangs for those of one domain, so hard that nothing but its end helps. */
export const handler = async (event) => {
  if (event.request.userAttributes.email.endsWith('@hanging.example.com')) for (;;);
  return event;
};
