/** What amplify-browser.mjs bundles for its page: Amplify, set up as the page says, within reach. */
import { Amplify } from 'aws-amplify';
import * as auth from 'aws-amplify/auth';
// Takes up what the address of the page brings back.
import 'aws-amplify/auth/enable-oauth-listener';
import { Hub } from 'aws-amplify/utils';

globalThis.heard = [];
Hub.listen('auth', ({ payload }) => globalThis.heard.push(payload.event));
Amplify.configure(globalThis.configuration);
globalThis.auth = auth;
