package io.accesskeys.policy;

import org.infinispan.protostream.GeneratedSchema;
import org.infinispan.protostream.annotations.ProtoSchema;
import org.infinispan.protostream.annotations.ProtoSyntax;

/** The message of this package between nodes. */
@ProtoSchema(
    syntax = ProtoSyntax.PROTO3,
    schemaPackageName = "io.accesskeys",
    schemaFilePath = "proto/generated",
    allowNullFields = true,
    orderedMarshallers = true,
    includeClasses = {PolicyChanged.class},
    service = true)
public interface PolicySchema extends GeneratedSchema {}
