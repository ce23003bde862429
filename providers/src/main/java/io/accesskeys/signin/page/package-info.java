/** The page at sign-in on which a person creates a key: the required action create-access-key. */
package io.accesskeys.signin.page;
