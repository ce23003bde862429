package io.accesskeys.management.api;

/**
 * Something that is left to the administrator, because it might surprise somebody else who relies
 * on it.
 *
 * @param problem a word for programs: the name of a rule, or of a problem of a scope or a gateway
 * @param name what is concerned: the name of a client or a client scope
 * @param detail what is wrong
 * @param fix what to do
 */
public record Step(String problem, String name, String detail, String fix) {}
