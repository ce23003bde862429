/** What is wrong with what keys rely on in a realm, since when, and what to do about it. */
package io.accesskeys.health;
