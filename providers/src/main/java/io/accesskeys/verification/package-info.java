/**
 * The one decision: presented text and facts of the request become accepted or refused, with a
 * reason. Also who can own a key, which clients are API clients, and until when an answer can be
 * kept (the revocation budget).
 */
package io.accesskeys.verification;
