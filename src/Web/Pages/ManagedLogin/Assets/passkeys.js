/**
 * Lets forms send what a passkey signs. A form says what it wants by its attributes:
 *
 *   data-passkey="get" or "create"
 *   data-options   the options, as the JSON of WebAuthn
 *   data-begin     "offer": the browser offers passkeys in the field of the name; "at once": it asks at once
 *
 * In it are a field `credential`, which is filled in, a button `data-start`, and texts `data-said`, of which
 * the one that fits is shown. Without this script the button stays hidden.
 */
(() => {
  'use strict';

  const bytes = text => Uint8Array.from(
    atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0)).buffer;

  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

  const known = list => list?.map(each => ({ ...each, id: bytes(each.id) }));

  /* Browsers before 2025 do not read or write the JSON themselves. */
  function creation(json) {
    if (PublicKeyCredential.parseCreationOptionsFromJSON)
      return PublicKeyCredential.parseCreationOptionsFromJSON(json);
    return {
      ...json,
      challenge: bytes(json.challenge),
      user: { ...json.user, id: bytes(json.user.id) },
      excludeCredentials: known(json.excludeCredentials),
    };
  }

  function request(json) {
    if (PublicKeyCredential.parseRequestOptionsFromJSON)
      return PublicKeyCredential.parseRequestOptionsFromJSON(json);
    return {
      ...json, challenge: bytes(json.challenge), allowCredentials: known(json.allowCredentials),
    };
  }

  function written(credential) {
    if (credential.toJSON) return credential.toJSON();
    const { response } = credential;
    const own = response.attestationObject
      ? {
        attestationObject: text(response.attestationObject),
        transports: response.getTransports?.() ?? [],
      }
      : {
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        userHandle: response.userHandle ? text(response.userHandle) : undefined,
      };
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: { clientDataJSON: text(response.clientDataJSON), ...own },
    };
  }

  function prepare(form) {
    const { passkey, options, begin } = form.dataset;
    const button = form.querySelector('[data-start]');
    let current;

    const say = what => {
      for (const each of form.querySelectorAll('[data-said]')) each.hidden = each.dataset.said !== what;
    };

    const ask = async mediation => {
      current?.abort();
      const { signal } = current = new AbortController();
      const json = JSON.parse(options);
      const credential = passkey === 'create'
        ? await navigator.credentials.create({ publicKey: creation(json), signal })
        : await navigator.credentials.get({ publicKey: request(json), signal, ...mediation });
      form.elements.namedItem('credential').value = JSON.stringify(written(credential));
      form.submit();
    };

    if (!globalThis.PublicKeyCredential) {
      if (begin !== 'offer') say('unsupported');
      return;
    }

    button.hidden = false;
    button.addEventListener('click', () => {
      say('');
      ask({}).catch(error => say(error.name === 'InvalidStateError' ? 'exists' : 'failed'));
    });
    // What nobody asked for fails in silence.
    if (begin === 'at once') ask({}).catch(() => {});
    if (begin === 'offer') {
      Promise.resolve(PublicKeyCredential.isConditionalMediationAvailable?.())
        .then(able => able && ask({ mediation: 'conditional' }))
        .catch(() => {});
    }
  }

  for (const form of document.querySelectorAll('form[data-passkey]')) prepare(form);
})();
