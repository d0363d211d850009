/** The same in the older style: CommonJS, and an answer by callback. */
exports.handler = (event, context, callback) => {
  console.log(`${context.functionName}: ${event.triggerSource}`);

  if (event.triggerSource === 'CustomMessage_SignUp') {
    event.response.emailSubject = 'Welcome to the service';
    event.response.emailMessage = `Thank you for signing up. ${event.request.codeParameter} is your code.`;
    callback(null, event);
    return;
  }

  const domain = event.request.userAttributes.email.split('@')[1];
  if (domain === 'blocked.example.com') {
    callback(new Error(`Cannot register users with the domain ${domain}`), event);
    return;
  }
  if (domain === 'trusted.example.com') {
    event.response.autoConfirmUser = true;
    event.response.autoVerifyEmail = true;
  }
  callback(null, event);
};
