/** Mails: who is told what, the outbox, mails before an expiry. */
package io.accesskeys.notice;
