/** Knows people by the domain of their address, and welcomes the others in its own words. */
export const handler = async (event, context) => {
  console.log(`${context.functionName}: ${event.triggerSource}`);

  if (event.triggerSource === 'CustomMessage_SignUp') {
    event.response.emailSubject = 'Welcome to the service';
    event.response.emailMessage = `Thank you for signing up. ${event.request.codeParameter} is your code.`;
    return event;
  }

  const domain = event.request.userAttributes.email.split('@')[1];
  if (domain === 'blocked.example.com') {
    throw new Error(`Cannot register users with the domain ${domain}`);
  }
  if (domain === 'trusted.example.com') {
    event.response.autoConfirmUser = true;
    event.response.autoVerifyEmail = true;
  }
  return event;
};
