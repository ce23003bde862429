/** Client authentication with client secrets of ours, beside the client's own secret. */
package io.accesskeys.oauth.client;
