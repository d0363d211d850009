/** Lets the people of one domain in at once, and keeps those of another out. */
export const handler = async (event) => {
  const email = event.request.userAttributes.email ?? '';

  if (email.endsWith('@blocked.example.com')) {
    throw new Error('This domain may not sign up');
  }

  if (email.endsWith('@trusted.example.com')) {
    event.response.autoConfirmUser = true;
    event.response.autoVerifyEmail = true;
  }

  return event;
};
