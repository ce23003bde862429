/** The texts of refused requests, by topic: what is wrong, where, and what to do next. */
package io.accesskeys.errors;
